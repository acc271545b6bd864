/// A record as it stands in the journal. The payload's memory is good until the closure that was given it returns, and
/// for a record of a batch as long as the batch is kept.
public struct JournalRecord {
    /// The record's number in the ledger, from 1 without gaps.
    public let sequence: UInt64
    /// Where to find it again.
    public let position: JournalPosition
    /// When its commit was recorded, in microseconds since 1970 UTC.
    public let recordedAtMicroseconds: Int64
    /// The bytes that were appended.
    public let payload: UnsafeRawBufferPointer
}

/// A commit that is on disk. Only the journal makes one, so whoever holds it need not ask.
public final class CommittedBatch: Sendable {
    /// The sequence of the first record.
    public let firstSequence: UInt64
    /// How many records there are, at least 1.
    public let recordCount: Int
    /// When the commit was recorded, in microseconds since 1970 UTC; later than the commit before.
    public let recordedAtMicroseconds: Int64
    /// The end of history with this commit as the last.
    public let head: JournalHead

    private let buffer: FrameBuffer
    private let frame: Range<Int>
    private let payload: Range<Int>
    private let payloadPosition: JournalPosition

    /// The sequence of the last record.
    public var lastSequence: UInt64 { head.sequence }

    /// Where the next commit is, or would be if it fits in the segment.
    public var end: JournalPosition {
        JournalPosition(
            rawValue: payloadPosition.rawValue + UInt64(frame.upperBound) - UInt64(payload.lowerBound))
    }

    /// - Parameters:
    ///   - hash: the commit's, which version 1 does not write down.
    ///   - start: where in `buffer` the frame begins; its header and records have been checked.
    ///   - position: where in the journal it begins.
    init(header: FrameHeader, hash: CommitHash, buffer: FrameBuffer, start: Int, position: JournalPosition) {
        firstSequence = header.firstSequence
        recordCount = header.recordCount
        recordedAtMicroseconds = header.recordedAtMicroseconds
        self.buffer = buffer
        head = JournalHead(sequence: header.firstSequence + UInt64(header.recordCount) - 1, hash: hash)
        frame = start..<start + header.frameBytes
        payload = start + header.byteCount..<start + header.byteCount + header.payloadBytes
        payloadPosition = JournalPosition(rawValue: position.rawValue + UInt64(header.byteCount))
    }

    /// Calls `body` for each record, in order of sequence.
    public func forEachRecord<Failure: Error>(_ body: (JournalRecord) throws(Failure) -> Void) throws(Failure) {
        let bytes = UnsafeRawBufferPointer(buffer.bytes).slice(payload)
        var offset = 0
        for index in 0..<recordCount {
            let start = offset + JournalFormat.recordHeaderBytes
            let end = start + RecordHeader(bytes, at: offset).byteCount
            try body(
                JournalRecord(
                    sequence: firstSequence + UInt64(index),
                    position: JournalPosition(rawValue: payloadPosition.rawValue + UInt64(offset)),
                    recordedAtMicroseconds: recordedAtMicroseconds, payload: bytes.slice(start..<end)))
            offset = end
        }
    }

    /// The whole frame, for as long as the commit is kept.
    var frameBytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(buffer.bytes).slice(frame)
    }

    /// Where the frame begins.
    var framePosition: JournalPosition {
        JournalPosition(rawValue: payloadPosition.rawValue - UInt64(payload.lowerBound - frame.lowerBound))
    }

    /// What the frame takes in its segment, in bytes.
    public var frameByteCount: Int { frame.count }

    /// Writes the whole frame to its place in the segment.
    func write(to file: any StorageFile) throws(StorageError) {
        try file.write(frameBytes, at: UInt64(framePosition.byteOffset))
        // The pointer alone does not keep the memory.
        withExtendedLifetime(self) {}
    }
}
