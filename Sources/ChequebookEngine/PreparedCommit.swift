import ChequebookJournal
import ChequebookLedger
import ChequebookWire

/// A commit made ready for the ledger on another thread than the ledger's: each record found, and those that are cost
/// events in outline.
///
/// `@unchecked Sendable`: nothing of it changes, and it keeps the batch that its payloads are in.
struct PreparedCommit: @unchecked Sendable {
    let batch: CommittedBatch
    /// Of every record, in order.
    let payloads: ContiguousArray<UnsafeRawBufferPointer>
    let positions: ContiguousArray<UInt64>
    /// Of the cost events among them, in order.
    let outlined: ContiguousArray<OutlinedRecord>

    /// - Parameter inRuns: whether new cost events that follow each other are to be booked together. One by one is slower
    ///   and comes to the same; it is there to be compared with.
    init(_ batch: CommittedBatch, inRuns: Bool) {
        self.batch = batch
        var payloads: ContiguousArray<UnsafeRawBufferPointer> = []
        var positions: ContiguousArray<UInt64> = []
        var outlined: ContiguousArray<OutlinedRecord> = []
        payloads.reserveCapacity(batch.recordCount)
        positions.reserveCapacity(batch.recordCount)
        outlined.reserveCapacity(inRuns ? batch.recordCount : 0)
        batch.forEachRecord { record in
            payloads.append(record.payload)
            positions.append(record.position.rawValue)
            guard inRuns, let outline = RecordDecoder.outline(record.payload) else { return }
            outlined.append(
                OutlinedRecord(outline, sequence: record.sequence, position: record.position.rawValue))
        }
        (self.payloads, self.positions, self.outlined) = (payloads, positions, outlined)
    }
}
