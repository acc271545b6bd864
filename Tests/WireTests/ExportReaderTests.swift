import ChequebookModel
import ChequebookWire
import Testing

@Suite("An export")
struct ExportReaderTests {
    private static let later = Instant(microseconds: ExportTexts.start.microseconds + 1)

    private static func line(
        _ sequence: Int, _ rest: String, at instant: String = "2015-06-02T09:30:00.000001Z"
    ) -> String {
        #"{"sequence":\#(sequence),"recordedAt":"\#(instant)",\#(rest)}"# + "\n"
    }

    private static let reversal = #""fact":"reversal","source":"sus","id":"r","reverses":"1""#
    private static let reversalFact = Fact.reversal(
        Reversal(
            identity: EventIdentity(source: Identifier("sus")!, id: Identifier("r")!), reverses: Identifier("1")!))

    /// Facts that readers take, of all kinds; which form patients have is drawn too.
    private static func commits(seed: UInt64) throws -> [ExportTexts.Commit] {
        var random = JSONMemoryTests.SplitMix64(state: seed)
        var facts = RandomFacts(seed: seed)
        let form: PatientForm = seed % 2 == 0 ? .nhsNumber : .pseudonym
        var commits = [ExportTexts.Commit([.ledgerCreated(form)], at: ExportTexts.start)]
        var kinds: Set<UInt8> = []
        for _ in 0..<40 {
            var taken: [Fact] = []
            for fact in facts.all().compactMap(ExportTexts.ordinary) {
                guard try isTaken(fact, form) else { continue }
                if ExportTexts.mayBeInList(fact), Bool.random(using: &random) { taken.append(.atomicList(count: 1)) }
                taken.append(fact)
                kinds.insert(Record.bytes(fact)[0])
            }
            guard !taken.isEmpty else { continue }
            let last = try #require(commits.last).recordedAt.microseconds
            let step = Int64.random(in: 1...10_000_000, using: &random)
            commits.append(ExportTexts.Commit(taken, at: Instant(microseconds: last + step)))
        }
        // Every kind but the first and the bracket, which are there anyway.
        #expect(kinds.count == 10)
        return commits
    }

    /// Whether the readers take a fact. Those drawn know nothing of rules between fields, and for these alone one may be
    /// refused.
    private static func isTaken(_ fact: Fact, _ form: PatientForm) throws -> Bool {
        let created = ExportTexts.created.replacing("nhs-number", with: form.name)
        let text = try ExportTexts.begins + created + ExportTexts.line(fact, sequence: 2) + ExportTexts.ends
        guard let problem = ExportTexts.problem(text) else { return true }
        #expect(problem.line == 3)
        let rules = [
            "wrong-patient-form", "ends-before-it-begins", "field-not-allowed", "overlapping-rates",
            "overlapping-list-sizes", "repeated-code", "succeeds-itself",
        ]
        #expect(rules.contains(problem.problem.code), "\(problem)")
        return false
    }

