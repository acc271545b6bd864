import Synchronization

/// The open segment files by ordinal, shared by the writer that adds to it and the readers.
final class SegmentTable: Sendable {
    private let files = Mutex<[UInt32: any StorageFile]?>([:])

    func add(_ file: any StorageFile, ordinal: UInt32) {
        files.withLock { $0?[ordinal] = file }
    }

    /// The file of a segment; nil if there is no such segment.
    func file(ordinal: UInt32) throws(JournalError) -> (any StorageFile)? {
        guard let files = files.withLock({ $0 }) else { throw .closed }
        return files[ordinal]
    }

    /// Lets go of all files; a reader in the middle of one keeps it until it is done.
    func close() { files.withLock { $0 = nil } }
}
