import ChequebookModel
import ChequebookWire
import Testing

/// A JSON object as a test writes it: names and raw JSON values, in order.
struct Body: Sendable {
    private var members: [(name: String, value: String)]

    init(_ members: KeyValuePairs<String, String>) {
        self.members = members.map { ($0.key, $0.value) }
    }

    /// The object with this value for a field, at its place or at the end.
    func with(_ name: String, _ value: String) -> Body {
        var copy = self
        if let index = members.firstIndex(where: { $0.name == name }) {
            copy.members[index].value = value
        } else {
            copy.members.append((name, value))
        }
        return copy
    }

    /// The object with one more member, even if there is one with this name.
    func adding(_ name: String, _ value: String) -> Body {
        var copy = self
        copy.members.append((name, value))
        return copy
    }

    func without(_ name: String) -> Body {
        var copy = self
        copy.members.removeAll { $0.name == name }
        return copy
    }

    var names: [String] { members.map(\.name) }

    var json: String { "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}" }
}

/// A value that a field must not have, and the refusal.
struct Refused: Sendable, CustomTestStringConvertible {
    let name: String
    let value: String
    let code: String
    let pointer: String

    /// - Parameter pointer: that of the field itself if nil.
    init(_ name: String, _ value: String, _ code: String, at pointer: String? = nil) {
        (self.name, self.value, self.code) = (name, value, code)
        self.pointer = pointer ?? "/\(name)"
    }

    var testDescription: String { "\(name): \(value.prefix(60))" }
}

/// The readers as the routes use them, on text.
enum Reading {
    static func event(_ body: Body, _ form: PatientForm = .nhsNumber) throws(WireProblem) -> Fact {
        try tokens(body.json) { (tokens) throws(WireProblem) in try CostEventReader(form: form).fact(tokens) }
    }

    /// The records of an event or a reversal as a list adds them: none if it throws.
    static func eventRecord(_ body: Body, _ form: PatientForm) throws(WireProblem) -> [UInt8] {
        try tokens(body.json) { (tokens) throws(WireProblem) in
            var records = RecordBatchBuilder()
            do throws(WireProblem) {
                try CostEventReader(form: form).append(tokens, to: &records)
            } catch {
                #expect(records.count == 0 && records.byteCount == 0)
                throw error
            }
            return records.take()
        }
    }

    static func registration(_ body: Body, _ form: PatientForm = .nhsNumber) throws(WireProblem) -> Fact {
        try tokens(body.json) { (tokens) throws(WireProblem) in
            try RegistrationReader(form: form, commissioner: code("15E")).fact(tokens)
        }
    }

    static func commissioner(_ body: Body) throws(WireProblem) -> Commissioner {
        try tokens(body.json) { (tokens) throws(WireProblem) in
            try CommissionerReader.commissioner(tokens, code: code("15E"))
        }
    }

    static func card(_ body: Body, isNational: Bool = false) throws(WireProblem) -> RateCard {
        try tokens(body.json) { (tokens) throws(WireProblem) in
            try RateCardReader.card(tokens, year: year, isNational: isNational)
        }
    }

    static func listSizes(_ body: Body) throws(WireProblem) -> ListSizes {
        try tokens(body.json) { (tokens) throws(WireProblem) in
            try ListSizesReader.listSizes(tokens, commissioner: code("15E"), date: day("2015-04-01"))
        }
    }

    static func details(_ body: Body, _ form: PatientForm = .nhsNumber) throws(WireProblem) -> PersonDetails {
        try tokens(body.json) { (tokens) throws(WireProblem) in try PersonDetailsReader.details(tokens, form: form) }
    }

    static func succession(_ body: Body) throws(WireProblem) -> Succession {
        try tokens(body.json) { (tokens) throws(WireProblem) in
            try SuccessionReader.succession(tokens, commissioner: code("15E"))
        }
    }

    /// Scans a document and reads it while its bytes are there.
    static func tokens<Value>(
        _ json: String, _ read: (JSONTokens) throws(WireProblem) -> Value
    ) throws(WireProblem) -> Value {
        let scanner = JSONScanner()
        let document = UnsafeRawBufferPointer.copy(Array(json.utf8))
        defer { document.deallocate() }
        return try read(WireProblem.reading { () throws(JSONError) in try scanner.scan(document) })
    }

    static let year = FinancialYear(startYear: 2015)!

    static func code(_ text: String) -> OrganisationCode { OrganisationCode(text)! }

    static func day(_ text: String) -> CalendarDate { CalendarDate(text)! }

    static func nhsNumber(_ number: UInt64) -> Patient { Patient(nhsNumber: number)! }
}

/// What a closure that must be refused throws.
func problem<Value>(_ body: () throws(WireProblem) -> Value) -> WireProblem? {
    do throws(WireProblem) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// Expects a refusal of what is said, not of how it is written, with this code and pointer.
func expectRefused<Value>(
    _ code: String, at pointer: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws(WireProblem) -> Value
) {
    let problem = problem(body)
    #expect(problem?.code == code, sourceLocation: sourceLocation)
    #expect(problem?.pointer == pointer, sourceLocation: sourceLocation)
    #expect(problem?.isMalformed == false, sourceLocation: sourceLocation)
}
