import ChequebookModel

/// Reads little-endian fields from a record, each checked.
struct RecordFieldReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    @inline(__always)
    mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ field: StaticString
    ) throws(RecordError) -> Value {
        let size = MemoryLayout<Value>.size
        guard bytes.count - offset >= size else { throw .malformed(field: "\(field)") }
        defer { offset += size }
        return Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    func end() throws(RecordError) {
        guard offset == bytes.count else { throw .malformed(field: "end") }
    }

    mutating func value<Value>(
        _ field: StaticString, _ make: (UInt8) -> Value?
    ) throws(RecordError) -> Value {
        guard let value = make(try integer(field)) else { throw .malformed(field: "\(field)") }
        return value
    }

    /// A value, or nil for 255.
    mutating func optional<Value>(
        _ field: StaticString, _ make: (UInt8) -> Value?
    ) throws(RecordError) -> Value? {
        let raw: UInt8 = try integer(field)
        guard raw != 255 else { return nil }
        guard let value = make(raw) else { throw .malformed(field: "\(field)") }
        return value
    }

    mutating func day(_ field: StaticString) throws(RecordError) -> CalendarDate {
        let number: Int32 = try integer(field)
        guard let day = CalendarDate(dayNumber: Int(number)) else { throw .malformed(field: "\(field)") }
        return day
    }

    mutating func optionalDay(_ field: StaticString) throws(RecordError) -> CalendarDate? {
        let number: Int32 = try integer(field)
        guard number != Int32.max else { return nil }
        guard let day = CalendarDate(dayNumber: Int(number)) else { throw .malformed(field: "\(field)") }
        return day
    }

    mutating func code(_ field: StaticString) throws(RecordError) -> OrganisationCode {
        guard let code = OrganisationCode(packed: try integer(field)) else { throw .malformed(field: "\(field)") }
        return code
    }

    mutating func optionalCode(_ field: StaticString) throws(RecordError) -> OrganisationCode? {
        let packed: UInt64 = try integer(field)
        guard packed != 0 else { return nil }
        guard let code = OrganisationCode(packed: packed) else { throw .malformed(field: "\(field)") }
        return code
    }

    @inline(__always)
    mutating func identifier(
        _ field: StaticString, _ count: Int, bytesMax: Int = Limits.identifierBytesMax
    ) throws(RecordError) -> Identifier {
        guard let identifier = Identifier(utf8: try text(field, count), bytesMax: bytesMax), !identifier.isDots else {
            throw .malformed(field: "\(field)")
        }
        return identifier
    }

    mutating func nhsNumber() throws(RecordError) -> Patient {
        guard let patient = Patient(nhsNumber: try integer("patient") as UInt64) else {
            throw .malformed(field: "patient")
        }
        return patient
    }

    mutating func pseudonym() throws(RecordError) -> Patient {
        let high: UInt64 = try integer("patient")
        let low: UInt64 = try integer("patient")
        let count: UInt8 = try integer("patient")
        let text = try identifier("patient", Int(count))
        guard high >> 63 == 1, let patient = Patient(pseudonym: text, digest: (high, low)) else {
            throw .malformed(field: "patient")
        }
        return patient
    }

    mutating func patient() throws(RecordError) -> Patient {
        switch try value("patient form", PatientForm.init(rawValue:)) {
        case .nhsNumber: try nhsNumber()
        case .pseudonym: try pseudonym()
        }
    }

    mutating func text(_ field: StaticString, _ count: Int) throws(RecordError) -> UnsafeRawBufferPointer {
        guard bytes.count - offset >= count else { throw .malformed(field: "\(field)") }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
