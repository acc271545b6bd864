import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A death")
struct DeathTests {
    /// £1 a day in primary care, for Ann with 15E from 1 April.
    private static func books(died: CalendarDate? = nil) -> Books {
        let books = Books(today: "2016-06-01")
        books.setRates([CapitationRate(setting: .primary, annualPence: 36_600)])
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older, council: "E06")
        if let died { books.say(of: .ann, died: .set(died)) }
        return books
    }

    @Test("ends accrual after its day")
    func accrual() {
        let books = Self.books(died: "2015-04-10")
        #expect(books.budget("15E", through: "2015-04-10").people == 1)
        #expect(books.budget("15E", through: "2015-04-11").people == 0)
        let whole = books.budget("15E")
        #expect(whole.personDays == 10)
        #expect(whole.pence == 1_000)
        #expect(whole.fullYearPence == 1_000)
        #expect(whole.personDaysWithoutRate[1] == 10)
        #expect(books.ledger.patient(Patient.ann.key)?.died == "2015-04-10")
    }

    @Test(
        "on the first day leaves one day, the day before it none, and on the last or after it all of them",
        arguments: [
            ("2015-03-31", 0), ("2015-04-01", 1), ("2015-04-02", 2), ("2016-03-30", 365), ("2016-03-31", 366),
            ("2016-04-01", 366),
        ] as [(CalendarDate, Int128)])
    func edges(died: CalendarDate, days: Int128) {
        #expect(Self.books(died: died).budget("15E").personDays == days)
    }

    @Test("ends the person-days of a statement that ends later, and leaves those of one that ended before")
    func spans() {
        let books = Self.books()
        books.register(.ann, with: "05L", from: "2015-05-01", until: "2015-06-01")
        books.register(.ann, with: "15E", from: "2015-07-01")
        books.say(of: .ann, died: .set("2015-05-10"))
        // April with 15E; 1 to 10 May with 05L; nothing of July.
        #expect(books.budget("15E").personDays == 30)
        #expect(books.budget("05L").personDays == 10)
        books.say(of: .ann, died: .set("2015-07-02"))
        #expect(books.budget("15E").personDays == 32)
        #expect(books.budget("05L").personDays == 31)
    }

    @Test("known before any registration ends that too")
    func deathFirst() {
        let books = Self.books()
        #expect(books.say(of: .bob, died: .set("2015-04-03")) == .created)
        books.register(.bob, with: "05L", from: "2015-04-01")
        books.register(.bob, with: "15E", from: "2015-04-04")
        #expect(books.budget("05L").personDays == 3)
        #expect(books.budget("15E").personDays == 366)
    }

    @Test("taken back lets accrual go on; corrected moves its end; the latest word holds")
    func takenBack() {
        let books = Self.books()
        let before = books.everything
        books.say(of: .ann, died: .set("2015-04-10"))
        books.say(of: .ann, died: .set("2015-04-20"))
        #expect(books.budget("15E").personDays == 20)
        books.say(of: .ann, sex: .female)
        #expect(books.budget("15E").personDays == 20)
        #expect(books.say(of: .ann, died: .clear) == .replaced)
        #expect(books.everything == before)
        #expect(books.ledger.patient(Patient.ann.key)?.died == nil)
    }

    @Test(
        "leaves costs of up to 60 days later to the last commissioner, marked as such, and those of 61 to nobody",
        arguments: [
            ("2015-06-09", "15E", false), ("2015-06-10", "15E", false), ("2015-06-11", "15E", true),
            ("2015-08-09", "15E", true), ("2015-08-10", nil, false), ("2016-04-01", nil, false),
        ] as [(CalendarDate, OrganisationCode?, Bool)])
    func costs(day: CalendarDate, commissioner: OrganisationCode?, isAfterDeath: Bool) {
        // The death may be known before the cost or after it.
        for isKnownFirst in [true, false] {
            let books = Self.books(died: isKnownFirst ? "2015-06-10" : nil)
            let outcome = books.post(cost("e1", 7, for: .ann, on: day))
            if isKnownFirst { #expect(outcome == .posted(isUnattributed: commissioner == nil)) }
            books.say(of: .ann, died: .set("2015-06-10"))
            #expect(books.event("e1")?.commissioner == commissioner)
            #expect(books.event("e1")?.attribution == (commissioner == nil ? .unattributed : .registered))
            #expect(books.event("e1")?.isAfterDeath == isAfterDeath)
            guard let year = FinancialYear(containing: day) else { continue }
            #expect(books.costPence("15E", year: year) == (commissioner == nil ? 0 : 7))
            let nobodys = books.ledger.unattributedCost(year, through: year.lastDay)
            #expect(nobodys.sum().pence == (commissioner == nil ? 7 : 0))
        }
    }

    @Test("leaves them with the group and the council of the last statement, though a later one begins")
    func lastStatement() {
        let books = Self.books(died: "2015-06-10")
        books.setRates(funders: [.secondary: .council], [])
        books.register(.ann, with: "05L", from: "2015-06-11", group: .mentalHealth)
        books.post(cost("e1", 7, for: .ann, on: "2015-07-01"))
        #expect(books.costs("15E")[.secondary, .older, 3] == CostFigures.Cell(pence: 7, events: 1))
        #expect(books.event("e1")?.funder == "E06")
        #expect(books.penceByFunder("15E") == ["E06": 7])
        books.say(of: .ann, died: .clear)
        #expect(books.costs("15E") == CostFigures())
        #expect(books.costs("05L")[.secondary, .mentalHealth, 3].pence == 7)
        #expect(books.event("e1")?.isAfterDeath == false)
    }

    @Test("on a day that nobody's statement covers leaves them to nobody")
    func unregistered() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-06-01")
        books.post(cost("e1", 7, for: .ann, on: "2015-06-05"))
        books.say(of: .ann, died: .set("2015-06-01"))
        #expect(books.event("e1")?.attribution == .unattributed)
        books.say(of: .ann, died: .set("2015-05-31"))
        #expect(books.event("e1")?.commissioner == "15E")
        #expect(books.event("e1")?.isAfterDeath == true)
    }

    @Test("does not touch a stated commissioner, only the group once nobody decides any more")
    func stated() {
        let books = Self.books(died: "2015-06-10")
        books.post(cost("e1", 7, for: .ann, on: "2015-08-09", commissioner: "05L"))
        books.post(cost("e2", 9, for: .ann, on: "2015-08-10", commissioner: "05L"))
        #expect(books.costs("05L")[.secondary, .older, 4].pence == 7)
        #expect(books.costs("05L")[.secondary, nil, 4].pence == 9)
        #expect(books.event("e1")?.attribution == .stated)
        #expect(books.event("e1")?.isAfterDeath == false)
    }

    @Test("counts a reversal and a version where the cost of the dead counts")
    func takenOut() {
        let books = Self.books(died: "2015-06-10")
        let before = books.everything
        books.post(cost("e1", 7, for: .ann, on: "2015-07-01"))
        books.post(cost("e1", 9, for: .ann, on: "2015-08-10", version: 2))
        #expect(books.unattributed.sum().pence == 9)
        books.reverse("e1", by: "r1")
        #expect(books.everything == before)
    }

    @Test("is shown as it was booked when it is read back")
    func booked() throws {
        let books = Self.books(died: "2015-06-10")
        let event = cost("e1", 7, for: .ann, on: "2015-07-01")
        let (fact, stamp) = books.commit(.costEvent(event))
        _ = try books.ledger.apply(fact, stamp)
        #expect(books.ledger.event(booked: .costEvent(event), stamp).isAfterDeath)
        #expect(books.event("e1")?.isAfterDeath == true)
    }
}

