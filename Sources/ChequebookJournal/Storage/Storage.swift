/// The flat folder of files that a journal lives in.
///
/// A file system, a memory that can lose power and a wrapper that fails on demand stand behind the same few
/// operations, so that every promise of the journal is tested against the failures that it is made for.
public protocol Storage: Sendable {
    /// The names of all files, in no order.
    func names() throws(StorageError) -> [String]

    /// Makes a file of `byteCount` bytes that reads as zero. Its name, size and zeros are durable on return; a crash
    /// before leaves at most a file whose name ends in ``StorageNames/temporarySuffix``.
    /// - Throws: `EEXIST` if there is such a file.
    func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile

    /// Gets ready to make a file of `byteCount` bytes, so that the next ``create(_:byteCount:)`` of that size need not
    /// wait for its zeros. It blocks, on any thread but the one that cannot wait; should it fail, making one takes longer.
    func prepare(byteCount: UInt64)

    /// Makes a small file that holds `bytes`, all of it durable on return, or none of it under this name.
    /// - Throws: `EEXIST` if there is such a file.
    func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError)

    /// Begins to make a file of `head` and, in the blocks of a checkpoint, what `pieces` hold now. They may change as soon
    /// as this returns. A crash before the end leaves at most a file whose name ends in
    /// ``StorageNames/temporarySuffix``.
    /// - Throws: `EEXIST` if there is such a file.
    func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture

    /// Opens an existing file to read and write.
    func open(_ name: String) throws(StorageError) -> any StorageFile

    /// Removes a file. That is durable on return; a crash before leaves it as it was, or not at all.
    func remove(_ name: String) throws(StorageError)
}

extension Storage {
    public func prepare(byteCount: UInt64) {}
}

/// A file that is being made.
public protocol StorageCapture: Sendable {
    /// Whether `finish` need not wait for anything.
    var isWhole: Bool { get }

    /// Waits until it is whole and durable, and gives it its name. To be called once; it blocks.
    /// - Throws: why it could not be made; there is no such file then.
    func finish() throws(StorageError)

    /// Has a `finish` that waits end at once, with an error. On any thread, at any time.
    func giveUp()
}

extension StorageCapture {
    /// Nothing: what is whole need not be waited for.
    public func giveUp() {}
}

/// An open file. It may be read on any thread while one thread writes; it is closed when its last user lets go.
public protocol StorageFile: AnyObject, Sendable {
    /// The file's name in its storage.
    var name: String { get }

    /// The file's present size in bytes.
    func byteCount() throws(StorageError) -> UInt64

    /// Fills `buffer` from `byteOffset` and returns how many bytes there were: fewer than asked only at the file's end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int

    /// As ``read(into:at:)``, but never waits for a disk, so that an event loop may call it: nil if the whole answer is not
    /// in memory, or if nobody can tell.
    func readCached(
        into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64
    ) throws(StorageError) -> Int?

    /// Writes all of `bytes`. After an error any part of them may have been written.
    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError)

    /// Returns when everything written is durable. After an error nothing is known of what was written since the
    /// last success, and a further sync that succeeds tells nothing either.
    func sync() throws(StorageError)

    /// As ``sync()``, and what is read afterwards comes from the disk: a kernel whose writing failed keeps what it could
    /// not write, and calls it written.
    func settle() throws(StorageError)
}

extension StorageFile {
    /// Nothing more than ``sync()``: for a file without a memory of its own.
    public func settle() throws(StorageError) { try sync() }

    /// Nil: a file that says nothing of it may always have to wait.
    public func readCached(
        into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64
    ) throws(StorageError) -> Int? { nil }
}

/// Names that every storage agrees on.
public enum StorageNames {
    /// What the name of a file ends in while it is being made; such a file found at start is a leftover of a crash.
    public static let temporarySuffix = ".new"
}
