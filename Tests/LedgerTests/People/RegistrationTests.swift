import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A statement of registration")
struct RegistrationTests {
    private static func books() -> Books {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01", born: "1960-06-15", group: .older)
        return books
    }

    @Test("that stands and comes again is unchanged")
    func unchanged() {
        let books = Self.books()
        let before = books.everything
        let change = books.lastChange("15E")
        #expect(books.register(.ann, with: "15E", from: "2015-04-01", group: .older) == .unchanged)
        #expect(books.everything == before)
        #expect(books.lastChange("15E") == change)
    }

    @Test("that says one thing differently takes its place")
    func changedField() {
        let from: CalendarDate = "2015-04-01"
        #expect(Self.books().register(.ann, with: "05L", from: from, group: .older) == .registered)
        #expect(Self.books().register(.ann, with: "15E", from: from, until: "2016-01-01", group: .older) == .registered)
        #expect(Self.books().register(.ann, with: "15E", from: from, born: "1960-06-16", group: .older) == .registered)
        #expect(Self.books().register(.ann, with: "15E", from: from, sex: .male, group: .older) == .registered)
        #expect(Self.books().register(.ann, with: "15E", from: from, group: .mentalHealth) == .registered)
        #expect(Self.books().register(.ann, with: "15E", from: from, group: .older, practice: "A81") == .registered)
        #expect(Self.books().register(.ann, with: "15E", from: from, group: .older, council: "E06") == .registered)
        let books = Self.books()
        books.register(.ann, with: "05L", from: from, until: "2016-01-01", practice: "A81", council: "E06")
        let statements = books.ledger.patient(Patient.ann.key)?.statements ?? []
        #expect(statements.count == 1)
        #expect(statements.first?.commissioner == "05L")
        #expect(statements.first?.until == "2016-01-01")
        #expect(statements.first?.group == .generallyHealthy)
        #expect(statements.first?.practice == "A81")
        #expect(statements.first?.council == "E06")
    }

    @Test("ends after it begins: one day is enough, none is refused")
    func spans() {
        let books = Self.books()
        #expect(
            books.register(.bob, with: "15E", from: "2015-06-01", until: "2015-06-01") == .refused(.endsBeforeItBegins))
        #expect(
            books.register(.bob, with: "15E", from: "2015-06-01", until: "2015-05-01") == .refused(.endsBeforeItBegins))
        #expect(books.ledger.patient(Patient.bob.key) == nil)
        #expect(books.register(.bob, with: "15E", from: "2015-06-01", until: "2015-06-02") == .registered)
        #expect(books.budget("15E", through: "2015-06-01").people == 2)
        #expect(books.budget("15E", through: "2015-06-02").people == 1)
        // Ann from 1 April to 1 June, 62 days, and Bob's one.
        #expect(books.budget("15E", through: "2015-06-01").personDays == 63)
    }

    @Test("may begin on the day of birth, not before it, nor may a later one put birth after it")
    func birth() {
        let books = Books(today: "2016-06-01")
        #expect(
            books.register(.ann, with: "15E", from: "2015-06-01", born: "2015-06-02") == .refused(.beforeBirth))
        #expect(books.register(.ann, with: "15E", from: "2015-06-02", born: "2015-06-02") == .registered)
        let before = books.everything
        #expect(books.register(.ann, with: "05L", from: "2015-09-01", born: "2015-06-03") == .refused(.beforeBirth))
        #expect(books.everything == before)
        #expect(books.register(.ann, with: "05L", from: "2015-09-01", born: "2015-06-01") == .registered)
        #expect(books.ledger.patient(Patient.ann.key)?.born == "2015-06-01")
        books.withdraw(.ann, from: "2015-06-02", by: "15E")
        #expect(books.register(.ann, with: "05L", from: "2015-09-01", born: "2015-06-03") == .registered)
    }

    @Test("names a registered commissioner and a patient of the ledger's form")
    func names() throws {
        let books = Self.books()
        #expect(books.register(.bob, with: "99X", from: "2015-04-01") == .refused(.unknownCommissioner))
        let pseudonym = try #require(Patient(pseudonym: "sixteen-letters-", digest: (1, 2)))
        #expect(books.register(pseudonym, with: "15E", from: "2015-04-01") == .refused(.wrongPatientForm))
        #expect(books.withdraw(pseudonym, from: "2015-04-01", by: "15E") == .refused(.wrongPatientForm))
        #expect(books.ledger.patient(pseudonym.key) == nil)
    }

    @Test("is withdrawn by the commissioner that made it, and by nobody else")
    func withdrawal() {
        let books = Self.books()
        let before = books.everything
        #expect(books.withdraw(.ann, from: "2015-04-01", by: "05L") == .refused(.noSuchRegistration))
        #expect(books.withdraw(.ann, from: "2015-04-02", by: "15E") == .refused(.noSuchRegistration))
        #expect(books.withdraw(.ann, from: "2015-04-01", by: "99X") == .refused(.unknownCommissioner))
        #expect(books.withdraw(.bob, from: "2015-04-01", by: "15E") == .refused(.noSuchRegistration))
        #expect(books.everything == before)
        #expect(books.withdraw(.ann, from: "2015-04-01", by: "15E") == .registered)
        #expect(books.withdraw(.ann, from: "2015-04-01", by: "15E") == .refused(.noSuchRegistration))
        #expect(books.budget("15E").personDays == 0)
        #expect(books.ledger.patient(Patient.ann.key)?.sex == .female)
    }

    @Test("of a patient may be one of as many as are allowed, and no more")
    func most() {
        let books = Books(today: "2016-06-01")
        let last: CalendarDate = "2015-12-31"
        let row = books.ledger.people.rowMaking(Patient.ann.key)
        // Straight into the table, from the last to the second: through the front door each would pass all the others.
        for place in 0..<Limits.statementsInPatientMax - 1 {
            let standing = People.Standing(
                from: last.adding(days: -place), until: nil, commissioner: 1, group: .older, practice: nil,
                council: nil)
            books.ledger.people.put(standing, row, sequence: 1)
        }
        #expect(books.register(.ann, with: "05L", from: "2016-01-01") == .registered)
        #expect(books.ledger.patient(Patient.ann.key)?.statements.count == Limits.statementsInPatientMax)
        #expect(books.register(.ann, with: "15E", from: "2016-01-02") == .refused(.tooManyStatements))
        #expect(books.register(.ann, with: "15E", from: "2016-01-01") == .registered)
        #expect(books.withdraw(.ann, from: "2016-01-01", by: "15E") == .registered)
        #expect(books.register(.ann, with: "15E", from: "2016-01-02") == .registered)
    }

    @Test("shows in the patient's list, oldest first")
    func oldestFirst() {
        let books = Self.books()
        for from in ["2015-08-01", "2014-01-01", "2015-06-01"] as [CalendarDate] {
            books.register(.ann, with: "05L", from: from)
        }
        #expect(
            books.ledger.patient(Patient.ann.key)?.statements.map(\.from)
                == ["2014-01-01", "2015-04-01", "2015-06-01", "2015-08-01"])
    }
}

@Suite("A patient of whom only costs are known")
struct UnregisteredPatientTests {
    @Test("is unknown: nobody said when they were born")
    func unknown() {
        let books = Books(today: "2015-11-01")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        #expect(books.ledger.patient(Patient.ann.key) == nil)
    }
}
