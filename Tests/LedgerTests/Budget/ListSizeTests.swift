import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A list's sizes")
struct ListSizeTests {
    /// 366 days at £1 a day in 2015-16.
    private static let pound = CapitationRate(setting: .primary, annualPence: 36_600)

    private static func books(_ rates: [CapitationRate] = [pound]) -> Books {
        let books = Books(today: "2016-06-01")
        books.setRates(rates)
        return books
    }

    @Test("are created, replaced as a whole, or unchanged, and shown as they were put")
    func put() {
        let books = Self.books()
        let (young, old) = (ListSizeBand(ageTo: 64, people: 10), ListSizeBand(ageFrom: 65, people: 5))
        #expect(books.list("15E", "2015-04-01", young, old) == .created)
        #expect(books.list("15E", "2015-04-01", young, old) == .unchanged)
        #expect(books.ledger.listSizes("15E", "2015-04-01")?.bands == [young, old])
        #expect(books.list("15E", "2015-04-01", old) == .replaced)
        #expect(books.ledger.listSizes("15E", "2015-04-01")?.bands == [old])
        #expect(books.ledger.listSizes("15E", "2015-04-02") == nil)
        #expect(books.ledger.listSizes("05L", "2015-04-01") == nil)
        #expect(books.list("99X", "2015-04-01", old) == .refused(.unknownCommissioner))
        #expect(books.ledger.listSizes("99X", "2015-04-01") == nil)
    }

    @Test("accrue for everybody on them, each day, like people who are registered")
    func accrual() {
        let books = Self.books()
        books.list("15E", "2015-04-01", ListSizeBand(ageTo: 64, people: 10), ListSizeBand(ageFrom: 65, people: 5))
        let first = books.budget("15E", through: "2015-04-01")
        #expect(first.basis == .listSize)
        #expect(first.people == 15)
        #expect(first.personDays == 15)
        #expect(first.pence == 1_500)
        // 366 days × 15 people × 100 p.
        #expect(first.fullYearPence == 549_000)
        let whole = books.budget("15E")
        #expect(whole.personDays == 5_490)
        #expect(whole.pence == 549_000)
        // April has 30 days: the budget has no group, because the bands name none.
        #expect(whole[.primary, nil, 0] == 30 * 15 * 36_600_000_000)
        #expect(whole[.primary, .generallyHealthy, 0] == 0)
    }

    @Test("hold until the next date, of this list's or another's day on, in mid-year and in mid-month")
    func untilNext() {
        let books = Self.books()
        books.list("15E", "2015-04-01", ListSizeBand(people: 10))
        books.list("15E", "2015-10-16", ListSizeBand(people: 20))
        // 1 April to 15 October are 30 + 31 + 30 + 31 + 31 + 30 + 15 = 198 days, 168 are left.
        #expect(books.budget("15E", through: "2015-10-15").people == 10)
        #expect(books.budget("15E", through: "2015-10-16").people == 20)
        #expect(books.budget("15E", through: "2015-10-15").personDays == 1_980)
        #expect(books.budget("15E", through: "2015-10-16").personDays == 2_000)
        #expect(books.budget("15E").personDays == 1_980 + 3_360)
        #expect(books.budget("15E").pence == 534_000)
        // October: 15 days of 10 and 16 of 20.
        #expect(books.budget("15E")[.primary, nil, 6] == (150 + 320) * 36_600_000_000)
        // The list of October is still the one of the next year.
        books.setRates(year: "2016-17", [CapitationRate(setting: .primary, annualPence: 36_500)])
        #expect(books.budget("15E", year: "2016-17", through: "2016-04-01").pence == 2_000)
        // One that arrives late for a date between takes the days up to the next.
        books.list("15E", "2015-10-15", ListSizeBand(people: 1))
        #expect(books.budget("15E").personDays == 1_970 + 1 + 3_360)
    }

    @Test("of nobody at all are a list too")
    func nobody() {
        let books = Self.books()
        books.register(.ann, with: "15E", from: "2015-04-01")
        #expect(books.list("15E", "2015-04-01") == .created)
        #expect(books.budget("15E").basis == .listSize)
        #expect(books.budget("15E").personDays == 0)
        #expect(books.budget("15E").pence == 0)
    }

