import Glibc

/// Puts the records of several producers into one frame, each copied once.
struct FrameBuilder {
    let batches: [RecordBatch]
    let recordCount: Int
    let payloadBytes: Int

    /// Checks what can be told without looking at single records.
    init(_ batches: [RecordBatch], configuration: JournalConfiguration) throws(JournalError) {
        var recordCount = 0
        var payloadBytes = 0
        for (number, batch) in batches.enumerated() {
            guard batch.count >= 0, batch.count <= batch.bytes.count / JournalFormat.batchLengthBytes else {
                throw .malformedBatch(batch: number)
            }
            recordCount += batch.count
            payloadBytes += batch.payloadBytes
        }
        guard recordCount > 0 else { throw .emptyCommit }
        guard recordCount <= configuration.recordsInCommitMax else {
            throw .tooManyRecords(recordCount: recordCount, max: configuration.recordsInCommitMax)
        }
        guard payloadBytes <= configuration.commitBytesMax else {
            throw .commitTooLarge(byteCount: payloadBytes, max: configuration.commitBytesMax)
        }
        self.batches = batches
        self.recordCount = recordCount
        self.payloadBytes = payloadBytes
    }

    var frameBytes: Int { JournalFormat.frameBytes(payloadBytes: payloadBytes) }

    /// Writes payload and padding to `frame`, which has ``frameBytes`` bytes, and leaves its header to be written.
    func fill(_ frame: UnsafeMutableRawBufferPointer) throws(JournalError) {
        var end = JournalFormat.frameHeaderBytes
        var index = 0
        for (number, batch) in batches.enumerated() {
            try batch.bytes.span.bytes.withUnsafeBytes { (bytes) throws(JournalError) in
                try Self.copy(bytes, of: batch, number: number, to: frame, at: &end, index: &index)
            }
        }
        frame.fill(end..<frame.count, with: JournalFormat.padding)
    }

    private static func copy(
        _ bytes: UnsafeRawBufferPointer, of batch: RecordBatch, number: Int, to frame: UnsafeMutableRawBufferPointer,
        at end: inout Int, index: inout Int
    ) throws(JournalError) {
        var offset = 0
        for record in 0..<batch.count {
            guard bytes.count - offset >= JournalFormat.batchLengthBytes else {
                throw .malformedBatch(batch: number)
            }
            let byteCount = Int(bytes.integer(UInt16.self, at: offset))
            offset += JournalFormat.batchLengthBytes
            guard byteCount > 0 else { throw .emptyRecord(batch: number, record: record) }
            guard byteCount <= bytes.count - offset else { throw .malformedBatch(batch: number) }
            let payload = bytes.slice(offset..<offset + byteCount)
            guard !hasLongZeroRun(payload) else {
                throw .zeroRun(batch: number, record: record, max: JournalFormat.zeroRunBytesMax)
            }
            RecordHeader(byteCount: byteCount, index: index, bytesBack: end).write(to: frame, at: end)
            end += JournalFormat.recordHeaderBytes
            frame.slice(end..<end + byteCount).copyMemory(from: payload)
            end += byteCount
            offset += byteCount
            index += 1
        }
        guard offset == bytes.count else { throw .malformedBatch(batch: number) }
    }

    /// A run that is too long covers one of the bytes at this distance from each other, so only those are looked at.
    static func hasLongZeroRun(_ payload: UnsafeRawBufferPointer) -> Bool {
        let tooLong = JournalFormat.zeroRunBytesMax + 1
        for probe in stride(from: tooLong - 1, to: payload.count, by: tooLong) where payload[probe] == 0 {
            var start = probe
            while start > 0, payload[start - 1] == 0 { start -= 1 }
            var end = probe + 1
            while end < payload.count, payload[end] == 0 { end += 1 }
            if end - start >= tooLong { return true }
        }
        return false
    }
}
