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
        reserveCapacity(minimumWritableBytes: 512)
        writeStatusLine(response.status)
        writeImmutableBuffer(sharedFields)
        if !response.isWithoutContent {
            if let contentType = response.contentType {
                writeStaticString("Content-Type: ")
                writeStaticString(contentType.text)
                writeStaticString("\r\n")
            }
            writeStaticString("Content-Length: ")
            writeDecimal(response.body.readableBytes)
            writeStaticString("\r\n")
        }
        writeStaticString("X-Request-ID: ")
        write(frame.requestID)
        writeStaticString("\r\nX-Correlation-ID: ")
        write(frame.correlationID)
        writeStaticString("\r\n")
        var hasCacheControl = false
        if let prepared = response.preparedFields {
            hasCacheControl = prepared.hasCacheControl
            writeImmutableBuffer(prepared.bytes)
        }
        for (name, value) in response.headers {
            hasCacheControl = hasCacheControl || name.matches("cache-control")
            writeField(name, value)
        }
        if !hasCacheControl {
            writeStaticString("Cache-Control: no-store\r\n")
        }
        if frame.isLast {
            writeStaticString("Connection: close\r\n")
        } else if frame.isVersion10 {
            writeStaticString("Connection: keep-alive\r\n")
        }
        writeStaticString("\r\n")
    }

    private mutating func writeStatusLine(_ status: Int) {
        switch status {
        case 200: writeStaticString("HTTP/1.1 200 OK\r\n")
        case 201: writeStaticString("HTTP/1.1 201 Created\r\n")
        case 304: writeStaticString("HTTP/1.1 304 Not Modified\r\n")
        default:
            writeStaticString("HTTP/1.1 ")
            writeDecimal(status)
            writeStaticString(" ")
            writeString(HTTPResponseStatus(statusCode: status).reasonPhrase)
            writeStaticString("\r\n")
        }
    }

    private mutating func write(_ id: RequestID) {
        if let text = id.given {
            writeString(text)
        } else {
            writeWithUnsafeMutableBytes(minimumWritableBytes: 32) { id.writeDigits(into: $0) }
        }
    }

    /// Digits without a `String`; a length or a status, never negative.
    private mutating func writeDecimal(_ value: Int) {
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            writeInteger(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }

    mutating func writeField(_ name: String, _ value: String) {
        writeFieldText(name)
        writeStaticString(": ")
        writeFieldText(value)
        writeStaticString("\r\n")
    }

    /// A line break inside a field would begin another field or another answer, so control characters become spaces.
    private mutating func writeFieldText(_ text: String) {
        let isPlain = text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
        if isPlain == true {
            writeString(text)
        } else {
            writeBytes(text.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 })
        }
    }
}
