/// The first page of a segment.
struct SegmentHeader: Equatable {
    /// The version of the format of all its frames.
    var version = JournalFormat.version
    var ordinal: UInt32
    var firstSequence: UInt64
    var ledgerIdentity: LedgerIdentity
    /// The size of the whole segment, also where the file was cut short.
    var segmentBytes: Int

    static let magic: [UInt8] = Array("CHQSEGMT".utf8)

    private enum Offset {
        static let version = 8
        static let reserved = 10
        static let pageBytes = 12
        static let firstSequence = 16
        static let ledgerIdentity = 24
        static let ordinal = 40
        static let segmentBytes = 44
        static let checksum = 48
        static let padding = 52
    }

    /// Why a page is not the header of a segment that this code reads.
    enum Fault: Error, Equatable {
        case unchecked
        case version(UInt16)
    }

    /// Reads a header page. In every version the checksum covers the 48 bytes before it and the version stands in the
    /// same place, so that a wrong bit there is not taken for a newer version.
    init(page: UnsafeRawBufferPointer) throws(Fault) {
        guard page.slice(0..<Self.magic.count).elementsEqual(Self.magic),
            page.integer(UInt32.self, at: Offset.checksum) == page.slice(0..<Offset.checksum).crc32c
        else { throw .unchecked }
        let version = page.integer(UInt16.self, at: Offset.version)
        guard version <= JournalFormat.version else { throw .version(version) }
        guard version > 0,
            page.integer(UInt16.self, at: Offset.reserved) == 0,
            page.integer(UInt32.self, at: Offset.pageBytes) == JournalFormat.pageBytes,
            page.slice(Offset.padding..<JournalFormat.pageBytes).isAll(JournalFormat.padding)
        else { throw .unchecked }
        self.version = version
        ordinal = page.integer(UInt32.self, at: Offset.ordinal)
        firstSequence = page.integer(UInt64.self, at: Offset.firstSequence)
        ledgerIdentity = LedgerIdentity(page.slice(Offset.ledgerIdentity..<Offset.ordinal))
        segmentBytes = Int(page.integer(UInt32.self, at: Offset.segmentBytes))
        guard segmentBytes % JournalFormat.pageBytes == 0 else { throw .unchecked }
    }

    init(ordinal: UInt32, firstSequence: UInt64, ledgerIdentity: LedgerIdentity, segmentBytes: Int) {
        self.ordinal = ordinal
        self.firstSequence = firstSequence
        self.ledgerIdentity = ledgerIdentity
        self.segmentBytes = segmentBytes
    }

    func write(to page: UnsafeMutableRawBufferPointer) {
        page.slice(0..<Self.magic.count).copyBytes(from: Self.magic)
        page.put(version, at: Offset.version)
        page.put(UInt16(0), at: Offset.reserved)
        page.put(UInt32(JournalFormat.pageBytes), at: Offset.pageBytes)
        page.put(firstSequence, at: Offset.firstSequence)
        page.slice(Offset.ledgerIdentity..<Offset.ordinal).copyBytes(from: ledgerIdentity.bytes)
        page.put(ordinal, at: Offset.ordinal)
        page.put(UInt32(truncatingIfNeeded: segmentBytes), at: Offset.segmentBytes)
        page.put(UnsafeRawBufferPointer(page).slice(0..<Offset.checksum).crc32c, at: Offset.checksum)
        page.fill(Offset.padding..<JournalFormat.pageBytes, with: JournalFormat.padding)
    }
}
