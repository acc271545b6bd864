import Testing

@Suite("The reference accrues budgets as one would by hand")
struct ReferenceModelTests {
    @Test("a whole year accrues the annual rate, in 366 days and in 365", arguments: ["2015-16", "2016-17"])
    func wholeYear(year: String) throws {
        var example = ReferenceExample()
        example.register(from: "2001-01-01")
        example.rate(year, ReferenceRate(setting: "primary", annualPence: 36_599))
        let totals = try example.totals("15E", year)
        #expect(totals.population == .init(people: 1, personDays: year == "2015-16" ? 366 : 365, personYears: "1.000"))
        #expect(totals.budget.totalPence == 36_599)
        #expect(totals.budget.fullYearPence == 36_599)
    }

    @Test("29 February accrues like any other day")
    func leapDay() throws {
        var example = ReferenceExample()
        example.register(from: "2001-01-01")
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 36_600))
        #expect(try example.totals(through: "2016-02-28").budget.totalPence == 33_400)
        let totals = try example.totals(through: "2016-02-29")
        #expect(totals.budget.totalPence == 33_500)
        #expect(totals.budget.fullYearPence == 36_600)
        #expect(totals.population.personDays == 335)
    }

    @Test("a move on 1 April counts that day once, for the new commissioner")
    func moveOnFirstOfApril() throws {
        var example = ReferenceExample()
        example.register(with: "14L", from: "2016-04-01")
        example.register(with: "15E", from: "2015-04-01")
        example.cost("e1", 7, on: "2016-03-31")
        example.cost("e2", 11, on: "2016-04-01")
        #expect(try example.totals("15E").population.personDays == 366)
        #expect(try example.totals("15E").population.people == 1)
        #expect(try example.totals("15E").cost.totalPence == 7)
        #expect(try example.totals("14L").population.personDays == 0)
        let before = try example.totals("15E", "2016-17", through: "2016-04-01")
        let after = try example.totals("14L", "2016-17", through: "2016-04-01")
        #expect(before.population == .init())
        #expect(before.costPerHeadPence == nil)
        #expect(after.population == .init(people: 1, personDays: 1, personYears: "0.003"))
        #expect(after.cost.totalPence == 11)
    }

    @Test("a rate that changes in mid-year holds for its own days")
    func midYearChange() throws {
        var example = ReferenceExample()
        example.register(from: "2001-01-01")
        example.rate(
            "2015-16", ReferenceRate(setting: "primary", annualPence: 36_600, until: "2015-10-01"),
            ReferenceRate(setting: "primary", annualPence: 73_200, from: "2015-10-01"))
        #expect(try example.totals().budget.totalPence == 183 * 100 + 183 * 200)
        #expect(try example.totals(through: "2015-10-01").budget.totalPence == 183 * 100 + 200)
    }

    @Test("someone born in the year is 0, and a day's registration is a day")
    func bornInTheYear() throws {
        var example = ReferenceExample()
        example.register(from: "2015-06-01", until: "2015-06-02", born: "2015-06-01")
        example.rate(
            "2015-16", ReferenceRate(setting: "primary", annualPence: 36_600, ageThrough: 0),
            ReferenceRate(setting: "social", annualPence: 36_600, ageFrom: 1))
        let totals = try example.totals()
        #expect(totals.population == .init(people: 0, personDays: 1, personYears: "0.003"))
        #expect(totals.budget.bySettingPence[0] == 100)
        #expect(totals.budget.personDaysWithoutRate == [0, 1, 1, 1, 1, 1, 1, 1, 1])
    }

    @Test("an own card counts for the settings it has rates for, and weighs the national card's too")
    func ownCard() throws {
        var example = ReferenceExample()
        example.register(from: "2001-01-01")
        example.rate(
            "2015-16", ReferenceRate(setting: "primary", annualPence: 36_600),
            ReferenceRate(setting: "community", annualPence: 1))
        let own = ReferenceCard(
            weight: "0.5", weights: ["community": "1.347"],
            rates: [ReferenceRate(setting: "community", annualPence: 73_200)])
        #expect(example.ownCard(own) == "stored")
        // 18,300 and 98,600.4; of the 116,900 written, community's share has the smaller remainder.
        let budget = try example.totals().budget
        #expect(budget.totalPence == 116_900)
        #expect(budget.bySettingPence == [18_300, 0, 98_600, 0, 0, 0, 0, 0, 0])
        #expect(try example.totals("14L").budget.totalPence == 0)
    }

    @Test("three thirds of a penny are one penny, written where the order says")
    func threeThirds() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-30", until: "2015-05-01", group: "older")
        example.rate(
            "2015-16", ReferenceRate(setting: "social", annualPence: 122),
            ReferenceRate(setting: "secondary", annualPence: 122),
            ReferenceRate(setting: "public-health", annualPence: 122)
        )
        let totals = try example.totals(by: ["month", "setting"])
        #expect(totals.budget.totalPence == 1)
        #expect(totals.budget.bySettingPence == [0, 1, 0, 0, 0, 0, 0, 0, 0])
        #expect(
            totals.breakdown == [
                .init(setting: "secondary", group: nil, month: "2015-04", costPence: 0, events: 0, budgetPence: 1)
            ])
    }

    @Test("half a penny is written away from zero, in budgets, percentages and costs per head")
    func halfAwayFromZero() throws {
        var example = ReferenceExample()
        example.register("p1", from: "2015-04-01", until: "2016-04-01")
        example.register("p2", from: "2015-04-01", until: "2016-04-01")
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 10_000))
        example.cost("e1", 19_999, on: "2015-04-01")
        #expect(try example.totals().variance.percent == "0.01")
        #expect(try example.totals().costPerHeadPence == 10_000)
        example.cost("e2", 2, on: "2015-04-01")
        #expect(try example.totals().variance.percent == "-0.01")
        #expect(try example.totals().costPerHeadPence == 10_001)
        #expect(try example.totals().variance.position == "overspent")
        example.cost("e3", 20_002, on: "2015-04-01") { $0.kind = "credit" }
        #expect(try example.totals().costPerHeadPence == -1)

        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 183))
        #expect(try example.totals(through: "2015-04-01").budget.totalPence == 1)
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 183, sex: "female"))
        example.register("p2", from: "2015-04-01", until: "2016-04-01", sex: "female")
        #expect(try example.totals(through: "2015-04-01").budget.totalPence == 1)
    }

    @Test("a percentage that rounds to nothing has no minus")
    func noMinusZero() throws {
        var example = ReferenceExample()
        example.register(from: "2001-01-01")
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 40_000))
        example.cost("e1", 40_001, on: "2015-04-01")
        let variance = try example.totals().variance
        #expect(variance.totalPence == -1)
        #expect(variance.percent == "0.00")
        #expect(variance.position == "overspent")
        #expect(try example.totals("14L").variance.percent == nil)
        #expect(try example.totals("14L").variance.position == "balanced")
    }

    @Test("rates that could meet in one person on one day overlap; those side by side do not")
    func overlap() {
        let young = ReferenceRate(setting: "primary", annualPence: 1, ageThrough: 17)
        let middle = ReferenceRate(setting: "primary", annualPence: 1, ageFrom: 17)
        let old = ReferenceRate(setting: "primary", annualPence: 1, ageFrom: 18)
        let spring = ReferenceRate(setting: "primary", annualPence: 1, until: "2015-10-01")
        let autumn = ReferenceRate(setting: "primary", annualPence: 1, from: "2015-10-01")
        let late = ReferenceRate(setting: "primary", annualPence: 1, from: "2015-09-30")
        let women = ReferenceRate(setting: "primary", annualPence: 1, sex: "female")
        let men = ReferenceRate(setting: "primary", annualPence: 1, sex: "male")
        let oldest = ReferenceRate(setting: "primary", annualPence: 1, group: "older")
        let elsewhere = ReferenceRate(setting: "social", annualPence: 1)
        var ledger = ReferenceLedger()
        let today: Day = "2018-06-01"
        for (first, second) in [(young, old), (spring, autumn), (women, men), (young, elsewhere)] {
            #expect(
                ledger.putNationalCard(year: "2015-16", card: .init(rates: [first, second]), recordedOn: today)
                    == "stored")
        }
        for (first, second) in [(young, middle), (spring, late), (women, oldest), (young, spring), (men, men)] {
            #expect(
                ledger.putNationalCard(year: "2015-16", card: .init(rates: [first, second]), recordedOn: today)
                    == "overlapping-rates")
        }
        #expect(ledger.card(of: nil, year: "2015-16")?.rates == [young, elsewhere])
        #expect(
            ledger.putOwnCard(commissioner: "15E", year: "2015-16", card: .init(), recordedOn: today)
                == "unknown-commissioner")
    }

    @Test("a year that has not begun is nothing, and a day outside the year is refused")
    func notBegun() throws {
        var example = ReferenceExample()
        example.register(from: "2001-01-01")
        example.rate("2016-17", ReferenceRate(setting: "primary", annualPence: 40_000))
        example.today = "2016-03-31"
        let empty = try example.totals("15E", "2016-17", by: ["month"])
        #expect(empty.through == nil)
        #expect(empty.population.people == 0)
        #expect(empty.budget == .init())
        #expect(empty.breakdown == [])
        #expect(empty.lines.contains(ReferenceLine("through", "null")))
        example.today = "2016-04-01"
        #expect(try example.totals("15E", "2016-17").through == "2016-04-01")
        #expect(try example.totals("15E", "2016-17").budget.fullYearPence == 40_000)
        #expect(try example.totals("15E", "2015-16").through == "2016-03-31")
        #expect(throws: ReferenceRefusal(code: "through-outside-year")) {
            try example.totals(through: "2016-04-01")
        }
        #expect(throws: ReferenceRefusal(code: "unknown-commissioner")) { try example.totals("ZZ99") }
    }
}
