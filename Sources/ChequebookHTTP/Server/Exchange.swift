public import NIOCore

/// One request on its way to one answer.
///
/// It belongs to its event loop. Other threads may hold it and post it back through ``mailbox``, never call it.
///
/// `@unchecked Sendable`: the two `let`s are Sendable; every other member is touched by methods that first check
/// (in debug builds) that they run on the event loop, which is where the connection's handler lives too.
public final class Exchange: @unchecked Sendable {
    /// The loop on which everything about this exchange happens.
    public let eventLoop: any EventLoop
    /// The way back to the loop for other threads.
    public let mailbox: LoopMailbox
    private var handler: ConnectionHandler?
    private var isAnsweredByApplication = false

    init(handler: ConnectionHandler, loop: LoopContext) {
        self.handler = handler
        eventLoop = loop.eventLoop
        mailbox = loop.mailbox
    }

    /// True when nobody waits for an answer: it has been given, or the connection is gone, or the transport has
    /// answered itself (a malformed, slow or overlong body).
    public var isClosed: Bool {
        eventLoop.assertInEventLoop()
        return handler == nil || isAnsweredByApplication
    }

    /// Answers the request. Call it once; without effect when ``isClosed``, so that a late answer needs no check.
    public func respond(_ response: Response) {
        eventLoop.assertInEventLoop()
        assert(!isAnsweredByApplication, "an exchange has one answer")
        guard let handler, !isAnsweredByApplication else { return }
        isAnsweredByApplication = true
        handler.respond(response)
    }

    /// Stops the body: no part is delivered, at most one more read is taken from the socket, and then the client's
    /// sending stalls. Without effect before the body is admitted.
    public func pauseReading() {
        eventLoop.assertInEventLoop()
        guard !isAnsweredByApplication else { return }
        handler?.pauseReading()
    }

    /// Lets the body go on. Without effect when it is not paused.
    public func resumeReading() {
        eventLoop.assertInEventLoop()
        guard !isAnsweredByApplication else { return }
        handler?.resumeReading()
    }

    /// Readies it for the connection's next request. Only for an exchange that nobody else holds.
    func renew() {
        isAnsweredByApplication = false
    }

    /// Cuts it from its connection; whoever still holds it can no longer answer.
    func detach() {
        handler = nil
    }
}
