public import NIOCore

/// What the application makes of a request's head.
public enum Admission {
    /// It has called ``Exchange/respond(_:)``. A body that may follow is thrown away.
    case answered
    /// It will call ``Exchange/respond(_:)`` later. A body that may follow is thrown away.
    case pending
    /// It wants the body, at most so many bytes of it; a longer one is answered with 413 by the transport.
    case body(any BodyConsumer, bytesMax: Int)
}

/// Takes one request's body on the event loop, in order.
///
/// After `ended`, after `aborted` and after the application's answer it is not called again.
public protocol BodyConsumer: AnyObject {
    /// Some bytes; never empty. The buffer shares memory with the socket's reads: copy what is kept for long.
    func received(_ bytes: ByteBuffer)
    /// The body is complete.
    func ended()
    /// The body will not be complete: the connection is gone, or the body is malformed, too long or too slow.
    /// The transport has answered or nobody is there to answer.
    func aborted()
}

/// The service above the transport. Called on event loops, from several threads at once: it must never block.
public protocol Application: Sendable {
    /// Decides on a request when its head is complete, before any of its body is read.
    func begin(_ request: Request, _ exchange: Exchange) -> Admission

    /// The answer to what the transport itself refuses, so that all problems look alike.
    ///
    /// - Parameters:
    ///   - status: the status code, 4xx or 5xx.
    ///   - code: a stable kebab-case word for the problem.
    ///   - detail: one English sentence that holds nothing of what the client sent.
    ///   - requestID: the id that the answer will bear.
    func problem(status: Int, code: String, detail: String, requestID: RequestID) -> Response
}
