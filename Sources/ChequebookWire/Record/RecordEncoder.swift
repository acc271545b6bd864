import ChequebookModel

/// Facts into their binary records.
enum RecordEncoder {
    /// Layout: kind, version, flags, setting (low half) and reason without patient (high half), lengths of source, id
    /// and service, service day, amount; then what the flags name, then the texts.
    @inline(__always)
    static func put(_ event: CostEventFields, _ writer: inout ByteWriter) {
        var flags: EventFlags = event.kind == .credit ? .credit : []
        if let patient = event.patient { flags.insert(patient.form == .nhsNumber ? .nhsNumber : .pseudonym) }
        if event.commissioner != 0 { flags.insert(.commissioner) }
        if event.provider != 0 { flags.insert(.provider) }
        if !event.service.isEmpty { flags.insert(.service) }
        if event.funder != 0 { flags.insert(.funder) }
        writer.put(RecordKind.costEvent.rawValue)
        writer.put(RecordFormat.version)
        writer.put(flags.rawValue)
        writer.put(event.setting.rawValue | (event.without?.rawValue ?? 0) << 4)
        writer.put(UInt8(event.source.count))
        writer.put(UInt8(event.id.count))
        writer.put(UInt8(event.service.count))
        writer.put(event.serviceDay)
        writer.put(event.version)
        writer.put(event.amountPence)
        if let patient = event.patient {
            if patient.form == .pseudonym { writer.put(patient.high) }
            writer.put(patient.low)
            if patient.form == .pseudonym {
                writer.put(UInt8(event.pseudonym.count))
                writer.put(event.pseudonym)
            }
        }
        if event.commissioner != 0 { writer.put(event.commissioner) }
        if event.provider != 0 { writer.put(event.provider) }
        if event.funder != 0 { writer.put(event.funder) }
        writer.put(event.source)
        writer.put(event.id)
        writer.put(event.service)
    }

    static func put(_ event: CostEvent, _ writer: inout ByteWriter) {
        CostEventFields.with(event) { put($0, &writer) }
    }

    @inline(__always)
    static func put(
        reversal identity: (source: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer),
        of reverses: UnsafeRawBufferPointer, _ writer: inout ByteWriter
    ) {
        writer.put(RecordKind.reversal.rawValue)
        writer.put(RecordFormat.version)
        writer.put(UInt8(identity.source.count))
        writer.put(UInt8(identity.id.count))
        writer.put(UInt8(reverses.count))
        writer.put(identity.source)
        writer.put(identity.id)
        writer.put(reverses)
    }

    static func put(_ reversal: Reversal, _ writer: inout ByteWriter) {
        reversal.identity.source.withBytes { source in
            reversal.identity.id.withBytes { id in
                reversal.reverses.withBytes { put(reversal: (source, id), of: $0, &writer) }
            }
        }
    }

    /// An NHS number as one word; a pseudonym as its key, its length and its text.
    static func put(_ patient: Patient, _ writer: inout ByteWriter) {
        guard let pseudonym = patient.pseudonym else {
            writer.put(patient.key.low)
            return
        }
        writer.put(patient.key.high)
        writer.put(patient.key.low)
        writer.put(UInt8(pseudonym.count))
        pseudonym.withBytes { writer.put($0) }
    }

    /// The record of any fact.
    static func bytes(of fact: Fact) -> [UInt8] {
        var record = RecordFields()
        switch fact {
        case .ledgerCreated(let form):
            record.begin(.ledgerCreated)
            record.put(form.rawValue)
        case .commissioner(let body):
            record.begin(.commissioner)
            record.put(body)
        case .statement(let statement):
            record.begin(.statement)
            record.put(statement)
        case .withdrawal(let withdrawal):
            record.begin(.withdrawal)
            record.put(withdrawal.patient)
            record.put(withdrawal.commissioner.packed)
            record.put(withdrawal.from.dayNumber)
        case .nationalRateCard(let card):
            record.begin(.nationalRateCard)
            record.put(card)
        case .ownRateCard(let code, let card):
            record.begin(.ownRateCard)
            record.put(code.packed)
            record.put(card)
        case .personDetails(let details):
            record.begin(.personDetails)
            record.put(details)
        case .listSizes(let list):
            record.begin(.listSizes)
            record.put(list)
        case .succession(let succession):
            record.begin(.succession)
            record.put(succession)
        case .atomicList(let count):
            record.begin(.atomicList)
            record.put(UInt32(count))
        case .costEvent(let event): record.putInPlace { put(event, &$0) }
        case .reversal(let reversal): record.putInPlace { put(reversal, &$0) }
        }
        return record.bytes
    }
}
