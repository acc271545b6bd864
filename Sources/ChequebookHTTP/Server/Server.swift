import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Listens on a loopback address and serves HTTP/1.1 on a few event loops.
///
/// Its methods block their caller. Call them from the process's own threads, never from an event loop or a task.
public final class Server: Sendable {
    private enum Phase {
        case new
        case starting
        case running(listener: any Channel, loops: [NIOLoopBound<LoopContext>])
        case ended
    }

    private let application: any Application
    private let limits: ServerLimits
    private let group: MultiThreadedEventLoopGroup
    private let phase = Mutex(Phase.new)

    /// A server of so many threads, each with an event loop; it listens only after ``start(host:port:)``, and its
    /// threads end with ``shutdown(deadlineSeconds:)``.
    public init(application: any Application, limits: ServerLimits = ServerLimits(), threads: Int) {
        self.application = application
        self.limits = limits
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    }

    /// Begins to listen. Port 0 takes a free one.
    ///
    /// - Returns: the port.
    /// - Throws: ``ServerError/notLoopback(host:)`` for any host beyond this machine, whoever asks; what the system
    ///   says if the host is unknown or the port is taken.
    public func start(host: String, port: Int) throws -> Int {
        let address = try LoopbackAddress(host: host, port: port).address
        try phase.withLock { phase in
            guard case .new = phase else { throw ServerError.alreadyStarted }
            phase = .starting
        }
        do {
            let (listener, loops) = try listen(on: address)
            phase.withLock { $0 = .running(listener: listener, loops: loops) }
            return listener.localAddress?.port ?? port
        } catch {
            phase.withLock { $0 = .new }
            throw error
        }
    }

    private func listen(on address: SocketAddress) throws -> (any Channel, [NIOLoopBound<LoopContext>]) {
        let tally = ConnectionTally(limits: limits)
        let loops = try group.makeIterator().map { [limits] loop in
            let context = loop.submit {
                NIOLoopBound(LoopContext(eventLoop: loop, limits: limits, tally: tally), eventLoop: loop)
            }
            return try context.wait()
        }
        return (try bootstrap(loops: loops, tally: tally).bind(to: address).wait(), loops)
    }

    private func bootstrap(loops: [NIOLoopBound<LoopContext>], tally: ConnectionTally) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: limits.backlogConnections)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                // Out of descriptors, it waits a little instead of asking again at once.
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            // A client may close its side after its last request and still read the answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // One read for each turn bounds what is decoded before a handler can stop the next one.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [application, limits] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop })?.value else { return }
                    switch tally.enter() {
                    case .served:
                        try channel.pipeline.syncOperations.addHandlers([
                            ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: .init(limits))),
                            ConnectionHandler(application: application, loop: loop),
                        ])
                    case .refused:
                        try channel.pipeline.syncOperations.addHandler(
                            ConnectionHandler(application: application, loop: loop, isRefused: true))
                    case .dropped:
                        channel.close(promise: nil)
                    }
                }
            }
    }

    /// Stops accepting, closes idle connections, lets each other one have its current answer, and ends the threads.
    ///
    /// - Parameter deadlineSeconds: when it is over, connections that are still open are cut.
    public func shutdown(deadlineSeconds: Int64) throws {
        let last = phase.withLock { phase in
            defer { phase = .ended }
            return phase
        }
        if case .ended = last { return }
        if case .running(let listener, let loops) = last {
            try? listener.close().wait()
            let drained = loops.map { loop in
                let promise = loop.eventLoop.makePromise(of: Void.self)
                loop.eventLoop.execute { loop.value.quiesce(deadlineSeconds: deadlineSeconds, drained: promise) }
                return promise.futureResult
            }
            for future in drained { try future.wait() }
            for loop in loops {
                try loop.eventLoop.submit { loop.value.stop() }.wait()
            }
        }
        try group.syncShutdownGracefully()
    }
}

extension NIOHTTPDecoderLimitConfiguration {
    /// The limits that the decoder itself watches.
    init(_ limits: ServerLimits) {
        self.init()
        maxHeaderFieldSize = limits.headerBytesMax
        maxHeaderListSize = limits.headerBytesMax
        maxHeaderFieldCount = limits.headerFieldsMax
    }
}
