import CMemory

/// Memory of one ledger in chunks of two megabytes, which are zero at first, never move and go back with the pool.
///
/// Looking for the page of an address is the larger part of a random access to gigabytes, so a large ledger asks for
/// huge pages, of which a chunk is one. A small one lives in the first piece, of ordinary pages, and uses only those that
/// it touches.
final class ChunkPool {
    static var chunkBytes: Int { 2 << 20 }
    /// Taken from the system at once.
    private static var pieceBytes: Int { 64 << 20 }

    private var pieces: [UnsafeMutableRawPointer] = []
    /// Bytes of the last piece that are handed out.
    private var usedBytes = pieceBytes

    deinit {
        for piece in pieces { chequebook_give_memory(piece, Self.pieceBytes) }
    }

    /// Hands out a chunk.
    func take() -> UnsafeMutableRawPointer {
        if usedBytes == Self.pieceBytes {
            let piece = chequebook_take_memory(Self.pieceBytes, Self.chunkBytes, !pieces.isEmpty)
            guard let piece else { preconditionFailure("the system has no more memory") }
            pieces.append(piece)
            usedBytes = 0
        }
        defer { usedBytes += Self.chunkBytes }
        return pieces[pieces.count - 1] + usedBytes
    }
}
