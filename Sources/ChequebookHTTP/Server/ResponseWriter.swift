import NIOCore
import NIOHTTP1

/// How an answer is framed, as its request and the connection's state have it.
struct AnswerFrame {
    var requestID: RequestID
    var correlationID: RequestID
    var isHead = false
    var isVersion10 = false
    var isLast = false

    /// For an answer that no readable request has asked for.
    init(withoutRequest id: RequestID) {
        requestID = id
        correlationID = id
    }

    init(_ head: HTTPRequestHead, fields: HeadFields, madeUp id: RequestID) {
        requestID = fields.requestID ?? id
        correlationID = fields.correlationID ?? requestID
        if case .HEAD = head.method { isHead = true }
        isVersion10 = head.version == .http1_0
    }
}

extension ByteBuffer {
    /// Writes status line and header fields, up to and including the empty line.
    ///
    /// `sharedFields` are those that all answers of this second have in common. The status line says HTTP/1.1 to
    /// HTTP/1.0 clients too, as RFC 9110, 6.2 asks: it is the server's version.
    mutating func writeHead(of response: Response, framedBy frame: AnswerFrame, sharedFields: ByteBuffer) {
        let byteCountMax = Self.headBytesMax(response, sharedFields)
        writeWithUnsafeMutableBytes(minimumWritableBytes: byteCountMax) { bytes in
            var head = HeadWriter(bytes)
            head.putHead(of: response, framedBy: frame, sharedFields: sharedFields)
            return head.count
        }
    }

    mutating func writeField(_ name: String, _ value: String) {
        writeWithUnsafeMutableBytes(minimumWritableBytes: HeadWriter.fieldBytes(name, value)) { bytes in
            var head = HeadWriter(bytes)
            head.putField(name, value)
            return head.count
        }
    }

    private static func headBytesMax(_ response: Response, _ sharedFields: ByteBuffer) -> Int {
        // What we write ourselves, with the two longest ids, takes less than half of it.
        var byteCount = 1_024 + sharedFields.readableBytes + (response.preparedFields?.bytes.readableBytes ?? 0)
        byteCount += response.contentType?.text.utf8CodeUnitCount ?? 0
        for (name, value) in response.headers { byteCount += HeadWriter.fieldBytes(name, value) }
        return byteCount
    }
}
