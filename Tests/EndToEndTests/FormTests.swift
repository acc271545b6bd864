import Testing

/// What must be refused, with the place named and nothing of it booked.
@Suite("A form that is wrong")
struct FormTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// A field and what it has instead of what is right.
        var field: String
        var value: String
        var code: String
        var pointer: String?

        init(_ field: String, _ value: String, _ code: String, pointer: String? = nil) {
            (self.field, self.value, self.code) = (field, value, code)
            self.pointer = pointer ?? "/\(field)"
            testDescription = "\(field): \(value)"
        }
    }

    private static let event = [
        ("source", "\"gp\""), ("id", "\"1\""), ("patient", "\"9990000018\""), ("setting", "\"primary\""),
        ("serviceDate", "\"2015-06-15\""), ("amountPence", "700"),
    ]

    private static let cases = [
        Case("amountPence", "7.0", "not-an-integer"), Case("amountPence", "7e2", "not-an-integer"),
        Case("amountPence", "\"700\"", "wrong-type"), Case("amountPence", "-1", "out-of-range"),
        Case("amountPence", "99999999999999999999999", "out-of-range"), Case("amountPence", "null", "missing-field"),
        Case("amuontPence", "700", "unknown-field"), Case("serviceDate", "\"2015-13-01\"", "bad-date"),
        Case("serviceDate", "\"2015-6-15\"", "bad-date"), Case("serviceDate", "\"1899-12-31\"", "bad-date"),
        Case("serviceDate", "\"2200-01-01\"", "bad-date"), Case("serviceDate", "20150615", "wrong-type"),
        Case("setting", "\"Primary\"", "unknown-value"), Case("setting", "[\"primary\"]", "wrong-type"),
        Case("kind", "\"debit\"", "unknown-value"), Case("source", "\"a b\"", "bad-identifier"),
        Case("id", "\"..\"", "bad-identifier"), Case("id", "\"\"", "bad-identifier"),
        Case("id", "\"\(String(repeating: "x", count: 65))\"", "bad-identifier"),
        Case("service", "\"\(String(repeating: "x", count: 33))\"", "bad-identifier"),
        Case("provider", "\"rrk\"", "bad-organisation-code"), Case("funder", "\"X\"", "bad-organisation-code"),
        Case("commissioner", "\"ABCDEFGHIJKLM\"", "bad-organisation-code"),
        Case("patient", "\"9990000019\"", "bad-patient"), Case("patient", "\"9999999999\"", "bad-patient"),
        Case("patient", "\"999 000 0018\"", "bad-patient"), Case("patient", "9990000018", "wrong-type"),
        Case("patient", "\"p:0123456789abcdef\"", "wrong-patient-form"),
        Case("withoutPatient", "\"block\"", "field-not-allowed"),
        Case("version", "2147483648", "out-of-range"),
    ]

    @Test("is refused with its code and its place")
    func refused() throws {
        let service = try ServiceProcess()
        let client = try service.connect()
        for wrong in Self.cases {
            var fields = Self.event.filter { $0.0 != wrong.field }
            fields.append((wrong.field, wrong.value))
            let json = "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
            let answer = try client.ask(RawRequest("POST", "/v1/cost-events", json: json))
            let problem = try FlatJSON(answer.text)
            #expect(answer.status == 422, "\(json)")
            #expect(answer.shortcomings() == [], "\(json)")
            #expect(problem["/errors/0/code"] == "\"\(wrong.code)\"", "\(json)")
            #expect(problem["/errors/0/pointer"] == wrong.pointer.map { "\"\($0)\"" }, "\(json)")
            #expect(answer.code == wrong.code, "\(json)")
        }
        try service.plays(
            """
            > GET /v1/totals?year=2015-16
            < 200
            < {"total":{"cost":{"totalPence":0,"events":0,…},…},…}
            """)
    }

    @Test(
        "as JSON is a bad request",
        arguments: [
            "", "{", "{\"source\":\"gp\",}", "[1,2", "{\"a\":1}{\"a\":1}", "\u{feff}{}", "{'a':1}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":NaN}", "{\"a\":01}", String(repeating: "[", count: 10_000),
        ])
    func malformed(json: String) throws {
        let service = try ServiceProcess()
        for target in ["/v1/cost-events", "/v1/cost-events?atomic=true"] {
            let answer = try service.send(RawRequest("POST", target, json: json))
            #expect(answer.status == 400, "\(answer.whole)")
            #expect(answer.shortcomings() == [])
        }
        let put = try service.send(RawRequest("PUT", "/v1/commissioners/15E", json: json))
        #expect(put.status == 400, "\(put.whole)")
    }

    @Test("twice in one object or with other bytes than UTF-8 is never guessed at")
    func ambiguous() throws {
        let service = try ServiceProcess()
        let twice = try service.send(
            RawRequest("PUT", "/v1/commissioners/15E", json: #"{"name":"A","name":"B","kind":"ccg"}"#))
        #expect(twice.status == 422 && twice.code == "duplicate-field")
        var latin = RawRequest("PUT", "/v1/commissioners/15E", json: "{}")
        latin.body = Array(#"{"kind":"ccg","name":""#.utf8) + [0xe9] + Array("\"}".utf8)
        let answer = try service.send(latin)
        #expect(answer.status == 400 && answer.code == "bad-utf-8")
        #expect(try service.get("/v1/commissioners/15E").status == 404)
    }

    @Test("in one line of many costs that line alone, and the first hundred are named")
    func lines() throws {
        let service = try ServiceProcess()
        let good = (0..<150).map {
            #"{"source":"gp","id":"\#($0)","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":1}"#
        }
        // Every good line has a bad one before it, so the bad ones are on the odd lines.
        let lines = good.flatMap { ["{\"source\":", $0] }
        let some = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events", lines: lines)).text)
        #expect(try some.integer("/received") == 300)
        #expect(try some.integer("/posted") == 150)
        #expect(try some.integer("/rejected") == 150)
        #expect(try some.integer("/errorsOmitted") == 50)
        #expect(try some.integer("/errors/0/line") == 1)
        #expect(try some.integer("/errors/99/line") == 199)
        #expect(some["/errors/100/line"] == nil)
        let all = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events?errors=all", lines: lines)).text)
        #expect(try all.integer("/duplicates") == 150)
        #expect(try all.integer("/errorsOmitted") == 0)
        #expect(try all.integer("/errors/149/line") == 299)
    }
}
