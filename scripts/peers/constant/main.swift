import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// The bound that the service's GET is measured against: SwiftNIO's own HTTP/1.1 decoder and encoder, and a handler that
/// does nothing but answer constant bytes. The pipelining handler is left out: this one answers at once, so it would
/// only make the bound lower.
///
///     constant-peer PORT [THREADS] [BODY-BYTES]
///
/// A GET is answered at once, any other request when its body has ended. It does what every service of this contract
/// has to do for an answer (echo or make up the request's id) and nothing else.
final class ConstantHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let body: ByteBuffer
    private let length: String
    private var requestID = ""
    private var keepAlive = true
    private var requests: UInt64 = UInt64.random(in: .min ... .max)

    init(body: ByteBuffer) {
        self.body = body
        length = String(body.readableBytes)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            keepAlive = head.isKeepAlive
            requestID = head.headers.first(name: "X-Request-ID") ?? makeRequestID()
        case .body:
            break
        case .end:
            answer(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }

    private func answer(_ context: ChannelHandlerContext) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(4)
        headers.add(name: "Content-Type", value: "application/json")
        headers.add(name: "Content-Length", value: length)
        headers.add(name: "X-Request-ID", value: requestID)
        if !keepAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        guard keepAlive else {
            let promise = context.eventLoop.makePromise(of: Void.self)
            promise.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func makeRequestID() -> String {
        requests &+= 1
        let digits = String(requests, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }
}

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard let port = numbers.first else {
    print("usage: constant-peer PORT [THREADS] [BODY-BYTES]")
    exit(64)
}
let threads = numbers.count > 1 ? numbers[1] : 1
let bodyBytes = numbers.count > 2 ? numbers[2] : 300

let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: bodyBytes)
let group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
let channel = try ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 1_024)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false)
            try channel.pipeline.syncOperations.addHandler(ConstantHandler(body: body))
        }
    }
    .bind(host: "127.0.0.1", port: port)
    .wait()
print("constant-peer: 127.0.0.1:\(port), \(threads) thread(s), \(bodyBytes) bytes")
try channel.closeFuture.wait()
