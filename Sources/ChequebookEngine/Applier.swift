import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import ChequebookWire

/// Carries committed records to the ledger, the same way at replay as when serving.
enum Applier {
    /// Applies a commit and tells what became of each record, in order.
    ///
    /// - Throws: `RecordError`, `EngineError.brokenList`, or what reading a record back throws. The ledger must then not
    ///   be used any more.
    static func apply(
        _ batch: CommittedBatch, to ledger: Ledger, _ each: (Fact, RecordStamp, Outcome) -> Void
    ) throws {
        let recordedAt = Instant(microseconds: batch.recordedAtMicroseconds)
        let recordedOn = recordedAt.londonDay
        var list: [(fact: Fact, stamp: RecordStamp)] = []
        var listCount = 0
        var listSequence: UInt64 = 0
        try batch.forEachRecord { record throws in
            let fact = try RecordDecoder.fact(record.payload)
            let stamp = RecordStamp(
                sequence: record.sequence, recordedAt: recordedAt, recordedOn: recordedOn,
                position: record.position.rawValue)
            if listCount > 0 {
                list.append((fact, stamp))
                guard list.count == listCount else { return }
                let outcomes = try ledger.applyAtomically(list)
                for (item, outcome) in zip(list, outcomes) { each(item.fact, item.stamp, outcome) }
                list = []
                listCount = 0
                return
            }
            if case .atomicList(let count) = fact {
                listCount = count
                listSequence = record.sequence
            }
            each(fact, stamp, try ledger.apply(fact, stamp))
        }
        guard listCount == 0 else { throw EngineError.brokenList(sequence: listSequence) }
    }
}
