import Synchronization

/// Page-aligned memory for frames. It is filled by one owner and only read from when it is shared.
final class FrameBuffer: @unchecked Sendable {
    let bytes: UnsafeMutableRawBufferPointer
    private let pool: FrameBufferPool

    fileprivate init(_ bytes: UnsafeMutableRawBufferPointer, pool: FrameBufferPool) {
        self.bytes = bytes
        self.pool = pool
    }

    deinit { pool.take(back: bytes) }
}

/// Keeps a few buffers for the next frames: fresh memory costs a page fault for every page of a large commit.
final class FrameBufferPool: Sendable {
    private struct Memory: @unchecked Sendable {
        var spare: [UnsafeMutableRawBufferPointer] = []
    }

    private static let spareMax = 4
    private let memory = Mutex(Memory())

    /// A buffer of at least `byteCount` bytes with anything in it.
    func buffer(byteCount: Int) -> FrameBuffer {
        let spare = memory.withLock { memory in
            memory.spare.firstIndex { $0.count >= byteCount }.map { Memory(spare: [memory.spare.remove(at: $0)]) }
        }
        if let bytes = spare?.spare.first { return FrameBuffer(bytes, pool: self) }
        let bytes = UnsafeMutableRawBufferPointer.allocate(
            byteCount: JournalFormat.pages(byteCount), alignment: JournalFormat.pageBytes)
        return FrameBuffer(bytes, pool: self)
    }

    fileprivate func take(back bytes: UnsafeMutableRawBufferPointer) {
        let returned = Memory(spare: [bytes])
        let dropped = memory.withLock { memory in
            memory.spare += returned.spare
            guard memory.spare.count > Self.spareMax else { return Memory() }
            // The smallest goes, or a few single events would push out what a large commit needs.
            let smallest = memory.spare.indices.min { memory.spare[$0].count < memory.spare[$1].count } ?? 0
            return Memory(spare: [memory.spare.remove(at: smallest)])
        }
        for bytes in dropped.spare { bytes.deallocate() }
    }

    deinit {
        for bytes in memory.withLock({ $0 }).spare { bytes.deallocate() }
    }
}
