import Glibc

/// A directory that gets its name when everything in it is there, so that nobody finds half of it.
public struct NewDirectory {
    /// Where it will be.
    public let path: String
    /// What is to be in it, held by this process.
    public let storage: FileStorage

    private var temporaryPath: String { path + StorageNames.temporarySuffix }

    /// Begins an empty directory beside `path`. What an attempt that ended early left there is removed.
    ///
    /// - Throws: `EEXIST` if there is anything at `path` but an empty directory, else ``StorageError``.
    public init(path: String) throws(StorageError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        guard Self.isFree(path) else { throw .failed(operation: .create, name: path, code: EEXIST) }
        storage = try FileStorage(path: path + StorageNames.temporarySuffix)
        for name in try storage.names() { try storage.remove(name) }
    }

    /// Gives it its name, durably.
    public func publish() throws(StorageError) {
        guard rename(temporaryPath, path) == 0 else { throw .failed(operation: .create, name: path, code: errno) }
        let parent = try DescriptorFile(path + "/..", name: path, flags: O_RDONLY | O_DIRECTORY, operation: .create)
        try parent.syncWithMetadata()
    }

    /// Whether there is nothing at `path`, or a directory without a file.
    private static func isFree(_ path: String) -> Bool {
        guard let stream = opendir(path) else { return errno == ENOENT }
        defer { closedir(stream) }
        var count = 0
        while readdir(stream) != nil { count += 1 }
        return count <= 2
    }
}
