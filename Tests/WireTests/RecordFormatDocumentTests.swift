import ChequebookModel
import ChequebookWire
import Foundation
import Testing

@Suite("docs/RECORD_FORMAT.md tells the truth")
struct RecordFormatDocumentTests {
    private let document: [String]

    init() throws {
        let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let text = try String(contentsOfFile: path + "/../../docs/RECORD_FORMAT.md", encoding: .utf8)
        document = text.components(separatedBy: "\n")
    }

    private static let event = Fact.costEvent(
        CostEvent(
            identity: EventIdentity(source: Identifier("trust-rxk")!, id: Identifier("2015-000001")!), version: 1,
            subject: .patient(Reading.nhsNumber(9_990_000_018)), setting: .secondary,
            serviceDate: Reading.day("2015-06-02"), amountPence: 12_345, provider: Reading.code("RXK"),
            service: Identifier("A-and-E")!))

    private static let statement = Fact.statement(
        Statement(
            patient: "p:0123456789abcdef".withBytes { PatientReader.patient($0)! }, commissioner: Reading.code("15E"),
            from: Reading.day("2015-04-01"), born: Reading.day("1950-07-15"), sex: .female, group: .older,
            council: Reading.code("00CN")))

    private static let card = Fact.ownRateCard(
        Reading.code("15E"),
        RateCard(
            year: Reading.year, settingWeightMillionths: [.community: 1_347_000],
            funders: [.primary: .organisation(Reading.code("X24")), .social: .council],
            rates: [
                CapitationRate(setting: .primary, annualPence: 14_200),
                CapitationRate(
                    setting: .social, annualPence: 250_000, ageFrom: 65, sex: .female,
                    until: Reading.day("2015-10-01")),
            ]))

    private static let listSizes = Fact.listSizes(
        ListSizes(
            commissioner: Reading.code("15E"), date: Reading.day("2015-04-01"),
            bands: [
                ListSizeBand(ageTo: 64, people: 10),
                ListSizeBand(ageFrom: 65, sex: .female, group: .older, people: 345_678),
            ]))

    private static let details = Fact.personDetails(
        PersonDetails(
            patient: Reading.nhsNumber(9_990_000_018), died: .set(Reading.day("2015-06-02")),
            replacedBy: .set(Reading.nhsNumber(9_990_000_026))))

    private static let succession = Fact.succession(
        Succession(
            commissioner: Reading.code("13T"), from: ["00F", "00G", "00H"].map(Reading.code),
            date: Reading.day("2015-04-01")))

    static let examples: [(String, Fact)] = [
        ("## Cost event", event), ("## Statement", statement), ("## Rate card", card), ("## List sizes", listSizes),
        ("## Person", details), ("## Succession", succession),
    ]

    @Test(
        "each dump is read as the fact that it is said to hold, and that fact is written as the dump",
        arguments: examples)
    func dumps(section: String, fact: Fact) throws {
        let dump = try #require(Self.bytes(ofDump: lines(of: section)))
        #expect(try Record.fact(dump) == fact)
        #expect(Record.bytes(fact) == dump)
    }

    @Test("each table's fields follow each other without a gap, and together are the dump", arguments: examples)
    func tables(section: String, fact: Fact) throws {
        let dump = try #require(Self.bytes(ofDump: lines(of: section)))
        #expect(try Self.bytes(ofTable: #require(tables(of: section).first)) == dump)
    }

    @Test("the table of a rate is the end of the card's dump")
    func rate() throws {
        let rate = try Self.bytes(ofTable: #require(tables(of: "## Rate card").last))
        let dump = try #require(Self.bytes(ofDump: lines(of: "## Rate card")))
        #expect(rate.count == 21)
        #expect(Array(dump.suffix(21)) == rate)
    }

    @Test("the table of a band is the end of the list's dump")
    func band() throws {
        let band = try Self.bytes(ofTable: #require(tables(of: "## List sizes").last))
        let dump = try #require(Self.bytes(ofDump: lines(of: "## List sizes")))
        #expect(band.count == 8)
        #expect(Array(dump.suffix(8)) == band)
    }

    @Test("the numbers of kinds and words are the ones in use")
    func numbers() throws {
        let text = document.joined(separator: "\n")
        func expectNumbered<Word: WireWord>(_ type: Word.Type, as name: String) {
            let list = Word.words.enumerated().map { "\($0.offset) \($0.element)" }.joined(separator: ", ")
            #expect(text.contains("| \(name) | \(list)"))
        }
        expectNumbered(CareSetting.self, as: "setting")
        expectNumbered(PatientGroup.self, as: "group")
        expectNumbered(Sex.self, as: "sex")
        expectNumbered(WithoutPatient.self, as: "reason without a patient")
        expectNumbered(CommissionerKind.self, as: "kind of commissioner")
        var facts = RandomFacts(seed: 1)
        let kinds = facts.all().map { Record.bytes($0)[0] }
        let rows = document.compactMap { row in
            row.hasPrefix("| ") ? UInt8(row.dropFirst(2).prefix { $0 != " " }) : nil
        }
        #expect(Array(rows.prefix(kinds.count)) == kinds)
        #expect(document.first == "# The record format, version \(RecordFormat.version)")
    }

    /// The lines from a heading to the next of its rank.
    private func lines(of section: String) -> [String] {
        Array(document.drop { $0 != section }.dropFirst().prefix { !$0.hasPrefix("## ") })
    }

    /// The tables below a heading that give offsets, as rows of cells.
    private func tables(of section: String) -> [[[String]]] {
        var tables: [[[String]]] = []
        for line in lines(of: section) {
            if line.hasPrefix("| offset |") { tables.append([]) }
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard !tables.isEmpty, cells.count == 4, Int(cells[0]) != nil else { continue }
            tables[tables.count - 1].append(cells)
        }
        return tables
    }

    /// The bytes of a table's examples, one behind the other, each at the offset and of the length that its row gives.
    private static func bytes(ofTable rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in rows {
            #expect(Int(row[0]) == bytes.count, "\(row[2])")
            let quoted = row[3].hasPrefix("`") ? row[3].dropFirst().prefix { $0 != "`" } : ""
            let field = quoted.split(separator: " ").compactMap { UInt8($0, radix: 16) }
            #expect(Int(row[1]) == field.count, "\(row[2])")
            bytes += field
        }
        return bytes
    }

    /// The bytes of the first dump among these lines, in the form of `hexdump -C`; nil if there is none.
    private static func bytes(ofDump lines: [String]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for line in lines.drop(while: { $0 != "```" }).dropFirst().prefix(while: { $0 != "```" }) {
            let words = line.prefix { $0 != "|" }.split(separator: " ")
            guard let offset = words.first.flatMap({ Int($0, radix: 16) }), offset == bytes.count else { return nil }
            for word in words.dropFirst() {
                guard let byte = UInt8(word, radix: 16) else { return nil }
                bytes.append(byte)
            }
        }
        return bytes.isEmpty ? nil : bytes
    }
}
