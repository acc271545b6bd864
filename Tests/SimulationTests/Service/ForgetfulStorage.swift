import ChequebookJournal
import Synchronization

/// A storage that has what is asked for in memory only now and then, so that some answers come from the event loop and
/// others from the ledger's thread.
final class ForgetfulStorage: Storage {
    private let wrapped: any Storage
    private let memory = Memory()

    init(_ storage: any Storage) { wrapped = storage }

    func names() throws(StorageError) -> [String] { try wrapped.names() }

    func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        ForgetfulFile(try wrapped.create(name, byteCount: byteCount), memory)
    }

    func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        try wrapped.create(name, holding: bytes)
    }

    func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture { try wrapped.capture(name, head: head, pieces: pieces) }

    func open(_ name: String) throws(StorageError) -> any StorageFile {
        ForgetfulFile(try wrapped.open(name), memory)
    }

    func remove(_ name: String) throws(StorageError) { try wrapped.remove(name) }
}

/// Forgets once in so many times.
private final class Memory: Sendable {
    private static let every: UInt64 = 17
    private let count = Atomic<UInt64>(0)

    func has() -> Bool { count.wrappingAdd(1, ordering: .relaxed).newValue % Self.every != 0 }
}

private final class ForgetfulFile: StorageFile {
    private let wrapped: any StorageFile
    private let memory: Memory

    init(_ file: any StorageFile, _ memory: Memory) { (wrapped, self.memory) = (file, memory) }

    var name: String { wrapped.name }

    func byteCount() throws(StorageError) -> UInt64 { try wrapped.byteCount() }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
        try wrapped.read(into: buffer, at: byteOffset)
    }

    func readCached(
        into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64
    ) throws(StorageError) -> Int? {
        memory.has() ? try wrapped.readCached(into: buffer, at: byteOffset) : nil
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
        try wrapped.write(bytes, at: byteOffset)
    }

    func sync() throws(StorageError) { try wrapped.sync() }
}
