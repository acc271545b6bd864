import CCheckpoint

/// The blocks in which a checkpoint has its image: a mebibyte each, the last as long as is left, and behind each the
/// CRC-32C of it, begun from its number, so that none can stand in another's place.
enum CheckpointBlocks {
    static var blockBytes: Int { Int(CHEQUEBOOK_BLOCK_BYTES) }
    static var checksumBytes: Int { Int(CHEQUEBOOK_BLOCK_CHECKSUM_BYTES) }

    /// Whether a file of so many bytes is as long as its image of `imageBytes` makes it.
    static func areAll(of imageBytes: UInt64, inFileOf fileBytes: UInt64) -> Bool {
        imageBytes <= fileBytes
            && UInt64(JournalFormat.pageBytes + Self.fileBytes(imageBytes: Int(imageBytes))) == fileBytes
    }

    /// What an image takes in a file.
    static func fileBytes(imageBytes: Int) -> Int {
        imageBytes + (imageBytes + blockBytes - 1) / blockBytes * checksumBytes
    }

    static func pieces(_ pieces: [UnsafeRawBufferPointer]) -> [chequebook_piece] {
        pieces.map { chequebook_piece(bytes: $0.baseAddress, byteCount: $0.count) }
    }

    /// The bytes of all blocks of an image.
    static func bytes(of pieces: [UnsafeRawBufferPointer]) -> [UInt8] {
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: blockBytes + checksumBytes)
        let list = Self.pieces(pieces)
        withUnsafeMutablePointer(to: &all) { all in
            _ = chequebook_write_blocks(
                list, list.count, &block,
                { context, bytes, count in
                    let block = UnsafeRawBufferPointer(start: bytes, count: count)
                    context?.assumingMemoryBound(to: [UInt8].self).pointee.append(contentsOf: block)
                    return 0
                }, all)
        }
        return all
    }
}
