/// Why the journal refuses. After a refusal of what was given the journal is as it was.
public enum JournalError: Error, Hashable, Sendable {
    /// The sizes do not fit each other or the format.
    case impossibleConfiguration(JournalConfiguration)

    /// The storage failed while the journal was opened or read, or in the append that failed the journal for good.
    case storage(StorageError)

    /// A file does not hold what was once written there. Nothing was changed.
    case damaged(JournalDamage)

    /// The file `name` belongs to the ledger `found`.
    case foreignLedger(name: String, expected: LedgerIdentity, found: LedgerIdentity)

    /// The file `name` was written by a newer program, in the format version `found`.
    case newerVersion(name: String, supported: UInt16, found: UInt16)

    /// There is no record at this position.
    case noRecord(JournalPosition)

    /// A commit without records was given.
    case emptyCommit

    /// A batch, numbered from 0, does not hold as many whole records as it says.
    case malformedBatch(batch: Int)

    /// A record of no bytes was given. Batch and record are numbered from 0.
    case emptyRecord(batch: Int, record: Int)

    /// A record has more zero bytes in a row than `max`. Batch and record are numbered from 0.
    case zeroRun(batch: Int, record: Int, max: Int)

    /// The records of a commit take `byteCount` bytes.
    case commitTooLarge(byteCount: Int, max: Int)

    /// The commit has `recordCount` records.
    case tooManyRecords(recordCount: Int, max: Int)

    /// The commit's instant is not later than the one before it. Both in microseconds since 1970 UTC.
    case instantNotLater(recordedAtMicroseconds: Int64, last: Int64)

    /// An earlier append failed with this error; nothing is taken any more until the journal is opened again.
    case failed(StorageError)

    /// The journal was closed.
    case closed
}

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
