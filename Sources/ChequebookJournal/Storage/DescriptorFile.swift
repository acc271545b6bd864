import CCachedRead
import Glibc

/// A file of a ``FileStorage``: one descriptor, closed with the object.
final class DescriptorFile: StorageFile {
    let name: String
    let descriptor: Int32

    init(_ path: String, name: String, flags: Int32, operation: StorageOperation) throws(StorageError) {
        // Close on exec: a child that inherited the lock's descriptor would hold the directory after our end.
        let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .failed(operation: operation, name: name, code: errno) }
        // Noting when a file was last read would cost each reading a tenth. Only the file's owner may leave it out.
        chequebook_leave_access_time(descriptor)
        self.name = name
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    func byteCount() throws(StorageError) -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .failed(operation: .size, name: name, code: errno) }
        return UInt64(clamping: status.st_size)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
        guard let base = buffer.baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            let count = pread(descriptor, base + done, buffer.count - done, off_t(clamping: byteOffset) + done)
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                throw .failed(operation: .read, name: name, code: errno)
            }
        }
        return done
    }

    func readCached(
        into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64
    ) throws(StorageError) -> Int? {
        guard let base = buffer.baseAddress else { return 0 }
        var done = 0
        while done < buffer.count {
            let offset = off_t(clamping: byteOffset) + done
            let count = chequebook_cached_pread(descriptor, base + done, buffer.count - done, offset)
            if count == 0 { break }
            if count > 0 {
                done += count
            } else if errno != EINTR {
                // Whatever is wrong, the road that may wait will meet it again and say what it is.
                return nil
            }
        }
        return done
    }

    func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
        guard let base = bytes.baseAddress else { return }
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, base + done, bytes.count - done, off_t(clamping: byteOffset) + done)
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                // A write of nothing says nothing in errno; the one reason it can have is a full device.
                throw .failed(operation: .write, name: name, code: count == 0 ? ENOSPC : errno)
            }
        }
    }

    func sync() throws(StorageError) {
        guard fdatasync(descriptor) == 0 else { throw .failed(operation: .sync, name: name, code: errno) }
    }

    func settle() throws(StorageError) {
        try sync()
        // Whatever is in memory is clean now, so all of it can go.
        let code = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        guard code == 0 else { throw .failed(operation: .sync, name: name, code: code) }
    }

    /// For new files and directories, whose names and sizes have to be durable too.
    func syncWithMetadata() throws(StorageError) {
        guard fsync(descriptor) == 0 else { throw .failed(operation: .sync, name: name, code: errno) }
    }
}
