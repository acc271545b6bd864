import NIOCore
import NIOHTTP1

/// Writes the head of an answer into memory that has room for all of it.
///
/// A head is two dozen short texts. Written to a `ByteBuffer` one by one, each would look for room and for owners of its
/// own.
struct HeadWriter {
    private let bytes: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ bytes: UnsafeMutableRawBufferPointer) {
        self.bytes = bytes
    }

    /// The bytes of a field with its line break.
    static func fieldBytes(_ name: String, _ value: String) -> Int { name.utf8.count + value.utf8.count + 4 }

    mutating func putHead(of response: Response, framedBy frame: AnswerFrame, sharedFields: ByteBuffer) {
        putStatusLine(response.status)
        put(sharedFields)
        if !response.isWithoutContent {
            if let contentType = response.contentType {
                put("Content-Type: ")
                put(contentType.text)
                put("\r\n")
            }
            put("Content-Length: ")
            putDecimal(response.body.readableBytes)
            put("\r\n")
        }
        put("X-Request-ID: ")
        put(frame.requestID)
        put("\r\nX-Correlation-ID: ")
        put(frame.correlationID)
        put("\r\n")
        var hasCacheControl = false
        if let prepared = response.preparedFields {
            hasCacheControl = prepared.hasCacheControl
            if let tag = prepared.entityTag {
                put("ETag: ")
                count += tag.write(to: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
                put("\r\n")
            }
            put(prepared.bytes)
        }
        for (name, value) in response.headers {
            hasCacheControl = hasCacheControl || name.matches("cache-control")
            putField(name, value)
        }
        if !hasCacheControl {
            put("Cache-Control: no-store\r\n")
        }
        if frame.isLast {
            put("Connection: close\r\n")
        } else if frame.isVersion10 {
            put("Connection: keep-alive\r\n")
        }
        put("\r\n")
    }

    mutating func putField(_ name: String, _ value: String) {
        putFieldText(name)
        put(": ")
        putFieldText(value)
        put("\r\n")
    }

    private mutating func putStatusLine(_ status: Int) {
        switch status {
        case 200: put("HTTP/1.1 200 OK\r\n")
        case 201: put("HTTP/1.1 201 Created\r\n")
        case 304: put("HTTP/1.1 304 Not Modified\r\n")
        default:
            put("HTTP/1.1 ")
            putDecimal(status)
            put(" ")
            putFieldText(HTTPResponseStatus(statusCode: status).reasonPhrase)
            put("\r\n")
        }
    }

    private mutating func put(_ id: RequestID) {
        if let text = id.given {
            putFieldText(text)
        } else {
            count += id.writeDigits(into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
        }
    }

    private mutating func put(_ text: StaticString) {
        put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private mutating func put(_ text: ByteBuffer) {
        text.withUnsafeReadableBytes { put($0) }
    }

    private mutating func put(_ text: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: bytes[count...]).copyMemory(from: text)
        count += text.count
    }

    /// Digits without a `String`; a length or a status, never negative.
    private mutating func putDecimal(_ value: Int) {
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10)
            count += 1
            divisor /= 10
        }
    }

    /// A line break inside a field would begin another field or another answer, so control characters become spaces.
    private mutating func putFieldText(_ text: String) {
        var text = text
        let start = count
        text.withUTF8 { put(UnsafeRawBufferPointer($0)) }
        for place in start..<count where bytes[place] < 0x20 || bytes[place] == 0x7F { bytes[place] = 0x20 }
    }
}
