import NIOHTTP1

/// A request that the transport refuses by itself. Its connection is closed after the answer, because the place where
/// the next request would begin is not certain, or not worth waiting for.
struct Refusal: Error, Equatable {
    let status: Int
    let code: String
    let detail: String

    static let tooLarge = Refusal(status: 413, code: "body-too-large", detail: "The request's body is too large.")
    static let tooManyConnections = Refusal(
        status: 503, code: "too-many-connections", detail: "The server has as many connections as it takes.")
    static let headTooSlow = Refusal(
        status: 408, code: "request-timeout", detail: "The request's head did not arrive in time.")
    static let bodyTooSlow = Refusal(
        status: 408, code: "request-timeout", detail: "The request's body stopped arriving or arrives too slowly.")

    static func malformed(_ detail: String) -> Refusal {
        Refusal(status: 400, code: "malformed-request", detail: detail)
    }

    /// What the decoder threw, in the words of the answer.
    init(decoding error: any Error) {
        switch error as? HTTPParserError {
        case .headerOverflow?:
            self.init(status: 431, code: "header-too-large", detail: "The request's header fields are too large.")
        case .invalidVersion?:
            self.init(status: 505, code: "unsupported-version", detail: "Only HTTP/1.0 and HTTP/1.1 are spoken here.")
        default:
            self = .malformed("The bytes received are not an HTTP/1.1 request.")
        }
    }

    init(status: Int, code: String, detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }
}

/// The fields of a head that the transport acts upon, gathered in one pass.
struct HeadFields {
    private(set) var requestID: RequestID?
    private(set) var correlationID: RequestID?
    private var hosts = 0
    private var contentLengths = 0
    private var contentLengthBytes: Int?
    private var transferEncodings = 0
    private var isChunked = false
    private var expects = false
    private var expectsContinue = false
    private var upgrades = false

    init(_ headers: HTTPHeaders) {
        for (name, value) in headers {
            switch name.utf8.count {
            case 4 where name.matches("host"):
                hosts += 1
            case 6 where name.matches("expect"):
                expects = true
                expectsContinue = value.matches("100-continue")
            case 7 where name.matches("upgrade"):
                upgrades = true
            case 12 where name.matches("x-request-id"):
                requestID = RequestID(given: value)
            case 14 where name.matches("content-length"):
                contentLengths += 1
                // `Int` would take a sign.
                contentLengthBytes = value.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(value) : nil
            case 16 where name.matches("x-correlation-id"):
                correlationID = RequestID(given: value)
            case 17 where name.matches("transfer-encoding"):
                transferEncodings += 1
                isChunked = value.matches("chunked")
            default:
                break
            }
        }
    }

    /// The request, if it is sound.
    func request(
        _ head: HTTPRequestHead, requestID: RequestID, targetBytesMax: Int
    ) throws(Refusal) -> Request {
        try check(head, targetBytesMax: targetBytesMax)
        guard let target = Self.originForm(head.uri, method: head.method) else {
            throw .malformed("The request's target is neither a path nor a URL.")
        }
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        let isVersion10 = head.version == .http1_0
        return Request(
            method: Method(head.method),
            path: target[..<(mark ?? target.endIndex)],
            query: mark.map { target[target.utf8.index(after: $0)...] },
            headers: head.headers,
            bodyLength: transferEncodings > 0 ? .chunked : contentLengthBytes.map(BodyLength.declared) ?? .none,
            // The decoder stops for good after a request that offers another protocol, so such a connection ends.
            keepAlive: head.isKeepAlive && !upgrades && head.method != .CONNECT,
            requestID: requestID,
            correlationID: correlationID ?? requestID,
            awaitsContinue: expectsContinue && !isVersion10,
            isVersion10: isVersion10)
    }

    /// Refuses what RFC 9112 forbids or what leaves the body's end in doubt (request smuggling lives there).
    private func check(_ head: HTTPRequestHead, targetBytesMax: Int) throws(Refusal) {
        let isVersion10 = head.version == .http1_0
        guard isVersion10 || head.version == .http1_1 else {
            throw Refusal(decoding: HTTPParserError.invalidVersion)
        }
        guard head.uri.utf8.count <= targetBytesMax else {
            throw Refusal(status: 414, code: "target-too-long", detail: "The request's target is too long.")
        }
        guard hosts == 1 || (hosts == 0 && isVersion10) else {
            throw .malformed("A request has exactly one Host field.")
        }
        guard contentLengths + transferEncodings <= 1 else {
            throw .malformed("A request has at most one of Content-Length and Transfer-Encoding.")
        }
        guard contentLengths == 0 || contentLengthBytes != nil else {
            throw .malformed("Content-Length is a number of bytes.")
        }
        guard transferEncodings == 0 || (isChunked && !isVersion10) else {
            throw .malformed("The only Transfer-Encoding is chunked, and only in HTTP/1.1.")
        }
        guard !expects || expectsContinue || isVersion10 else {
            throw Refusal(
                status: 417, code: "expectation-failed", detail: "The only expectation understood is 100-continue.")
        }
    }

    /// Path and query of a target (RFC 9112, 3.2): of a URL what follows its authority; `*` and the authority of a
    /// CONNECT as they are.
    private static func originForm(_ target: String, method: HTTPMethod) -> Substring? {
        if target.utf8.first == UInt8(ascii: "/") { return target[...] }
        if target == "*" { return method == .OPTIONS ? target[...] : nil }
        if method == .CONNECT { return target[...] }
        for scheme in ["http://", "https://"] where target.prefix(scheme.count).lowercased() == scheme {
            let rest = target.dropFirst(scheme.count)
            let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            return rest[end...].utf8.first == UInt8(ascii: "/") ? rest[end...] : "/" + rest[end...]
        }
        return nil
    }
}

extension String {
    /// Equality without regard to ASCII case; the other side is given in lower case.
    func matches(_ lowercase: StaticString) -> Bool {
        guard utf8.count == lowercase.utf8CodeUnitCount else { return false }
        var expected = lowercase.utf8Start
        for byte in utf8 {
            let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            if lower != expected.pointee { return false }
            expected += 1
        }
        return true
    }
}
