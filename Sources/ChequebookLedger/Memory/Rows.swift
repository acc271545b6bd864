import CMemory

/// Rows by number, of plain memory, which come and stay.
///
/// They lie in chunks that are never moved, so that a row more never waits for the others to be copied, and none is held
/// in reserve beyond a chunk.
struct Rows<Row: BitwiseCopyable>: ~Copyable {
    static var rowsInChunk: Int { ChunkPool.chunkBytes / MemoryLayout<Row>.stride }

    private let pool: ChunkPool
    private var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Row>>
    private var chunkCapacity = 16
    private(set) var count = 0

    init(in pool: ChunkPool) {
        self.pool = pool
        chunks = .allocate(capacity: chunkCapacity)
    }

    deinit { chunks.deallocate() }

    private var chunkCount: Int { (count + Self.rowsInChunk - 1) / Self.rowsInChunk }

    @inline(__always)
    mutating func append(_ row: Row) {
        let place = count % Self.rowsInChunk
        if place == 0 { addChunk() }
        (chunks[count / Self.rowsInChunk] + place).initialize(to: row)
        count += 1
    }

    @inline(__always)
    subscript(row: UInt32) -> Row {
        get {
            assert(Int(row) < count, "no such row")
            return address(row).pointee
        }
        nonmutating _modify {
            assert(Int(row) < count, "no such row")
            yield &address(row).pointee
        }
    }

    /// Asks for a row's memory ahead of its use, which may lie in two cache lines.
    ///
    /// - Parameter byteCount: how much of the row will be used, from its beginning.
    @inline(__always)
    func prefetch(_ row: UInt32, byteCount: Int) {
        let start = UnsafeRawPointer(address(row))
        chequebook_prefetch(start)
        chequebook_prefetch(start + byteCount - 1)
    }

    @inline(__always)
    private func address(_ row: UInt32) -> UnsafeMutablePointer<Row> {
        let (chunk, place) = Int(row).quotientAndRemainder(dividingBy: Self.rowsInChunk)
        return chunks[chunk] + place
    }

    /// Gives each chunk in order, with the rows that it holds.
    func forEachChunk(_ body: (UnsafeMutablePointer<Row>, Int) throws -> Void) rethrows {
        for chunk in 0..<chunkCount {
            try body(chunks[chunk], min(Self.rowsInChunk, count - chunk * Self.rowsInChunk))
        }
    }

    /// Makes this many rows, which are still to be filled, in a table that has none.
    mutating func makeRoom(for rows: Int) {
        while count < rows {
            addChunk()
            count = min(rows, count + Self.rowsInChunk)
        }
    }

    private mutating func addChunk() {
        let used = chunkCount
        if used == chunkCapacity {
            let larger = UnsafeMutablePointer<UnsafeMutablePointer<Row>>.allocate(capacity: chunkCapacity * 2)
            larger.update(from: chunks, count: used)
            chunks.deallocate()
            chunks = larger
            chunkCapacity *= 2
        }
        chunks[used] = pool.take().bindMemory(to: Row.self, capacity: Self.rowsInChunk)
    }
}