    @Test("that hold on 1 April are the year's basis, and then nobody who is registered counts")
    func basis() {
        let books = Self.books()
        books.setRates(year: "2014-15", [CapitationRate(setting: .primary, annualPence: 36_500)])
        books.setRates(year: "2016-17", [CapitationRate(setting: .primary, annualPence: 36_500)])
        books.register(.ann, with: "15E", from: "2014-04-01")
        books.list("15E", "2015-04-01", ListSizeBand(people: 3))
        #expect(books.budget("15E", year: "2014-15").basis == .registered)
        #expect(books.budget("15E", year: "2014-15").pence == 36_500)
        #expect(books.budget("15E").basis == .listSize)
        #expect(books.budget("15E").pence == 3 * 36_600)
        #expect(books.budget("15E", year: "2016-17").basis == .listSize)
        // Another commissioner's year is not concerned.
        #expect(books.budget("05L").basis == .registered)
        // A year that has not begun tells its basis.
        #expect(books.ledger.figures("15E", "2017-18", through: nil)?.budget.basis == .listSize)
        #expect(books.ledger.figures("05L", "2017-18", through: nil)?.budget.basis == .registered)
    }

    @Test("of 2 April change nothing in a year that is on registration, and are the basis of the next")
    func afterFirstApril() {
        let books = Self.books()
        books.register(.ann, with: "15E", from: "2015-04-01")
        let before = books.budget("15E")
        books.list("15E", "2015-04-02", ListSizeBand(people: 1_000))
        #expect(books.budget("15E") == before)
        #expect(books.budget("15E", year: "2016-17").basis == .listSize)
        #expect(books.budget("15E", year: "2016-17", through: "2016-04-01").people == 1_000)
        // Until one for 1 April arrives: then both count, each in its time.
        books.list("15E", "2015-04-01", ListSizeBand(people: 2))
        #expect(books.budget("15E").basis == .listSize)
        #expect(books.budget("15E", through: "2015-04-03").personDays == 2 + 1_000 + 1_000)
    }

    @Test("of 31 March hold on 1 April, and the later of two before it decides alone")
    func beforeFirstApril() {
        let books = Self.books()
        books.list("15E", "2015-03-31", ListSizeBand(people: 4))
        books.list("15E", "2014-12-01", ListSizeBand(people: 7))
        #expect(books.budget("15E").personDays == 4 * 366)
    }

    @Test("accrue at a rate from its first day, until its last, and count the days without one")
    func ratesWithinTheYear() {
        let books = Self.books([
            CapitationRate(setting: .primary, annualPence: 36_600, until: "2015-04-11"),
            CapitationRate(setting: .primary, annualPence: 73_200, from: "2015-04-21"),
        ])
        books.list("15E", "2015-04-01", ListSizeBand(people: 2))
        books.list("15E", "2015-04-25", ListSizeBand(people: 3))
        // Ten days at 100 p and ten without a rate for two, four at 200 p; then six at 200 p for three.
        let april = books.budget("15E", through: "2015-04-30")
        #expect(april.pence == 10 * 2 * 100 + 4 * 2 * 200 + 6 * 3 * 200)
        #expect(april.personDaysWithoutRate[0] == 20)
        #expect(april.personDaysWithoutRate[1] == 24 * 2 + 6 * 3)
    }

    @Test("are multiplied by the commissioner's weight, and funded by whom the card names")
    func weightsAndFunders() {
        let books = Self.books()
        books.list("15E", "2015-04-01", ListSizeBand(people: 2))
        books.setRates(
            of: "15E", weight: 1_500_000, funders: [.primary: .organisation("X24"), .social: .council],
            [Self.pound, CapitationRate(setting: .social, annualPence: 36_600)])
        // A list names no council, so the commissioner pays for itself.
        #expect(books.budget("15E").penceByFunder == ["X24": 109_800, "15E": 109_800])
    }

    @Test("hold the largest bands that there can be")
    func largest() {
        let books = Self.books([CapitationRate(setting: .primary, annualPence: Limits.annualPenceMax)])
        books.setRates(of: "15E", weight: Limits.weightMillionthsMax, [])
        books.list("15E", "2015-04-01", ListSizeBand(people: Limits.peopleInBandMax))
        // 10^12 p × 100 × 10^9 people.
        #expect(books.budget("15E").fullYearPence == 100_000_000_000_000_000_000_000)
        #expect(books.budget("15E").personDays == 366_000_000_000)
    }

    @Test("that overlap are refused; then the list before stays, and so does every figure")
    func overlapping() {
        let books = Self.books()
        books.list("15E", "2015-04-01", ListSizeBand(people: 2))
        let before = books.everything
        let change = books.lastChange("15E")
        let outcome = books.list(
            "15E", "2015-04-01", ListSizeBand(ageTo: 10, people: 1), ListSizeBand(ageFrom: 10, people: 1))
        #expect(outcome == .refused(.overlappingListSizes))
        #expect(books.everything == before)
        #expect(books.lastChange("15E") == change)
        #expect(books.ledger.listSizes("15E", "2015-04-01")?.bands == [ListSizeBand(people: 2)])
    }

