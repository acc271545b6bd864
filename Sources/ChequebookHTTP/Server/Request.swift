public import NIOHTTP1

/// The methods that a route can tell apart.
public enum Method: Sendable {
    case get, head, post, put, delete, options, patch, other

    init(_ method: HTTPMethod) {
        self =
            switch method {
            case .GET: .get
            case .HEAD: .head
            case .POST: .post
            case .PUT: .put
            case .DELETE: .delete
            case .OPTIONS: .options
            case .PATCH: .patch
            default: .other
            }
    }
}

/// How the end of a request's body is known.
public enum BodyLength: Sendable, Equatable {
    /// Neither a length nor a coding was given: there is no body.
    case none
    /// `Content-Length`, in bytes.
    case declared(Int)
    /// `Transfer-Encoding: chunked`: known when it ends.
    case chunked
}

/// The head of one request, checked by the transport: framing, host and target are sound.
public struct Request: Sendable {
    /// The method; one that the service has no use for is `other`.
    public let method: Method
    /// The raw target before `?`, not percent-decoded; of an absolute target only its path. `*` only in `OPTIONS *`.
    public let path: Substring
    /// The raw target after `?`, not percent-decoded; nil without a `?`.
    public let query: Substring?
    /// The header fields as they came.
    public let headers: HTTPHeaders
    /// How long the body is.
    public let bodyLength: BodyLength
    /// False when the client asked for the connection to be closed after the answer.
    public let keepAlive: Bool
    /// The client's `X-Request-ID`, or one made up.
    public let requestID: RequestID
    /// The client's `X-Correlation-ID`, or the request id.
    public let correlationID: RequestID
    /// The client sends its body only after `100 Continue`.
    let awaitsContinue: Bool
    /// HTTP/1.0: a connection stays open only if both sides say so.
    let isVersion10: Bool

    /// The declared length of the body in bytes; nil for a chunked body, 0 without a body.
    public var contentLengthBytes: Int? {
        switch bodyLength {
        case .none: 0
        case .declared(let bytes): bytes
        case .chunked: nil
        }
    }
}
