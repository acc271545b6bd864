public import ChequebookModel

/// Where and when a record was committed: all that apply may know of time.
public struct RecordStamp: Hashable, Sendable {
    /// The record's number in the ledger, from 1.
    public let sequence: UInt64
    public let recordedAt: Instant
    /// The day of `recordedAt` in Europe/London: today, as far as this record is concerned.
    public let recordedOn: CalendarDate
    /// Where the journal keeps it; opaque to the ledger.
    public let position: UInt64

    public init(sequence: UInt64, recordedAt: Instant, recordedOn: CalendarDate, position: UInt64) {
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.recordedOn = recordedOn
        self.position = position
    }
}

/// A committed fact with its sequence and instant, as read back from the journal.
public struct StoredFact: Hashable, Sendable {
    public let fact: Fact
    public let sequence: UInt64
    public let recordedAt: Instant

    public init(fact: Fact, sequence: UInt64, recordedAt: Instant) {
        (self.fact, self.sequence, self.recordedAt) = (fact, sequence, recordedAt)
    }
}

/// Committed records by position. A pure function: the same position always gives the same fact.
public protocol RecordReader {
    /// Throws when the record cannot be read back; the ledger must then stop, since it can no longer tell a duplicate.
    func fact(at position: UInt64) throws -> StoredFact
}

/// The last record that could change a figure.
public struct LastChange: Hashable, Sendable {
    /// 0 when there is none.
    public var sequence: UInt64
    public var recordedAt: Instant?

    public init(sequence: UInt64 = 0, recordedAt: Instant? = nil) {
        (self.sequence, self.recordedAt) = (sequence, recordedAt)
    }

    mutating func note(_ stamp: RecordStamp) {
        guard stamp.sequence > sequence else { return }
        self = LastChange(sequence: stamp.sequence, recordedAt: stamp.recordedAt)
    }

    /// The later of two.
    public static func later(_ left: LastChange, _ right: LastChange) -> LastChange {
        left.sequence >= right.sequence ? left : right
    }
}
