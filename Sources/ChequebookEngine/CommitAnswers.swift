import ChequebookLedger
import ChequebookModel

/// What the submissions of one commit are told, taken from the outcomes of its records.
struct CommitAnswers {
    private let submissions: [Submission]
    private let firstSequence: UInt64
    /// In the order of those who wait for them: as they stood at the moment at which they were booked.
    private let events: SeenEvents

    private final class SeenEvents {
        var views: [EventView?] = []
    }

    init(_ submissions: [Submission], firstSequence: UInt64) {
        (self.submissions, self.firstSequence) = (submissions, firstSequence)
        events = SeenEvents()
    }

    /// Gathers the events that somebody wants to see; nil if nobody does.
    func watch(_ ledger: Ledger) -> Applier.Watch? {
        var places: [Int] = []
        var place = 0
        for submission in submissions {
            place += submission.batch.count
            if submission.wantsEvent { places.append(place - 1) }
        }
        guard !places.isEmpty else { return nil }
        events.views.reserveCapacity(places.count)
        return Applier.Watch(places: places) { [events] record in
            events.views.append(Self.view(record, ledger))
        }
    }

    /// Tells each submission, in their order, what became of it.
    func tell(_ outcomes: ContiguousArray<Outcome>) {
        var start = 0
        var seen = events.views.makeIterator()
        for submission in submissions {
            let end = start + submission.batch.count
            let lastSequence = firstSequence + UInt64(end) - 1
            // The bracket of an atomic list is ours, not the sender's.
            let first = submission.isAtomic ? start + 1 : start
            submission.receiver.booked(
                Booked(
                    outcomes: Array(outcomes[first..<end]), lastSequence: lastSequence,
                    event: submission.wantsEvent ? seen.next() ?? nil : nil))
            start = end
        }
        for submission in submissions { submission.receiver.commitIsTold() }
    }

    private static func view(_ record: AppliedRecord, _ ledger: Ledger) -> EventView? {
        // What cannot be read fails the next apply as well; here there is just nothing to show.
        guard let fact = try? record.fact() else { return nil }
        switch record.outcome {
        case .posted, .reposted: return EventFact(fact).map { ledger.event(booked: $0, record.stamp) }
        case .duplicate, .superseded: return fact.eventIdentity.flatMap { try? ledger.event($0) }
        default: return nil
        }
    }
}
