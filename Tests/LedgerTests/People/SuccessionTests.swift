import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A body that takes over from merged ones")
struct SuccessionTests {
    /// £1 a day in primary care; 15E takes over from 00F and 00G on 1 July 2015, 05L has nothing to do with it.
    private static func books() -> Books {
        let books = Books(today: "2016-06-01", commissioners: ["00F", "00G", "05L", "15E"])
        books.setRates([CapitationRate(setting: .primary, annualPence: 36_600)])
        return books
    }

    private static func days(_ books: Books) -> [Int128] {
        (["00F", "00G", "05L", "15E"] as [OrganisationCode]).map { books.budget($0).personDays }
    }

    @Test("has their people from its day on, with the costs that follow registration, and they keep the days before")
    func open() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2015-04-01", group: .older, practice: "A81001", council: "E06")
        books.register(.bob, with: "00G", from: "2015-04-01", until: "2015-07-11")
        books.register(.cat, with: "05L", from: "2015-04-01")
        books.post(cost("a1", 1, for: .ann, on: "2015-06-30"))
        books.post(cost("a2", 10, for: .ann, on: "2015-07-01"))
        books.post(cost("a3", 100, for: .ann, on: "2015-07-01", commissioner: "00F"))
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .moved(people: 2))
        // 91 days until 1 July; Ann has the other 275 of the year, Bob ten.
        #expect(Self.days(books) == [91, 91, 366, 285])
        #expect(books.costPence("00F") == 101)
        #expect(books.costs("15E")[.secondary, .older, 3].pence == 10)
        let ann = books.ledger.patient(Patient.ann.key)?.statements
        #expect(ann?.map(\.commissioner) == ["00F", "15E"])
        #expect(ann?.last?.from == "2015-07-01")
        #expect(ann?.last?.until == nil)
        #expect(ann?.last?.practice == "A81001")
        #expect(ann?.last?.council == "E06")
        #expect(books.ledger.patient(Patient.bob.key)?.statements.last?.until == "2015-07-11")
    }

    @Test("changes nothing when it is said again")
    func again() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2015-04-01")
        books.succeed("15E", ["00F", "00G"], on: "2015-07-01")
        let before = books.everything
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .unchanged)
        #expect(books.everything == before)
    }

    @Test("takes no statement that has ended, none that another has overtaken, and makes nobody registered who was not")
    func others() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2015-04-01", until: "2015-07-01")
        books.register(.bob, with: "00F", from: "2015-04-01")
        books.register(.bob, with: "05L", from: "2015-06-01")
        let before = books.everything
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .unchanged)
        #expect(books.everything == before)
    }

    @Test("takes the place of a statement that begins on its very day, and of those that begin later")
    func later() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2015-07-01", group: .older)
        books.register(.bob, with: "00F", from: "2015-04-01")
        books.register(.bob, with: "05L", from: "2015-08-01")
        books.register(.bob, with: "00G", from: "2015-09-01", until: "2015-09-11")
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .moved(people: 2))
        // Ann 275 days; Bob 91 with 00F, 31 in July and ten in September with 15E, 31 in August with 05L.
        #expect(Self.days(books) == [91, 0, 31, 275 + 31 + 10])
        let bob = books.ledger.patient(Patient.bob.key)?.statements
        #expect(bob?.map(\.commissioner) == ["00F", "15E", "05L", "15E"])
        #expect(books.ledger.patient(Patient.ann.key)?.statements.count == 1)
    }

    @Test("moves numbers that are joined as one person, and a death that is taken back finds its person moved")
    func joined() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2014-04-01")
        books.register(.bob, with: "00G", from: "2015-04-01")
        books.say(of: .ann, replacedBy: .set(.bob))
        books.say(of: .bob, died: .set("2015-05-31"))
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .moved(people: 1))
        #expect(Self.days(books) == [0, 61, 0, 0])
        books.say(of: .bob, died: .clear)
        #expect(Self.days(books) == [0, 91, 0, 275])
    }

    @Test("leaves it to the statement received later to hold, should numbers be joined after both were moved")
    func joinedLater() {
        let books = Self.books()
        books.register(.bob, with: "00G", from: "2015-08-01", group: .older)
        books.register(.ann, with: "00F", from: "2015-08-01", group: .mentalHealth)
        books.post(cost("b1", 1, for: .bob, on: "2015-08-01"))
        books.succeed("15E", ["00F", "00G"], on: "2015-07-01")
        books.say(of: .bob, replacedBy: .set(.ann))
        #expect(books.costs("15E")[.secondary, .mentalHealth, 4].pence == 1)
    }

    @Test("is refused whole when a body is unknown or somebody would have too many statements")
    func refused() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2015-04-01")
        for number in 1..<Limits.statementsInPatientMax {
            books.register(.bob, with: "00G", from: ("1990-01-01" as CalendarDate).adding(days: number))
        }
        let before = books.everything
        #expect(books.succeed("15E", ["00F", "99C"], on: "2015-07-01") == .refused(.unknownCommissioner))
        #expect(books.succeed("99C", ["00F"], on: "2015-07-01") == .refused(.unknownCommissioner))
        #expect(books.everything == before)
        // With the last that fits Bob can be moved; with one more he cannot, and Ann is not either.
        books.register(.bob, with: "00G", from: "2015-04-01")
        let full = books.everything
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .refused(.tooManyStatements))
        #expect(books.everything == full)
        books.withdraw(.bob, from: "1990-01-02", by: "00G")
        #expect(books.succeed("15E", ["00F", "00G"], on: "2015-07-01") == .moved(people: 2))
    }

    @Test("moves nothing in what is asked as of the day before")
    func past() {
        let books = Self.books()
        books.register(.ann, with: "00F", from: "2015-04-01")
        books.clock("2016-06-02")
        let ended = books.answers()
        books.succeed("15E", ["00F"], on: "2015-07-01")
        #expect(books.answers() != ended)
        #expect(books.answers(at: .asOf("2016-06-01")) == ended)
    }
}
