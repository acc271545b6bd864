import ChequebookModel

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
        putInPlace { RecordEncoder.put(patient, &$0) }
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
