import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("Cost by funder")
struct CostByFunderTests {
    private static let rates = [
        CapitationRate(setting: .secondary, annualPence: 36_600), CapitationRate(setting: .social, annualPence: 36_600),
    ]

    /// Ann has a council, Bob has none; secondary care is X24's, social care the council's, by the national card.
    private static func books() -> Books {
        let books = Books(today: "2016-06-01")
        books.setRates(funders: [.secondary: .organisation("X24"), .social: .council], rates)
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-04-11", council: "E06")
        books.register(.bob, with: "15E", from: "2015-04-01", until: "2015-04-11")
        return books
    }

    @Test("is the stated funder's, whatever a card says")
    func stated() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", funder: "X25"))
        books.post(cost("e2", 7, for: .ann, on: "2015-04-02", setting: .social, funder: "X25"))
        books.post(cost("e3", 9, for: nil, on: "2015-04-02", setting: .primary, commissioner: "15E", funder: "X25"))
        #expect(books.penceByFunder("15E") == ["X25": 21])
    }

    @Test("is that of the body that the card names for the setting")
    func named() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02"))
        books.post(cost("e2", 7, for: nil, on: "2015-04-02", commissioner: "15E"))
        #expect(books.penceByFunder("15E") == ["X24": 12])
    }

    @Test("is the registration's council where the card says council, and without one the commissioner itself")
    func council() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", setting: .social))
        books.post(cost("e2", 7, for: .bob, on: "2015-04-02", setting: .social))
        books.post(cost("e3", 9, for: nil, on: "2015-04-02", setting: .social, commissioner: "15E"))
        // Stated for another body: the council is still that of the registration on the day.
        books.post(cost("e4", 11, for: .ann, on: "2015-04-02", setting: .social, commissioner: "05L"))
        #expect(books.penceByFunder("15E") == ["E06": 5, "15E": 16])
        #expect(books.penceByFunder("05L") == ["E06": 11])
    }

    @Test("is the commissioner's own where no card names anybody, and where there is no card")
    func notNamed() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", setting: .primary))
        #expect(books.penceByFunder("15E") == ["15E": 5])
        books.register(.ann, with: "15E", from: "2014-04-01", council: "E06")
        books.post(cost("e2", 7, for: .ann, on: "2014-04-02", setting: .social))
        let lines = books.ledger.figures("15E", "2014-15", through: "2015-03-31", isDetailed: true)?.costLines
        #expect(lines?.map(\.funder) == ["15E"])
    }

    @Test("is by the commissioner's own card if that has a rate for the setting, else by the national one")
    func ownCard() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02"))
        books.post(cost("e2", 7, for: .ann, on: "2015-04-02", setting: .social))
        let funders: [CareSetting: Funder] = [.secondary: .organisation("X99"), .social: .organisation("X99")]
        books.setRates(of: "15E", funders: funders, [Self.rates[0]])
        #expect(books.penceByFunder("15E") == ["X99": 5, "E06": 7])
        // An own card that names nobody: the commissioner pays for itself.
        books.setRates(of: "15E", Self.rates)
        #expect(books.penceByFunder("15E") == ["15E": 12])
    }

    @Test("is another's when the card is replaced or the statement says another council, all of it")
    func moved() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02"))
        books.post(cost("e2", 7, for: .ann, on: "2015-04-02", setting: .social))
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-04-11", council: "E07")
        #expect(books.penceByFunder("15E") == ["X24": 5, "E07": 7])
        books.setRates(funders: [.secondary: .council], Self.rates)
        #expect(books.penceByFunder("15E") == ["E07": 5, "15E": 7])
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-04-11")
        #expect(books.penceByFunder("15E") == ["15E": 12])
    }

    @Test("takes a version and a reversal out where the event was")
    func takenOut() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", funder: "X25"))
        books.post(cost("e1", 6, for: .ann, on: "2015-04-02", version: 2))
        #expect(books.penceByFunder("15E") == ["X24": 6])
        books.reverse("e1", by: "r1")
        #expect(books.lines("15E").isEmpty)
    }

    @Test("stands beside the budget of each, by the same rules")
    func budget() {
        let books = Self.books()
        let figures = books.budget("15E", through: "2015-04-10")
        // Ten days of two people at 100 p in secondary care; in social care ten of Ann's for her council, ten of Bob's.
        #expect(figures.penceByFunder == ["X24": 2_000, "E06": 1_000, "15E": 1_000])
        #expect(figures.pence(.social) == 2_000)
        #expect(figures.parts.map(\.setting) == [.secondary, .social, .social])
        #expect(figures.parts.map(\.funder) == ["X24", "15E", "E06"])
    }

    @Test("of 15E is that of 15E alone: who pays for nobody's cost is not known unless it is stated")
    func nobody() {
        let books = Self.books()
        books.post(cost("e1", 5, for: .cat, on: "2015-04-02"))
        books.post(cost("e2", 7, for: .cat, on: "2015-04-02", funder: "X25"))
        #expect(books.penceByFunder("15E").isEmpty)
        let lines = books.ledger.unattributedLines(Books.year, through: Books.year.lastDay, at: .now).lines
        #expect(Set(lines.map(\.funder)) == [nil, "X25"])
        #expect(lines.reduce(0) { $0 + $1.cell.pence } == 12)
    }
}

