import Glibc

/// What a storage was asked to do.
public enum StorageOperation: String, Sendable, Hashable {
    case list, create, capture, open, remove, read, write, sync, size, lock
}

/// Why a storage could not do it.
public enum StorageError: Error, Hashable, Sendable {
    /// `code` is the `errno` with which `operation` on the file or folder `name` failed.
    case failed(operation: StorageOperation, name: String, code: Int32)

    /// Another process, or another storage of this one, has the folder `name`; `processID` is nil if it did not say.
    case inUse(name: String, processID: Int32?)

    /// A file that is kept in another form than it reads as cannot be turned back: it is not what was written.
    case damaged(JournalDamage)
}

extension StorageError: CustomStringConvertible {
    /// For the person who has to put it right.
    public var description: String {
        switch self {
        case .failed(let operation, let name, let code):
            "\(name) cannot be \(operation.participle): \(String(cString: strerror(code))) (errno \(code))"
        case .inUse(let name, let processID):
            "\(name) is in use by \(processID.map { "process \($0)" } ?? "another process")"
        case .damaged(let damage): "\(damage)"
        }
    }
}

extension StorageOperation {
    fileprivate var participle: String {
        switch self {
        case .list: "listed"
        case .create, .capture: "made"
        case .open: "opened"
        case .remove: "removed"
        case .read: "read"
        case .write: "written"
        case .sync: "synced"
        case .size: "measured"
        case .lock: "locked"
        }
    }
}
