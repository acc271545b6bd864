public import ChequebookModel

/// Binary records back into facts. Every byte is checked: a record that passes its checksum and still makes no sense
/// is refused, never trusted.
public enum RecordDecoder {
    /// The fact that a record says.
    ///
    /// - Throws: `RecordError`.
    public static func fact(_ record: UnsafeRawBufferPointer) throws(RecordError) -> Fact {
        var reader = RecordFieldReader(record)
        let fact = try fact(kind(&reader), &reader)
        try reader.end()
        return fact
    }

    /// The event or reversal that a record says, without an allocation; nil for a record of another kind.
    ///
    /// - Throws: `RecordError`.
    public static func event(_ record: UnsafeRawBufferPointer) throws(RecordError) -> EventFact? {
        var reader = RecordFieldReader(record)
        let event: EventFact
        switch try kind(&reader) {
        case .costEvent: event = .costEvent(try costEvent(&reader))
        case .reversal: event = .reversal(try reversal(&reader))
        default: return nil
        }
        try reader.end()
        return event
    }

    private static func kind(_ reader: inout RecordFieldReader) throws(RecordError) -> RecordKind {
        let kindByte: UInt8 = try reader.integer("kind")
        let version: UInt8 = try reader.integer("version")
        guard version == RecordFormat.version else {
            throw .unknownVersion(found: version, known: RecordFormat.version)
        }
        guard let kind = RecordKind(rawValue: kindByte) else { throw .unknownKind(kindByte) }
        return kind
    }

    private static func fact(_ kind: RecordKind, _ reader: inout RecordFieldReader) throws(RecordError) -> Fact {
        switch kind {
        case .ledgerCreated:
            return .ledgerCreated(try reader.value("patient form", PatientForm.init(rawValue:)))
        case .commissioner: return .commissioner(try reader.commissioner())
        case .statement: return .statement(try reader.statement())
        case .withdrawal:
            return .withdrawal(
                Withdrawal(
                    patient: try reader.patient(), commissioner: try reader.code("commissioner"),
                    from: try reader.day("from")))
        case .nationalRateCard: return .nationalRateCard(try reader.rateCard())
        case .ownRateCard:
            let code = try reader.code("commissioner")
            return .ownRateCard(code, try reader.rateCard())
        case .costEvent: return .costEvent(try costEvent(&reader))
        case .reversal: return .reversal(try reversal(&reader))
        case .personDetails: return .personDetails(try reader.personDetails())
        case .listSizes: return .listSizes(try reader.listSizes())
        case .succession: return .succession(try reader.succession())
        case .atomicList:
            let count: UInt32 = try reader.integer("count")
            guard count >= 1, count <= Limits.atomicItemsMax else { throw .malformed(field: "count") }
            return .atomicList(count: Int(count))
        }
    }

    private static func costEvent(_ reader: inout RecordFieldReader) throws(RecordError) -> CostEvent {
        let flags = EventFlags(rawValue: try reader.integer("flags"))
        guard flags.isSubset(of: .known), !flags.isSuperset(of: [.nhsNumber, .pseudonym]) else {
            throw .malformed(field: "flags")
        }
        let settingAndReason: UInt8 = try reader.integer("setting")
        let reason = settingAndReason >> 4
        let sourceCount: UInt8 = try reader.integer("length of source")
        let idCount: UInt8 = try reader.integer("length of id")
        let serviceCount: UInt8 = try reader.integer("length of service")
        let serviceDate = try reader.day("service date")
        let version: Int32 = try reader.integer("version of the event")
        let amountPence: Int64 = try reader.integer("amount")
        guard let setting = CareSetting(rawValue: settingAndReason & 0x0f) else { throw .malformed(field: "setting") }
        guard version >= 1 else { throw .malformed(field: "version of the event") }
        guard amountPence >= 0, amountPence <= Limits.amountPenceMax else { throw .malformed(field: "amount") }
        guard flags.contains(.service) || serviceCount == 0 else { throw .malformed(field: "length of service") }
        guard reason == 0 || !flags.namesPatient else { throw .malformed(field: "reason") }
        let subject: CostSubject
        if flags.contains(.nhsNumber) {
            subject = .patient(try reader.nhsNumber())
        } else if flags.contains(.pseudonym) {
            subject = .patient(try reader.pseudonym())
        } else {
            guard let why = WithoutPatient(rawValue: reason) else { throw .malformed(field: "reason") }
            guard flags.contains(.commissioner) else { throw .malformed(field: "commissioner") }
            subject = .without(why)
        }
        let commissioner = flags.contains(.commissioner) ? try reader.code("commissioner") : nil
        let provider = flags.contains(.provider) ? try reader.code("provider") : nil
        let funder = flags.contains(.funder) ? try reader.code("funder") : nil
        let source = try reader.identifier("source", Int(sourceCount))
        let id = try reader.identifier("id", Int(idCount))
        let service =
            flags.contains(.service)
            ? try reader.identifier("service", Int(serviceCount), bytesMax: Limits.serviceBytesMax) : nil
        return CostEvent(
            identity: EventIdentity(source: source, id: id), version: version, subject: subject,
            commissioner: commissioner, setting: setting, serviceDate: serviceDate, amountPence: amountPence,
            kind: flags.contains(.credit) ? .credit : .cost, provider: provider, service: service, funder: funder)
    }

    private static func reversal(_ reader: inout RecordFieldReader) throws(RecordError) -> Reversal {
        let sourceCount: UInt8 = try reader.integer("length of source")
        let idCount: UInt8 = try reader.integer("length of id")
        let reversesCount: UInt8 = try reader.integer("length of reverses")
        let source = try reader.identifier("source", Int(sourceCount))
        let id = try reader.identifier("id", Int(idCount))
        let reverses = try reader.identifier("reverses", Int(reversesCount))
        return Reversal(identity: EventIdentity(source: source, id: id), reverses: reverses)
    }
}