@Suite("Cost by provider")
struct CostByProviderTests {
    @Test("is each provider's, and what names none is beside them")
    func each() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", provider: "RXA"))
        books.post(cost("e2", 7, for: .ann, on: "2015-06-02", setting: .social, provider: "RXA"))
        books.post(cost("e3", 2, for: .ann, on: "2015-06-02", kind: .credit, provider: "RXB"))
        books.post(cost("e4", 11, for: .ann, on: "2015-06-02"))
        books.post(cost("e5", 13, for: nil, on: "2015-06-02", commissioner: "15E", provider: "RXB"))
        #expect(books.penceByProvider("15E") == ["RXA": 12, "RXB": 11, nil: 11])
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", version: 2, provider: "RXC"))
        #expect(books.penceByProvider("15E") == ["RXA": 7, "RXB": 11, "RXC": 5, nil: 11])
    }

    @Test("has a line for each setting, group, month, provider and funder, and none for nothing")
    func lines() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older)
        books.post(cost("e1", 5, for: .ann, on: "2015-04-02", provider: "RXA"))
        books.post(cost("e2", 7, for: .ann, on: "2015-04-30", provider: "RXA"))
        books.post(cost("e3", 0, for: .ann, on: "2015-05-01", provider: "RXA"))
        books.post(cost("e4", 9, for: .ann, on: "2016-03-31", provider: "RXA"))
        books.reverse("e4", by: "r4")
        let lines = books.lines("15E").sorted { $0.month < $1.month }
        #expect(lines.map(\.month) == [0, 1])
        #expect(lines.map(\.cell) == [CostFigures.Cell(pence: 12, events: 2), CostFigures.Cell(events: 1)])
        #expect(lines.allSatisfy { $0.setting == .secondary && $0.group == .older })
        #expect(lines.allSatisfy { $0.provider == "RXA" && $0.funder == "15E" })
    }

    @Test("and funder adds up to the figures by setting, group and month, through every day", arguments: 0..<20)
    func addsUp(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let books = Books(today: "2016-06-01")
        books.setRates(funders: [.secondary: .council, .social: .organisation("X24")], [])
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older, council: "E06")
        books.register(.ann, with: "05L", from: "2015-09-01", group: .mentalHealth)
        for number in 0..<200 {
            let id = try #require(Identifier("e\(number)"))
            let patients: [Patient?] = [.ann, .bob, nil]
            let patient = patients.randomElement(using: &generator) ?? nil
            books.post(
                cost(
                    id, .random(in: 0...99, using: &generator), for: patient,
                    on: Books.year.firstDay.adding(days: .random(in: 0..<366, using: &generator)),
                    setting: [.secondary, .social, .primary].randomElement(using: &generator) ?? .primary,
                    commissioner: patient == nil ? "15E" : nil,
                    kind: Bool.random(using: &generator) ? .cost : .credit,
                    provider: [nil, "RXA", "RXB"].randomElement(using: &generator) ?? nil,
                    funder: [nil, nil, "X25"].randomElement(using: &generator) ?? nil))
        }
        for through in ["2015-04-01", "2015-08-31", "2015-12-17", "2016-03-31"] as [CalendarDate] {
            for code in ["15E", "05L"] as [OrganisationCode] {
                let plain = books.ledger.figures(code, Books.year, through: through)
                let detailed = books.ledger.figures(code, Books.year, through: through, isDetailed: true)
                #expect(detailed?.cost == plain?.cost)
                #expect(plain?.costLines.isEmpty == true)
                var sum = CostFigures()
                for line in detailed?.costLines ?? [] { sum[line.setting, line.group, line.month] += line.cell }
                #expect(sum.cells == plain?.cost.cells)
            }
        }
    }
}
