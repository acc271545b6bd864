public import ChequebookLedger
import ChequebookModel

/// An event as stored.
public struct EventAnswer: Answer {
    public let view: EventView
    /// What became of the event that was just sent, where that is not plain from the status.
    public let outcome: String?

    public init(_ view: EventView, outcome: String? = nil) {
        (self.view, self.outcome) = (view, outcome)
    }

    /// One row. An event and a reversal have the same columns.
    public var layout: SheetLayout { SheetLayout(columns: SheetLayout.eventColumns) }

    public func write(to sink: inout some AnswerSink) {
        sink.object { sink in
            sink.memberIfAny("outcome", outcome)
            switch view.fact {
            case .costEvent(let event): write(event, to: &sink)
            case .reversal(let reversal):
                sink.member("source", "\(reversal.identity.source)")
                sink.member("id", "\(reversal.identity.id)")
                sink.member("reverses", "\(reversal.reverses)")
            default: break
            }
            sink.member("sequence", view.sequence)
            sink.member("recordedAt", "\(view.recordedAt)")
        }
    }

    private func write(_ event: CostEvent, to sink: inout some AnswerSink) {
        sink.member("source", "\(event.identity.source)")
        sink.member("id", "\(event.identity.id)")
        sink.member("version", event.version)
        switch event.subject {
        case .patient(let patient): sink.member("patient", patient.wireForm)
        case .without(let why): sink.member("withoutPatient", "\(why.word)")
        }
        sink.member("setting", "\(event.setting.word)")
        sink.member("serviceDate", "\(event.serviceDate)")
        sink.member("amountPence", event.amountPence)
        sink.member("kind", "\(event.kind.word)")
        sink.memberIfAny("provider", event.provider.map { "\($0)" })
        sink.memberIfAny("service", event.service.map { "\($0)" })
        sink.member("commissioner", view.commissioner.map { "\($0)" })
        sink.member("attribution", view.attribution?.word)
        sink.member("funder", view.funder.map { "\($0)" })
        sink.member("reversedBy", view.reversedBy.map { "\($0)" })
        if view.isAfterDeath {
            sink.key("afterDeath")
            sink.boolean(true)
        }
    }
}

extension SheetLayout {
    /// The columns of an event, of which tables have those that fit a terminal of 120 columns. Without `outcome`, which
    /// is said only to whoever sends an event, and that in JSON.
    static let eventColumns: [Column] =
        ["source", "id", inCSVOnly("version"), "patient", inCSVOnly("withoutPatient")]
        + ["setting", "serviceDate", "amountPence", "kind"]
        + [inCSVOnly("provider"), inCSVOnly("service"), "commissioner", inCSVOnly("attribution"), "funder"]
        + ["reverses", "reversedBy", inCSVOnly("afterDeath"), inCSVOnly("sequence"), inCSVOnly("recordedAt")]
}

extension EventView.AttributionKind {
    fileprivate var word: String {
        switch self {
        case .stated: "stated"
        case .registered: "registered"
        case .unattributed: "unattributed"
        }
    }
}
