import ChequebookLedger
import ChequebookModel
import Testing

@Suite("The commissioners")
struct CommissionerTests {
    @Test("are created, replaced or unchanged, and listed by code")
    func register() {
        let books = Books(today: "2015-11-01", commissioners: [])
        for code in ["X24", "05L", "15E"] as [OrganisationCode] { #expect(books.add(code) == .created) }
        #expect(books.add("05L") == .unchanged)
        #expect(books.add("05L", name: "NHS Sandwell") == .replaced)
        #expect(books.ledger.commissioners().map(\.code) == ["05L", "15E", "X24"])
        #expect(books.ledger.commissioner("05L")?.name == "NHS Sandwell")
        #expect(books.ledger.commissioner("99X") == nil)
        #expect(books.ledger.figures("99X", "2015-16", through: nil) == nil)
    }

    @Test("keep their costs, people and cards when they are replaced")
    func replaced() {
        let books = Books(today: "2015-11-01")
        books.setRates(of: "15E", [CapitationRate(setting: .primary, annualPence: 36_600)])
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        let before = books.everything
        #expect(books.add("15E", name: "NHS Birmingham") == .replaced)
        #expect(books.everything == before)
        #expect(books.costPence("15E") == 1_000)
    }

    @Test("are as many as are allowed, and no more")
    func most() throws {
        let books = Books(today: "2015-11-01", commissioners: [])
        for number in 0..<Limits.commissionersMax {
            let outcome = books.add(try #require(OrganisationCode("C\(number)")))
            if outcome != .created { Issue.record("C\(number): \(outcome)") }
        }
        #expect(books.add("ONEMORE") == .refused(.tooManyCommissioners))
        #expect(books.ledger.commissioner("ONEMORE") == nil)
        #expect(books.add("C0", name: "NHS First") == .replaced)
        #expect(books.ledger.commissioners().count == Limits.commissionersMax)
        let last = try #require(OrganisationCode("C\(Limits.commissionersMax - 1)"))
        books.post(cost("e1", 7, for: nil, on: "2015-06-02", commissioner: last))
        #expect(books.costPence(last) == 7)
    }
}

@Suite("A ledger")
struct LedgerTests {
    @Test("is created for one form of patient, once")
    func created() {
        let books = Books(today: "2015-11-01", patients: .pseudonym)
        #expect(books.apply(.ledgerCreated(.nhsNumber)) == .unchanged)
        #expect(books.ledger.patientForm == .pseudonym)
    }

    @Test("in a year that has not begun has figures of nothing")
    func notBegun() {
        let books = Books(today: "2015-11-01")
        books.setRates(year: "2016-17", [CapitationRate(setting: .primary, annualPence: 36_500)])
        books.register(.ann, with: "15E", from: "2015-04-01")
        let figures = books.ledger.figures("15E", "2016-17", through: nil)
        #expect(figures?.through == nil)
        #expect(figures?.cost == CostFigures())
        #expect(figures?.budget == BudgetFigures(year: "2016-17", basis: .registered))
        #expect(books.ledger.unattributedCost("2016-17", through: nil) == CostFigures())
    }

    @Test("has the same figures after the same records, however they are asked about in between")
    func deterministic() throws {
        var generator = SeededGenerator(seed: 77)
        let (asked, quiet) = (Books(today: "2016-06-01"), Books(today: "2016-06-01"))
        for step in 0..<200 {
            let day = Books.year.firstDay.adding(days: .random(in: 0..<366, using: &generator))
            let body: OrganisationCode = Bool.random(using: &generator) ? "15E" : "05L"
            let pence = Int64.random(in: 0...9_999, using: &generator)
            let id = try #require(Identifier("e\(step % 50)"))
            let kind = step % 5
            for books in [asked, quiet] {
                switch kind {
                case 0: books.register(.ann, with: body, from: day, group: .older)
                case 1: books.setRates([CapitationRate(setting: .primary, annualPence: pence)])
                case 2: books.reverse(id, by: id)
                default: books.post(cost(id, pence, for: .ann, on: day, version: Int32(step / 50) + 1))
                }
            }
            _ = asked.everything
            _ = asked.event(id)
        }
        #expect(asked.everything == quiet.everything)
    }
}
