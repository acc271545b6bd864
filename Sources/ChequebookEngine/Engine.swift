public import ChequebookJournal
public import ChequebookLedger
public import ChequebookModel
import Synchronization

/// The road from a request's facts to the ledger: one queue, one journal thread, one ledger thread.
///
/// Whatever is submitted is written and synced by the journal's thread, many submissions in one commit, then applied by
/// the ledger's thread, and only then answered. So nothing is visible before it is on disk. Questions are answered on
/// the ledger's thread between commits and between the steps of a large one; small ones that only read may be answered
/// on the asking thread, as long as nothing is being applied.
public final class Engine: Sendable {
    public enum State: Sendable, Equatable {
        /// Sequence reached so far.
        case replaying(UInt64)
        case ready
        /// The journal takes no more writes; what is durable is still served.
        case readOnly(reason: String)
        /// Nothing can be served.
        case failed(reason: String)
        case stopped
    }

    public enum Admission: Sendable, Equatable {
        case admitted
        /// The queue is full; the same may be sent again in a moment.
        case full
        case unavailable
    }

    public let published = Published()
    private let clock: any EngineClock
    private let queue: CommitQueue
    private let inbox: LedgerInbox
    private let stateCell: Mutex<State>
    private let shared = Mutex<SharedLedger?>(nil)
    private let openedForm = Mutex<PatientForm?>(nil)
    private let differing = Mutex<FinancialYear?>(nil)
    private let lastInstant = Atomic<Int64>(0)
    private let threads = Monitor(0)

    /// - Parameters:
    ///   - queueBytesMax: bytes of records that may wait for the journal.
    ///   - booksInRuns: whether new cost events are booked together; one by one comes to the same, slower.
    ///   - usesCheckpoints: whether to begin with a checkpoint; replaying every record comes to the same, slower.
    ///   - checkpointBytesMin: of the journal, between one checkpoint and the next.
    public init(
        clock: any EngineClock = SystemClock(), configuration: JournalConfiguration = JournalConfiguration(),
        queueBytesMax: Int = 32 << 20, booksInRuns: Bool = true, usesCheckpoints: Bool = true,
        checkpointBytesMin: Int = LedgerCore.defaultCheckpointBytesMin
    ) {
        self.booksInRuns = booksInRuns
        self.usesCheckpoints = usesCheckpoints
        self.checkpointBytesMin = checkpointBytesMin
        self.clock = clock
        queue = CommitQueue(bytesMax: queueBytesMax, configuration: configuration)
        // Two commits: one applied while the next is synced; more would only add latency.
        inbox = LedgerInbox(commitsMax: 2, questionsMax: 16_384)
        stateCell = Mutex(.replaying(0))
        self.configuration = configuration
    }

    private let configuration: JournalConfiguration
    private let booksInRuns: Bool
    private let usesCheckpoints: Bool
    private let checkpointBytesMin: Int
    private let checkpointsTold = Mutex<@Sendable () -> CheckpointState>({ CheckpointState() })

    /// What is known of the ledger's checkpoints.
    public var checkpointState: CheckpointState { checkpointsTold.withLock { $0 }() }

    public var state: State { stateCell.withLock { $0 } }

    /// The form of patient of the ledger; nil until replay is complete.
    public var patientForm: PatientForm? { openedForm.withLock { $0 } }

    /// Bytes that wait for the journal.
    public var queueByteCount: Int { queue.byteCount }

    /// Whether more than half of the queue is taken.
    public var isQueueCrowded: Bool { queue.isCrowded }

    /// Whether only reads are served.
    public var isReadOnly: Bool {
        if case .readOnly = state { return true }
        return false
    }

    /// Today in London, never before the day of the last record.
    public var today: CalendarDate {
        max(clock.now(), Instant(microseconds: lastInstant.load(ordering: .relaxed))).londonDay
    }

    /// Starts replay, then serving, on threads of their own.
    ///
    /// - Parameter opened: called once on a thread of the engine with what recovery found, or why the ledger cannot be
    ///   opened.
    public func start(
        storage: @escaping @Sendable () throws -> any Storage, form: PatientForm?, newIdentity: [UInt8],
        opened: @escaping @Sendable (Result<RecoveryReport, any Error>) -> Void
    ) {
        count(1)
        WorkerThread.start { [self] in
            defer { count(-1) }
            do {
                let core = try LedgerCore.open(
                    storage: try storage(), configuration: configuration, form: form, newIdentity: newIdentity,
                    now: clock.now(), booksInRuns: booksInRuns, usesCheckpoints: usesCheckpoints,
                    checkpointBytesMin: checkpointBytesMin, progress: { self.set(.replaying($0.lastSequence)) })
                checkpointsTold.withLock { $0 = core.checkpoints.told }
                publishAll(core)
                startJournalThread(core.journal)
                set(.ready)
                opened(.success(core.report))
                let ledger = SharedLedger(core.ledger, reader: CommittedFacts(reader: core.journal.cachedReader))
                shared.withLock { $0 = ledger }
                runLedger(core.ledger, ledger, core.checkpoints)
                close(core.journal)
            } catch {
                set(.failed(reason: "\(error)"))
                opened(.failure(error))
            }
        }
    }

    /// Puts facts into the queue; the receiver is told when they are booked.
    ///
    /// - Parameter startsCommit: false for one of several that come together; ``startCommit()`` must follow. So they
    ///   share a commit, where the first would else be written and synced by itself.
    public func submit(_ submission: Submission, startsCommit: Bool = true) -> Admission {
        guard state == .ready else { return .unavailable }
        return switch queue.offer(submission, wakes: startsCommit) {
        case nil: .admitted
        case .full: .full
        case .closed: .unavailable
        }
    }

