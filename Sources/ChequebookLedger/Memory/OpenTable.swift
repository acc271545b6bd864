/// Row numbers by a 64-bit fingerprint, eight bytes a slot.
///
/// The table is many small ones, so that no growth takes longer than that of one part: at a hundred million rows some
/// 24,000 slots that lie in order.
struct OpenTable: ~Copyable {
    static var partCount: Int { 4_096 }

    let parts: UnsafeMutablePointer<TablePart>
    var pool: BlockPool
    var count = 0

    init(in pool: ChunkPool) {
        self.pool = BlockPool(in: pool)
        parts = .allocate(capacity: Self.partCount)
        parts.initialize(repeating: TablePart(), count: Self.partCount)
    }

    deinit {
        for part in 0..<Self.partCount { parts[part].deallocate() }
        parts.deallocate()
    }

    /// The row with this fingerprint for which `isWanted` holds.
    @inline(__always)
    func find(_ fingerprint: UInt64, where isWanted: (UInt32) throws -> Bool) rethrows -> UInt32? {
        try parts[Self.part(fingerprint)].find(fingerprint >> 32, where: isWanted)
    }

    /// The first row whose fingerprint may be this one: whoever goes on to look at it can ask for its memory.
    @inline(__always)
    func candidate(_ fingerprint: UInt64) -> UInt32? { find(fingerprint) { _ in true } }

    /// Adds a row that is not there yet.
    @inline(__always)
    mutating func insert(_ fingerprint: UInt64, row: UInt32) {
        let part = parts + Self.part(fingerprint)
        part.pointee.insert(fingerprint >> 32, row: row, &pool)
        count += 1
    }

    /// Adds a row, unless there may be one with this fingerprint: then false.
    @inline(__always)
    mutating func insertIfAbsent(_ fingerprint: UInt64, row: UInt32) -> Bool {
        let part = parts + Self.part(fingerprint)
        guard part.pointee.insertIfAbsent(fingerprint >> 32, row: row, &pool) else { return false }
        count += 1
        return true
    }

    /// Asks for the memory in which a fingerprint would be found.
    @inline(__always)
    func prefetch(_ fingerprint: UInt64) { parts[Self.part(fingerprint)].prefetch(fingerprint >> 32) }

    @inline(__always)
    private static func part(_ fingerprint: UInt64) -> Int { Int(truncatingIfNeeded: fingerprint) & (partCount - 1) }
}
