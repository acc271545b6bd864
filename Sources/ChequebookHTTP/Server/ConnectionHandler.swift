import NIOCore
import NIOHTTP1

/// Serves one connection: takes the decoder's parts, asks the application, writes answers.
///
/// What may happen when is decided by ``ConnectionState``; this type performs it. Requests are answered strictly in
/// order. Parts that come too early wait in `waiting`, and while any do the socket is not read, so that what waits is
/// bounded by one read. Answers to one read are gathered and cost one write.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Item {
        case part(HTTPServerRequestPart)
        case failure(Refusal)
    }

    /// Where it stands in its loop's list; the list's alone.
    var place = 0

    let loop: LoopContext
    private(set) var context: ChannelHandlerContext?
    private(set) var hasInputEnded = false
    var state: ConnectionState
    var frame: AnswerFrame
    var outbox = Outbox()
    var pace = BodyPace()
    var progress = WriteProgress()
    var idleSinceMilliseconds: Int64
    var lingersUntilMilliseconds: Int64?
    /// Bytes came of which the decoder could not yet make a head.
    private(set) var hasPartialHead = false

    let application: any Application
    private let isRefused: Bool
    var exchange: Exchange?
    private var consumer: (any BodyConsumer)?
    private var waiting = CircularBuffer<Item>(initialCapacity: 0)
    private var isInBurst = false
    var isProcessing = false
    var isPaused = false
    private var isReadSuppressed = false
    private var hasDecoderFailed = false

    init(application: any Application, loop: LoopContext, isRefused: Bool = false) {
        self.application = application
        self.loop = loop
        self.isRefused = isRefused
        state = ConnectionState(drainBytesMax: loop.limits.drainBytesMax)
        frame = AnswerFrame(withoutRequest: loop.makeRequestID())
        idleSinceMilliseconds = loop.nowMilliseconds
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.add(self)
    }

    func channelActive(context: ChannelHandlerContext) {
        if isRefused {
            fail(.tooManyConnections)
        } else if loop.isQuiescing {
            quiesce()
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        connectionClosed()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connectionClosed()
        self.context = nil
        loop.remove(self)
    }

    private func connectionClosed() {
        let isAborted = state.closed()
        exchange?.detach()
        exchange = nil
        waiting.removeAll()
        let consumer = takeConsumer()
        if isAborted { consumer?.aborted() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if state.isOver { return }
        isInBurst = true
        hasPartialHead = false
        take(.part(unwrapInboundIn(data)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The decoder repeats itself for every read after its first error.
        if hasDecoderFailed || state.isOver { return }
        guard error is HTTPParserError else { return context.close(promise: nil) }
        hasDecoderFailed = true
        take(.failure(Refusal(decoding: error)))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if !isInBurst && state.isIdle { hasPartialHead = true }
        endBurst()
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent {
            hasInputEnded = true
            endBurst()
            if lingersUntilMilliseconds != nil { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { processWaiting() }
        context.fireChannelWritabilityChanged()
    }

    func read(context: ChannelHandlerContext) {
        if mayRead {
            context.read()
        } else {
            isReadSuppressed = true
        }
    }

    private var mayRead: Bool { state.isOver || (waiting.isEmpty && !isPaused) }

    private func readIfSuppressed() {
        guard isReadSuppressed, mayRead else { return }
        isReadSuppressed = false
        context?.read()
    }

    private func endBurst() {
        isInBurst = false
        flush()
        finishIfInputEnded()
    }

    private func finishIfInputEnded() {
        if hasInputEnded, waiting.isEmpty, !state.isOver, state.finishing() { finishOutput(lingers: false) }
    }

    private func take(_ item: Item) {
        guard !isProcessing, waiting.isEmpty, canProcess(item) else { return waiting.append(item) }
        isProcessing = true
        process(item)
        isProcessing = false
    }

    /// Goes on with what waits as far as it may, and with reading when nothing waits any more.
    func processWaiting() {
        if isProcessing { return }
        isProcessing = true
        while let item = waiting.first, canProcess(item) {
            waiting.removeFirst()
            process(item)
        }
        isProcessing = false
        if !isInBurst {
            flush()
            finishIfInputEnded()
        }
        readIfSuppressed()
    }

    private func canProcess(_ item: Item) -> Bool {
        if state.isReceiving { return !isPaused }
        return state.isOver || (state.isIdle && context?.channel.isWritable == true)
    }

    private func process(_ item: Item) {
        if state.isOver { return }
        switch item {
        case .part(.head(let head)): begin(head)
        case .part(.body(let bytes)): received(bytes)
        case .part(.end): ended()
        case .failure(let refusal): fail(refusal)
        }
    }

    private func begin(_ head: HTTPRequestHead) {
        let fields = HeadFields(head.headers)
        frame = AnswerFrame(head, fields: fields, madeUp: loop.makeRequestID())
        let request: Request
        do throws(Refusal) {
            request = try fields.request(
                head, requestID: frame.requestID, targetBytesMax: loop.limits.targetBytesMax)
        } catch {
            return refuse(error)
        }
        state.began(request.bodyLength, keepAlive: request.keepAlive, awaitsContinue: request.awaitsContinue)
        pace.began(now: loop.nowMilliseconds)
        let admission = application.begin(request, nextExchange())
        guard case .body(let consumer, let bytesMax) = admission, state.isAnswerDue else { return }
        self.consumer = consumer
        switch state.admittedBody(bytesMax: bytesMax) {
        case .none: break
        case .sendContinue:
            outbox.addContinue(loop)
            if !isInBurst { flush() }
        case .refuseTooLarge: fail(.tooLarge)
        }
    }

    private func received(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        pace.received(bytes: bytes.readableBytes, now: loop.nowMilliseconds)
        switch state.received(bytes: bytes.readableBytes) {
        case .deliver: consumer?.received(bytes)
        case .discard: break
        case .refuseTooLarge: fail(.tooLarge)
        case .linger: finishOutput(lingers: true)
        }
    }

    private func ended() {
        switch state.ended() {
        case .none: break
        case .deliverEnd: takeConsumer()?.ended()
        case .serveNext: idleSinceMilliseconds = loop.nowMilliseconds
        case .linger: finishOutput(lingers: true)
        }
    }

    /// An exchange that the application has let go of serves again. One that it still holds must never answer a later
    /// request, so it is cut off and replaced.
    private func nextExchange() -> Exchange {
        if isKnownUniquelyReferenced(&exchange), let exchange {
            exchange.renew()
            return exchange
        }
        exchange?.detach()
        let new = Exchange(handler: self, loop: loop)
        exchange = new
        return new
    }

    func takeConsumer() -> (any BodyConsumer)? {
        defer { consumer = nil }
        return consumer
    }

    func pauseReading() {
        guard state.isDelivering, !isPaused else { return }
        isPaused = true
        pace.paused(now: loop.nowMilliseconds)
    }

    func resumeReading() {
        guard isPaused else { return }
        isPaused = false
        pace.resumed(now: loop.nowMilliseconds)
        processWaiting()
    }

    /// Forgets what waits, once the connection is over, and reads on to see the client go.
    func stopServing() {
        waiting.removeAll()
        isPaused = false
        readIfSuppressed()
    }
}
