import Glibc

/// The bytes of a file or of standard input, in pieces.
final class ImportInput {
    /// Why it cannot be read.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: Int32
    private let name: String
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    /// How long it is; nil if nobody knows.
    let byteCount: Int?
    private(set) var bytesRead = 0

    /// - Parameter path: `-` for standard input.
    init(path: String) throws(Failure) {
        name = path == "-" ? "standard input" : path
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw Self.failure(name, errno) }
        self.descriptor = descriptor
        byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
        piece.deallocate()
    }

    /// The next bytes, good until the next call; nil behind the last.
    func read() throws -> UnsafeRawBufferPointer? {
        while true {
            let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
            if count > 0 {
                bytesRead += count
                return UnsafeRawBufferPointer(rebasing: piece[..<count])
            }
            if count == 0 { return nil }
            guard errno == EINTR else { throw Self.failure(name, errno) }
            try Interruption.check()
        }
    }

    private static func failure(_ name: String, _ code: Int32) -> Failure {
        Failure(description: "\(name) cannot be read: \(String(cString: strerror(code)))")
    }
}
