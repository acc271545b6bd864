import ChequebookJournal
public import ChequebookLedger
public import ChequebookModel
public import ChequebookWire

/// Facts of one request on their way into the ledger, already in the form of the journal.
public struct Submission: Sendable {
    let batch: RecordBatch
    /// Whether the first record is the bracket of a list that is all or nothing.
    let isAtomic: Bool
    /// Whether the reply shows the event as it stands: a request with a single event.
    let wantsEvent: Bool
    let receiver: any OutcomeReceiver

    /// Facts that stand alone.
    ///
    /// - Parameter wantsEvent: whether the reply shows the event as stored; only for a single fact.
    /// - Precondition: there is at least one, and all fit one commit of the journal.
    public init(_ records: inout RecordBatchBuilder, wantsEvent: Bool = false, receiver: any OutcomeReceiver) {
        let count = records.count
        precondition(count > 0, "a submission without facts has no outcome")
        batch = RecordBatch(bytes: records.take(), count: count)
        isAtomic = false
        self.wantsEvent = wantsEvent
        self.receiver = receiver
    }

    /// Facts that stand or fall together.
    ///
    /// - Precondition: there are 1 to `Limits.atomicItemsMax`. A record of any other number could never be replayed.
    public init(atomically facts: [Fact], receiver: any OutcomeReceiver) {
        precondition((1...Limits.atomicItemsMax).contains(facts.count), "a list of a length that no record can hold")
        var builder = RecordBatchBuilder(byteCapacity: 128 * (facts.count + 1))
        builder.append(.atomicList(count: facts.count))
        for fact in facts { builder.append(fact) }
        let count = builder.count
        batch = RecordBatch(bytes: builder.take(), count: count)
        isAtomic = true
        wantsEvent = false
        self.receiver = receiver
    }
}

/// What became of a submission: every record is on disk and applied. An object, because an event is large and goes
/// through several hands.
public final class Booked: Sendable {
    /// In the order of the facts.
    public let outcomes: [Outcome]
    /// The sequence of its last record.
    public let lastSequence: UInt64
    /// The event that holds the identity of the single fact, if that was asked for.
    public let event: EventView?

    init(outcomes: [Outcome], lastSequence: UInt64, event: EventView?) {
        (self.outcomes, self.lastSequence, self.event) = (outcomes, lastSequence, event)
    }
}

/// Why a submission was not, or not certainly, booked.
public enum NotBooked: Sendable, Equatable {
    /// The journal failed. Whether the facts are on disk is not known until the next start; the same may be sent again.
    case journalFailed
    /// The service is stopping; nothing was written.
    case stopping
}

/// Whoever waits for the outcomes of a submission. Called on a thread of the engine: it must hand over quickly.
public protocol OutcomeReceiver: AnyObject, Sendable {
    /// Called once, or ``notBooked(_:)`` is.
    func booked(_ booked: Booked)

    /// Called once in place of ``booked(_:)``; nothing follows it.
    func notBooked(_ reason: NotBooked)

    /// Called once after ``booked(_:)``, when all submissions of the commit have been told: a receiver that wakes
    /// somebody can do it here for all of them.
    func commitIsTold()
}

extension OutcomeReceiver {
    /// Does nothing.
    public func commitIsTold() {}
}
