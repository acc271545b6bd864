import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A higher version")
struct VersionTests {
    private static func books() -> Books {
        let books = Books(today: "2016-11-01")
        books.register(.ann, with: "15E", from: "2014-04-01", group: .older)
        books.register(.bob, with: "05L", from: "2014-04-01", group: .mentalHealth)
        return books
    }

    private static let first = cost("e1", 1_000, for: .ann, on: "2015-06-02")

    /// What a version 2 may say differently, and the one cell that counts it.
    private static let corrections: [(CostEvent, OrganisationCode, FinancialYear, CareSetting, PatientGroup?, Int)] = [
        (first.with(serviceDate: "2015-04-01"), "15E", "2015-16", .secondary, .older, 0),
        (first.with(serviceDate: "2016-02-29"), "15E", "2015-16", .secondary, .older, 10),
        (first.with(serviceDate: "2015-03-31"), "15E", "2014-15", .secondary, .older, 11),
        (first.with(serviceDate: "2016-04-01"), "15E", "2016-17", .secondary, .older, 0),
        (first.with(setting: .publicHealth), "15E", "2015-16", .publicHealth, .older, 2),
        (first.with(subject: .patient(.bob)), "05L", "2015-16", .secondary, .mentalHealth, 2),
        (first.with(commissioner: "05L"), "05L", "2015-16", .secondary, .older, 2),
        (first.with(subject: .without(.withheld), commissioner: "05L"), "05L", "2015-16", .secondary, nil, 2),
        (first.with(kind: .credit), "15E", "2015-16", .secondary, .older, 2),
        (first.with(amountPence: 1), "15E", "2015-16", .secondary, .older, 2),
        (first.with(provider: "RXA"), "15E", "2015-16", .secondary, .older, 2),
        (first, "15E", "2015-16", .secondary, .older, 2),
    ]

    @Test("takes the event's place, wherever it then belongs", arguments: corrections.indices)
    func takesPlace(_ index: Int) {
        let (event, code, year, setting, group, month) = Self.corrections[index]
        let books = Self.books()
        books.post(Self.first)
        let second = event.with(version: 2)
        #expect(books.post(second) == .reposted(isUnattributed: false))
        let cell = books.costs(code, year: year)[setting, group, month]
        #expect(cell == CostFigures.Cell(pence: Int128(second.signedPence), events: 1))
        let fresh = Self.books()
        fresh.post(second)
        #expect(books.everything == fresh.everything)
        #expect(books.event("e1")?.fact == .costEvent(second))
        #expect(books.ledger.identityCount == 1)
        #expect(books.post(second) == .duplicate)
        #expect(books.post(Self.first) == .superseded)
    }

    @Test("and then the first again in a third leave every total as it was")
    func thereAndBack() {
        for (event, _, _, _, _, _) in Self.corrections {
            let books = Self.books()
            books.post(Self.first)
            let before = books.everything
            books.post(event.with(version: 2))
            #expect(books.post(Self.first.with(version: 3)) == .reposted(isUnattributed: false))
            #expect(books.everything == before)
        }
    }

    @Test("need not be the next one, and the highest is 2^31 − 1")
    func numbers() {
        let books = Self.books()
        books.post(Self.first.with(version: 7))
        #expect(books.post(Self.first.with(version: 6)) == .superseded)
        #expect(books.post(Self.first.with(version: .max, amountPence: 3)) == .reposted(isUnattributed: false))
        #expect(books.post(Self.first.with(version: .max - 1)) == .superseded)
        #expect(books.costPence("15E") == 3)
    }

    @Test("that is refused leaves the one before it standing")
    func refused() {
        let books = Self.books()
        books.post(Self.first)
        let before = books.everything
        #expect(
            books.post(Self.first.with(version: 2, serviceDate: "2016-11-02")) == .refused(.futureServiceDate))
        #expect(books.post(Self.first.with(version: 2, commissioner: "99X")) == .refused(.unknownCommissioner))
        #expect(books.everything == before)
        #expect(books.post(Self.first) == .duplicate)
        #expect(books.post(Self.first.with(version: 2, amountPence: 2)) == .reposted(isUnattributed: false))
    }

    @Test("for a patient whom nobody has registered is unattributed")
    func unattributed() {
        let books = Self.books()
        books.post(Self.first)
        #expect(books.post(Self.first.with(version: 2, subject: .patient(.cat))) == .reposted(isUnattributed: true))
        #expect(books.costPence("15E") == 0)
        #expect(books.unattributed.sum() == CostFigures.Cell(pence: 1_000, events: 1))
    }

    @Test("for another patient moves with that patient's statements, and the others stay", arguments: 0..<3)
    func movesWithNewPatient(_ moved: Int) {
        let books = Books(today: "2015-11-01")
        let events = [1, 10, 100].enumerated().map { place, pence in
            cost(["e1", "e2", "e3"][place], pence, for: .ann, on: "2015-06-02")
        }
        for event in events { books.post(event) }
        books.post(events[moved].with(version: 2, subject: .patient(.bob)))
        books.register(.ann, with: "15E", from: "2015-04-01")
        #expect(books.costPence("15E") == [110, 101, 11][moved])
        books.register(.bob, with: "05L", from: "2015-04-01")
        #expect(books.costPence("05L") == [1, 10, 100][moved])
        // Bob's event is Ann's again, and goes with her.
        books.post(events[moved].with(version: 3))
        books.register(.ann, with: "05L", from: "2015-05-01")
        #expect(books.costPence("05L") == 111)
        #expect(books.costPence("15E") == 0)
    }

    @Test("on another day moves with the statement of that day, no more with that of the old one")
    func movesWithNewDay() {
        let books = Books(today: "2015-11-01")
        books.post(Self.first)
        books.post(Self.first.with(version: 2, serviceDate: "2015-08-02"))
        books.register(.ann, with: "15E", from: "2015-06-01", until: "2015-07-01")
        #expect(books.unattributed.sum().pence == 1_000)
        books.register(.ann, with: "05L", from: "2015-08-01")
        #expect(books.costPence("05L") == 1_000)
        #expect(books.unattributed == CostFigures())
    }

    @Test("may take the patient away and give one back")
    func patientTakenAway() {
        let books = Books(today: "2015-11-01")
        books.post(Self.first)
        books.post(Self.first.with(version: 2, subject: .without(.unknown), commissioner: "05L"))
        books.register(.ann, with: "15E", from: "2015-04-01")
        #expect(books.costPence("15E") == 0)
        #expect(books.costPence("05L") == 1_000)
        #expect(books.costs("05L").withoutPatientPence == 1_000)
        books.post(Self.first.with(version: 3))
        #expect(books.costPence("15E") == 1_000)
        #expect(books.costs("05L") == CostFigures())
        books.register(.ann, with: "05L", from: "2015-06-01")
        #expect(books.costPence("05L") == 1_000)
    }
}
