import ChequebookModel
import ChequebookWire
import Testing

@Suite("A cost event is refused")
struct CostEventRefusalTests {
    private static let long = String(repeating: "a", count: 65)

    static let refused: [Refused] = [
        Refused("amountPence", "1.0", "not-an-integer"), Refused("amountPence", "1e2", "not-an-integer"),
        Refused("amountPence", "0.5", "not-an-integer"), Refused("amountPence", "-0.0", "not-an-integer"),
        Refused("amountPence", "-1", "out-of-range"), Refused("amountPence", "1000000000000001", "out-of-range"),
        Refused("amountPence", "9223372036854775807", "out-of-range"),
        Refused("amountPence", "9223372036854775808", "out-of-range"),
        Refused("amountPence", "99999999999999999999", "out-of-range"),
        Refused("amountPence", "-99999999999999999999", "out-of-range"),
        Refused("amountPence", #""12""#, "wrong-type"), Refused("amountPence", "true", "wrong-type"),
        Refused("amountPence", "[1]", "wrong-type"), Refused("amountPence", "{}", "wrong-type"),
        Refused("version", "0", "out-of-range"), Refused("version", "-1", "out-of-range"),
        Refused("version", "2147483648", "out-of-range"), Refused("version", "1.0", "not-an-integer"),
        Refused("version", #""1""#, "wrong-type"),
        Refused("serviceDate", #""1899-12-31""#, "bad-date"), Refused("serviceDate", #""2200-01-01""#, "bad-date"),
        Refused("serviceDate", #""2015-02-29""#, "bad-date"), Refused("serviceDate", #""2015-06""#, "bad-date"),
        Refused("serviceDate", #""2015-6-2""#, "bad-date"), Refused("serviceDate", #""02/06/2015""#, "bad-date"),
        Refused("serviceDate", #""2015-06-02T00:00:00Z""#, "bad-date"), Refused("serviceDate", #""""#, "bad-date"),
        Refused("serviceDate", "20150602", "wrong-type"),
        Refused("source", "\"\(long)\"", "bad-identifier"), Refused("id", "\"\(long)\"", "bad-identifier"),
        Refused("source", #"".""#, "bad-identifier"), Refused("id", #""..""#, "bad-identifier"),
        Refused("id", #""""#, "bad-identifier"), Refused("id", #""a b""#, "bad-identifier"),
        Refused("id", #""a/b""#, "bad-identifier"), Refused("id", #""é""#, "bad-identifier"),
        Refused("id", "7", "wrong-type"), Refused("source", "[]", "wrong-type"),
        Refused("service", "\"\(long.prefix(33))\"", "bad-identifier"), Refused("service", "33", "wrong-type"),
        Refused("provider", #""R""#, "bad-organisation-code"),
        Refused("provider", #""0A1B2C3D4E5F6""#, "bad-organisation-code"),
        Refused("provider", #""rxk""#, "bad-organisation-code"),
        Refused("commissioner", #""15e""#, "bad-organisation-code"),
        Refused("funder", #""X-4""#, "bad-organisation-code"), Refused("funder", "24", "wrong-type"),
        Refused("setting", #""hospital""#, "unknown-value"), Refused("setting", #""Secondary""#, "unknown-value"),
        Refused("setting", "1", "wrong-type"), Refused("kind", #""debit""#, "unknown-value"),
        Refused("kind", "false", "wrong-type"), Refused("reverses", #"".""#, "bad-identifier"),
    ]

    @Test("where one value is wrong, with the field named", arguments: refused)
    func values(refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.event(CostEventReaderTests.plain.with(refused.name, refused.value))
        }
    }

    @Test("with a misspelt field, by its name: it is never read as nothing")
    func unknownField() {
        let body = CostEventReaderTests.plain.without("amountPence").adding("amountpence", "12345")
        expectRefused("unknown-field", at: "/amountpence") { () throws(WireProblem) in try Reading.event(body) }
        let spare = CostEventReaderTests.plain.adding("note", "null")
        expectRefused("unknown-field", at: "/note") { () throws(WireProblem) in try Reading.event(spare) }
        #expect(problem { () throws(WireProblem) in try Reading.event(spare) }?.detail.contains("amountPence") == true)
    }

    @Test("with any field twice, even if the values agree or one is null")
    func duplicateField() {
        for name in CostEventReaderTests.plain.names + ["kind", "version", "provider", "service", "funder"] {
            let once = CostEventReaderTests.plain.with(name, "null")
            expectRefused("duplicate-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.event(once.adding(name, "null"))
            }
        }
        let escaped = CostEventReaderTests.plain.adding(#"\u0069d"#, #""e-1""#)
        expectRefused("duplicate-field", at: "/id") { () throws(WireProblem) in try Reading.event(escaped) }
    }

    @Test("with a patient and a reason for none, and with neither")
    func patientOrReason() {
        let both = CostEventReaderTests.block.with("patient", #""9990000018""#)
        expectRefused("field-not-allowed", at: "/withoutPatient") { () throws(WireProblem) in try Reading.event(both) }
        let neither = CostEventReaderTests.plain.without("patient").with("commissioner", #""15E""#)
        expectRefused("missing-field", at: "/patient") { () throws(WireProblem) in try Reading.event(neither) }
        let unknown = CostEventReaderTests.block.with("withoutPatient", #""lost""#)
        expectRefused("unknown-value", at: "/withoutPatient") { () throws(WireProblem) in try Reading.event(unknown) }
    }

    @Test("without a patient when it names no commissioner either")
    func withoutPatientOrCommissioner() {
        let body = CostEventReaderTests.block.without("commissioner")
        expectRefused("missing-field", at: "/commissioner") { () throws(WireProblem) in try Reading.event(body) }
    }

    @Test("as a reversal with any field of an event beside it")
    func reversalWithMore() {
        let others = [
            "version": "1", "patient": #""9990000018""#, "commissioner": #""15E""#, "withoutPatient": #""block""#,
            "setting": #""social""#, "serviceDate": #""2015-06-02""#, "amountPence": "0", "kind": #""cost""#,
            "provider": #""RXK""#, "service": #""s""#, "funder": #""X24""#,
        ]
        for (name, value) in others {
            expectRefused("field-not-allowed", at: "/\(name)") { () throws(WireProblem) in
                try Reading.event(CostEventReaderTests.reversal.with(name, value))
            }
        }
        for name in ["source", "id"] {
            expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.event(CostEventReaderTests.reversal.without(name))
            }
        }
    }

    @Test("if it is no object", arguments: ["[]", "7", "\"e-1\"", "null", "true", "[{}]", "1.5"])
    func noObject(json: String) {
        expectRefused("wrong-type", at: "") { () throws(WireProblem) in
            try Reading.tokens(json) { (tokens) throws(WireProblem) in
                try CostEventReader(form: .nhsNumber).fact(tokens)
            }
        }
    }

    @Test("as malformed if it is no JSON, too deep or too long, with where it went wrong")
    func malformed() {
        let plain = CostEventReaderTests.plain
        func expectMalformed(_ code: String, at pointer: String, _ body: Body) {
            let problem = problem { () throws(WireProblem) in try Reading.event(body) }
            #expect(problem?.code == code)
            #expect(problem?.pointer == pointer)
            #expect(problem?.isMalformed == true)
        }
        expectMalformed("malformed-json", at: "/amountPence", plain.with("amountPence", "012"))
        expectMalformed("malformed-json", at: "/id", plain.with("id", #""\ud800""#))
        let deep = String(repeating: "[", count: 17) + String(repeating: "]", count: 17)
        #expect(problem { () throws(WireProblem) in try Reading.event(plain.with("id", deep)) }?.code == "too-deep")
        let long = "[" + String(repeating: "0,", count: 1 << 16) + "0]"
        #expect(
            problem { () throws(WireProblem) in try Reading.event(plain.with("id", long)) }?.code == "too-many-values")
    }
}
