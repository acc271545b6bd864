import CCheckpoint
import Glibc
import Synchronization

/// A file that a child process writes from the memory as it was when the child was made.
///
/// A fork freezes gigabytes at one instant for the price of their page tables; everything else would need a barrier in
/// front of every write to them, or a pause.
final class FileCapture: StorageCapture {
    let isWhole = false
    private let name: String
    private let path: String
    private let directory: DescriptorFile
    private let child: pid_t
    /// Whether the child's end was taken note of: from then on its number may be another's.
    private let hasEnded = Mutex(false)

    /// - Parameters:
    ///   - path: the file's path, which nothing has yet.
    ///   - directory: the directory that it is in.
    init(
        _ name: String, path: String, directory: DescriptorFile, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) {
        self.name = name
        self.path = path
        self.directory = directory
        let temporary = path + StorageNames.temporarySuffix
        let file = try DescriptorFile(temporary, name: name, flags: O_RDWR | O_CREAT | O_TRUNC, operation: .capture)
        let imageBytes = pieces.reduce(0) { $0 + $1.count }
        // Reserved now, so that a checkpoint never takes the last room, which the journal needs.
        var code = posix_fallocate(
            file.descriptor, 0, off_t(head.count + CheckpointBlocks.fileBytes(imageBytes: imageBytes)))
        var child: pid_t = -1
        if code == 0 {
            let list = CheckpointBlocks.pieces(pieces)
            child = head.withUnsafeBytes { head in
                let head = chequebook_piece(bytes: head.baseAddress, byteCount: head.count)
                return chequebook_write_in_child(file.descriptor, head, list, list.count)
            }
            if child < 0 { code = errno }
        }
        self.child = child
        guard code == 0 else {
            unlink(temporary)
            throw .failed(operation: .capture, name: name, code: code)
        }
    }

    func finish() throws(StorageError) {
        let temporary = path + StorageNames.temporarySuffix
        do throws(StorageError) {
            try waitForChild()
            guard rename(temporary, path) == 0 else { throw .failed(operation: .capture, name: name, code: errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        try directory.syncWithMetadata()
    }

    func giveUp() {
        hasEnded.withLock { if !$0 { _ = kill(child, SIGKILL) } }
    }

    private func waitForChild() throws(StorageError) {
        var information = siginfo_t()
        while waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT) < 0 {
            guard errno == EINTR else { throw .failed(operation: .capture, name: name, code: errno) }
        }
        var status: Int32 = 0
        // It has ended, so this does not wait.
        let code = hasEnded.withLock { hasEnded -> Int32? in
            hasEnded = true
            return waitpid(child, &status, 0) < 0 ? errno : nil
        }
        if let code { throw .failed(operation: .capture, name: name, code: code) }
        // The low seven bits name a signal that ended it, the next eight its exit code.
        guard status & 0x7f == 0 else { throw .failed(operation: .capture, name: name, code: EINTR) }
        let exitCode = status >> 8 & 0xff
        guard exitCode == 0 else { throw .failed(operation: .capture, name: name, code: exitCode) }
    }
}
