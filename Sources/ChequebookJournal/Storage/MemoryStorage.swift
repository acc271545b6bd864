import Glibc
import Synchronization

/// A storage for tests that knows which bytes a power cut can take.
///
/// Files that were made are durable with their size, as ``Storage`` promises. Every write is seen by reads at once,
/// and is at the mercy of ``crash(using:)`` until the file is synced.
public final class MemoryStorage: Storage {
    /// What a disk writes whole or not at all, in bytes.
    public static let sectorBytes = 512

    private let files: Mutex<[String: MemoryFile]>

    /// An empty storage.
    public convenience init() { self.init([:]) }

    private init(_ files: [String: MemoryFile]) { self.files = Mutex(files) }

    /// The storage as the next start finds it after a power cut: `generator` decides for each sector written since
    /// its file's last sync whether it reached the disk. This storage stays as it is.
    public func crash(using generator: inout some RandomNumberGenerator) -> MemoryStorage {
        var survivors: [String: MemoryFile] = [:]
        for (name, file) in files.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
            survivors[name] = file.afterPowerCut(using: &generator)
        }
        return MemoryStorage(survivors)
    }

    /// The storage as the next start finds it after the process alone ended: every write is there, synced or not.
    public func copy() -> MemoryStorage {
        MemoryStorage(files.withLock { $0 }.mapValues { $0.copy() })
    }

    /// All bytes of a file, or nil if there is none.
    public func contents(of name: String) -> [UInt8]? { files.withLock { $0[name] }?.contents }

    /// Makes a file hold `bytes` and nothing else, durably, as damage and administrators do.
    public func replace(_ name: String, with bytes: [UInt8]) {
        files.withLock { $0[name] = MemoryFile(name: name, durable: bytes) }
    }

    public func names() -> [String] { files.withLock { Array($0.keys) } }

    public func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        try add(MemoryFile(name: name, durable: [UInt8](repeating: 0, count: Int(clamping: byteCount))))
    }

    public func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        _ = try add(MemoryFile(name: name, durable: Array(bytes)))
    }

    public func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture {
        MemoryCapture(storage: self, name: name, bytes: head + CheckpointBlocks.bytes(of: pieces))
    }

    public func open(_ name: String) throws(StorageError) -> any StorageFile {
        guard let file = files.withLock({ $0[name] }) else {
            throw .failed(operation: .open, name: name, code: ENOENT)
        }
        return file
    }

    public func remove(_ name: String) throws(StorageError) {
        guard files.withLock({ $0.removeValue(forKey: name) }) != nil else {
            throw .failed(operation: .remove, name: name, code: ENOENT)
        }
    }

    private func add(_ file: MemoryFile) throws(StorageError) -> MemoryFile {
        try files.withLock { (files) throws(StorageError) in
            guard files[file.name] == nil else {
                throw .failed(operation: .create, name: file.name, code: EEXIST)
            }
            files[file.name] = file
            return file
        }
    }
}

private struct MemoryCapture: StorageCapture {
    let storage: MemoryStorage
    let name: String
    let bytes: [UInt8]
    let isWhole = true

    func finish() throws(StorageError) {
        try bytes.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
            try storage.create(name, holding: bytes)
        }
    }
}
