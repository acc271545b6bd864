import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

// The bound that the service's requests are measured against: SwiftNIO's own HTTP/1.1 decoder and encoder, and a
// handler that does nothing but answer constant bytes. The pipelining handler is left out: this one answers at once,
// so it would only make the bound lower.
//
//     constant-peer PORT THREADS <ANSWER
//
// ANSWER is a whole HTTP/1.1 answer with a Content-Length, as `curl --include` prints it.

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
guard numbers.count == 2, let answer = ConstantAnswer({ readLine(strippingNewline: false) }) else {
    print("usage: constant-peer PORT THREADS <ANSWER")
    exit(64)
}
let group = MultiThreadedEventLoopGroup(numberOfThreads: numbers[1])
let channel = try ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: 1_024)
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false)
            try channel.pipeline.syncOperations.addHandler(ConstantHandler(answer))
        }
    }
    .bind(host: "127.0.0.1", port: numbers[0])
    .wait()
try channel.closeFuture.wait()
