public import ChequebookLedger
import ChequebookModel

extension EventView {
    /// The event as stored, as JSON with a line feed.
    ///
    /// - Parameter outcome: what became of the event that was just sent, where that is not plain from the status.
    public func json(outcome: String? = nil) -> [UInt8] {
        var writer = JSONWriter(byteCapacity: 640)
        writer.object { writer in
            writer.memberIfAny("outcome", outcome)
            switch fact {
            case .costEvent(let event): write(event, to: &writer)
            case .reversal(let reversal):
                writer.member("source", "\(reversal.identity.source)")
                writer.member("id", "\(reversal.identity.id)")
                writer.member("reverses", "\(reversal.reverses)")
            default: break
            }
            writer.member("sequence", sequence)
            writer.member("recordedAt", "\(recordedAt)")
        }
        writer.endLine()
        return writer.bytes
    }

    private func write(_ event: CostEvent, to writer: inout JSONWriter) {
        writer.member("source", "\(event.identity.source)")
        writer.member("id", "\(event.identity.id)")
        writer.member("version", event.version)
        switch event.subject {
        case .patient(let patient): writer.member("patient", patient.wireForm)
        case .without(let why): writer.member("withoutPatient", "\(why.word)")
        }
        writer.member("setting", "\(event.setting.word)")
        writer.member("serviceDate", "\(event.serviceDate)")
        writer.member("amountPence", event.amountPence)
        writer.member("kind", "\(event.kind.word)")
        writer.memberIfAny("provider", event.provider.map { "\($0)" })
        writer.memberIfAny("service", event.service.map { "\($0)" })
        writer.member("commissioner", commissioner.map { "\($0)" })
        writer.member("attribution", attribution?.word)
        writer.member("funder", funder.map { "\($0)" })
        writer.member("reversedBy", reversedBy.map { "\($0)" })
    }
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
