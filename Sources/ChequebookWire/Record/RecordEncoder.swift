import ChequebookModel

/// Facts into their binary records.
enum RecordEncoder {
    /// Layout: kind, version, flags, setting (low half) and reason without patient (high half), lengths of source, id
    /// and service, service day, amount; then what the flags name, then the texts.
    @inline(__always)
    static func put(_ event: CostEvent, _ writer: inout ByteWriter) {
        var flags: EventFlags = event.kind == .credit ? .credit : []
        var reason: UInt8 = 0
        switch event.subject {
        case .patient(let patient): flags.insert(patient.pseudonym == nil ? .nhsNumber : .pseudonym)
        case .without(let why): reason = why.rawValue
        }
        if event.commissioner != nil { flags.insert(.commissioner) }
        if event.provider != nil { flags.insert(.provider) }
        if event.service != nil { flags.insert(.service) }
        if event.funder != nil { flags.insert(.funder) }
        writer.put(RecordKind.costEvent.rawValue)
        writer.put(RecordFormat.version)
        writer.put(flags.rawValue)
        writer.put(event.setting.rawValue | reason << 4)
        writer.put(UInt8(event.identity.source.count))
        writer.put(UInt8(event.identity.id.count))
        writer.put(UInt8(event.service?.count ?? 0))
        writer.put(event.serviceDate.dayNumber)
        writer.put(event.version)
        writer.put(event.amountPence)
        if let patient = event.subject.patient { put(patient, &writer) }
        if let commissioner = event.commissioner { writer.put(commissioner.packed) }
        if let provider = event.provider { writer.put(provider.packed) }
        if let funder = event.funder { writer.put(funder.packed) }
        writer.put(event.identity.source)
        writer.put(event.identity.id)
        if let service = event.service { writer.put(service) }
    }

    @inline(__always)
    static func put(_ reversal: Reversal, _ writer: inout ByteWriter) {
        writer.put(RecordKind.reversal.rawValue)
        writer.put(RecordFormat.version)
        writer.put(UInt8(reversal.identity.source.count))
        writer.put(UInt8(reversal.identity.id.count))
        writer.put(UInt8(reversal.reverses.count))
        writer.put(reversal.identity.source)
        writer.put(reversal.identity.id)
        writer.put(reversal.reverses)
    }

    /// An NHS number as one word; a pseudonym as its key, its length and its text.
    @inline(__always)
    private static func put(_ patient: Patient, _ writer: inout ByteWriter) {
        guard let pseudonym = patient.pseudonym else {
            writer.put(patient.key.low)
            return
        }
        writer.put(patient.key.high)
        writer.put(patient.key.low)
        writer.put(UInt8(pseudonym.count))
        writer.put(pseudonym)
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

    fileprivate static func putForRecord(_ patient: Patient, _ writer: inout ByteWriter) { put(patient, &writer) }
}

/// A record that grows field by field, for the facts that are rare.
struct RecordFields {
    private(set) var bytes: [UInt8] = []

    mutating func begin(_ kind: RecordKind) {
        put(kind.rawValue)
        put(RecordFormat.version)
    }

    mutating func put<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func putInPlace(_ body: (inout ByteWriter) -> Void) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: RecordFormat.eventBytesMax))
        let end = bytes.withUnsafeMutableBytes { all in
            var writer = ByteWriter(all, at: start)
            body(&writer)
            return writer.count
        }
        bytes.removeLast(bytes.count - end)
    }

    mutating func put(_ patient: Patient) {
        put(patient.key.form.rawValue)
        putInPlace { RecordEncoder.putForRecord(patient, &$0) }
    }

    /// A day, or the number that no day has.
    mutating func put(_ date: CalendarDate?) {
        put(date?.dayNumber ?? Int32.max)
    }

    /// A code, or 0.
    mutating func put(_ code: OrganisationCode?) {
        put(code?.packed ?? 0)
    }

    mutating func put(_ body: Commissioner) {
        put(body.code.packed)
        put(body.kind.rawValue)
        let name = Array(body.name.utf8)
        put(UInt16(name.count))
        bytes.append(contentsOf: name)
        put(body.opened)
        put(body.closed)
        put(UInt8(body.parents.count))
        for parent in body.parents {
            put(parent.code.packed)
            put(parent.from.dayNumber)
            put(parent.until)
        }
        put(UInt8(body.successors.count))
        for successor in body.successors {
            put(successor.code.packed)
            put(successor.from.dayNumber)
        }
    }

    mutating func put(_ statement: Statement) {
        put(statement.patient)
        put(statement.commissioner.packed)
        put(statement.from.dayNumber)
        put(statement.until)
        put(statement.born.dayNumber)
        put(statement.sex.rawValue)
        put(statement.group.rawValue)
        put(statement.practice)
        put(statement.council)
    }

    mutating func put(_ card: RateCard) {
        put(UInt16(card.year.startYear))
        put(card.weightMillionths ?? -1)
        put(UInt8(CareSetting.count))
        for setting in CareSetting.allCases {
            put(card.settingWeightMillionths[Int(setting.rawValue)] ?? -1)
            switch card.funders[Int(setting.rawValue)] {
            case nil: put(UInt64(0))
            case .organisation(let code): put(code.packed)
            case .council: put(UInt64.max)
            }
        }
        put(UInt16(card.rates.count))
        for rate in card.rates { put(rate) }
    }

    mutating func put(_ details: PersonDetails) {
        put(details.patient)
        put(details.born)
        put(details.sex?.rawValue ?? 255)
        switch details.died {
        case .keep: put(UInt8(0))
        case .clear: put(UInt8(1))
        case .set(let day):
            put(UInt8(2))
            put(day.dayNumber)
        }
        switch details.replacedBy {
        case .keep: put(UInt8(0))
        case .clear: put(UInt8(1))
        case .set(let patient):
            put(UInt8(2))
            put(patient)
        }
    }

    mutating func put(_ list: ListSizes) {
        put(list.commissioner.packed)
        put(list.date.dayNumber)
        put(UInt16(list.bands.count))
        for band in list.bands {
            put(UInt8(band.ageFrom ?? 255))
            put(UInt8(band.ageTo ?? 255))
            put(band.sex?.rawValue ?? 255)
            put(band.group?.rawValue ?? 255)
            put(UInt32(band.people))
        }
    }

    mutating func put(_ succession: Succession) {
        put(succession.commissioner.packed)
        put(succession.date.dayNumber)
        put(UInt8(succession.from.count))
        for code in succession.from { put(code.packed) }
    }

    private mutating func put(_ rate: CapitationRate) {
        put(rate.setting.rawValue)
        put(rate.annualPence)
        put(UInt8(rate.ageFrom ?? 255))
        put(UInt8(rate.ageTo ?? 255))
        put(rate.sex?.rawValue ?? 255)
        put(rate.group?.rawValue ?? 255)
        put(rate.from)
        put(rate.until)
    }
}
