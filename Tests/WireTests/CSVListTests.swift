import ChequebookModel
import ChequebookWire
import Testing

@Suite("A CSV body that is one list")
struct CSVListTests {
    private static func list(_ text: String) throws -> CSVList {
        try Array(text.utf8).withUnsafeBytes { try CSVList($0, name: "rates", .rates) }
    }

    @Test("is the list's JSON object with the line of each item")
    func written() throws {
        let list = try Self.list("\u{feff}setting,annualPence,ageFrom\r\nprimary,18300,\r\n\r\nsecondary,219600,65")
        #expect(
            String(decoding: list.json, as: UTF8.self) == """
                {"rates":[{"setting":"primary","annualPence":18300},\
                {"setting":"secondary","annualPence":219600,"ageFrom":65}]}
                """)
        #expect(list.lines == [2, 4])
        #expect(String(decoding: try Self.list("setting\n").json, as: UTF8.self) == "{\"rates\":[]}")
    }

    @Test(
        "is refused as a whole for its first wrong row",
        arguments: [
            ("", "missing-header", 1, nil), ("\n \n", "missing-header", 1, nil),
            ("rate\n1\n", "unknown-column", 1, nil),
            ("setting,annualPence\nprimary,1\nprimary\n", "wrong-field-count", 3, nil),
            ("setting,annualPence\n\nprimary,1.5\nprimary\n", "not-an-integer", 3, "annualPence"),
            ("setting\n\"primary\n", "unclosed-quote", 2, "setting"),
        ])
    func refused(text: String, code: String, line: Int, column: String?) {
        let problem = #expect(throws: CSVProblem.self) { try Self.list(text) }
        #expect(problem?.code == code)
        #expect(problem?.line == line)
        #expect(problem?.column == column)
    }

    @Test("tells a problem with its object by line and column")
    func places() throws {
        let list = try Self.list("setting\nprimary\n\nsecondary\n")
        func place(_ pointer: String) -> String {
            let problem = list.problem(WireProblem(code: "x", pointer: pointer, detail: "y"))
            return "\(problem.line) \(problem.column ?? "-") \(problem.detail)"
        }
        #expect(place("/rates/1/annualPence") == "4 annualPence y")
        #expect(place("/rates/0") == "2 - y")
        #expect(place("/rates") == "1 - the table y")
        #expect(place("") == "1 - the table y")
        #expect(place("/rates/2/setting") == "1 - the table y")
    }
}

@Suite("The columns of a kind of list")
struct CSVColumnsTests {
    /// For each kind a header with every column, and a JSON reader that knows all of its fields.
    @Test("are the fields that its JSON reader names, no more and no fewer")
    func sameAsJSON() throws {
        let code = Reading.code("15E")
        let readers: [(CSVColumns, String, (JSONTokens) throws(WireProblem) -> Void)] = [
            (.events, "", { (tokens) throws(WireProblem) in _ = try CostEventReader(form: .nhsNumber).fact(tokens) }),
            (
                .registrations, "",
                { (tokens) throws(WireProblem) in
                    _ = try RegistrationReader(form: .nhsNumber, commissioner: code).fact(tokens)
                }
            ),
            (
                .rates, "rates",
                { (tokens) throws(WireProblem) in
                    _ = try RateCardReader.card(tokens, year: Reading.year, isNational: true)
                }
            ),
            (
                .listSizes, "listSizes",
                { (tokens) throws(WireProblem) in
                    _ = try ListSizesReader.listSizes(tokens, commissioner: code, date: Reading.day("2015-04-01"))
                }
            ),
        ]
        for (columns, list, read) in readers {
            let fromJSON = try #require(Self.knownFields(list, read))
            let header = #expect(throws: CSVProblem.self) {
                try Array("?\n".utf8).withUnsafeBytes { _ = try CSVList($0, name: list, columns) }
            }
            let fromCSV = try #require(header?.detail.split(separator: "one of ").last)
            #expect(Set(fromCSV.split(separator: ", ")) == Set(fromJSON.split(separator: ", ")))
        }
    }

    /// What the reader says that it knows when it is given a field that it does not.
    private static func knownFields(
        _ list: String, _ read: (JSONTokens) throws(WireProblem) -> Void
    ) -> Substring? {
        let object = #"{"?":1}"#
        let json = Array((list.isEmpty ? object : "{\"\(list)\":[\(object)]}").utf8)
        let scanner = JSONScanner()
        let refusal = problem { () throws(WireProblem) in
            try json.withUnsafeBufferPointer { (json) throws(WireProblem) in
                let tokens = try WireProblem.reading { () throws(JSONError) in
                    try scanner.scan(UnsafeRawBufferPointer(json))
                }
                try read(tokens)
            }
        }
        return refusal?.detail.split(separator: "the fields are ").last
    }
}
