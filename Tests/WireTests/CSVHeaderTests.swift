import ChequebookWire
import Testing

@Suite("The header of a CSV body")
struct CSVHeaderTests {
    /// The objects that rows stand for, or why they cannot.
    private static func objects(_ body: [UInt8], _ columns: CSVColumns) throws -> [Result<String, WireProblem>] {
        try body.withUnsafeBytes { body in
            var rest = body
            var rows = CSVReader()
            try #require(rows.readRow(from: &rest) || rows.end())
            let header = try CSVHeader(rows, of: columns)
            var objects: [Result<String, WireProblem>] = []
            while rows.readRow(from: &rest) || rows.end() {
                objects.append(
                    Result { () throws(WireProblem) in
                        var json: [UInt8] = []
                        try header.appendObject(rows, to: &json)
                        return String(decoding: json, as: UTF8.self)
                    })
            }
            return objects
        }
    }

    private static func objects(_ body: String, _ columns: CSVColumns = .events) throws -> [Result<String, WireProblem>]
    {
        try objects(Array(body.utf8), columns)
    }

    @Test("makes of each row the JSON object that it stands for, in its own order, without empty cells")
    func written() throws {
        let rows = try Self.objects("amountPence,id,setting\n125000,A-1,\n-3,\"\",primary\n,,\n\"7\",\"a\"\"b\",x\n")
        #expect(
            try rows.map { try $0.get() } == [
                #"{"amountPence":125000,"id":"A-1"}"#, #"{"amountPence":-3,"setting":"primary"}"#, "{}",
                #"{"amountPence":7,"id":"a\"b","setting":"x"}"#,
            ])
        let flags = try Self.objects("withdrawn\ntrue\nfalse\nTRUE\n1\n", .registrations)
        #expect(
            try flags.map { try $0.get() } == [
                #"{"withdrawn":true}"#, #"{"withdrawn":false}"#, #"{"withdrawn":"TRUE"}"#, #"{"withdrawn":"1"}"#,
            ])
    }

    @Test("escapes in a cell what JSON must have escaped, and changes nothing else")
    func escaped() throws {
        let rows = try Self.objects("id\n\"a\\b\"\"c\td\r\n\u{1f}é\u{7f}\"\n'=1\n")
        #expect(
            try rows.map { try $0.get() } == [
                #"{"id":"a\\b\"c\u0009d\u000d\u000a\u001fé"# + "\u{7f}\"}", #"{"id":"'=1"}"#,
            ])
    }

    @Test(
        "lets only whole numbers in plain digits into an integer's column",
        arguments: ["1.0", "1e3", "+1", "007", "-", "--1", "1,000", "£1", " 1", "1 ", "0x1", "١", "-01", "1_000"])
    func integers(cell: String) throws {
        let rows = try Self.objects("id,amountPence\n1,\"\(cell)\"\n1,0\n")
        let problem = try #require(rows[0].refusal)
        #expect(problem.code == "not-an-integer")
        #expect(problem.column == "amountPence")
        #expect(try rows[1].get() == #"{"id":"1","amountPence":0}"#)
    }

    @Test("takes a number of any length, for the reader of JSON to refuse")
    func longNumber() throws {
        let digits = String(repeating: "9", count: 400)
        #expect(try Self.objects("version\n\(digits)\n")[0].get() == "{\"version\":\(digits)}")
    }

    @Test(
        "names each column once, with a name that is known",
        arguments: [
            ("id,amuontPence\n", "unknown-column", nil), ("id,\n", "unknown-column", nil),
            ("ID\n", "unknown-column", nil), ("id,id\n", "duplicate-column", "id"),
            (" id\n", "unknown-column", nil), ("9990000018,A-1\n", "unknown-column", nil),
            ("id,\"x\"y\n", "malformed-csv", nil), ("\n\"id", "unclosed-quote", nil),
            ("\(Array(repeating: "id", count: 65).joined(separator: ","))\n", "wrong-field-count", nil),
        ])
    func refused(text: String, code: String, column: String?) {
        let problem = #expect(throws: CSVProblem.self) { try Self.objects(text) }
        #expect(problem?.code == code)
        #expect(problem?.column == column)
        #expect(problem?.line == (text.hasPrefix("\n") ? 2 : 1))
        #expect(problem?.detail.contains("9990000018") == false)
    }

    @Test("has a row with more or fewer fields refused")
    func fieldCount() throws {
        for row in ["1", "1,2,3"] {
            let problem = try #require(try Self.objects("id,source\n\(row)\n")[0].refusal)
            #expect(problem.code == "wrong-field-count" && problem.column == nil)
        }
    }

    @Test("has a cell that is not UTF-8 refused by its column")
    func badUTF8() throws {
        for bytes in [[0xe9], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]] as [[UInt8]] {
            let body = Array("source,id\n1,".utf8) + bytes + Array("\n1,é\n".utf8)
            let rows = try Self.objects(body, .events)
            let problem = try #require(rows[0].refusal)
            #expect(problem.code == "bad-utf-8" && problem.column == "id")
            #expect(try rows[1].get() == #"{"source":"1","id":"é"}"#)
        }
    }
}

extension Result where Failure == WireProblem {
    fileprivate var refusal: WireProblem? {
        if case .failure(let problem) = self { problem } else { nil }
    }
}
