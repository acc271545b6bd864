import ChequebookLedger
import ChequebookModel

/// A journal in memory: gives every committed fact back by the position that it was given.
final class MemoryRecords: RecordReader {
    struct NoSuchRecord: Error {}

    private var facts: [UInt64: StoredFact] = [:]
    /// Records that were read back.
    private(set) var readCount = 0
    /// Makes every reading fail, as a broken disk would.
    var isBroken = false

    func append(_ fact: Fact, sequence: UInt64, recordedAt: Instant) -> UInt64 {
        // No multiple of the sequence, so that nobody gets by with the one for the other.
        let position = 4_096 + sequence * 97
        facts[position] = StoredFact(fact: fact, sequence: sequence, recordedAt: recordedAt)
        return position
    }

    func fact(at position: UInt64) throws -> StoredFact {
        readCount += 1
        guard !isBroken, let fact = facts[position] else { throw NoSuchRecord() }
        return fact
    }
}
