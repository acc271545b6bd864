import Glibc

/// Where an export goes: standard output, or a file that has its name only when it is whole.
final class ExportOutput {
    /// Why nothing more can be written.
    enum Failure: Error, CustomStringConvertible {
        /// Whoever read the pipe has gone.
        case closed
        case exists(path: String)
        case failed(path: String, code: Int32)

        var description: String {
            switch self {
            case .closed: "the pipe was closed"
            case .exists(let path): "\(path) is there already"
            case .failed(let path, let code): "\(path) cannot be written: \(String(cString: strerror(code)))"
            }
        }
    }

    private static let temporarySuffix = ".new"

    private let descriptor: Int32
    /// Nil for standard output.
    private let path: String?
    private var isTemporary: Bool

    /// - Parameter path: of a file that must not be there; nil for standard output.
    init(path: String?) throws(Failure) {
        self.path = path
        guard let path else {
            descriptor = STDOUT_FILENO
            isTemporary = false
            return
        }
        guard access(path, F_OK) != 0 else { throw .exists(path: path) }
        // It holds patients' numbers, so it is nobody else's.
        let temporary = path + Self.temporarySuffix
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? .exists(path: temporary) : .failed(path: temporary, code: errno)
        }
        isTemporary = true
    }

    deinit {
        guard let path else { return }
        close(descriptor)
        if isTemporary { unlink(path + Self.temporarySuffix) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count == 0 || errno != EINTR {
                throw errno == EPIPE ? Failure.closed : failure(count == 0 ? ENOSPC : errno)
            } else if Interruption.isAsked {
                throw Interruption.Asked()
            }
        }
    }

    /// Says that it is whole: a file is durable and has its name on return.
    func finish() throws {
        guard let path else { return }
        guard fsync(descriptor) == 0 else { throw failure(errno) }
        // Unlike a rename, a link never takes the place of a file that somebody has made meanwhile.
        let temporary = path + Self.temporarySuffix
        guard link(temporary, path) == 0 else { throw errno == EEXIST ? Failure.exists(path: path) : failure(errno) }
        unlink(temporary)
        isTemporary = false
        if let code = Directory.sync(containing: path) { throw failure(code) }
    }

    private func failure(_ code: Int32) -> Failure { .failed(path: path ?? "standard output", code: code) }
}

/// Directories, beyond what a storage does with its own.
enum Directory {
    /// Makes the names in the directory that holds `path` durable; the error's number if that fails.
    static func sync(containing path: String) -> Int32? {
        // Foundation's own way to the parent crashes on a name of one character.
        let parent = path.lastIndex(of: "/").map { path[...$0] } ?? "."
        let descriptor = open(String(parent), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 ? nil : errno
    }
}
