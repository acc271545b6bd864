public import ChequebookModel

extension RecordDecoder {
    /// What booking a new event needs of its record, without making the event; nil for a record that is no cost event,
    /// or that the whole decoder must look at.
    ///
    /// It looks at lengths and ranges, not at texts: those of a record that is in the journal were checked before they
    /// came there, and are checked again by whoever reads the whole of it.
    @inline(__always)
    public static func outline(_ record: UnsafeRawBufferPointer) -> EventOutline? {
        guard record.count > EventLayout.fixedBytes, record[0] == RecordKind.costEvent.rawValue,
            record[1] == RecordFormat.version
        else { return nil }
        let flags = EventFlags(rawValue: record.word(at: EventLayout.flags, as: UInt16.self))
        let amountPence = record.word(at: EventLayout.amount, as: Int64.self)
        guard flags.isSubset(of: .known), !flags.isSuperset(of: [.nhsNumber, .pseudonym]),
            let setting = CareSetting(rawValue: record[EventLayout.settingAndReason] & 0x0f),
            let day = CalendarDate(dayNumber: Int(record.word(at: EventLayout.serviceDay, as: Int32.self))),
            record.word(at: EventLayout.version, as: Int32.self) >= 1,
            amountPence >= 0, amountPence <= Limits.amountPenceMax
        else { return nil }
        var words = EventWords(record, flags)
        guard words.isReasonRight, let patient = words.patient(), let commissioner = words.code(.commissioner),
            let provider = words.code(.provider), let funder = words.code(.funder),
            let identity = words.identity(), patient.key != nil || commissioner != 0
        else { return nil }
        return EventOutline(
            fingerprint: EventIdentity.fingerprint(source: identity.source, id: identity.id), patient: patient.key,
            commissionerPacked: commissioner, providerPacked: provider, funderPacked: funder,
            amountPence: amountPence, serviceDate: day, setting: setting, isCredit: flags.contains(.credit))
    }
}

/// Where the fixed fields of a cost event's record are; `docs/RECORD_FORMAT.md` has the table.
private enum EventLayout {
    static let flags = 2
    static let settingAndReason = 4
    static let sourceCount = 5
    static let idCount = 6
    static let serviceCount = 7
    static let serviceDay = 8
    static let version = 12
    static let amount = 16
    static let fixedBytes = 24
}

/// The fields behind the fixed ones, one after the other, each there only if a flag says so.
private struct EventWords {
    private let record: UnsafeRawBufferPointer
    private let flags: EventFlags
    private var offset = EventLayout.fixedBytes

    @inline(__always)
    init(_ record: UnsafeRawBufferPointer, _ flags: EventFlags) { (self.record, self.flags) = (record, flags) }

    /// The patient, or that there is none; nil if the record is too short or the key impossible.
    @inline(__always)
    mutating func patient() -> (key: PatientKey?, Void)? {
        if flags.contains(.nhsNumber) {
            guard let number = next() else { return nil }
            return (PatientKey(high: 0, low: number), ())
        }
        guard flags.contains(.pseudonym) else { return (nil, ()) }
        guard let high = next(), let low = next(), high >> 63 == 1, offset < record.count else { return nil }
        offset += 1 + Int(record[offset])
        return (PatientKey(high: high, low: low), ())
    }

    /// Whether a reason is given just where there is no patient, and is one.
    @inline(__always)
    var isReasonRight: Bool {
        let reason = record[EventLayout.settingAndReason] >> 4
        return flags.namesPatient ? reason == 0 : WithoutPatient(rawValue: reason) != nil
    }

    /// A packed code, or 0 without the flag; nil if the record is too short or says that it names nobody.
    @inline(__always)
    mutating func code(_ flag: EventFlags) -> UInt64? {
        guard flags.contains(flag) else { return 0 }
        guard let packed = next(), packed != 0 else { return nil }
        return packed
    }

    /// The texts of source and id, if all texts together end where the record does.
    @inline(__always)
    func identity() -> (source: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer)? {
        let sourceCount = Int(record[EventLayout.sourceCount])
        let idCount = Int(record[EventLayout.idCount])
        let serviceCount = Int(record[EventLayout.serviceCount])
        let lengths = 1...Limits.identifierBytesMax
        let isServiceRight = flags.contains(.service) ? serviceCount > 0 : serviceCount == 0
        guard lengths.contains(sourceCount), lengths.contains(idCount), isServiceRight,
            serviceCount <= Limits.serviceBytesMax, offset + sourceCount + idCount + serviceCount == record.count
        else { return nil }
        let middle = offset + sourceCount
        return (
            UnsafeRawBufferPointer(rebasing: record[offset..<middle]),
            UnsafeRawBufferPointer(rebasing: record[middle..<middle + idCount])
        )
    }

    @inline(__always)
    private mutating func next() -> UInt64? {
        guard record.count - offset >= 8 else { return nil }
        defer { offset += 8 }
        return record.word(at: offset, as: UInt64.self)
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    fileprivate func word<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as: Value.Type) -> Value {
        Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }
}
