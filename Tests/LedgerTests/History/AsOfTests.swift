import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A day that is over")
struct AsOfTests {
    /// Everything of the first of June 2015, then midnight.
    private static func books() -> Books {
        let books = Books(today: "2015-06-01", commissioners: ["15E", "05L"])
        let rates = [
            CapitationRate(setting: .secondary, annualPence: 36_600),
            CapitationRate(setting: .social, annualPence: 366),
        ]
        books.setRates(funders: [.secondary: .organisation("X24")], rates)
        books.setRates(of: "15E", weight: 1_500_000, [])
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older, council: "E06")
        books.register(.ann, with: "15E", from: "2015-05-01", group: .older)
        books.register(.bob, with: "15E", from: "2015-04-01")
        books.list("05L", "2015-04-01", ListSizeBand(people: 10))
        books.post(cost("e1", 100, for: .ann, on: "2015-05-02", provider: "RXA"))
        books.post(cost("e2", 20, for: .bob, on: "2015-05-02", setting: .social))
        books.post(cost("e3", 3, for: .cat, on: "2015-05-02"))
        books.post(cost("e4", 7, for: nil, on: "2015-05-02", commissioner: "05L"))
        books.post(cost("e5", 2, for: "9990000042", on: "2015-05-02"))
        books.say(of: "9990000042", replacedBy: .set(.bob))
        books.clock("2015-06-02")
        return books
    }

    private static let happenings: [(name: String, change: @Sendable (Books) -> Void)] = [
        ("a late event", { $0.post(cost("e9", 1, for: .ann, on: "2015-05-02")) }),
        ("a late event of nobody", { $0.post(cost("e9", 1, for: .cat, on: "2015-05-02")) }),
        ("a reversal", { $0.reverse("e1", by: "r1") }),
        ("a version with another amount", { $0.post(cost("e1", 5, for: .ann, on: "2015-05-02", version: 2)) }),
        ("a version for another patient", { $0.post(cost("e1", 100, for: .cat, on: "2015-05-02", version: 2)) }),
        ("a version in another year", { $0.post(cost("e1", 100, for: .ann, on: "2015-03-02", version: 2)) }),
        ("a back-dated move", { $0.register(.ann, with: "05L", from: "2015-04-15", group: .older) }),
        ("another group", { $0.register(.ann, with: "15E", from: "2015-05-01", group: .mentalHealth) }),
        ("another council", { $0.register(.ann, with: "15E", from: "2015-05-01", group: .older, council: "E07") }),
        ("an end", { $0.register(.ann, with: "15E", from: "2015-05-01", until: "2015-05-02", group: .older) }),
        ("a first registration", { $0.register(.cat, with: "15E", from: "2015-04-01") }),
        ("another sex", { $0.say(of: .ann, sex: .male) }),
        ("another birthday", { $0.say(of: .ann, born: "1930-01-01") }),
        ("a withdrawal", { $0.withdraw(.ann, from: "2015-05-01", by: "15E") }),
        ("another national card", { $0.setRates([CapitationRate(setting: .primary, annualPence: 1)]) }),
        ("another funder", { $0.setRates(of: "15E", funders: [.social: .organisation("X25")], [Self.social]) }),
        ("another weight", { $0.setRates(of: "15E", weight: 1, []) }),
        ("a first own card", { $0.setRates(of: "05L", weight: 2_000_000, []) }),
        ("another list of the day", { $0.list("05L", "2015-04-01", ListSizeBand(people: 11)) }),
        ("a list of a day after", { $0.list("05L", "2015-05-01", ListSizeBand(people: 11)) }),
        ("a list that is the basis from now on", { $0.list("15E", "2015-04-01", ListSizeBand(people: 11)) }),
        ("a new name", { $0.add("15E", name: "NHS Birmingham CCG") }),
        ("a new body", { $0.add("99C") }),
        ("a death", { $0.say(of: .ann, died: .set("2015-04-20")) }),
        ("a joined number", { $0.say(of: .cat, replacedBy: .set(.ann)) }),
        ("a succession", { $0.succeed("05L", ["15E"], on: "2015-04-15") }),
        ("a number that is parted again", { $0.say(of: "9990000042", replacedBy: .clear) }),
    ]

    private static let social = CapitationRate(setting: .social, annualPence: 366)

    @Test("is answered as it was when it ended, whatever happens later", arguments: happenings.indices)
    func unmoved(_ index: Int) {
        let (name, change) = Self.happenings[index]
        let books = Self.books()
        let ended = books.answers()
        change(books)
        #expect(books.answers() != ended, "\(name) changes something")
        #expect(books.answers(at: .asOf("2015-06-01")) == ended, "\(name)")
        for (next, other) in Self.happenings.enumerated() where next != index { other.change(books) }
        #expect(books.answers(at: .asOf("2015-06-01")) == ended, "\(name), and everything else")
    }

    @Test("is answered alike with and without a breakdown, through any day")
    func detail() {
        let books = Self.books()
        for happening in Self.happenings { happening.change(books) }
        books.clock("2015-06-03")
        for day in ["2015-06-01", "2015-06-02"] as [CalendarDate] {
            for through in ["2015-04-01", "2015-05-02", "2016-03-31"] as [CalendarDate] {
                for code in ["15E", "05L"] as [OrganisationCode] {
                    let plain = books.ledger.figures(code, Books.year, through: through, at: .asOf(day))
                    let detailed = books.ledger.figures(
                        code, Books.year, through: through, at: .asOf(day), isDetailed: true)
                    #expect(plain?.cost == detailed?.cost)
                    #expect(plain?.budget == detailed?.budget)
                    #expect(plain?.costLines.isEmpty == true)
                }
            }
        }
    }

    @Test("knows what was recorded by its end, whatever days that is about")
    func byHand() {
        let books = Books(today: "2015-05-01", commissioners: [])
        books.add("15E", name: "A")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 5, for: .ann, on: "2015-04-01"))
        books.clock("2015-05-02")
        books.add("15E", name: "New")
        books.add("05L", name: "B")
        books.post(cost("e1", 6, for: .ann, on: "2015-04-01", version: 2))
        books.setRates([CapitationRate(setting: .primary, annualPence: 366)])
        books.clock("2015-05-03")
        books.reverse("e1", by: "r1")
        books.withdraw(.ann, from: "2015-04-01", by: "15E")
        books.clock("2015-05-04")
        books.list("15E", "2015-04-01", ListSizeBand(people: 9))
        let days: [CalendarDate] = ["2015-05-01", "2015-05-02", "2015-05-03", "2015-05-04"]
        let answers = days.map { books.answers(at: .asOf($0), through: $0)["15E"] }
        #expect(answers.map(\.?.body.name) == ["A", "New", "New", "New"])
        #expect(answers.map { $0?.cost.sum().pence } == [5, 6, 0, 0])
        #expect(answers.map { $0?.cost.sum().events } == [1, 1, 0, 0])
        // 31 days of Ann, 32 at a penny each, nobody, 34 of nine people.
        #expect(answers.map(\.?.budget.personDays) == [31, 32, 0, 306])
        #expect(answers.map(\.?.budget.pence) == [0, 32, 0, 306])
        #expect(answers.map(\.?.budget.basis) == [.registered, .registered, .registered, .listSize])
        #expect(answers.map(\.?.lastChange.sequence) == [4, 8, 10, 11])
        #expect(books.ledger.commissioners(at: .asOf("2015-05-01")).map(\.name) == ["A"])
        #expect(books.ledger.commissioners(at: .asOf("2015-05-02")).map(\.name) == ["B", "New"])
        #expect(books.ledger.commissioners(at: .asOf("2015-04-30")).isEmpty)
        #expect(books.ledger.commissioner("05L", at: .asOf("2015-05-01")) == nil)
        #expect(books.ledger.figures("05L", Books.year, through: nil, at: .asOf("2015-05-01")) == nil)
        // A day on which nothing was recorded is like the one before.
        books.clock("2015-05-20")
        books.post(cost("e2", 1, for: nil, on: "2015-04-01", commissioner: "15E"))
        #expect(books.answers(at: .asOf("2015-05-10")) == books.answers(at: .asOf("2015-05-04")))
        #expect(books.costPence("15E", at: .asOf("2015-05-20")) == 1)
    }

    @Test("tells who paid as the cards and statements had it then")
    func funders() {
        let books = Self.books()
        books.setRates(funders: [.secondary: .council], [Self.social])
        books.register(.ann, with: "15E", from: "2015-05-01", group: .older, council: "E07")
        books.clock("2015-06-03")
        #expect(books.penceByFunder("15E", at: .asOf("2015-06-01")) == ["X24": 102, "15E": 20])
        #expect(books.penceByFunder("15E") == ["E07": 100, "15E": 22])
        #expect(books.penceByProvider("15E", at: .asOf("2015-06-01")) == ["RXA": 100, nil: 22])
    }

    @Test("is the day in London: what is recorded at half past midnight in summer is the next day's")
    func londonDay() {
        let books = Books(today: "2015-06-01")
        books.clock("2015-06-01", hour: 22, minute: 59)
        books.post(cost("e1", 1, for: nil, on: "2015-06-01", commissioner: "15E"))
        books.clock("2015-06-01", hour: 23, minute: 30)
        books.post(cost("e2", 10, for: nil, on: "2015-06-01", commissioner: "15E"))
        #expect(books.costPence("15E", at: .asOf("2015-06-01")) == 1)
        #expect(books.costPence("15E", at: .asOf("2015-06-02")) == 11)
    }

    @Test("is answered alike for forty days of everything, asked each night and again at the end", arguments: 0..<12)
    func fortyDays(_ seed: Int) {
        let books = Books(today: "2015-12-01", commissioners: Happenings.bodies)
        var happenings = Happenings(seed: UInt64(seed))
        var nights: [(day: CalendarDate, answers: [String: BodyAnswer])] = []
        for number in 0..<40 {
            // Weekends are quiet.
            let day = ("2015-12-01" as CalendarDate).adding(days: number + number / 5 * 2)
            books.clock(day)
            for _ in 0..<12 { happenings.happen(books) }
            nights.append((day, books.answers()))
        }
        for (night, next) in zip(nights, nights.dropFirst()) {
            #expect(books.answers(at: .asOf(night.day)) == night.answers, "\(night.day)")
            let quiet = next.day.adding(days: -1)
            #expect(books.answers(at: .asOf(quiet)) == night.answers, "\(quiet)")
        }
        #expect(Set(nights.map { $0.answers["15E"]?.lastChange.sequence ?? 0 }).count > 20)
        #expect(books.answers(at: .asOf("2015-11-30")).keys.sorted() == ["nobody"])
    }
}
