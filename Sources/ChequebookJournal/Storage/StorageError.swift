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
}
