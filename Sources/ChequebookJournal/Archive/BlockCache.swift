import Synchronization

/// The blocks of archived segments that were read last, and what turns frames into blocks, shared by all archived files
/// of a storage: a ledger may have thousands of them.
final class BlockCache: Sendable {
    /// A block of one opened file.
    struct Key: Hashable {
        var file: Int
        var block: Int
    }

    private struct State {
        var blocks: [Key: (bytes: [UInt8], usedAt: UInt64)] = [:]
        var uses: UInt64 = 0

        /// Fills `target` from a place in a block; false if the block is not here.
        mutating func copy(_ key: Key, from offset: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
            guard let index = blocks.index(forKey: key) else { return false }
            uses += 1
            blocks.values[index].usedAt = uses
            blocks.values[index].bytes.withUnsafeBytes {
                target.copyMemory(from: $0.slice(offset..<offset + target.count))
            }
            return true
        }
    }

    /// 4 MiB in all.
    private static let blocksMax = 64
    private static let decodersMax = 4

    private let state = Mutex(State())
    private let decoders = Mutex<[BlockDecoder]>([])
    private let files = Atomic(0)

    /// A number that no other opened file has.
    func fileNumber() -> Int { files.add(1, ordering: .relaxed).newValue }

    /// Fills `target` from a place in a block, if the block is here.
    func copy(_ key: Key, from offset: Int, into target: UnsafeMutableRawBufferPointer) -> Bool {
        let target = Memory(bytes: target)
        return state.withLock { $0.copy(key, from: offset, into: target.bytes) }
    }

    /// As ``copy(_:from:into:)``, and nil if somebody else is looking.
    func copyAtOnce(_ key: Key, from offset: Int, into target: UnsafeMutableRawBufferPointer) -> Bool? {
        let target = Memory(bytes: target)
        return state.withLockIfAvailable { $0.copy(key, from: offset, into: target.bytes) }
    }

    /// Keeps a block in place of the one that was used longest ago.
    func keep(_ bytes: [UInt8], for key: Key) {
        state.withLock { state in
            if state.blocks.count >= Self.blocksMax, state.blocks[key] == nil,
                let oldest = state.blocks.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.blocks[oldest.key] = nil
            }
            state.uses += 1
            state.blocks[key] = (bytes, state.uses)
        }
    }

    /// Gives `body` a decoder for itself; nil if there is no memory for one.
    func withDecoder<Result>(
        _ body: (BlockDecoder) throws(StorageError) -> Result
    ) throws(StorageError) -> Result? {
        guard let decoder = decoders.withLock({ $0.popLast() }) ?? BlockDecoder() else { return nil }
        defer { decoders.withLock { if $0.count < Self.decodersMax { $0.append(decoder) } } }
        return try body(decoder)
    }

    private struct Memory: @unchecked Sendable {
        let bytes: UnsafeMutableRawBufferPointer
    }
}
