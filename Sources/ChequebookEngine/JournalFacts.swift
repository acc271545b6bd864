import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import ChequebookWire

/// Reads committed facts back for the ledger. The journal hands its reader over before the first commit it replays.
final class JournalFacts: RecordReader {
    var reader: JournalReader?

    func fact(at position: UInt64) throws -> StoredFact {
        guard let reader else { throw EngineError.notOpen }
        return try reader.fact(at: position)
    }

    func forEachEvent(at next: () throws -> UInt64?, _ body: (borrowing StoredEvent) throws -> Void) throws {
        guard let reader else { throw EngineError.notOpen }
        try reader.forEachEvent(at: next, body)
    }
}

/// Reads facts back on any thread, as a reader of the journal does.
struct CommittedFacts: RecordReader {
    let reader: JournalReader

    func fact(at position: UInt64) throws -> StoredFact { try reader.fact(at: position) }

    func forEachEvent(at next: () throws -> UInt64?, _ body: (borrowing StoredEvent) throws -> Void) throws {
        try reader.forEachEvent(at: next, body)
    }
}

extension JournalReader {
    /// The fact of the record at a position; throws what `read` does, or `RecordError`.
    fileprivate func fact(at position: UInt64) throws -> StoredFact {
        try read(JournalPosition(rawValue: position)) { record in
            StoredFact(
                fact: try RecordDecoder.fact(record.payload), sequence: record.sequence,
                recordedAt: Instant(microseconds: record.recordedAtMicroseconds))
        }
    }

    fileprivate func forEachEvent(
        at next: () throws -> UInt64?, _ body: (borrowing StoredEvent) throws -> Void
    ) throws {
        try read(at: next) { record in
            guard let event = try RecordDecoder.event(record.payload) else { throw StoredEvent.NotAnEvent() }
            try body(
                StoredEvent(
                    event: event, sequence: record.sequence,
                    recordedAt: Instant(microseconds: record.recordedAtMicroseconds)))
        }
    }
}
