import CZstd
import Glibc

/// Compresses blocks of a segment, each into a frame of its own.
final class BlockEncoder {
    private let encoder: OpaquePointer

    init(name: String) throws(StorageError) {
        guard let encoder = chequebook_zstd_encoder_create(ArchiveFormat.level) else {
            throw .failed(operation: .create, name: name, code: ENOMEM)
        }
        self.encoder = encoder
    }

    deinit { chequebook_zstd_encoder_free(encoder) }

    /// The most bytes that the frame of a block takes.
    static let frameBytesMax = chequebook_zstd_frame_bytes_max(ArchiveFormat.blockBytes)

    /// Writes the frame of a block to `target`, which has ``frameBytesMax`` bytes.
    ///
    /// - Returns: the frame's size in bytes; nil if it could not be made.
    func encode(_ block: UnsafeRawBufferPointer, to target: UnsafeMutableRawBufferPointer) -> Int? {
        let count = chequebook_zstd_encode(encoder, target.baseAddress, target.count, block.baseAddress, block.count)
        return count == 0 ? nil : count
    }
}

/// Turns frames back into blocks.
///
/// `@unchecked Sendable`: whoever took it from the ``BlockCache`` has it for himself until he gives it back.
final class BlockDecoder: @unchecked Sendable {
    private let decoder: OpaquePointer
    private let frame = UnsafeMutableRawBufferPointer.allocate(
        byteCount: BlockEncoder.frameBytesMax, alignment: MemoryLayout<Int>.alignment)

    init?() {
        guard let decoder = chequebook_zstd_decoder_create() else { return nil }
        self.decoder = decoder
    }

    deinit {
        chequebook_zstd_decoder_free(decoder)
        frame.deallocate()
    }

    /// Fills `target` with a block's content.
    ///
    /// - Returns: whether the file holds that block, whole and with its checksum right.
    /// - Throws: if the file cannot be read.
    func decode(
        _ block: SeekTable.Block, of file: DescriptorFile, into target: UnsafeMutableRawBufferPointer
    ) throws(StorageError) -> Bool {
        let byteCount = Int(block.byteCount)
        let checksumBytes = MemoryLayout<UInt32>.size
        guard byteCount > checksumBytes, byteCount <= frame.count else { return false }
        let bytes = frame.slice(0..<byteCount)
        guard try file.read(into: bytes, at: block.byteOffset) == byteCount else { return false }
        let checksum = UnsafeRawBufferPointer(bytes).integer(UInt32.self, at: byteCount - checksumBytes)
        guard checksum == block.checksum else { return false }
        return chequebook_zstd_decode(decoder, target.baseAddress, target.count, bytes.baseAddress, byteCount) == 1
    }
}
