public import NIOCore

/// A media type as it stands in `Content-Type`.
public struct ContentType: Sendable {
    let text: StaticString

    /// Takes the field's value as it is written, parameters included; visible ASCII.
    public init(_ text: StaticString) {
        self.text = text
    }

    /// `application/json`
    public static let json = ContentType("application/json")
    /// `application/problem+json` (RFC 9457)
    public static let problem = ContentType("application/problem+json")
    /// `text/csv; charset=utf-8; header=present` (RFC 4180)
    public static let csv = ContentType("text/csv; charset=utf-8; header=present")
    /// `text/plain; charset=utf-8`
    public static let text = ContentType("text/plain; charset=utf-8")
}

/// Header fields in the bytes in which they are sent, for answers that are sent again and again.
public struct PreparedFields: Sendable {
    let bytes: ByteBuffer
    let hasCacheControl: Bool
    /// Written in front of the others.
    let entityTag: EntityTag?

    /// Takes what ``Response/headers`` takes.
    public init(_ fields: [(name: String, value: String)]) {
        var bytes = ByteBuffer()
        for (name, value) in fields { bytes.writeField(name, value) }
        self.bytes = bytes
        entityTag = nil
        hasCacheControl = fields.contains { $0.name.matches("cache-control") }
    }

    /// The same fields with a tag, which few answers have in common.
    init(_ fields: PreparedFields, _ tag: EntityTag) {
        (bytes, hasCacheControl, entityTag) = (fields.bytes, fields.hasCacheControl, tag)
    }
}

/// One answer. Its body is shared, never copied, so cached bytes may stand in many answers at once.
public struct Response: Sendable {
    /// The status code, 200 to 599.
    public var status: Int
    /// The body's media type; nil for an answer without content.
    public var contentType: ContentType?
    /// More header fields. `Cache-Control` here replaces `no-store`; the fields that the transport writes itself
    /// (framing, `Date`, ids, `Content-Type`) do not belong here.
    public var headers: [(name: String, value: String)]
    /// Still more header fields, under the same rules; nil for none.
    public var preparedFields: PreparedFields?
    /// The body. For HEAD the transport sends its length alone, for 204 and 304 nothing of it.
    public var body: ByteBuffer

    /// An answer with content.
    public init(
        status: Int = 200, contentType: ContentType?, headers: [(name: String, value: String)] = [], body: ByteBuffer
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// An answer without content.
    public init(status: Int, headers: [(name: String, value: String)] = []) {
        self.init(status: status, contentType: nil, headers: headers, body: ByteBuffer())
    }

    /// RFC 9110, 6.4.1: these have no content, whatever the method.
    var isWithoutContent: Bool {
        status == 204 || status == 304
    }
}
