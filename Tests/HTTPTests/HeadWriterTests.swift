import NIOCore
import NIOHTTP1
import Testing

@testable import ChequebookHTTP

@Suite("The head of an answer")
struct HeadWriterTests {
    private static func head(
        _ response: Response, _ frame: AnswerFrame = AnswerFrame(withoutRequest: RequestID(high: 0, low: 1))
    ) -> String {
        var bytes = ByteBuffer()
        bytes.writeHead(of: response, framedBy: frame, sharedFields: ByteBuffer(string: "Date: now\r\n"))
        return String(buffer: bytes)
    }

    private static let ids = """
        X-Request-ID: 00000000000000000000000000000001\r
        X-Correlation-ID: 00000000000000000000000000000001\r

        """

    @Test("has its fields in one order")
    func order() {
        var response = Response(
            status: 201, contentType: .json, headers: [("First", "1"), ("Second", "2")],
            body: ByteBuffer(string: "{}\n"))
        response.preparedFields = PreparedFields([("Prepared", "0")])
        #expect(
            Self.head(response) == "HTTP/1.1 201 Created\r\nDate: now\r\nContent-Type: application/json\r\n"
                + "Content-Length: 3\r\n" + Self.ids
                + "Prepared: 0\r\nFirst: 1\r\nSecond: 2\r\nCache-Control: no-store\r\n\r\n")
    }

    @Test(
        "says any status with its reason",
        arguments: [
            (200, "OK"), (201, "Created"), (204, "No Content"), (304, "Not Modified"), (503, "Service Unavailable"),
            (599, ""),
        ])
    func status(code: Int, reason: String) {
        let line = Self.head(Response(status: code)).prefix { $0 != "\r\n" }
        #expect(line == "HTTP/1.1 \(code) \(HTTPResponseStatus(statusCode: code).reasonPhrase)")
        #expect(reason.isEmpty || line.hasSuffix(" \(reason)"))
    }

    @Test("has room for the longest ids and for fields of any length, also behind another answer")
    func room() throws {
        var frame = AnswerFrame(withoutRequest: try #require(RequestID(given: String(repeating: "r", count: 128))))
        frame.correlationID = try #require(RequestID(given: String(repeating: "c", count: 128)))
        frame.isLast = true
        let value = String(repeating: "v", count: 100_000)
        let response = Response(status: 405, headers: [("Long", value), ("Allow", "GET")])
        var bytes = ByteBuffer(string: "before")
        bytes.writeHead(of: response, framedBy: frame, sharedFields: ByteBuffer())
        let text = String(buffer: bytes)
        #expect(text.hasPrefix("beforeHTTP/1.1 405 Method Not Allowed\r\n"))
        #expect(text.contains("X-Request-ID: \(String(repeating: "r", count: 128))\r\n"))
        #expect(text.contains("X-Correlation-ID: \(String(repeating: "c", count: 128))\r\n"))
        #expect(text.contains("\r\nLong: \(value)\r\nAllow: GET\r\n"))
        #expect(text.hasSuffix("\r\nConnection: close\r\n\r\n"))
    }

    @Test("can never be broken by what stands in a field: control characters become spaces, all else stays")
    func controlCharacters() {
        let text = Self.head(Response(status: 200, headers: [("A\r\nB", "\u{0}\u{1f} ~\u{7f}é\r\nSet-Cookie: x")]))
        #expect(text.contains("\r\nA  B:    ~ é  Set-Cookie: x\r\n"))
    }
}
