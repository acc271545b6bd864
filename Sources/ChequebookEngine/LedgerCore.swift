public import ChequebookJournal
public import ChequebookLedger
public import ChequebookModel
import ChequebookWire

/// A journal and the ledger that its records make: opened together, and kept in step by whoever owns them.
///
/// Once open it has no threads. The engine splits it between two; a simulation drives it step by step.
public final class LedgerCore {
    /// Some 800,000 events.
    public static let defaultCheckpointBytesMin = 64 << 20

    public let journal: Journal
    public let ledger: Ledger
    public let report: RecoveryReport
    let checkpoints: Checkpoints

    private init(journal: Journal, ledger: Ledger, report: RecoveryReport, checkpoints: Checkpoints) {
        (self.journal, self.ledger, self.report, self.checkpoints) = (journal, ledger, report, checkpoints)
    }

    /// Opens a ledger, or creates an empty one.
    ///
    /// - Parameters:
    ///   - form: nil takes what the ledger was created for; a new one is for NHS numbers.
    ///   - newIdentity: 16 random bytes, used if the ledger is new.
    ///   - now: the instant of the first record of a new ledger.
    ///   - booksInRuns: whether new cost events are booked together.
    ///   - usesCheckpoints: whether to begin with the newest checkpoint that can be used; else every record is replayed.
    ///   - checkpointBytesMin: of the journal, between one checkpoint and the next.
    ///   - access: to read only, nothing is written, and the ledger takes no commits.
    ///   - progress: told of each commit that has been applied.
    /// - Throws: `JournalError`, `RecordError` or `EngineError`.
    public static func open(
        storage: any Storage, configuration: JournalConfiguration = JournalConfiguration(), form: PatientForm?,
        newIdentity: [UInt8], now: Instant, booksInRuns: Bool = true, usesCheckpoints: Bool = true,
        checkpointBytesMin: Int = defaultCheckpointBytesMin, access: JournalAccess = .readWrite,
        progress: (CommittedBatch) -> Void = { _ in }
    ) throws -> LedgerCore {
        let facts = JournalFacts()
        let identity = try identity(in: storage, newIdentity: newIdentity)
        let store = CheckpointStore(storage: storage, ledgerIdentity: identity)
        var unusable: [String] = []
        let restored =
            usesCheckpoints ? try CheckpointReader.newestUsable(in: store, reader: facts, unusable: &unusable) : nil
        let ledger = restored?.ledger ?? Ledger(reader: facts)
        let checkpoints = Checkpoints(store, bytesMin: checkpointBytesMin, restored: restored?.checkpoint)
        let pipe = read(
            storage, configuration, identity, access, from: restored?.checkpoint.point, booksInRuns: booksInRuns)
        do {
            while let item = pipe.take() {
                switch item {
                case .reader(let reader):
                    facts.reader = reader
                    try ledger.recall()
                case .commit(let commit):
                    try Applier.apply(commit, to: ledger)
                    checkpoints.note(commit.batch)
                    progress(commit.batch)
                }
            }
        } catch {
            // The reading thread lets go of the files before anybody opens them again.
            pipe.abandon()
            _ = try? pipe.outcome()
            throw error
        }
        var (journal, report) = try pipe.outcome()
        report.unusableCheckpoints = unusable
        let core = LedgerCore(journal: journal, ledger: ledger, report: report, checkpoints: checkpoints)
        if ledger.patientForm == nil, access == .readWrite {
            try core.commit([.ledgerCreated(form ?? .nhsNumber)], at: now)
        }
        if let form, let created = ledger.patientForm, created != form {
            throw EngineError.otherPatientForm(ledger: created, asked: form)
        }
        _ = ledger.takeChanges()
        return core
    }

    /// Opens a ledger that is there already, as it was created, to look at it. No byte of it changes.
    ///
    /// - Parameters:
    ///   - usesCheckpoints: whether to begin with a checkpoint, or to replay every record.
    ///   - progress: told of each commit that has been applied.
    /// - Throws: `EngineError.noLedger` if there is none, else as the other `open`.
    public static func open(
        existing storage: any Storage, usesCheckpoints: Bool = false, progress: (CommittedBatch) -> Void = { _ in }
    ) throws -> LedgerCore {
        guard try storage.names().contains(LedgerIdentity.fileName) else { throw EngineError.noLedger }
        return try open(
            storage: storage, form: nil, newIdentity: [], now: Instant(microseconds: 0),
            usesCheckpoints: usesCheckpoints, access: .readOnly, progress: progress)
    }

    /// Opens the journal on a thread of its own.
    private static func read(
        _ storage: any Storage, _ configuration: JournalConfiguration, _ identity: LedgerIdentity,
        _ access: JournalAccess, from start: JournalPoint?, booksInRuns: Bool
    ) -> ReplayPipe {
        let pipe = ReplayPipe()
        WorkerThread.start {
            pipe.end(
                Result {
                    try Journal.open(
                        storage: storage, configuration: configuration, ledgerIdentity: identity, access: access,
                        from: start,
                        attach: { pipe.attach($0) },
                        replay: { try pipe.put(.commit(PreparedCommit($0, inRuns: booksInRuns))) })
                })
        }
        return pipe
    }

    static func identity(in storage: any Storage, newIdentity: [UInt8]) throws -> LedgerIdentity {
        if let bytes = try LedgerIdentity.stored(in: storage) {
            guard let identity = LedgerIdentity(bytes: bytes) else { throw EngineError.identityMalformed }
            return identity
        }
        guard try !storage.names().contains(where: { $0.hasSuffix(".segment") }) else {
            throw EngineError.identityMissing
        }
        guard let identity = LedgerIdentity(bytes: newIdentity) else { throw EngineError.identityMalformed }
        try identity.store(in: storage)
        return identity
    }

    /// Commits facts as one commit and applies them; the outcomes are in the order of the facts.
    ///
    /// - Throws: `JournalError`; nothing was applied then.
    @discardableResult
    public func commit(_ facts: [Fact], at now: Instant) throws -> [Outcome] {
        var builder = RecordBatchBuilder()
        for fact in facts { builder.append(fact) }
        let count = builder.count
        let batch = try journal.append(
            [RecordBatch(bytes: builder.take(), count: count)], recordedAtMicroseconds: instant(now).microseconds)
        let outcomes = Array(try Applier.apply(PreparedCommit(batch, inRuns: true), to: ledger))
        checkpoints.note(batch)
        checkpoints.makeIfDue(ledger) { finish in finish() }
        return outcomes
    }

    /// The instant of the next commit: now, but later than the last.
    private func instant(_ now: Instant) -> Instant {
        guard let last = journal.lastRecordedAtMicroseconds else { return now }
        return Swift.max(now, Instant(microseconds: last + 1))
    }
}
