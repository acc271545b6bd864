import NIOCore
import NIOHTTP1

/// Answers every request with the same bytes: a GET at once, any other when its body has ended.
///
/// It does what every server of this contract has to do for an answer, echo or make up the request's id, and nothing
/// else.
final class ConstantHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let constant: ConstantAnswer
    private var requestID = ""
    private var keepAlive = true
    private var requests = UInt64.random(in: .min ... .max)

    init(_ constant: ConstantAnswer) {
        self.constant = constant
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
        var headers = constant.headers
        headers.reserveCapacity(headers.count + 3)
        headers.add(name: "X-Request-ID", value: requestID)
        headers.add(name: "X-Correlation-ID", value: requestID)
        if !keepAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: constant.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(constant.body))), promise: nil)
        guard keepAlive else {
            let promise = context.eventLoop.makePromise(of: Void.self)
            promise.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            return context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
        }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// 32 hexadecimal digits, the first half zero.
    private func makeRequestID() -> String {
        requests &+= 1
        return String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<32 {
                let digit = place < 16 ? 0 : UInt8(truncatingIfNeeded: requests >> UInt64(4 * (31 - place))) & 0xF
                digits[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 32
        }
    }
}
