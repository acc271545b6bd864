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

/// A committed event or reversal with its sequence and instant, as read back from the journal.
public struct StoredEvent: Sendable {
    public let event: EventFact
    public let sequence: UInt64
    public let recordedAt: Instant

    public init(event: EventFact, sequence: UInt64, recordedAt: Instant) {
        (self.event, self.sequence, self.recordedAt) = (event, sequence, recordedAt)
    }

    /// There is another record where an event was expected.
    public struct NotAnEvent: Error {
        public init() {}
    }
}

/// Committed records by position. A pure function: the same position always gives the same fact.
public protocol RecordReader {
    /// Throws when the record cannot be read back; the ledger must then stop, since it can no longer tell a duplicate.
    func fact(at position: UInt64) throws -> StoredFact

    /// Gives `body` the events and reversals at the positions that `next` gives until it has no more, in their order: all
    /// of a page at once, which may cost less than one by one. `next` may be asked well before what it gave is given.
    ///
    /// - Throws: as ``fact(at:)``; ``StoredEvent/NotAnEvent`` for any other record; what `next` or `body` throws.
    func forEachEvent(at next: () throws -> UInt64?, _ body: (borrowing StoredEvent) throws -> Void) throws
}

extension RecordReader {
    public func forEachEvent(
        at next: () throws -> UInt64?, _ body: (borrowing StoredEvent) throws -> Void
    ) throws {
        while let position = try next() {
            let stored = try fact(at: position)
            guard let event = EventFact(stored.fact) else { throw StoredEvent.NotAnEvent() }
            try body(StoredEvent(event: event, sequence: stored.sequence, recordedAt: stored.recordedAt))
        }
    }
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
