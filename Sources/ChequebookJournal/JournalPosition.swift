/// Where a record is: a handle that stays good for as long as the journal is kept.
public struct JournalPosition: RawRepresentable, Hashable, Comparable, Sendable {
    /// The segment's ordinal, from 1, in the high 32 bits; the byte offset of the record's header in it in the low 32.
    /// No record has the position 0.
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    init(segmentOrdinal: UInt32, byteOffset: UInt32) {
        rawValue = UInt64(segmentOrdinal) << 32 | UInt64(byteOffset)
    }

    /// The segment that holds the record, counted from 1.
    public var segmentOrdinal: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }

    /// Where the record's header begins in its segment, in bytes.
    public var byteOffset: UInt32 { UInt32(truncatingIfNeeded: rawValue) }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
