/// The first page of a checkpoint. `docs/JOURNAL_FORMAT.md` has it byte by byte.
struct CheckpointHeader: Equatable {
    var ledgerIdentity: LedgerIdentity
    /// Which form the image has: the affair of whoever makes it.
    var imageVersion: UInt32
    /// Bytes of the image, without the checksums of its blocks.
    var imageBytes: UInt64
    var point: JournalPoint

    static let magic: [UInt8] = Array("CHQCHKPT".utf8)
    /// The version that this code writes, and the newest that it reads.
    static let version: UInt16 = 1

    private enum Offset {
        static let version = 8
        static let reserved = 10
        static let imageVersion = 12
        static let ledgerIdentity = 16
        static let imageBytes = 32
        static let lastSequence = 40
        static let recordedAtMicroseconds = 48
        static let segmentOrdinal = 56
        static let frameOffset = 60
        static let endOffset = 64
        static let lastChecksum = 68
        static let lastHash = 72
        static let checksum = 104
        static let padding = 108
    }

    enum Fault: Error, Equatable {
        case unchecked
        case version(UInt16)
    }

    /// Reads a page. Checksum and version keep their places in every version.
    init(page: UnsafeRawBufferPointer) throws(Fault) {
        guard page.count == JournalFormat.pageBytes, page.slice(0..<Self.magic.count).elementsEqual(Self.magic),
            page.integer(UInt32.self, at: Offset.checksum) == page.slice(0..<Offset.checksum).crc32c
        else { throw .unchecked }
        let version = page.integer(UInt16.self, at: Offset.version)
        guard version <= Self.version else { throw .version(version) }
        guard page.slice(Offset.padding..<JournalFormat.pageBytes).isAll(JournalFormat.padding) else {
            throw .unchecked
        }
        // The sequence of a record always has a next one.
        guard page.integer(UInt64.self, at: Offset.lastSequence) < .max else { throw .unchecked }
        imageVersion = page.integer(UInt32.self, at: Offset.imageVersion)
        ledgerIdentity = LedgerIdentity(page.slice(Offset.ledgerIdentity..<Offset.imageBytes))
        imageBytes = page.integer(UInt64.self, at: Offset.imageBytes)
        let head = JournalHead(
            sequence: page.integer(UInt64.self, at: Offset.lastSequence),
            hash: CommitHash(page.slice(Offset.lastHash..<Offset.checksum)))
        let chain = Chain(
            head: head, lastRecordedAtMicroseconds: page.integer(Int64.self, at: Offset.recordedAtMicroseconds),
            lastChecksum: page.integer(UInt32.self, at: Offset.lastChecksum))
        point = JournalPoint(
            segmentOrdinal: page.integer(UInt32.self, at: Offset.segmentOrdinal),
            frameOffset: Int(page.integer(UInt32.self, at: Offset.frameOffset)),
            endOffset: Int(page.integer(UInt32.self, at: Offset.endOffset)), chain: chain)
    }

    init(ledgerIdentity: LedgerIdentity, imageVersion: UInt32, imageBytes: UInt64, point: JournalPoint) {
        self.ledgerIdentity = ledgerIdentity
        self.imageVersion = imageVersion
        self.imageBytes = imageBytes
        self.point = point
    }

    /// The page that says so.
    var page: [UInt8] {
        var bytes = [UInt8](repeating: JournalFormat.padding, count: JournalFormat.pageBytes)
        bytes.withUnsafeMutableBytes { page in
            page.slice(0..<Self.magic.count).copyBytes(from: Self.magic)
            page.put(Self.version, at: Offset.version)
            page.put(UInt16(0), at: Offset.reserved)
            page.put(imageVersion, at: Offset.imageVersion)
            page.slice(Offset.ledgerIdentity..<Offset.imageBytes).copyBytes(from: ledgerIdentity.bytes)
            page.put(imageBytes, at: Offset.imageBytes)
            page.put(point.lastSequence, at: Offset.lastSequence)
            page.put(point.chain.lastRecordedAtMicroseconds ?? 0, at: Offset.recordedAtMicroseconds)
            page.put(point.segmentOrdinal, at: Offset.segmentOrdinal)
            page.put(UInt32(truncatingIfNeeded: point.frameOffset), at: Offset.frameOffset)
            page.put(UInt32(truncatingIfNeeded: point.endOffset), at: Offset.endOffset)
            page.put(point.chain.lastChecksum, at: Offset.lastChecksum)
            point.chain.lastHash.write(to: page.slice(Offset.lastHash..<Offset.checksum))
            page.put(UnsafeRawBufferPointer(page).slice(0..<Offset.checksum).crc32c, at: Offset.checksum)
        }
        return bytes
    }
}
