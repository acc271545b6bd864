import ChequebookJournal

/// A storage in which every sync and every reading waits at a gate, and of which nothing is known to be in memory.
final class GatedStorage: Storage {
    private let wrapped: any Storage
    let syncs = Gate()
    let readings = Gate()

    init(_ storage: any Storage) { wrapped = storage }

    func names() throws(StorageError) -> [String] { try wrapped.names() }

    func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        GatedFile(try wrapped.create(name, byteCount: byteCount), syncs, readings)
    }

    func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        try wrapped.create(name, holding: bytes)
    }

    func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture { try wrapped.capture(name, head: head, pieces: pieces) }

    func open(_ name: String) throws(StorageError) -> any StorageFile {
        GatedFile(try wrapped.open(name), syncs, readings)
    }

    func remove(_ name: String) throws(StorageError) { try wrapped.remove(name) }
}

private final class GatedFile: StorageFile {
    private let wrapped: any StorageFile
    private let syncs: Gate
    private let readings: Gate

    init(_ file: any StorageFile, _ syncs: Gate, _ readings: Gate) {
        (wrapped, self.syncs, self.readings) = (file, syncs, readings)
    }

    var name: String { wrapped.name }

    func byteCount() throws(StorageError) -> UInt64 { try wrapped.byteCount() }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
        readings.pass()
        return try wrapped.read(into: buffer, at: byteOffset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
        try wrapped.write(bytes, at: byteOffset)
    }

    func sync() throws(StorageError) {
        syncs.pass()
        try wrapped.sync()
    }
}
