import Glibc

/// A blocking client over a bare socket, so that tests can send what no HTTP library would.
final class TestClient {
    struct Answer {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: String

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    struct Failure: Error {
        let operation: String
        let code: Int32
    }

    private let descriptor: Int32
    private var received: [UInt8] = []

    /// `receiveBufferBytes` makes a client whose kernel takes little for it.
    init(port: Int, receiveBufferBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        if var bytes = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(operation: "connect", code: errno) }
    }

    deinit {
        Glibc.close(descriptor)
    }

    func send(_ text: String) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { throw Failure(operation: "send", code: errno) }
            bytes = bytes.dropFirst(sent)
        }
    }

    /// Sends until the kernel takes no more for `quietMilliseconds`, at most `bytesMax`; the bytes that were taken.
    func sendUntilBlocked(bytesMax: Int, quietMilliseconds: Int32 = 300) -> Int {
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
        var total = 0
        while total < bytesMax {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&waiting, 1, quietMilliseconds) == 1 else { return total }
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let sent = Glibc.send(descriptor, chunk, min(chunk.count, bytesMax - total), flags)
            guard sent > 0 else { return total }
            total += sent
        }
        return total
    }

    /// The client has sent all that it will send.
    func endSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Closes so that the server sees a reset instead of an orderly end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// The next answer; `toHead` for one that has a length and no body.
    func answer(toHead: Bool = false) throws -> Answer {
        let head = try line(endingWith: Array("\r\n\r\n".utf8))
        var lines = head.split(separator: "\r\n").map(String.init)
        let status = Int(lines.removeFirst().split(separator: " ")[1]) ?? 0
        let headers = lines.compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), String(line[line.index(colon, offsetBy: 2)...]))
        }
        var answer = Answer(status: status, headers: headers, body: "")
        if !toHead, let length = answer.header("Content-Length").flatMap(Int.init) {
            while received.count < length { guard try receive() else { break } }
            answer.body = String(decoding: received.prefix(length), as: UTF8.self)
            received.removeFirst(min(length, received.count))
        }
        return answer
    }

    /// True if the server has closed and nothing unread is left; a reset counts, a silence of ten seconds does not.
    func isClosedByServer() -> Bool {
        if !received.isEmpty { return false }
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        return count == 0 || (count < 0 && errno == ECONNRESET)
    }

    /// Everything until the server closes.
    func receiveAll() throws -> String {
        while try receive() {}
        return String(decoding: received, as: UTF8.self)
    }

    private func line(endingWith end: [UInt8]) throws -> String {
        while true {
            for index in 0..<max(0, received.count - end.count + 1)
            where received[index] == end[0] && Array(received[index..<index + end.count]) == end {
                defer { received.removeFirst(index + end.count) }
                return String(decoding: received[..<index], as: UTF8.self)
            }
            guard try receive() else { throw Failure(operation: "receive: closed", code: 0) }
        }
    }

    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Failure(operation: "receive", code: errno) }
        received.append(contentsOf: buffer[..<count])
        return count > 0
    }
}
