import ChequebookLedger
import ChequebookModel

/// Gathers what became of one submission while its commit is applied record by record.
struct PendingAnswer {
    private let count: Int
    private let isAtomic: Bool
    private let wantsEvent: Bool
    private var seen = 0
    private var outcomes: [Outcome] = []
    private var lastSequence: UInt64 = 0
    private var event: EventView?

    init(_ submission: Submission?) {
        count = submission?.batch.count ?? 0
        isAtomic = submission?.isAtomic ?? false
        wantsEvent = submission?.wantsEvent ?? false
        outcomes.reserveCapacity(count)
    }

    var answer: Booked { Booked(outcomes: outcomes, lastSequence: lastSequence, event: event) }

    /// Takes one record's outcome in; true when it was the submission's last.
    mutating func add(_ record: AppliedRecord, _ ledger: Ledger) -> Bool {
        // The bracket of an atomic list is ours, not the sender's.
        if !(isAtomic && seen == 0) { outcomes.append(record.outcome) }
        seen += 1
        lastSequence = record.stamp.sequence
        // A record that cannot be read fails the next apply as well; here there is just nothing to show.
        if wantsEvent, let fact = try? record.fact() { event = view(fact, record.stamp, record.outcome, ledger) }
        return seen == count
    }

    private func view(_ fact: Fact, _ stamp: RecordStamp, _ outcome: Outcome, _ ledger: Ledger) -> EventView? {
        switch outcome {
        case .posted, .reposted: return ledger.event(booked: fact, stamp)
        case .duplicate, .superseded:
            guard let identity = fact.eventIdentity else { return nil }
            return try? ledger.event(identity)
        default: return nil
        }
    }
}
