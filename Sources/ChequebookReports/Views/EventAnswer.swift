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

    public func give(as form: AnswerForm, hasByteOrderMark: Bool, to body: (UnsafeRawBufferPointer) -> Void) {
        write(as: form, hasByteOrderMark: hasByteOrderMark, body)
    }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        // In a variable of its own the sink can stay in registers while its many members are written.
        var own = sink
        own.object { sink in
            sink.memberIfAny("outcome", outcome)
            switch view.event {
            case .costEvent(let event): write(event, to: &sink)
            case .reversal(let reversal):
                sink.plainMember("source", reversal.identity.source)
                sink.plainMember("id", reversal.identity.id)
                sink.plainMember("reverses", reversal.reverses)
            }
            sink.member("sequence", view.sequence)
            sink.plainMember("recordedAt", view.recordedAt)
        }
        sink = own
    }

    @inline(__always)
    private func write(_ event: CostEvent, to sink: inout some AnswerSink & ~Copyable) {
        sink.plainMember("source", event.identity.source)
        sink.plainMember("id", event.identity.id)
        sink.member("version", event.version)
        switch event.subject {
        case .patient(let patient): sink.plainMember("patient", patient)
        case .without(let why): sink.wordMember("withoutPatient", why.word)
        }
        sink.wordMember("setting", event.setting.word)
        sink.plainMember("serviceDate", event.serviceDate)
        sink.member("amountPence", event.amountPence)
        sink.wordMember("kind", event.kind.word)
        sink.plainMemberIfAny("provider", event.provider)
        sink.plainMemberIfAny("service", event.service)
        sink.plainMember("commissioner", view.commissioner)
        sink.wordMember("attribution", view.attribution?.word)
        sink.plainMember("funder", view.funder)
        sink.plainMember("reversedBy", view.reversedBy)
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
    fileprivate var word: StaticString {
        switch self {
        case .stated: "stated"
        case .registered: "registered"
        case .unattributed: "unattributed"
        }
    }
}
