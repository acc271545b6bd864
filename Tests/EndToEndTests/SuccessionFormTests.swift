import Testing

/// What `POST /v1/commissioners/{code}/succession` takes, and what it refuses with nothing moved.
@Suite("A succession's form")
struct SuccessionFormTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/13T
            > {"name":"NHS Newcastle Gateshead CCG","kind":"ccg"}
            < 201
            > PUT /v1/commissioners/00F
            > {"name":"NHS Gateshead CCG","kind":"ccg"}
            < 201
            > POST /v1/commissioners/00F/registrations
            > {"patient":"9990000018","from":"2013-04-01","born":"1970-01-01","sex":"female"}
            < 200
            """)
    }

    private struct Case {
        let body: String
        let pointer: String
        let code: String

        init(_ body: String, _ pointer: String, _ code: String) {
            (self.body, self.pointer, self.code) = (body, pointer, code)
        }
    }

    private static let cases = [
        Case(#"{"from":[],"date":"2015-04-01"}"#, "/from", "empty-list"),
        Case(#"{"from":["00F","13T"],"date":"2015-04-01"}"#, "/from/1", "succeeds-itself"),
        Case(#"{"from":["13T"],"date":"2015-04-01"}"#, "/from/0", "succeeds-itself"),
        Case(#"{"from":["00F","00G","00F"],"date":"2015-04-01"}"#, "/from/2", "repeated-code"),
        Case(#"{"from":["00F","00f"],"date":"2015-04-01"}"#, "/from/1", "bad-organisation-code"),
        Case(#"{"from":["0"],"date":"2015-04-01"}"#, "/from/0", "bad-organisation-code"),
        Case(#"{"from":[7],"date":"2015-04-01"}"#, "/from/0", "wrong-type"),
        Case(#"{"from":[null],"date":"2015-04-01"}"#, "/from/0", "wrong-type"),
        Case(#"{"from":"00F","date":"2015-04-01"}"#, "/from", "wrong-type"),
        Case(#"{"date":"2015-04-01"}"#, "/from", "missing-field"),
        Case(#"{"from":null,"date":"2015-04-01"}"#, "/from", "missing-field"),
        Case(#"{"from":["00F"]}"#, "/date", "missing-field"),
        Case(#"{"from":["00F"],"date":null}"#, "/date", "missing-field"),
        Case(#"{"from":["00F"],"date":"2015-02-29"}"#, "/date", "bad-date"),
        Case(#"{"from":["00F"],"date":"1899-12-31"}"#, "/date", "bad-date"),
        Case(#"{"from":["00F"],"date":20150401}"#, "/date", "wrong-type"),
        Case(#"{"from":["00F"],"date":"2015-04-01","until":"2016-04-01"}"#, "/until", "unknown-field"),
        Case(#"{"from":["00F"],"date":"2015-04-01","code":"13T"}"#, "/code", "unknown-field"),
    ]

    @Test("names the field that is wrong")
    func wrongFields() throws {
        let before = try service.get("/v1/patients/9990000018").text
        for wrong in Self.cases {
            try service.plays(
                """
                > POST /v1/commissioners/13T/succession
                > \(wrong.body)
                < 422
                < {"code":"\(wrong.code)","errors":[{"pointer":"\(wrong.pointer)","code":"\(wrong.code)","detail":"…"}],…}
                """)
        }
        #expect(try service.get("/v1/patients/9990000018").text == before)
    }

    @Test("names 1 to 100 bodies, in any order, and answers in theirs")
    func count() throws {
        let codes = (0...100).map { "M\(100 + $0)" }
        for code in codes {
            let put = RawRequest("PUT", "/v1/commissioners/\(code)", json: #"{"name":"\#(code)","kind":"ccg"}"#)
            #expect(try service.send(put).status == 201)
        }
        func list(_ codes: some Collection<String>) -> String {
            codes.map { "\"\($0)\"" }.joined(separator: ",")
        }
        try service.plays(
            """
            > POST /v1/commissioners/13T/succession
            > {"from":[\(list(codes))],"date":"2015-04-01"}
            < 422
            < {"errors":[{"pointer":"/from","code":"too-many-items","detail":"…100…"}],…}
            > POST /v1/commissioners/13T/succession
            > {"date":"2015-04-01","from":[\(list(codes.prefix(100).reversed()))]}
            < 200
            < {"commissioner":"13T","from":[\(list(codes.prefix(100).reversed()))],"date":"2015-04-01","moved":0,"sequence":…}
            > POST /v1/commissioners/13T/succession
            > {"from":["00F"],"date":"2015-04-01"}
            < 200
            < {"commissioner":"13T","from":["00F"],"date":"2015-04-01","moved":1,"sequence":…}
            """)
    }

    @Test("tells an unknown body in the path from one in the list")
    func unknown() throws {
        try service.plays(
            """
            > POST /v1/commissioners/99X/succession
            > {"from":["00F"],"date":"2015-04-01"}
            < 404
            < {"code":"unknown-commissioner",…}
            > POST /v1/commissioners/13T/succession
            > {"from":["00F","00G"],"date":"2015-04-01"}
            < 422
            < {"code":"unknown-commissioner",…}
            > GET /v1/patients/9990000018
            < 200
            < {"statements":[{"commissioner":"00F","from":"2013-04-01",…}],…}
            """)
    }

    @Test("is one JSON object")
    func media() throws {
        let body = Array(#"{"from":["00F"],"date":"2015-04-01"}"#.utf8)
        for (type, status) in [
            ("application/x-ndjson", 415), ("text/csv", 415), ("text/plain", 415), ("application/json", 200),
        ] {
            let answer = try service.send(
                RawRequest(
                    "POST", "/v1/commissioners/13T/succession", headers: [("Content-Type", type)], body: body))
            #expect(answer.status == status, "\(type)")
            #expect(answer.shortcomings() == [])
        }
        for (body, status) in [
            ("{", 400), ("", 400), (#"{"from":["00F"],"date":"2015-04-01"}{}"#, 400), ("[]", 422), ("7", 422),
        ] {
            let answer = try service.send(RawRequest("POST", "/v1/commissioners/13T/succession", json: body))
            #expect(answer.status == status, "\(body)")
            #expect(answer.shortcomings() == [])
        }
    }

    @Test("is said with POST alone")
    func methods() throws {
        let client = try service.connect()
        let path = "/v1/commissioners/13T/succession"
        let options = try client.ask(RawRequest("OPTIONS", path))
        #expect(options.status == 204)
        #expect(options["Allow"] == "POST, OPTIONS")
        for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH"] {
            let answer = try client.ask(RawRequest(method, path))
            #expect(answer.status == 405, "\(method)")
            #expect(answer["Allow"] == "POST, OPTIONS")
            #expect(answer.shortcomings(toHead: method == "HEAD") == [])
        }
    }
}
