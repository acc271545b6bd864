import Glibc

/// A directory of the file system, held by one process at a time.
///
/// The hold is an exclusive `flock` on the directory and on the file `lock` in it, which says the holder's process id.
/// The kernel lets go of it when the process ends, however it ends; within a process it lasts as long as this object.
public final class FileStorage: Storage {
    /// The directory's path.
    public let path: String
    private let directory: DescriptorFile
    private let lock: DescriptorFile

    private static let lockName = "lock"
    private static let zeroBytesMax = 4 << 20

    /// Opens the directory at `path`, made if it is not there (its parent must be), and takes it for this process.
    /// - Throws: ``StorageError/inUse(name:processID:)`` if it is taken.
    public init(path: String) throws(StorageError) {
        self.path = path
        if mkdir(path, 0o700) == 0 {
            let parent = try DescriptorFile(path + "/..", name: path, flags: O_RDONLY | O_DIRECTORY, operation: .create)
            try parent.syncWithMetadata()
        }
        directory = try DescriptorFile(path, name: path, flags: O_RDONLY | O_DIRECTORY, operation: .open)
        lock = try DescriptorFile(
            path + "/" + Self.lockName, name: Self.lockName, flags: O_RDWR | O_CREAT, operation: .lock)
        try takeLock()
    }

    public func names() throws(StorageError) -> [String] {
        guard let stream = opendir(path) else {
            throw .failed(operation: .list, name: path, code: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if name != ".", name != "..", name != Self.lockName { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .failed(operation: .list, name: path, code: errno) }
        return names
    }

    public func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        try make(name) { (file) throws(StorageError) in
            // Reserved now, so that a full disk is met here and not in the middle of a commit.
            let code = posix_fallocate(file.descriptor, 0, off_t(clamping: byteCount))
            guard code == 0 else { throw .failed(operation: .create, name: name, code: code) }
            // And written, so that a sync rests on the commit's own bytes. Of space that is reserved and no more a file
            // system has to note durably that it now holds something. That takes as long again, and an ext4 whose own
            // journal had just failed has been seen to call such a sync done.
            try Self.writeZeros(byteCount, to: file)
        }
    }

    public func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        _ = try make(name) { (file) throws(StorageError) in try file.write(bytes, at: 0) }
    }

    public func open(_ name: String) throws(StorageError) -> any StorageFile {
        try DescriptorFile(path + "/" + name, name: name, flags: O_RDWR, operation: .open)
    }

    public func remove(_ name: String) throws(StorageError) {
        guard unlink(path + "/" + name) == 0 else { throw .failed(operation: .remove, name: name, code: errno) }
    }

    private func make(
        _ name: String, fill: (DescriptorFile) throws(StorageError) -> Void
    ) throws(StorageError) -> DescriptorFile {
        let final = path + "/" + name
        let temporary = final + StorageNames.temporarySuffix
        // Nobody else writes here while the lock is held, so that asking first is enough.
        guard access(final, F_OK) != 0 else { throw .failed(operation: .create, name: name, code: EEXIST) }
        let file = try DescriptorFile(temporary, name: name, flags: O_RDWR | O_CREAT | O_TRUNC, operation: .create)
        do throws(StorageError) {
            try fill(file)
            try file.syncWithMetadata()
            guard rename(temporary, final) == 0 else {
                throw .failed(operation: .create, name: name, code: errno)
            }
        } catch {
            unlink(temporary)
            throw error
        }
        try directory.syncWithMetadata()
        return file
    }

    private static func writeZeros(_ byteCount: UInt64, to file: DescriptorFile) throws(StorageError) {
        let zeros = UnsafeMutableRawBufferPointer.allocate(
            byteCount: zeroBytesMax, alignment: MemoryLayout<Int>.alignment)
        defer { zeros.deallocate() }
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        var written: UInt64 = 0
        while written < byteCount {
            let count = min(byteCount - written, UInt64(zeros.count))
            try file.write(UnsafeRawBufferPointer(rebasing: zeros[..<Int(count)]), at: written)
            written += count
        }
    }

    private func takeLock() throws(StorageError) {
        // The directory itself first, since the file `lock` can be deleted. On a network file system it may be that
        // files alone can be locked.
        if flock(directory.descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw .inUse(name: path, processID: try lockHolder())
        }
        guard flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .failed(operation: .lock, name: path, code: errno) }
            throw .inUse(name: path, processID: try lockHolder())
        }
        guard ftruncate(lock.descriptor, 0) == 0 else { throw .failed(operation: .lock, name: path, code: errno) }
        let text = Array("\(getpid())\n".utf8)
        try text.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in try lock.write(bytes, at: 0) }
    }

    private func lockHolder() throws(StorageError) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        var span = text.mutableSpan
        var bytes = span.mutableBytes
        let count = try bytes.withUnsafeMutableBytes { (buffer) throws(StorageError) in
            try lock.read(into: buffer, at: 0)
        }
        return Int32(String(decoding: text.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
