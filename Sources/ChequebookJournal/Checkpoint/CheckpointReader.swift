/// Reads the image of a checkpoint from its beginning, every block checked before any of it is given.
public final class CheckpointReader {
    /// The last record that the image knows.
    public var lastSequence: UInt64 { header.point.lastSequence }
    /// Where the journal is to be read on.
    public var point: JournalPoint { header.point }
    /// Which form the image has.
    public var imageVersion: UInt32 { header.imageVersion }

    /// Bytes of the whole image.
    public var imageBytes: UInt64 { header.imageBytes }

    private let file: any StorageFile
    private let header: CheckpointHeader
    /// Memory for one block and its checksum, made with the first and used for all.
    private var blockMemory: [UInt8] = []
    /// Bytes of the block that was read last, and how many of them were given.
    private var blockBytes = 0
    private var usedBytes = 0
    private var blocksRead = 0
    private var bytesUnread: UInt64

    /// Bytes of the image that follow.
    public var bytesLeft: UInt64 { bytesUnread + UInt64(blockBytes - usedBytes) }

    /// - Throws: ``JournalError``: the header is damaged or not that of a file of this
    ///   size, of a newer version or another ledger's, or cannot be read.
    init(_ file: any StorageFile, ledgerIdentity: LedgerIdentity) throws(JournalError) {
        self.file = file
        var page = [UInt8](repeating: 0, count: JournalFormat.pageBytes)
        let count = try Self.read(file, into: &page, at: 0)
        do throws(CheckpointHeader.Fault) {
            header = try page.span.bytes.withUnsafeBytes { (bytes) throws(CheckpointHeader.Fault) in
                try CheckpointHeader(page: bytes.slice(0..<count))
            }
        } catch {
            switch error {
            case .unchecked:
                throw .damaged(JournalDamage(name: file.name, byteOffset: 0, expected: .checkpointHeader))
            case .version(let found):
                throw .newerVersion(name: file.name, supported: CheckpointHeader.version, found: found)
            }
        }
        guard header.ledgerIdentity == ledgerIdentity else {
            throw .foreignLedger(name: file.name, expected: ledgerIdentity, found: header.ledgerIdentity)
        }
        bytesUnread = header.imageBytes
        // Whoever makes a ledger of it takes memory by what it says.
        let byteCount: UInt64
        do throws(StorageError) { byteCount = try file.byteCount() } catch { throw .storage(error) }
        guard CheckpointBlocks.areAll(of: header.imageBytes, inFileOf: byteCount) else {
            throw .damaged(
                JournalDamage(
                    name: file.name, byteOffset: byteCount, expected: .checkpointEnd(imageBytes: header.imageBytes)))
        }
    }

    /// Fills `memory` with what follows of the image.
    ///
    /// - Throws: ``JournalError``: a block is damaged or cannot be read, or the image ends before.
    public func read(into memory: UnsafeMutableRawBufferPointer) throws(JournalError) {
        var filled = 0
        while filled < memory.count {
            if usedBytes == blockBytes { try readBlock() }
            let count = min(memory.count - filled, blockBytes - usedBytes)
            blockMemory.withUnsafeBytes { block in
                memory.slice(filled..<filled + count).copyMemory(from: block.slice(usedBytes..<usedBytes + count))
            }
            filled += count
            usedBytes += count
        }
    }

    private func readBlock() throws(JournalError) {
        let byteCount = Int(min(UInt64(CheckpointBlocks.blockBytes), bytesUnread))
        let stride = CheckpointBlocks.blockBytes + CheckpointBlocks.checksumBytes
        let offset = JournalFormat.pageBytes + blocksRead * stride
        let damage = JournalError.damaged(
            JournalDamage(name: file.name, byteOffset: UInt64(offset), expected: .checkpointBlock))
        guard byteCount > 0 else { throw damage }
        // Only the last is shorter than the first.
        let readBytes = byteCount + CheckpointBlocks.checksumBytes
        if blockMemory.isEmpty { blockMemory = [UInt8](repeating: 0, count: readBytes) }
        if blockMemory.count > readBytes { blockMemory.removeLast(blockMemory.count - readBytes) }
        guard try Self.read(file, into: &blockMemory, at: UInt64(offset)) == readBytes else { throw damage }
        let isRight = blockMemory.withUnsafeBytes { bytes in
            bytes.slice(0..<byteCount).crc32c(from: UInt32(truncatingIfNeeded: blocksRead))
                == bytes.integer(UInt32.self, at: byteCount)
        }
        guard isRight else { throw damage }
        (blockBytes, usedBytes) = (byteCount, 0)
        blocksRead += 1
        bytesUnread -= UInt64(byteCount)
    }

    private static func read(
        _ file: any StorageFile, into bytes: inout [UInt8], at byteOffset: UInt64
    ) throws(JournalError) -> Int {
        do throws(StorageError) {
            var span = bytes.mutableSpan
            var mutableBytes = span.mutableBytes
            return try mutableBytes.withUnsafeMutableBytes { (memory) throws(StorageError) in
                try file.read(into: memory, at: byteOffset)
            }
        } catch {
            throw .storage(error)
        }
    }
}
