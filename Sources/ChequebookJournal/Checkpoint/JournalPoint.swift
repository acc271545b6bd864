/// A place behind a commit, from which a journal can be read on by whoever has what all commits before it made.
public struct JournalPoint: Hashable, Sendable {
    let segmentOrdinal: UInt32
    /// Where the commit's frame begins in the segment, and where it ends, in bytes.
    let frameOffset: Int
    let endOffset: Int
    let chain: Chain

    /// The sequence of the last record before it.
    public var lastSequence: UInt64 { chain.nextSequence - 1 }

    /// Whether the commit before it is where it says, and no other.
    func isBehind(_ header: FrameHeader?, checksum: UInt32) -> Bool {
        guard let header else { return false }
        return checksum == chain.lastChecksum && frameOffset + header.frameBytes == endOffset
            && header.firstSequence + UInt64(header.recordCount) == chain.nextSequence
    }
}

extension CommittedBatch {
    /// The place behind this commit.
    public var point: JournalPoint {
        let frame = frameBytes
        let start = framePosition
        return JournalPoint(
            segmentOrdinal: start.segmentOrdinal, frameOffset: Int(start.byteOffset),
            endOffset: Int(start.byteOffset) + frame.count,
            chain: Chain(
                head: head, lastRecordedAtMicroseconds: recordedAtMicroseconds,
                lastChecksum: FrameHeader.checksum(in: frame)))
    }
}
