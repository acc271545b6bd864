import Glibc

/// A blocking HTTP client of one connection that knows no more than `Content-Length`.
final class PlainClient {
    struct Answer {
        let status: Int
        let body: String
    }

    struct Broken: Error {}

    private let socket: Int32
    private var buffer: [UInt8] = []

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        guard code == 0 else { throw Broken() }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    func close() { Glibc.close(socket) }

    /// Has nothing more to send; what comes is still read.
    func endSending() { shutdown(socket, Int32(SHUT_WR)) }

    func send(_ request: ReferenceRequest) throws -> Answer {
        try sendAway(request)
        return try answer()
    }

    /// Sends without waiting for the answer.
    func sendAway(_ request: ReferenceRequest) throws {
        let body = Array((request.body ?? "").utf8)
        var head = "\(request.method) \(request.path) HTTP/1.1\r\nHost: localhost\r\n"
        if let type = request.contentType { head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n" }
        try write(Array((head + "\r\n").utf8) + body)
    }

    private func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, 0) }
            guard count > 0 else { throw Broken() }
            sent += count
        }
    }

    /// The next answer.
    func answer() throws -> Answer {
        let separator = Array("\r\n\r\n".utf8)
        var end = buffer.firstRange(of: separator)
        while end == nil {
            try receive()
            end = buffer.firstRange(of: separator)
        }
        guard let end else { throw Broken() }
        let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let length = lines.compactMap { line in
            line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).filter(\.isNumber)) : nil
        }.first
        guard let length, let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw Broken()
        }
        while buffer.count < end.upperBound + length { try receive() }
        let body = String(decoding: buffer[end.upperBound..<end.upperBound + length], as: UTF8.self)
        buffer.removeFirst(end.upperBound + length)
        return Answer(status: status, body: body)
    }

    private func receive() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { throw Broken() }
        buffer.append(contentsOf: chunk[..<count])
    }
}
