import Testing

/// What the other tests rely on must itself be able to fail.
@Suite("A transcript of the tests")
struct SupportTests {
    @Test("is a request with its answer for each pair of marked lines, and prose for the rest")
    func parsing() throws {
        let transcript = try Transcript(
            """
            A cost.
            > POST /v1/cost-events
            > X-Request-ID: 7
            > {"a":1,
            >   "b":2}
            < 201
            < Location: /x
            < {"c":…}
            > GET /x
            < 200
            """)
        #expect(transcript.exchanges.count == 2)
        let first = transcript.exchanges[0]
        #expect(first.request.method == "POST" && first.request.target == "/v1/cost-events")
        #expect(first.request.headers.map(\.name) == ["X-Request-ID", "Content-Type"])
        #expect(first.request.body == Array("{\"a\":1,\n  \"b\":2}".utf8))
        #expect(first.status == 201 && first.headers.map(\.value) == ["/x"] && first.body == "{\"c\":…}")
        #expect(transcript.exchanges[1].body == nil && transcript.exchanges[1].request.body == nil)
        #expect(throws: Transcript.Malformed.self) { try Transcript("prose alone") }
        #expect(throws: Transcript.Malformed.self) { try Transcript("> GET /x") }
        #expect(throws: Transcript.Malformed.self) { try Transcript("> GET /x\n< fine") }
    }

    @Test("whose answer is another one is found out")
    func playing() throws {
        let service = try ServiceProcess()
        for wrong in [
            "< 500\n< {\"status\":\"pass\"}", "< 200\n< {\"status\":\"fail\"}", "< 200\n< {}",
            "< 200\n< {\"status\":\"pass\",\"more\":1}", "< 200\n< X-Request-ID: other\n< {\"status\":\"pass\"}",
        ] {
            #expect(try service.mismatches("> GET /_ping\n\(wrong)").count == 1, "\(wrong)")
        }
        #expect(try service.mismatches("> GET /_ping\n< 200\n< {\"status\":\"pass\"}") == [])
    }

    @Test(
        "has its bodies compared scalar by scalar, large figures to the last digit",
        arguments: [
            ("{\"a\":9007199254740993}", "{\"a\":9007199254740992}"), ("{\"a\":1}", "{\"a\":1.0}"),
            ("{\"a\":[1,2]}", "{\"a\":[2,1]}"),
            ("{\"a\":null}", "{}"), ("{\"a\":{}}", "{\"a\":[]}"), ("{\"a\":\"1\"}", "{\"a\":1}"),
            ("{\"a\":{\"b\":1,…}}", "{\"a\":{\"b\":2}}"),
            ("{\"a\":{\"b\":1,…}}", "{\"a\":{\"b\":1},\"c\":1}"), ("{\"a\":1}", "{\"a\":{\"b\":1}}"),
        ])
    func differences(expected: String, actual: String) throws {
        #expect(try FlatJSON(expected).differences(from: FlatJSON(actual)) != [])
        #expect(try FlatJSON(expected).differences(from: FlatJSON(expected.replacing(",…", with: ""))) == [])
    }

    @Test(
        "has no body that is not JSON",
        arguments: [
            "", "{", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "[1 2]", "{a:1}", "01", "{\"a\":+1}", "nul", "{} {}", "\"a",
        ])
    func malformed(text: String) {
        #expect(throws: FlatJSON.Malformed.self) { try FlatJSON(text) }
    }

    @Test("names patients whose check digit is right and whom nobody is")
    func numbers() {
        #expect(NHSNumber.first(4) == ["9990000018", "9990000026", "9990000034", "9990000042"])
        // The place 14 has no check digit: its sum leaves one over.
        #expect(NHSNumber.at(14) == nil)
    }
}
