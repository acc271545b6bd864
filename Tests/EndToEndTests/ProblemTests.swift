import Testing

@Suite("A problem")
struct ProblemTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
    }

    @Test("has the members of RFC 9457, a code, and the field it is about")
    func members() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > X-Request-ID: month-end-7
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amuontPence":7}
            < 422
            < Content-Type: application/problem+json
            < X-Request-ID: month-end-7
            < {"type":"…unknown-field…","title":"…","status":422,"detail":"…amuontPence…","instance":"…month-end-7…",
            <   "code":"unknown-field",
            <   "errors":[{"pointer":"/amuontPence","code":"unknown-field","detail":"…amountPence…"}]}
            """)
    }

    @Test("is explained under its type")
    func type() throws {
        let problem = try FlatJSON(service.get("/v1/commissioners/15E").text)
        let type = try #require(problem["/type"]).dropFirst().dropLast()
        let page = try service.get(String(type))
        #expect(page.status == 200)
        #expect(try FlatJSON(page.text)["/code"] == problem["/code"])
    }

    @Test("and every other answer carries the ids of its request, made up where there are none")
    func ids() throws {
        try service.plays(
            """
            > GET /_ping
            < 200
            < X-Request-ID: <id>
            < X-Correlation-ID: <id>
            > GET /_ping
            > X-Request-ID: a-1
            > X-Correlation-ID: batch/42
            < 200
            < X-Request-ID: a-1
            < X-Correlation-ID: batch/42
            > GET /v1/nowhere
            > X-Correlation-ID: batch/42
            < 404
            < X-Request-ID: <id>
            < X-Correlation-ID: batch/42
            > GET /v1/nowhere
            > X-Request-ID: not an id
            < 404
            < X-Request-ID: <id>
            """)
        let client = try service.connect()
        let ids = try (0..<100).map { _ in try client.ask(RawRequest("GET", "/_ping"))["X-Request-ID"] }
        #expect(Set(ids).count == 100)
    }

    @Test("ends the conversation where the next request could not be found")
    func malformed() throws {
        for lines in [
            ["NONSENSE"], ["GET /_ping HTTP/1.1"], ["GET /_ping HTTP/1.1", "Host: a", "Host: b"],
            ["GET _ping HTTP/1.1", "Host: a"], ["GET /_ping HTTP/1.1", "Host: a", "Content-Length: -1"],
            ["POST /v1/cost-events HTTP/1.1", "Host: a", "Content-Length: 0", "Transfer-Encoding: chunked"],
        ] {
            let client = try service.connect()
            try client.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 400, "\(lines)")
            #expect(answer.shortcomings() == [], "\(lines)")
            #expect(client.isClosedByServer(), "\(lines)")
        }
        #expect(try service.get("/_ping").status == 200)
    }
}
