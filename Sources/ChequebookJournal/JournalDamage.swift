/// A place where a file does not hold what it should.
public struct JournalDamage: Hashable, Sendable, CustomStringConvertible {
    /// What should have been found.
    public enum Expectation: Hashable, Sendable {
        /// The header page of a segment, checksum and padding right.
        case segmentHeader
        /// A segment that begins with this sequence; the name or the header says another.
        case firstSequence(UInt64)
        /// The segment with this ordinal.
        case ordinal(UInt32)
        /// The end of a file of this size.
        case segmentBytes(Int)
        /// A frame header with its checksum right, or nothing but zeros to the end of the segment.
        case frameHeader
        /// A frame that ends within its segment.
        case frameWithinSegment
        /// The payload that the frame header's checksum was made of.
        case payload(checksum: UInt32)
        /// Padding of 0xA5 to the end of the page.
        case padding
        /// A frame whose first record has this sequence.
        case sequence(UInt64)
        /// A frame that names this as the checksum of the frame before.
        case previousChecksum(UInt32)
        /// A frame recorded later than this, in microseconds since 1970 UTC.
        case instantLater(than: Int64)
        /// Records that fill the payload in order.
        case records
        /// A commit with this hash: that of its records and of all before them.
        case hash(CommitHash)
        /// More commits: when the ledger was closed, its head was this.
        case commits(to: JournalHead)
        /// In the file that closing the ledger left, the head of the commits that there are.
        case closed(at: JournalHead)
        /// In the file that closing the ledger left, any head.
        case anyHead
        /// The header page of a checkpoint, checksum and padding right.
        case checkpointHeader
        /// The end of a checkpoint whose image has so many bytes, with a checksum behind each block.
        case checkpointEnd(imageBytes: UInt64)
        /// A block of a checkpoint's image, with its checksum.
        case checkpointBlock
        /// In the file that says how far a copy reaches, any place.
        case anyPoint
        /// The commit behind which a checkpoint was made, which ends with this sequence.
        case commitOfCheckpoint(lastSequence: UInt64)
        /// In an archived segment, the seek table that tells where its blocks are; the offset is 0.
        case seekTable
        /// Another segment: the last one is never archived.
        case laterSegment
        /// In an archived segment, a block that can be taken apart, with its checksum; the offset is in the segment, not in
        /// the file.
        case archivedBlock
    }

    /// The file's name in its storage.
    public var name: String
    /// Where in the file, in bytes.
    public var byteOffset: UInt64
    /// What should be there.
    public var expected: Expectation

    public init(name: String, byteOffset: UInt64, expected: Expectation) {
        self.name = name
        self.byteOffset = byteOffset
        self.expected = expected
    }

    public var description: String { "\(name) at byte \(byteOffset): expected \(expected)" }
}

extension JournalDamage.Expectation: CustomStringConvertible {
    public var description: String {
        switch self {
        case .segmentHeader: "segment header, with its checksum and padding right"
        case .firstSequence(let sequence): "segment that begins with sequence \(sequence)"
        case .ordinal(let ordinal): "segment number \(ordinal) of the ledger"
        case .segmentBytes(let count): "the file's end at \(count) bytes"
        case .frameHeader: "frame header with its checksum right, or zeros to the segment's end"
        case .frameWithinSegment: "frame that ends within the segment"
        case .payload(let checksum): "payload with the checksum 0x\(String(checksum, radix: 16))"
        case .padding: "padding of 0xa5 to the page's end"
        case .sequence(let sequence): "frame that begins with sequence \(sequence)"
        case .previousChecksum(let checksum):
            "frame that follows one with the checksum 0x\(String(checksum, radix: 16))"
        case .instantLater(let last): "frame recorded later than \(last) microseconds after 1970"
        case .records: "records that fill the payload in order"
        case .hash(let hash): "commit with the hash \(hash)"
        case .commits(let head): "more commits, up to \(head), as when the ledger was closed"
        case .closed(let head): "\(head), the head of the commits in the segments"
        case .checkpointHeader: "header of a checkpoint, with its checksum and padding right"
        case .checkpointEnd(let count): "the end of a checkpoint with an image of \(count) bytes"
        case .checkpointBlock: "block of a checkpoint, with its checksum right"
        case .commitOfCheckpoint(let sequence): "the commit up to sequence \(sequence), which a checkpoint stands for"
        case .anyPoint: "how far a backup reaches, in one line"
        case .seekTable: "an archived segment, with a seek table at the file's end that agrees with its size"
        case .laterSegment: "another segment behind this one, since the last is never archived"
        case .archivedBlock: "block of an archived segment, with its checksum right"
        case .anyHead: "a sequence, a colon, 64 hexadecimal digits and a line feed"
        }
    }
}
