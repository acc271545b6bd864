import Synchronization

/// A file of a ``MemoryStorage``: its bytes as they are, and what is on the disk of those that are not synced.
final class MemoryFile: StorageFile {
    private struct State {
        var bytes: [UInt8]
        /// By sector number, what the disk holds of each sector written since the last sync.
        var durableSectors: [Int: [UInt8]] = [:]
    }

    let name: String
    private let state: Mutex<State>

    init(name: String, durable bytes: [UInt8]) {
        self.name = name
        state = Mutex(State(bytes: bytes))
    }

    private init(name: String, state: State) {
        self.name = name
        self.state = Mutex(state)
    }

    var contents: [UInt8] { state.withLock { $0.bytes } }

    func copy() -> MemoryFile { MemoryFile(name: name, state: state.withLock { $0 }) }

    func afterPowerCut(using generator: inout some RandomNumberGenerator) -> MemoryFile {
        var state = self.state.withLock { $0 }
        for (sector, durable) in state.durableSectors.sorted(by: { $0.key < $1.key }) {
            if Bool.random(using: &generator) { continue }
            let start = sector * MemoryStorage.sectorBytes
            for index in durable.indices where start + index < state.bytes.count {
                state.bytes[start + index] = durable[index]
            }
        }
        return MemoryFile(name: name, durable: state.bytes)
    }

    func byteCount() -> UInt64 { state.withLock { UInt64($0.bytes.count) } }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) -> Int {
        state.withLock { state in
            let start = min(Int(clamping: byteOffset), state.bytes.count)
            let count = min(buffer.count, state.bytes.count - start)
            state.bytes.withUnsafeBytes {
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
            }
            return count
        }
    }

    func readCached(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) -> Int? {
        read(into: buffer, at: byteOffset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) {
        guard !bytes.isEmpty else { return }
        state.withLock { state in
            let start = Int(clamping: byteOffset)
            let end = start + bytes.count
            if end > state.bytes.count {
                state.bytes.append(contentsOf: repeatElement(0, count: end - state.bytes.count))
            }
            let sectorBytes = MemoryStorage.sectorBytes
            for sector in start / sectorBytes...(end - 1) / sectorBytes where state.durableSectors[sector] == nil {
                let range = sector * sectorBytes..<min((sector + 1) * sectorBytes, state.bytes.count)
                state.durableSectors[sector] = Array(state.bytes[range])
            }
            state.bytes.withUnsafeMutableBytes {
                UnsafeMutableRawBufferPointer(rebasing: $0[start..<end]).copyMemory(from: bytes)
            }
        }
    }

    func sync() { state.withLock { $0.durableSectors.removeAll(keepingCapacity: true) } }
}