    @Test("move the costs of nobody: a cost belongs where the patient is registered")
    func costs() {
        let books = Self.books()
        books.register(.ann, with: "05L", from: "2015-04-01")
        books.list("15E", "2015-04-01", ListSizeBand(people: 2))
        books.post(cost("e1", 7, for: .ann, on: "2015-06-02"))
        #expect(books.costPence("15E") == 0)
        #expect(books.costPence("05L") == 7)
    }
}

@Suite("The bands of a list")
struct ListSizeBandRateTests {
    /// What ten people of a band are given on 1 April in a setting where only this rate stands: £1 each, or nothing.
    private static func isGiven(_ band: ListSizeBand, by rate: CapitationRate) -> Bool {
        let books = Books(today: "2016-06-01")
        books.setRates([rate])
        books.list("15E", "2015-04-01", band)
        let figures = books.budget("15E", through: "2015-04-01")
        let isGiven = figures.pence == 1_000
        #expect(figures.pence == (isGiven ? 1_000 : 0))
        #expect(figures.personDaysWithoutRate[0] == (isGiven ? 0 : 10))
        return isGiven
    }

    private static func rate(
        _ ageFrom: Int? = nil, _ ageTo: Int? = nil, sex: Sex? = nil, group: PatientGroup? = nil
    ) -> CapitationRate {
        CapitationRate(
            setting: .primary, annualPence: 36_600, ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group)
    }

    private static let all = ListSizeBand(people: 10)
    private static let young = ListSizeBand(ageTo: 17, people: 10)
    private static let old = ListSizeBand(ageFrom: 65, people: 10)
    private static let women = ListSizeBand(sex: .female, people: 10)
    private static let frail = ListSizeBand(ageFrom: 65, ageTo: 90, sex: .male, group: .older, people: 10)

    /// By hand: whether all, the young, the old, the women and the frail get the rate.
    private static let cases: [(rate: CapitationRate, given: [Bool])] = [
        (rate(), [true, true, true, true, true]),
        // Nobody is younger than 0, and yet what names no age is matched only by a rate that names none.
        (rate(0), [false, true, true, false, true]),
        (rate(nil, 17), [false, true, false, false, false]),
        (rate(nil, 16), [false, false, false, false, false]),
        (rate(1, 17), [false, false, false, false, false]),
        (rate(65), [false, false, true, false, true]),
        (rate(64), [false, false, true, false, true]),
        (rate(66), [false, false, false, false, false]),
        (rate(65, 90), [false, false, false, false, true]),
        (rate(65, 89), [false, false, false, false, false]),
        (rate(nil, 90), [false, true, false, false, true]),
        (rate(sex: .female), [false, false, false, true, false]),
        (rate(sex: .unknown), [false, false, false, false, false]),
        (rate(65, nil, sex: .male), [false, false, false, false, true]),
        (rate(group: .older), [false, false, false, false, true]),
        (rate(group: .mentalHealth), [false, false, false, false, false]),
        (rate(65, 90, sex: .male, group: .older), [false, false, false, false, true]),
    ]

    @Test(
        "get a rate that covers all of them and names nothing that they do not tell, else none",
        arguments: cases.indices)
    func given(_ index: Int) {
        let (rate, given) = Self.cases[index]
        #expect([Self.all, Self.young, Self.old, Self.women, Self.frail].map { Self.isGiven($0, by: rate) } == given)
    }

    @Test("that reach across the ages of two rates get neither")
    func across() {
        let books = Books(today: "2016-06-01")
        books.setRates([Self.rate(nil, 64), Self.rate(65)])
        books.list(
            "15E", "2015-04-01", ListSizeBand(ageFrom: 60, ageTo: 69, people: 10), ListSizeBand(ageTo: 59, people: 1))
        let figures = books.budget("15E", through: "2015-04-01")
        #expect(figures.pence == 100)
        #expect(figures.personDaysWithoutRate[0] == 10)
        #expect(figures.people == 11)
    }

    @Test("keep their group in the budget, those of none beside them")
    func groups() {
        let books = Books(today: "2016-06-01")
        books.setRates([Self.rate()])
        books.list(
            "15E", "2015-04-01", ListSizeBand(ageTo: 17, group: .older, people: 1), ListSizeBand(ageFrom: 18, people: 2)
        )
        let figures = books.budget("15E", through: "2015-04-01")
        #expect(figures[.primary, .older, 0] == 36_600_000_000)
        #expect(figures[.primary, nil, 0] == 2 * 36_600_000_000)
    }
}
