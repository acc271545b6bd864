import Synchronization

/// The open segment files by ordinal, shared by the writer that adds to it and the readers.
final class SegmentTable: Sendable {
    /// A file at its ordinal, which is counted from 1; nil where there is none.
    private let files = Mutex<[(any StorageFile)?]?>([])

    func add(_ file: any StorageFile, ordinal: UInt32) {
        files.withLock { files in
            guard let count = files?.count else { return }
            if count <= Int(ordinal) { files?.append(contentsOf: repeatElement(nil, count: Int(ordinal) + 1 - count)) }
            files?[Int(ordinal)] = file
        }
    }

    /// The files as they are now.
    func all() throws(JournalError) -> SegmentFiles {
        guard let files = files.withLock({ $0 }) else { throw .closed }
        return SegmentFiles(files: files)
    }

    /// Lets go of all files; a reader in the middle of one keeps it until it is done.
    func close() { files.withLock { $0 = nil } }
}

/// The open segment files as they were at some time.
struct SegmentFiles {
    fileprivate let files: [(any StorageFile)?]

    /// The file of the segment that a position is in.
    @inline(__always)
    func file(of position: JournalPosition) throws(JournalError) -> any StorageFile {
        let ordinal = Int(position.segmentOrdinal)
        guard ordinal < files.count, let file = files[ordinal] else { throw .noRecord(position) }
        return file
    }
}