    @Test("of random facts gives the same records, instants and commits", arguments: Array(UInt64(1)...12))
    func roundTrip(seed: UInt64) throws {
        let commits = try Self.commits(seed: seed)
        for form in ExportForm.allCases {
            let bytes = try ExportTexts.written(commits, form)
            let read = try ExportTexts.read([bytes], form)
            #expect(read == ExportTexts.Read(identity: ExportTexts.identity, commits: commits, head: ExportTexts.head))
            var random = JSONMemoryTests.SplitMix64(state: seed)
            var rest = bytes[...]
            var parts: [[UInt8]] = []
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 1...300, using: &random))
                parts.append(Array(part))
                rest = rest.dropFirst(part.count)
            }
            #expect(try ExportTexts.read(parts, form) == read)
        }
    }

    @Test("of every example gives the fact back", arguments: ExportLineTests.examples)
    func examples(example: ExportLineTests.Example) throws {
        let items = Array(repeating: Self.reversalFact, count: 10_000)
        let isBracket = if case .atomicList = example.fact { true } else { false }
        let commits = [
            ExportTexts.Commit([.ledgerCreated(.nhsNumber)], at: ExportTexts.start),
            ExportTexts.Commit([example.fact] + (isBracket ? items : []), at: Self.later),
        ]
        for form in ExportForm.allCases {
            #expect(try ExportTexts.read([ExportTexts.written(commits, form)], form).commits == commits)
        }
    }

    @Test("of a ledger in which nothing was recorded has two lines")
    func empty() throws {
        for form in ExportForm.allCases {
            let bytes = try ExportTexts.written([], form)
            #expect(try ExportTexts.read([bytes], form).commits.isEmpty)
        }
        #expect(try ExportTexts.written([], .ndjson) == Array((ExportTexts.begins + ExportTexts.ends).utf8))
    }

    @Test("may have blank lines, blanks in its lines and no line feed at its end")
    func blanks() throws {
        let created = ExportTexts.created.replacing(#"":"#, with: #"" : "#)
        let text = ExportTexts.begins + "\n \t\r\n" + created + ExportTexts.ends
        let read = try ExportTexts.read(text)
        #expect(read.commits == [ExportTexts.Commit([.ledgerCreated(.nhsNumber)], at: ExportTexts.start)])
        #expect(try ExportTexts.read(String(text.dropLast())) == read)
        let csv = String(decoding: try ExportTexts.written(read.commits, .csv), as: UTF8.self)
        #expect(try ExportTexts.read(csv.replacing("\r\n", with: "\n"), .csv) == read)
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let code: String
        let pointer: String

        init(_ text: String, _ line: Int, _ code: String, _ pointer: String = "") {
            (self.text, self.line, self.code, self.pointer) = (text, line, code, pointer)
        }

        var testDescription: String { "\(code) \(pointer) line \(line)" }
    }

    private static let start = ExportTexts.begins + ExportTexts.created

    private static func after(_ lines: String..., code: String, _ pointer: String = "") -> Wrong {
        Wrong(start + lines.joined() + ExportTexts.ends, 2 + lines.count, code, pointer)
    }

    static let wrong: [Wrong] = [
        Wrong("", 1, "no-end"), Wrong(ExportTexts.begins, 2, "no-end"), Wrong(start, 3, "no-end"),
        Wrong(start + ExportTexts.ends + ExportTexts.ends, 4, "behind-the-end"),
        Wrong(ExportTexts.created, 1, "missing-field", "/fact"), Wrong(ExportTexts.ends, 1, "no-beginning", "/fact"),
        Wrong("[]\n", 1, "wrong-type"), Wrong("{\n", 1, "malformed-json"), Wrong("\n\n1\n", 3, "wrong-type"),
        Wrong(ExportTexts.begins.replacing(":1,", with: ":2,"), 1, "unknown-format", "/format"),
        Wrong(ExportTexts.begins.replacing("0f\"", with: "\""), 1, "bad-identity", "/identity"),
        Wrong(ExportTexts.begins.replacing("0a0b", with: "0A0B"), 1, "bad-identity", "/identity"),
        Wrong(ExportTexts.begins.replacing("}", with: ",\"x\":1}"), 1, "unknown-field", "/x"),
        Wrong(ExportTexts.begins + line(1, reversal), 2, "ledger-not-created", "/fact"),
        Wrong(
            ExportTexts.begins + ExportTexts.created.replacing("nhs-number", with: "name"), 2, "unknown-value",
            "/patients"),
        after(ExportTexts.created.replacing(":1,", with: ":2,"), code: "out-of-place", "/fact"),
        after(ExportTexts.begins, code: "missing-field", "/sequence"),
        after(line(3, reversal), code: "sequence-gap", "/sequence"),
        after(line(1, reversal), code: "sequence-gap", "/sequence"),
        after(line(0, reversal), code: "out-of-range", "/sequence"),
        after(line(2, reversal).replacing(":2,", with: ":\"2\","), code: "wrong-type", "/sequence"),
        after(line(2, reversal, at: "2015-06-02T09:29:59.999999Z"), code: "instant-goes-back", "/recordedAt"),
        after(line(2, reversal, at: "2015-06-02T09:30:00.001Z"), code: "bad-instant", "/recordedAt"),
        after(line(2, reversal, at: "2015-02-29T09:30:00.000001Z"), code: "bad-instant", "/recordedAt"),
        after(line(2, reversal, at: "2015-06-02T24:00:00.000000Z"), code: "bad-instant", "/recordedAt"),
        after(line(2, #""fact":"gift""#), code: "unknown-value", "/fact"),
        after(line(2, #""fact":"export-begins""#), code: "out-of-place", "/fact"),
        after(line(2, reversal.replacing("reversal\"", with: "cost-event\"")), code: "other-fact", "/fact"),
        after(line(2, reversal + #","sequence":2"#), code: "unknown-field", "/sequence"),
        after(line(2, reversal + #","fact":"reversal""#), code: "unknown-field", "/fact"),
        after(line(2, reversal + #","source":"sus""#), code: "duplicate-field", "/source"),
        after(line(2, reversal + #","record":"00""#), code: "unknown-field", "/record"),
        after(
            line(2, reversal.replacing(",\"source", with: ",\"record\":\"0\",\"source")), code: "bad-record", "/record"),
        after(
            line(2, reversal.replacing(",\"source", with: ",\"record\":\"010100\",\"source")), code: "other-record",
            "/record"),
        after(
            line(2, #""commissioner":"15E",\#(reversal)"#), code: "missing-field", "/fact"),
        after(
            line(2, #""fact":"withdrawal","commissioner":"15E","patient":"9990000018","from":"2015-04-01""#),
            code: "missing-field", "/born"),
        after(
            line(
                2,
                #""fact":"registration","commissioner":"15E","patient":"9990000018","from":"2015-04-01","withdrawn":true"#
            ), code: "other-fact", "/fact"),
        after(
            line(2, #""fact":"registration","commissioner":"15E","patient":"9990000019","from":"2015-04-01""#),
            code: "bad-patient", "/patient"),
        after(
            line(2, #""fact":"person-details","patient":"p:0123456789abcdef""#), code: "wrong-patient-form", "/patient"),
        after(
            line(2, #""fact":"national-rate-card","year":"2015-17","rates":[]"#), code: "bad-year", "/year"),
        after(
            line(2, #""fact":"national-rate-card","year":"2015-16","weight":"1","rates":[]"#),
            code: "field-not-allowed", "/weight"),
        after(
            line(
                2,
                #""fact":"own-rate-card","commissioner":"15E","year":"2015-16","rates":[{"setting":"primary","annualPence":1},{"setting":"primary","annualPence":2}]"#
            ), code: "overlapping-rates", "/rates/1"),
        after(
            line(
                2,
                #""fact":"list-sizes","commissioner":"15E","date":"2015-04-01","listSizes":[{"people":1},{"people":2}]"#
            ), code: "overlapping-list-sizes", "/listSizes/1"),
        after(
            line(2, #""fact":"list-sizes","commissioner":"15E","date":"2015-04-01","listSizes":[{"people":1.5}]"#),
            code: "not-an-integer", "/listSizes/0/people"),
        after(line(2, #""fact":"atomic-list","count":0"#), code: "out-of-range", "/count"),
        after(line(2, #""fact":"atomic-list","count":10001"#), code: "out-of-range", "/count"),
        Wrong(
            start + line(2, #""fact":"atomic-list","count":2"#) + line(3, reversal) + ExportTexts.ends, 5,
            "broken-list"),
        after(
            line(2, #""fact":"atomic-list","count":2"#), line(3, reversal),
            line(4, reversal, at: "2015-06-02T09:30:00.000002Z"), code: "broken-list"),
        after(
            line(2, #""fact":"atomic-list","count":2"#), line(3, #""fact":"atomic-list","count":1"#),
            code: "broken-list", "/fact"),
        after(ExportTexts.ends.replacing("}", with: ",\"x\":1}"), code: "unknown-field", "/x"),
        after(ExportTexts.ends.replacing("head", with: "heads"), code: "missing-field", "/head"),
    ]

    @Test("is refused with the first line that is wrong", arguments: wrong)
    func refusals(wrong: Wrong) {
        let problem = ExportTexts.problem(wrong.text)
        #expect(problem?.line == wrong.line)
        #expect(problem?.problem.code == wrong.code, "\(String(describing: problem))")
        #expect(problem?.problem.pointer == wrong.pointer)
        // No message repeats what may be a patient.
        #expect(problem?.description.contains("999000001") == false)
    }

    @Test("of more facts in a commit than there can be is refused")
    func largeCommit() throws {
        let commits = [
            ExportTexts.Commit([.ledgerCreated(.nhsNumber)], at: ExportTexts.start),
            ExportTexts.Commit(Array(repeating: Self.reversalFact, count: 3), at: Self.later),
        ]
        let bytes = try ExportTexts.written(commits, .ndjson)
        // Each reversal has two bytes of length, five in front of its texts, and 3 + 1 + 1 of texts.
        #expect(try ExportTexts.read([bytes], .ndjson, commitBytesMax: 36, recordsInCommitMax: 3).commits == commits)
        for (byteCount, count) in [(35, 3), (36, 2)] {
            #expect {
                try ExportTexts.read([bytes], .ndjson, commitBytesMax: byteCount, recordsInCommitMax: count)
            } throws: {
                ($0 as? ExportProblem)?.line == 5 && ($0 as? ExportProblem)?.problem.code == "commit-too-large"
            }
        }
    }

    @Test("is refused in CSV by line and column")
    func csvRefusals() throws {
        let commits = [
            ExportTexts.Commit([.ledgerCreated(.nhsNumber)], at: ExportTexts.start),
            ExportTexts.Commit([Self.reversalFact, .atomicList(count: 1), Self.reversalFact], at: Self.later),
        ]
        let text = String(decoding: try ExportTexts.written(commits, .csv), as: UTF8.self)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
        // The header, the beginning, four facts, the end and nothing.
        #expect(lines.count == 8)
        func problem(_ index: Int, _ line: String) -> (Int?, String?, String?) {
            var changed = lines
            changed[index] = line
            let problem = ExportTexts.problem(changed.joined(separator: "\r\n"), .csv)
            return (problem?.line, problem?.problem.code, problem?.problem.pointer)
        }
        #expect(problem(0, lines[0].replacing("source", with: "sauce")) == (1, "unknown-column", ""))
        #expect(problem(0, lines[0].replacing("source,id", with: "id,source")) == (1, "other-columns", ""))
        #expect(problem(0, String(lines[0].dropLast(8))) == (1, "other-columns", ""))
        #expect(problem(1, lines[0]) == (2, "missing-field", "/fact") || problem(1, lines[0]).0 == 2)
        #expect(problem(3, lines[3].replacing("2,2", with: "02,2")).0 == 4)
        #expect(problem(3, lines[3].replacing("2,2", with: "2.0,2")) == (4, "not-an-integer", "/sequence"))
        #expect(problem(3, lines[3] + ",") == (4, "wrong-field-count", ""))
        #expect(problem(3, lines[3].replacing("sus", with: "s us")) == (4, "bad-identifier", "/source"))
        #expect(problem(3, lines[3].replacing("sus", with: "s\"us")).1 == "malformed-csv")
        #expect(problem(3, lines[3] + #""{""amountPence"":1}""#) == (4, "field-not-allowed", "/amountPence"))
        #expect(problem(3, lines[3] + #""{""source"":""sus""}""#) == (4, "duplicate-field", "/source"))
        for details in ["{}", "1", "{1}", #"""a"":1"#, #"{""count"":1},""x"":{""y"":1}"#, #"{""count"":1} "#] {
            let line = lines[4].replacing(#""{""count"":1}""#, with: "\"\(details)\"")
            #expect(problem(4, line).0 == 5, "\(details)")
        }
        let long = String(repeating: " ", count: Limits.exportLineBytesMax)
        #expect(problem(4, lines[4].replacing("{", with: "{\(long)")) == (5, "line-too-long", ""))
    }

    @Test("has lines of up to 1,048,576 bytes")
    func longLines() {
        let line = String(ExportTexts.begins.dropLast())
        let blanks = String(repeating: " ", count: Limits.exportLineBytesMax - line.utf8.count)
        #expect(ExportTexts.problem(line + blanks + "\n" + ExportTexts.ends) == nil)
        #expect(ExportTexts.problem(line + blanks + " \n" + ExportTexts.ends)?.problem.code == "line-too-long")
        let open = ExportTexts.begins + String(repeating: "{", count: Limits.exportLineBytesMax + 1)
        let problem = ExportTexts.problem(open)
        #expect(problem?.line == 2)
        #expect(problem?.problem.code == "line-too-long")
    }

    @Test(
        "with any one byte changed is refused with a line, or says something else", arguments: ExportForm.allCases)
    func changedBytes(form: ExportForm) throws {
        let commits = [
            ExportTexts.Commit([.ledgerCreated(.nhsNumber)], at: ExportTexts.start),
            ExportTexts.Commit(ExportLineTests.examples.dropLast().map(\.fact), at: Self.later),
        ]
        let bytes = try ExportTexts.written(commits, form)
        let right = try ExportTexts.read([bytes], form)
        let lineCount = bytes.count { $0 == UInt8(ascii: "\n") }
        var random = JSONMemoryTests.SplitMix64(state: 3)
        var refused = 0
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] = UInt8.random(in: 0...255, using: &random)
            guard damaged[index] != bytes[index] else { continue }
            do {
                let read = try ExportTexts.read([damaged], form)
                // Blanks between tokens, line ends of either kind, and a field that says what is so without it.
                if read == right { #expect(ExportTexts.isHarmless(bytes[index], damaged[index]), "\(index)") }
            } catch let problem as ExportProblem {
                refused += 1
                #expect((1...lineCount + 1).contains(problem.line))
            }
        }
        #expect(refused > bytes.count / 2)
    }
}

extension ExportTexts {
    /// A fact that stands at any place: nil for the one that creates a ledger and for brackets. National cards that were
    /// drawn lose their weights, which no reader takes.
    static func ordinary(_ fact: Fact) -> Fact? {
        switch fact {
        case .ledgerCreated, .atomicList: return nil
        case .nationalRateCard(let card):
            let funders = CareSetting.allCases.compactMap { setting in
                card.funders[Int(setting.rawValue)].map { (setting, $0) }
            }
            return .nationalRateCard(
                RateCard(year: card.year, funders: Dictionary(uniqueKeysWithValues: funders), rates: card.rates))
        default: return fact
        }
    }

    static func mayBeInList(_ fact: Fact) -> Bool {
        switch fact {
        case .costEvent, .reversal: true
        default: false
        }
    }

    /// Whether one byte in place of another may leave what a line says as it was: one of two bytes that end a line.
    static func isHarmless(_ old: UInt8, _ new: UInt8) -> Bool {
        [UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(old) || [0x20, 0x09, 0x0d, 0x0a].contains(new)
    }
}
