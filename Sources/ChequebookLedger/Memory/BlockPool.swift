/// Blocks of sixteen kilobytes, all zero, cut from chunks. A table that has outgrown its blocks gives them to the next.
struct BlockPool {
    /// Words of eight bytes in a block.
    static var wordCount: Int { 2_048 }

    private let pool: ChunkPool
    private var free: [UnsafeMutablePointer<UInt64>] = []

    init(in pool: ChunkPool) { self.pool = pool }

    mutating func take() -> UnsafeMutablePointer<UInt64> {
        if free.isEmpty {
            let words = ChunkPool.chunkBytes / MemoryLayout<UInt64>.size
            let chunk = pool.take().bindMemory(to: UInt64.self, capacity: words)
            free = stride(from: words - Self.wordCount, through: 0, by: -Self.wordCount).map { chunk + $0 }
        }
        return free.removeLast()
    }

    mutating func give(_ block: UnsafeMutablePointer<UInt64>) {
        block.update(repeating: 0, count: Self.wordCount)
        free.append(block)
    }
}
