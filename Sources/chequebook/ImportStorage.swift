import ChequebookJournal
import Synchronization

/// The files of a ledger that is being made. Until it is whole nothing of it counts, so a commit does not wait for the
/// disk; what was written is synced when the next segment begins, and by ``syncAll()``.
final class ImportStorage: Storage {
    private let storage: FileStorage
    private let written = Mutex<[any StorageFile]>([])

    init(_ storage: FileStorage) { self.storage = storage }

    /// Returns when everything written is durable.
    func syncAll() throws(StorageError) {
        let files = written.withLock { files in
            defer { files = [] }
            return files
        }
        for file in files { try file.sync() }
    }

    func names() throws(StorageError) -> [String] { try storage.names() }

    func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        try syncAll()
        return keep(try storage.create(name, byteCount: byteCount))
    }

    func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        try storage.create(name, holding: bytes)
    }

    func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture {
        try storage.capture(name, head: head, pieces: pieces)
    }

    func open(_ name: String) throws(StorageError) -> any StorageFile { keep(try storage.open(name)) }

    func remove(_ name: String) throws(StorageError) { try storage.remove(name) }

    private func keep(_ file: any StorageFile) -> any StorageFile {
        written.withLock { $0.append(file) }
        return UnsyncedFile(file)
    }
}

/// A file whose syncs are put off.
private final class UnsyncedFile: StorageFile {
    private let file: any StorageFile

    init(_ file: any StorageFile) { self.file = file }

    var name: String { file.name }

    func byteCount() throws(StorageError) -> UInt64 { try file.byteCount() }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
        try file.read(into: buffer, at: byteOffset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
        try file.write(bytes, at: byteOffset)
    }

    func sync() {}
}
