public import ChequebookLedger
import ChequebookModel

/// The answer to `GET /v1/reconciliation`: every way of adding up a year's cost, side by side.
public struct ReconciliationAnswer: Answer {
    public let reconciliation: Reconciliation
    /// The last record that is in the sums.
    public let sequence: UInt64

    public init(_ reconciliation: Reconciliation, sequence: UInt64) {
        (self.reconciliation, self.sequence) = (reconciliation, sequence)
    }

    /// A row for each way.
    public var layout: SheetLayout {
        SheetLayout(lists: ["ways"], columns: ["year", "by", "totalPence", "events", "restPence", "rest"])
    }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("year", "\(reconciliation.year)")
            sink.member("sequence", sequence)
            sink.member("position", reconciliation.agrees ? "agrees" : "differs")
            sink.key("ways")
            sink.array { sink in
                for sum in reconciliation.sums { sum.write(to: &sink) }
            }
        }
    }
}

extension Reconciliation.Sum {
    fileprivate func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("by", way.rawValue)
            sink.member("totalPence", total.pence)
            sink.member("events", total.events)
            if let restName {
                sink.member("rest", restName)
                sink.member("restPence", rest.pence)
                sink.member("restEvents", rest.events)
            }
        }
    }

    /// What the way cannot name and yet counts.
    private var restName: String? {
        switch way {
        case .patient: "without patient"
        case .commissioner: "unattributed"
        case .provider: "without provider"
        case .funder: "without funder"
        case .setting, .month: nil
        }
    }
}
