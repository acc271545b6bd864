import Foundation

/// A blocking client over a bare socket, so that a test can send what no HTTP library would.
final class RawClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    private var start = 0

    /// - Parameter timeoutSeconds: how long a send or a receive may take without any progress.
    init(port: Int, timeoutSeconds: Int = 20) throws {
        // Not inherited: a service started meanwhile must not keep this connection open.
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw Failure(description: "cannot connect: \(String(cString: strerror(code)))")
        }
    }

    deinit {
        close(descriptor)
    }

    func send(_ request: RawRequest) throws {
        try send(request.bytes)
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: some Collection<UInt8>) throws {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "send: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Sends a request and receives its answer.
    func ask(_ request: RawRequest) throws -> RawAnswer {
        try send(request)
        return try answer(toHead: request.method == "HEAD")
    }

    /// The next answer, an interim one included.
    ///
    /// - Parameter toHead: whether it answers a HEAD: a length may be named, no body follows.
    func answer(toHead: Bool = false) throws -> RawAnswer {
        if start == received.count {
            received.removeAll(keepingCapacity: true)
            start = 0
        }
        var answer = try head()
        let hasNoBody = toHead || answer.status < 200 || answer.status == 204 || answer.status == 304
        if hasNoBody { return answer }
        if answer["Transfer-Encoding"]?.lowercased() == "chunked" {
            answer.body = try chunks()
        } else if let length = answer["Content-Length"] {
            guard let count = Int(length) else { throw Failure(description: "Content-Length is \(length)") }
            answer.body = try take(count)
        } else {
            while try receive() {}
            answer.body = try take(received.count - start)
        }
        return answer
    }

    /// Whether the service has closed the connection and nothing is left to be read.
    func isClosedByServer() -> Bool {
        guard start == received.count else { return false }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    private func head() throws -> RawAnswer {
        let status = try line().split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard status.count == 3, status[0] == "HTTP/1.1", let code = Int(status[1]) else {
            throw Failure(description: "no status line: \(status)")
        }
        var answer = RawAnswer(status: code, reason: String(status[2]), headers: [])
        while true {
            let line = try line()
            if line.isEmpty { return answer }
            guard let colon = line.firstIndex(of: ":") else { throw Failure(description: "no header field: \(line)") }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            answer.headers.append((String(line[..<colon]), value))
        }
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            guard let count = Int(try line().prefix { $0 != ";" }, radix: 16) else {
                throw Failure(description: "no chunk size")
            }
            body += try take(count)
            guard try line().isEmpty else { throw Failure(description: "a chunk is longer than its size") }
            if count == 0 { return body }
        }
    }

    private func line() throws -> String {
        var searched = start
        while true {
            if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[start..<end]
                start = end + 1
                return String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
            }
            searched = received.count
            guard try receive() else { throw Failure(description: "closed in the middle of an answer") }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while received.count - start < count {
            guard try receive() else { throw Failure(description: "closed in the middle of a body") }
        }
        defer { start += count }
        return Array(received[start..<start + count])
    }

    private func receive() throws -> Bool {
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { received.append(contentsOf: buffer[..<count]) }
            return count
        }
        guard count >= 0 else { throw Failure(description: "receive: \(String(cString: strerror(errno)))") }
        return count > 0
    }
}