    /// Has what was submitted committed.
    public func startCommit() { queue.wake() }

    /// Asks the ledger something on its own thread; `question` gets nil if the ledger cannot be used any more.
    ///
    /// - Returns: false if too many questions wait or the engine is stopping; the question is then not asked.
    public func ask(_ question: @escaping @Sendable (Ledger?) -> Void) -> Bool {
        switch state {
        case .ready, .readOnly: inbox.ask(question)
        case .replaying, .failed, .stopped: false
        }
    }

    /// Answers a small question that only reads, on the calling thread and without ever waiting.
    ///
    /// - Returns: nil if a commit is being applied, if a record that is needed is not in memory, or if anything else is
    ///   wrong: whoever needs to know asks the ledger's thread.
    public func look<Answer>(_ question: (LedgerLookup) throws -> Answer) -> Answer? {
        shared.withLock { $0 }?.look(question)
    }

    /// The year whose sums were found to differ, if any ever were: then no figure can be trusted.
    public var differingYear: FinancialYear? { differing.withLock { $0 } }

    /// Notes that the ways of adding up a year do not agree.
    public func noteDifference(_ reconciliation: Reconciliation) {
        differing.withLock { $0 = reconciliation.year }
    }

    /// Books what waits, syncs, closes the journal, ends the threads. Blocks; never on an event loop.
    ///
    /// A checkpoint that is being written is given up, and what there is of it removed: the next start reads more of the
    /// journal, and makes it then.
    public func stop() {
        // The journal's thread closes the inbox once what waits is committed; the ledger's then closes the journal.
        queue.close()
        threads.wait { $0 == 0 ? () : nil }
        set(.stopped)
    }

    private func count(_ started: Int) {
        threads.change { running in
            running += started
            return true
        }
    }

    private func set(_ state: State) { stateCell.withLock { $0 = state } }

    private func publishAll(_ core: LedgerCore) {
        openedForm.withLock { $0 = core.ledger.patientForm }
        lastInstant.store(core.journal.lastRecordedAtMicroseconds ?? 0, ordering: .relaxed)
        publish(core.ledger, core.journal.head)
    }

    private func publish(_ ledger: Ledger, _ head: JournalHead) {
        for body in ledger.commissioners(after: published.commissionerCount) {
            published.add(body.code, index: body.index, registeredOn: body.registeredOn)
        }
        published.publish(head, ledger.takeChanges())
    }

    private func startJournalThread(_ journal: Journal) {
        count(1)
        WorkerThread.start { [self] in
            while let group = queue.take() {
                commit(group, to: journal)
                if let prepare = journal.takePreparation() { runInBackground(prepare) }
            }
            inbox.close()
            count(-1)
        }
    }

    /// Only when the ledger is done: to apply the last commits it reads records back.
    private func close(_ journal: Journal) {
        do { try journal.close() } catch { set(.readOnly(reason: "\(error)")) }
    }

    private func commit(_ group: [Submission], to journal: Journal) {
        let last = lastInstant.load(ordering: .relaxed)
        let instant = max(clock.now().microseconds, last + 1)
        do {
            let batch = try journal.append(group.map(\.batch), recordedAtMicroseconds: instant)
            lastInstant.store(instant, ordering: .relaxed)
            inbox.put(LedgerInbox.Commit(prepared: PreparedCommit(batch, inRuns: booksInRuns), submissions: group))
        } catch {
            // Records that the journal refuses leave it as it was; they must not stop everybody else's.
            if journal.failure != nil, state == .ready { set(.readOnly(reason: "\(error)")) }
            for submission in group { submission.receiver.notBooked(.journalFailed) }
        }
    }

    private func runLedger(_ ledger: Ledger, _ shared: SharedLedger, _ checkpoints: Checkpoints) {
        var usable: Ledger? = ledger
        makeCheckpointIfDue(ledger, checkpoints)
        while let work = inbox.take() {
            if let commit = work.commit {
                if let ledger = usable {
                    if apply(commit, to: ledger, shared) {
                        checkpoints.note(commit.prepared.batch)
                        makeCheckpointIfDue(ledger, checkpoints)
                    } else {
                        usable = nil
                    }
                }
                if usable == nil {
                    for submission in commit.submissions { submission.receiver.notBooked(.journalFailed) }
                }
            }
            for question in work.questions { question(usable) }
        }
        checkpoints.giveUp()
    }

    private func makeCheckpointIfDue(_ ledger: Ledger, _ checkpoints: Checkpoints) {
        checkpoints.makeIfDue(ledger) { runInBackground($0) }
    }

    private func runInBackground(_ work: @escaping @Sendable () -> Void) {
        count(1)
        WorkerThread.start { [self] in
            work()
            count(-1)
        }
    }

    /// Applies a commit, publishes it, and answers whoever waits for it; false if the ledger broke.
    private func apply(_ commit: LedgerInbox.Commit, to ledger: Ledger, _ shared: SharedLedger) -> Bool {
        let answers = CommitAnswers(commit.submissions, firstSequence: commit.prepared.batch.firstSequence)
        let outcomes: ContiguousArray<Outcome>
        do {
            outcomes = try Applier.apply(commit.prepared, to: ledger, watch: answers.watch(ledger)) { body in
                try shared.change { _ in try body() }
                inbox.takeQuestion()?(ledger)
            }
        } catch {
            set(.failed(reason: "\(error)"))
            return false
        }
        publish(ledger, commit.prepared.batch.head)
        answers.tell(outcomes)
        return true
    }
}
