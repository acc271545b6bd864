import Glibc
import Synchronization

/// A directory of the file system, held by one process at a time.
///
/// The hold is an exclusive `flock` on the directory and on the file `lock` in it, which says the holder's process id. The
/// kernel lets go of it when the process ends, however it ends; within a process it lasts as long as this object. Whoever
/// only reads shares the hold with others who do, and writes nothing, not even there. Whoever reads beside a process that
/// writes holds nothing.
public final class FileStorage: Storage {
    /// The directory's path.
    public let path: String
    private let access: JournalAccess
    private let directory: DescriptorFile
    /// Nil if there is none and nothing may be written: nobody ever held the directory.
    private let lock: DescriptorFile?
    /// Of archived segments.
    private let blocks = BlockCache()

    private static let lockName = "lock"
    /// A file full of zeros that waits for its name. Whoever makes it holds the lock meanwhile, so that who needs it
    /// waits rather than make another beside it.
    private let spare = Mutex<(file: DescriptorFile, byteCount: UInt64)?>(nil)

    private static let spareName = "spare" + StorageNames.temporarySuffix
    private static let zeroBytesMax = 4 << 20

    /// Opens the directory at `path` and takes it for this process. To be written it is made if it is not there; its
    /// parent must be.
    /// - Throws: ``StorageError/inUse(name:processID:)`` if it is taken.
    public init(path: String, access: JournalAccess = .readWrite) throws(StorageError) {
        self.path = path
        self.access = access
        let lockPath = path + "/" + Self.lockName
        guard access == .readWrite else {
            directory = try DescriptorFile(path, name: path, flags: O_RDONLY | O_DIRECTORY, operation: .open)
            guard access == .readOnly else {
                self.lock = nil
                return
            }
            let isThere = Glibc.access(lockPath, F_OK) == 0
            self.lock =
                isThere
                ? try DescriptorFile(lockPath, name: Self.lockName, flags: O_RDONLY, operation: .lock) : nil
            if let lock = self.lock { try hold(lock, LOCK_SH) }
            return
        }
        if mkdir(path, 0o700) == 0 {
            let parent = try DescriptorFile(path + "/..", name: path, flags: O_RDONLY | O_DIRECTORY, operation: .create)
            try parent.syncWithMetadata()
        }
        directory = try DescriptorFile(path, name: path, flags: O_RDONLY | O_DIRECTORY, operation: .open)
        let lock = try DescriptorFile(lockPath, name: Self.lockName, flags: O_RDWR | O_CREAT, operation: .lock)
        self.lock = lock
        try hold(lock, LOCK_EX)
        // A process that was killed between renaming or removing a file and syncing the directory left a name that only
        // this kernel knows. Whatever is found here from now on is also found after a power cut.
        try directory.syncWithMetadata()
        guard ftruncate(lock.descriptor, 0) == 0 else { throw .failed(operation: .lock, name: path, code: errno) }
        let text = Array("\(getpid())\n".utf8)
        try text.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in try lock.write(bytes, at: 0) }
    }

    deinit {
        spare.withLock { spare in
            if spare != nil { unlink(path + "/" + Self.spareName) }
        }
    }

    public func names() throws(StorageError) -> [String] { try Self.names(in: path) }

    /// The names of all entries of a directory but `lock`, in no order.
    static func entries(in path: String) throws(StorageError) -> [String] {
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
            if name != ".", name != "..", name != lockName { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw .failed(operation: .list, name: path, code: errno) }
        return names
    }

    public func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        if let spare = try takeSpare(name, byteCount) { return spare }
        return try make(name) { (file) throws(StorageError) in try Self.fill(file, byteCount) }
    }

    public func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        _ = try make(name) { (file) throws(StorageError) in try file.write(bytes, at: 0) }
    }

    public func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture {
        guard Glibc.access(path + "/" + name, F_OK) != 0 else {
            throw .failed(operation: .capture, name: name, code: EEXIST)
        }
        return try FileCapture(name, path: path + "/" + name, directory: directory, head: head, pieces: pieces)
    }

    public func open(_ name: String) throws(StorageError) -> any StorageFile {
        let flags = access == .readWrite ? O_RDWR : O_RDONLY
        return try Self.open(name, in: path, flags: flags, cache: blocks)
    }

    public func remove(_ name: String) throws(StorageError) {
        guard access == .readWrite else { throw .failed(operation: .remove, name: name, code: EROFS) }
        guard unlink(path + "/" + name) == 0 else { throw .failed(operation: .remove, name: name, code: errno) }
        try directory.syncWithMetadata()
    }

    private func make(
        _ name: String, fill: (DescriptorFile) throws(StorageError) -> Void
    ) throws(StorageError) -> DescriptorFile {
        guard access == .readWrite else { throw .failed(operation: .create, name: name, code: EROFS) }
        let final = path + "/" + name
        let temporary = final + StorageNames.temporarySuffix
        // Nobody else writes here while the lock is held, so that asking first is enough.
        guard Glibc.access(final, F_OK) != 0 else { throw .failed(operation: .create, name: name, code: EEXIST) }
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

    public func prepare(byteCount: UInt64) {
        spare.withLock { spare in
            guard access == .readWrite, spare == nil else { return }
            let temporary = path + "/" + Self.spareName
            do throws(StorageError) {
                let file = try DescriptorFile(
                    temporary, name: Self.spareName, flags: O_RDWR | O_CREAT | O_TRUNC, operation: .create)
                try Self.fill(file, byteCount)
                try file.syncWithMetadata()
                spare = (file, byteCount)
            } catch {
                // Whatever it was, the next segment meets it too, and tells.
                unlink(temporary)
            }
        }
    }

    /// Gives the spare file a name, if there is one of this size.
    private func takeSpare(_ name: String, _ byteCount: UInt64) throws(StorageError) -> (any StorageFile)? {
        try spare.withLock { (spare) throws(StorageError) -> (any StorageFile)? in
            guard spare?.byteCount == byteCount else { return nil }
            guard Glibc.access(path + "/" + name, F_OK) != 0 else {
                throw .failed(operation: .create, name: name, code: EEXIST)
            }
            spare = nil
            guard rename(path + "/" + Self.spareName, path + "/" + name) == 0 else {
                throw .failed(operation: .create, name: name, code: errno)
            }
            try directory.syncWithMetadata()
            return try open(name)
        }
    }

    private static func fill(_ file: DescriptorFile, _ byteCount: UInt64) throws(StorageError) {
        // Reserved now, so that a full disk is met here and not in the middle of a commit.
        let code = posix_fallocate(file.descriptor, 0, off_t(clamping: byteCount))
        guard code == 0 else { throw .failed(operation: .create, name: file.name, code: code) }
        // And written, so that a sync rests on the commit's own bytes. Of space that is reserved and no more a file
        // system has to note durably that it now holds something. That takes as long again, and an ext4 whose own
        // journal had just failed has been seen to call such a sync done.
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

    private func hold(_ lock: DescriptorFile, _ kind: Int32) throws(StorageError) {
        // The directory itself first, since the file `lock` can be deleted. On a network file system it may be that
        // files alone can be locked.
        if flock(directory.descriptor, kind | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw .inUse(name: path, processID: try Self.holder(of: lock))
        }
        guard flock(lock.descriptor, kind | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .failed(operation: .lock, name: path, code: errno) }
            throw .inUse(name: path, processID: try Self.holder(of: lock))
        }
    }

    /// The process that wrote the lock's file, unless it is gone: then somebody holds it who only reads.
    private static func holder(of lock: DescriptorFile) throws(StorageError) -> Int32? {
        var text = [UInt8](repeating: 0, count: 16)
        var span = text.mutableSpan
        var bytes = span.mutableBytes
        let count = try bytes.withUnsafeMutableBytes { (buffer) throws(StorageError) in
            try lock.read(into: buffer, at: 0)
        }
        let number = Int32(String(decoding: text.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
        guard let number, number > 0, kill(number, 0) == 0 || errno == EPERM else { return nil }
        return number
    }
}
