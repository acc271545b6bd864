import NIOHTTP1
import Testing

@testable import ChequebookHTTP

@Suite("Which form an answer has")
struct NegotiationTests {
    @Test(
        "Accept chooses the form that weighs most, JSON when it is all the same",
        arguments: [
            ([], "json"), (["*/*"], "json"), (["application/json"], "json"), (["application/*"], "json"),
            (["text/csv"], "csv"), (["TEXT/CSV"], "csv"), (["text/csv; header=present"], "csv"),
            (["text/plain"], "table"), (["text/plain;charset=utf-8"], "table"), (["text/*"], "csv"),
            (["text/csv, application/json"], "json"), (["text/csv;q=0.9, text/plain"], "table"),
            (["text/csv;q=0.501, application/json;q=0.5"], "csv"), (["text/csv;q=0.5, */*;q=0.5"], "json"),
            (["text/*;q=0.3, text/plain;q=0.2, application/json;q=0.1"], "csv"), (["*/*, application/json;q=0"], "csv"),
            (["text/html, */*;q=0.1"], "json"), (["text/html", "text/csv"], "csv"), ([""], "json"),
            (["text/csv;q=1.000"], "csv"), (["text/csv;q=often"], "csv"),
        ])
    func accepted(fields: [String], expected: String) {
        #expect(Self.form(fields) == expected)
    }

    @Test(
        "what does not fit or is not wanted is not acceptable",
        arguments: ["text/html", "text/csv;q=0", "application/xml, image/*", "*/*;q=0.0", "application/json;q=0.000"])
    func notAcceptable(field: String) {
        #expect(Self.form([field]) == nil)
    }

    @Test("format in the query wins over Accept, and an unknown one is 406 that names all three")
    func format() throws {
        let headers = HTTPHeaders([("Accept", "text/plain")])
        func form(_ query: String) throws -> String {
            "\(try Negotiation.form(headers, try Query(query[...], known: ["format"])).word)"
        }
        #expect(try form("") == "table")
        #expect(try form("format=csv") == "csv")
        #expect(try form("format=json") == "json")
        let error = #expect(throws: ProblemError.self) { try form("format=xml") }
        #expect(error?.problem.status == 406)
        for word in ["json", "csv", "table"] { #expect(error?.problem.detail.contains(word) == true) }
    }

    @Test(
        "a body is JSON, lines of it or CSV with its header, in UTF-8, as far as each is taken",
        arguments: [
            ("application/json", "json"), ("Application/JSON; charset=UTF-8", "json"),
            ("application/x-ndjson", "ndjson"), ("text/csv", "csv"), ("TEXT/CSV;header=present", "csv"),
            ("text/csv; charset=\"utf-8\"; header=present", "csv"), ("text/csv; header=absent", nil),
            ("text/csv;charset=windows-1252", nil), ("text/csvx", nil), ("text/plain", nil), ("", nil),
            ("application/json;charset=latin1", nil),
        ])
    func body(type: String, form: String?) {
        let headers = HTTPHeaders([("Content-Type", type)])
        #expect((try? Negotiation.bodyForm(headers, [.json, .ndjson, .csv])).map { "\($0)" } == form)
        #expect((try? Negotiation.bodyForm(headers, [.json])).map { "\($0)" } == (form == "json" ? form : nil))
    }

    @Test("a body that is not taken is 415 that names what is")
    func unsupported() {
        let error = #expect(throws: ProblemError.self) {
            try Negotiation.bodyForm(HTTPHeaders([("Content-Type", "text/plain")]), [.json, .csv])
        }
        #expect(error?.problem.status == 415)
        #expect(
            error?.problem.detail
                == "Content-Type must be application/json or text/csv, in UTF-8; CSV needs its header row")
    }

    private static func form(_ fields: [String]) -> String? {
        Negotiation.acceptedForm(HTTPHeaders(fields.map { ("Accept", $0) })).map { "\($0.word)" }
    }
}
