/// Where each block of an archived segment lies in its file.
///
/// It is the seek table of the zstd seekable format, version 0.1.0 (`contrib/seekable_format` of zstd): a skippable frame
/// at the end of the file with an entry for each frame before it, and a footer that ends the file. All integers are
/// little-endian. Of what that format allows, an archive uses one form: checksums, and blocks of one size.
struct SeekTable: Equatable {
    struct Block: Equatable {
        /// Where its frame begins in the file, in bytes.
        var byteOffset: UInt64
        /// How long its frame is, in bytes.
        var byteCount: UInt32
        /// The last four bytes of its frame: the low half of the XXH64 of its content.
        var checksum: UInt32
    }

    private(set) var blocks: [Block] = []
    /// Bytes of the segment.
    private(set) var contentBytes: UInt64 = 0
    /// Bytes of all frames.
    private var frameBytes: UInt64 = 0

    private static let magic: UInt32 = 0x184D_2A5E
    private static let seekableMagic: UInt32 = 0x8F92_EAB1
    /// With checksums, and all else zero.
    private static let descriptor: UInt8 = 0x80
    private static let headerBytes = 8
    private static let entryBytes = 12
    static let footerBytes = 9

    /// The table of no blocks.
    init() {}

    /// Adds the next block; all but the last are of ``ArchiveFormat/blockBytes``.
    mutating func append(contentBytes: Int, byteCount: Int, checksum: UInt32) {
        blocks.append(Block(byteOffset: frameBytes, byteCount: UInt32(byteCount), checksum: checksum))
        frameBytes += UInt64(byteCount)
        self.contentBytes += UInt64(contentBytes)
    }

    /// How many bytes of the segment a block holds.
    func contentBytes(ofBlock index: Int) -> Int {
        Int(min(UInt64(ArchiveFormat.blockBytes), contentBytes - UInt64(index * ArchiveFormat.blockBytes)))
    }

    /// Where the table begins in the file.
    var byteOffset: UInt64 { frameBytes }

    /// The table as it stands in the file.
    var bytes: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.byteCount(blocks: blocks.count))
        bytes.withUnsafeMutableBytes { bytes in
            bytes.put(Self.magic, at: 0)
            bytes.put(UInt32(bytes.count - Self.headerBytes), at: 4)
            var offset = Self.headerBytes
            for (index, block) in blocks.enumerated() {
                bytes.put(block.byteCount, at: offset)
                bytes.put(UInt32(contentBytes(ofBlock: index)), at: offset + 4)
                bytes.put(block.checksum, at: offset + 8)
                offset += Self.entryBytes
            }
            bytes.put(UInt32(blocks.count), at: offset)
            bytes[offset + 4] = Self.descriptor
            bytes.put(Self.seekableMagic, at: offset + 5)
        }
        return bytes
    }

    /// The size of the table of a file that ends in `footer`; nil if that is not a footer.
    static func byteCount(footer: UnsafeRawBufferPointer) -> Int? {
        guard footer.count == footerBytes, footer[4] == descriptor,
            footer.integer(UInt32.self, at: 5) == seekableMagic
        else { return nil }
        let blocks = Int(footer.integer(UInt32.self, at: 0))
        return (1...ArchiveFormat.blocksMax).contains(blocks) ? byteCount(blocks: blocks) : nil
    }

    private static func byteCount(blocks: Int) -> Int { headerBytes + blocks * entryBytes + footerBytes }

    /// Reads a whole table; nil unless it agrees with itself and with the size of the file that it ends.
    init?(_ bytes: UnsafeRawBufferPointer, fileBytes: UInt64) {
        guard bytes.count >= Self.headerBytes + Self.footerBytes,
            Self.byteCount(footer: bytes.slice(bytes.count - Self.footerBytes..<bytes.count)) == bytes.count,
            bytes.integer(UInt32.self, at: 0) == Self.magic,
            Int(bytes.integer(UInt32.self, at: 4)) == bytes.count - Self.headerBytes
        else { return nil }
        let end = bytes.count - Self.footerBytes
        blocks.reserveCapacity((end - Self.headerBytes) / Self.entryBytes)
        for offset in stride(from: Self.headerBytes, to: end, by: Self.entryBytes) {
            let contentBytes = Int(bytes.integer(UInt32.self, at: offset + 4))
            let isLast = offset + Self.entryBytes == end
            guard isLast ? (1...ArchiveFormat.blockBytes ~= contentBytes) : contentBytes == ArchiveFormat.blockBytes
            else { return nil }
            append(
                contentBytes: contentBytes, byteCount: Int(bytes.integer(UInt32.self, at: offset)),
                checksum: bytes.integer(UInt32.self, at: offset + 8))
        }
        guard frameBytes + UInt64(bytes.count) == fileBytes else { return nil }
    }
}
