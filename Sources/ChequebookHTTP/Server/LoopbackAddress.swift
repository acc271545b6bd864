import NIOCore

/// Why the server did not start.
public enum ServerError: Error, Equatable, CustomStringConvertible {
    /// The host is not, or does not resolve to, 127.0.0.0/8 or ::1.
    case notLoopback(host: String)
    /// The server has been started before.
    case alreadyStarted

    /// One sentence for the person who started the server.
    public var description: String {
        switch self {
        case .notLoopback(let host):
            "\(host) is not a loopback address; without authentication the service listens on 127.0.0.1 or ::1 only."
        case .alreadyStarted:
            "The server has been started already."
        }
    }
}

/// An address that only this machine can reach. The server binds to nothing else, and there is no other way to make one.
struct LoopbackAddress {
    let address: SocketAddress

    /// Resolves the host and looks at what came out, so that no name or hosts file can open the service.
    init(host: String, port: Int) throws {
        let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
        guard Self.isLoopback(address) else { throw ServerError.notLoopback(host: host) }
        self.address = address
    }

    static func isLoopback(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4(let address):
            withUnsafeBytes(of: address.address.sin_addr) { $0[0] == 127 }
        case .v6(let address):
            withUnsafeBytes(of: address.address.sin6_addr) { $0.dropLast().allSatisfy { $0 == 0 } && $0[15] == 1 }
        case .unixDomainSocket:
            false
        }
    }
}
