public import ChequebookModel

/// The state machine: committed facts in, outcomes out, and every figure current after each of them.
///
/// It is a pure function of the records applied to it in the order of their sequences. It reads no clock, makes no
/// random choice and opens no file; records that it needs again come through the reader it is given. One thread owns
/// it. If `apply` throws, a record could not be read back and the ledger must not be used any more.
public final class Ledger {
    let reader: any RecordReader
    var form: PatientForm?
    var register = CommissionerRegister()
    var codes = CodeTable()
    var bodyChanges: [Versions<LastChange>] = [Versions()]
    /// The last change of any body's entry in the register.
    var registerChange = Versions<LastChange>()
    var people: People
    var populations: [Population] = [Population()]
    var listSizes: [ListSizeBook] = [ListSizeBook()]
    var cards = RateCards()
    var events: EventIndex
    var costs = CostBook()
    var budgets = BudgetMemory()
    /// Where the records are that made bodies, cards and lists what they are and were: few, and read back at a start.
    var recalled: ContiguousArray<UInt64> = []
    /// The last record applied; 0 before the first.
    public internal(set) var lastSequence: UInt64 = 0
    /// Commissioners for which a figure may have changed since `takeChanges`; a national card changes them all.
    var changed = ChangeTracker()

    private let rowsMax: Int

    /// - Parameter rowsMax: event identities, and patients, that it takes; lower than the limit only in tests.
    public init(reader: any RecordReader, rowsMax: Int = Limits.rowsMax) {
        self.reader = reader
        self.rowsMax = rowsMax
        let pool = ChunkPool()
        people = People(in: pool)
        events = EventIndex(in: pool)
    }

    /// Whether so many more event identities or patients can be numbered.
    @inline(__always)
    func hasRows(_ count: Int = 1) -> Bool { max(events.count, people.rows.count) + count <= rowsMax }

    /// The form of patient it was created for; nil before its first record.
    public var patientForm: PatientForm? { form }

    /// Number of event identities, reversals included.
    public var identityCount: Int { events.count }

    /// Applies one committed fact. `atomicList` is a bracket, not a fact to apply: see `applyAtomically`.
    ///
    /// - Throws: what the reader throws.
    public func apply(_ fact: Fact, _ stamp: RecordStamp) throws -> Outcome {
        lastSequence = stamp.sequence
        switch fact {
        case .ledgerCreated(let form):
            guard self.form == nil else { return .unchanged }
            self.form = form
            return .created
        case .commissioner(let body): return put(body, stamp)
        case .statement(let statement): return try register(statement, stamp)
        case .personDetails(let details): return try put(details, stamp)
        case .withdrawal(let withdrawal): return try withdraw(withdrawal, stamp)
        case .nationalRateCard(let card): return put(card, of: nil, stamp)
        case .ownRateCard(let code, let card):
            guard let index = register.index(of: code) else { return .refused(.unknownCommissioner) }
            return put(card, of: index, stamp)
        case .listSizes(let list): return put(list, stamp)
        case .succession(let succession): return try move(succession, stamp)
        case .costEvent, .reversal: return try book(fact, stamp)
        case .atomicList: return .unchanged
        }
    }

    /// Applies events that stand or fall together: all of them, or none if any is refused.
    ///
    /// - Throws: what the reader throws.
    public func applyAtomically(_ facts: [(fact: Fact, stamp: RecordStamp)]) throws -> [Outcome] {
        let refusals = try tryOut(facts)
        if refusals.contains(where: { $0 != nil }) {
            lastSequence = facts.last?.stamp.sequence ?? lastSequence
            return refusals.map { $0.map(Outcome.refused) ?? .notBooked }
        }
        return try facts.map { try apply($0.fact, $0.stamp) }
    }

    /// The commissioners whose figures may have changed since it was last asked.
    public func takeChanges() -> ChangedCommissioners { changed.take() }

    private func put(_ body: Commissioner, _ stamp: RecordStamp) -> Outcome {
        let (outcome, index) = register.put(body, recordedOn: stamp.recordedOn)
        guard let index else { return outcome }
        if outcome == .created {
            bodyChanges.append(Versions())
            populations.append(Population())
            listSizes.append(ListSizeBook())
        }
        if outcome != .unchanged {
            recalled.append(stamp.position)
            note(index, stamp)
            registerChange.note(stamp)
        }
        return outcome
    }

    private func put(_ card: RateCard, of index: CommissionerIndex?, _ stamp: RecordStamp) -> Outcome {
        let outcome = cards.put(card, of: index, stamp: stamp)
        guard outcome.refusal == nil, outcome != .unchanged else { return outcome }
        recalled.append(stamp.position)
        if let index { changed.insert(index) } else { changed.insertAll() }
        return outcome
    }

    private func put(_ list: ListSizes, _ stamp: RecordStamp) -> Outcome {
        guard let index = register.index(of: list.commissioner) else { return .refused(.unknownCommissioner) }
        let outcome = listSizes[Int(index)].put(list, recordedOn: stamp.recordedOn)
        if outcome == .created || outcome == .replaced {
            recalled.append(stamp.position)
            note(index, stamp)
        }
        return outcome
    }

    /// Notes that a record changed what stands behind all of a commissioner's years.
    func note(_ index: CommissionerIndex, _ stamp: RecordStamp) {
        bodyChanges[Int(index)].note(stamp)
        changed.insert(index)
    }
}
