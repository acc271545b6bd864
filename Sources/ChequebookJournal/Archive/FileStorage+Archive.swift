import Glibc

extension FileStorage {
    /// The names of all files of the directory at `path`, as ``names()`` has them.
    static func names(in path: String) throws(StorageError) -> [String] {
        var entries = try entries(in: path)
        // While a segment is being archived one look may miss both of its names: the one because it is not there yet, the
        // other because it has just gone.
        while true {
            let again = try Self.entries(in: path)
            if Set(again) == Set(entries) { return ArchiveFormat.storageNames(entries) }
            entries = again
        }
    }

    /// Opens a file of the directory at `path`; an archived segment is opened to read, whatever the flags.
    static func open(
        _ name: String, in path: String, flags: Int32, cache: BlockCache
    ) throws(StorageError) -> any StorageFile {
        do throws(StorageError) {
            return try DescriptorFile("\(path)/\(name)", name: name, flags: flags, operation: .open)
        } catch {
            guard case .failed(_, _, ENOENT) = error,
                let archived = try ArchivedFile.open(segment: name, in: path, cache: cache)
            else { throw error }
            return archived
        }
    }

    /// Opens a file to read, without a hold on its directory.
    static func open(
        _ name: String, readingFrom path: String, cache: BlockCache
    ) throws(StorageError) -> any StorageFile {
        try open(name, in: path, flags: O_RDONLY, cache: cache)
    }
}
