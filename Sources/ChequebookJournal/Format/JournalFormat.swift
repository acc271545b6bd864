/// The numbers of the file format. `docs/JOURNAL_FORMAT.md` is the same byte by byte.
enum JournalFormat {
    /// The version that this code writes, and the newest that it reads. It reads all before it too.
    static let version: UInt16 = 2

    /// Headers and frames start on a multiple of this, so that no two of them share a page.
    static let pageBytes = 4096

    /// What a disk writes whole or not at all. Recovery tells a torn frame from a damaged one by it.
    static let sectorBytes = 512

    /// A segment is smaller than this, because an offset in it has 32 bits.
    static let segmentBytesLimit = 1 << 32

    /// Fills the rest of a page. It is not zero, so that a sector of zeros was never written.
    static let padding: UInt8 = 0xA5

    static let frameHeaderBytes = 72
    /// What it was in version 1.
    static let frameHeaderBytesMin = 64
    static let recordHeaderBytes = 8

    /// A record's index in its frame has 16 bits.
    static let recordsInFrameMax = 65_535

    /// The bytes of a record's length in a ``RecordBatch``.
    static let batchLengthBytes = 2

    /// The most zero bytes in a row in a record. With the four that record headers can add to a run, two bytes of
    /// every written sector stay non-zero, so that no single wrong bit makes a sector look unwritten.
    static let zeroRunBytesMax = 240

    /// The bytes that a frame with this payload takes in the file: whole pages that end in padding.
    static func frameBytes(payloadBytes: Int, headerBytes: Int = frameHeaderBytes) -> Int {
        pages(headerBytes + payloadBytes + 1)
    }

    /// `byteCount` rounded up to whole pages.
    static func pages(_ byteCount: Int) -> Int { (byteCount + pageBytes - 1) / pageBytes * pageBytes }

    private static let suffix = ".segment"
    private static let digits = 20

    /// The name of the segment whose first record has this sequence.
    static func segmentName(firstSequence: UInt64) -> String { name(firstSequence, suffix: suffix) }

    /// The first sequence that a segment's name tells, or nil for the name of another file.
    static func firstSequence(ofSegmentNamed name: String) -> UInt64? { sequence(ofName: name, suffix: suffix) }

    /// A name that sorts as the sequence does.
    static func name(_ sequence: UInt64, suffix: String) -> String {
        let number = String(sequence)
        return String(repeating: "0", count: digits - number.utf8.count) + number + suffix
    }

    /// The sequence that such a name tells, or nil for any other name.
    static func sequence(ofName name: String, suffix: String) -> UInt64? {
        guard name.hasSuffix(suffix), let sequence = UInt64(name.dropLast(suffix.count)) else { return nil }
        return self.name(sequence, suffix: suffix) == name ? sequence : nil
    }
}