@Suite("What is said of a person beside any registration")
struct PersonDetailsTests {
    @Test("makes the person known, even if nothing is said")
    func known() {
        let books = Books(today: "2016-06-01")
        #expect(books.say(of: .ann) == .created)
        #expect(books.ledger.patient(Patient.ann.key)?.born == nil)
        #expect(books.ledger.patient(Patient.ann.key)?.sex == .unknown)
        #expect(books.ledger.patient(Patient.ann.key)?.statements.isEmpty == true)
        #expect(books.say(of: .ann) == .replaced)
        #expect(books.ledger.patient(Patient.bob.key) == nil)
    }

    @Test("sets birthday and sex for every year and commissioner, the latest word holding, and leaves what is not said")
    func bornAndSex() {
        let books = Books(today: "2016-06-01")
        books.setRates([
            CapitationRate(setting: .primary, annualPence: 36_600, ageFrom: 65),
            CapitationRate(setting: .social, annualPence: 36_600, sex: .male),
        ])
        books.register(.ann, with: "15E", from: "2015-04-01", born: "1950-04-02", sex: .female)
        #expect(books.budget("15E").pence == 0)
        books.say(of: .ann, born: "1950-04-01")
        #expect(books.budget("15E").pence(.primary) == 36_600)
        #expect(books.budget("15E").pence(.social) == 0)
        books.say(of: .ann, sex: .male)
        #expect(books.budget("15E").pence(.primary) == 36_600)
        #expect(books.budget("15E").pence(.social) == 36_600)
        books.register(.ann, with: "15E", from: "2015-04-01", born: "1960-01-01", sex: .unknown)
        #expect(books.budget("15E").pence == 0)
        #expect(books.ledger.patient(Patient.ann.key)?.born == "1960-01-01")
    }

    @Test("may put birth on the first day of a statement, not after it; then nothing changes")
    func birth() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-06-02")
        books.register(.ann, with: "05L", from: "2015-09-01")
        let before = books.everything
        #expect(books.say(of: .ann, born: "2015-06-03", died: .set("2015-07-01")) == .refused(.beforeBirth))
        #expect(books.everything == before)
        #expect(books.ledger.patient(Patient.ann.key)?.born == "1960-06-15")
        #expect(books.say(of: .ann, born: "2015-06-02") == .replaced)
    }

    @Test("names patients of the ledger's form")
    func form() throws {
        let books = Books(today: "2016-06-01")
        let pseudonym = try #require(Patient(pseudonym: "sixteen-letters-", digest: (1, 2)))
        #expect(books.say(of: pseudonym) == .refused(.wrongPatientForm))
        #expect(books.say(of: .ann, replacedBy: .set(pseudonym)) == .refused(.wrongPatientForm))
        #expect(books.ledger.patient(Patient.ann.key) == nil)
        #expect(books.ledger.patient(pseudonym.key) == nil)
    }
}
