import Testing

@Suite("The reference reckons list sizes as one would by hand")
struct ReferenceListSizeTests {
    private func penny(
        _ setting: String, _ from: Int? = nil, _ through: Int? = nil, sex: String? = nil, group: String? = nil
    ) -> ReferenceRate {
        // A penny a day in a year of 366 days.
        ReferenceRate(
            setting: setting, annualPence: 366, ageFrom: from, ageThrough: through, sex: sex, group: group)
    }

    @Test("bands accrue day by day at the rates that hold them whole, and are counted where none does")
    func accrual() throws {
        var example = ReferenceExample()
        let outcome = example.listSizes(
            "2015-04-01", .init(ageThrough: 17, people: 100), .init(ageFrom: 18, ageThrough: 64, people: 200),
            .init(ageFrom: 65, people: 50))
        #expect(outcome == "stored")
        example.rate(
            "2015-16", penny("primary"), penny("secondary", sex: "female"), penny("community", nil, 64),
            penny("social", 64), penny("mental-health", nil, 17), penny("mental-health", 18))
        let totals = try example.totals(through: "2015-04-02")
        #expect(
            totals.population
                == .init(basis: "list-size", people: 350, personDays: 700, personYears: "1.913"))
        #expect(totals.budget.bySettingPence == [700, 0, 600, 100, 700, 0, 0, 0, 0])
        #expect(totals.budget.personDaysWithoutRate == [0, 700, 100, 600, 0, 700, 700, 700, 700])
        #expect(totals.budget.fullYearPence == 366 * (350 + 300 + 50 + 350))
    }

    @Test("a date holds until the next, is replaced as a whole, and may say nobody")
    func dates() throws {
        var example = ReferenceExample()
        example.rate(
            "2015-16", ReferenceRate(setting: "primary", annualPence: 366, until: "2015-04-03"),
            ReferenceRate(setting: "primary", annualPence: 732, from: "2015-04-13"))
        example.listSizes("2015-04-11", .init(sex: "male", people: 5), .init(sex: "female", people: 15))
        example.listSizes("2014-12-01", .init(people: 10))
        let twenty = try example.totals(through: "2015-04-15")
        #expect(twenty.population.personDays == 10 * 10 + 5 * 20)
        #expect(twenty.population.people == 20)
        #expect(twenty.budget.totalPence == 10 * 2 + 2 * 20 * 3)
        #expect(twenty.budget.personDaysWithoutRate[0] == 10 * 8 + 20 * 2)
        #expect(try example.totals(through: "2015-04-10").population.people == 10)
        example.listSizes("2015-04-11", .init(sex: "male", people: 6))
        #expect(try example.totals(through: "2015-04-15").population.personDays == 10 * 10 + 5 * 6)
        example.listSizes("2015-04-11")
        let nobody = try example.totals(through: "2015-04-15").population
        #expect(nobody == .init(basis: "list-size", people: 0, personDays: 100, personYears: "0.273"))
        #expect(try example.totals("15E", "2016-17").population.basis == "list-size")
    }

    @Test("a year is reckoned from list sizes if one holds on its 1 April, else from people, never from both")
    func basis() throws {
        var example = ReferenceExample()
        example.register("p1", from: "2015-04-01")
        example.listSizes("2015-04-02", .init(people: 1_000))
        #expect(try example.totals().population == .init(people: 1, personDays: 366, personYears: "1.000"))
        #expect(
            try example.totals("15E", "2016-17", through: "2016-04-01").population
                == .init(basis: "list-size", people: 1_000, personDays: 1_000, personYears: "2.740"))
        example.cost("e1", 7, on: "2016-04-01")
        #expect(try example.totals("15E", "2016-17").cost.totalPence == 7)
        example.today = "2016-03-31"
        #expect(try example.totals("15E", "2016-17").population == .init(basis: "list-size"))
        example.listSizes("2015-04-01", .init(people: 2))
        #expect(try example.totals(through: "2015-04-02").population.personDays == 1_002)
    }

    @Test("everything together says from what it is reckoned")
    func mixed() throws {
        var example = ReferenceExample()
        #expect(try example.allTotals().population.basis == "registered")
        example.listSizes("2015-04-01", .init(people: 2))
        #expect(try example.allTotals().population.basis == "mixed")
        example.listSizes("2015-04-01", of: "14L")
        #expect(try example.allTotals().population.basis == "list-size")
        #expect(try example.allTotals().population.people == 2)
        let nobody = try ReferenceLedger().allTotals(.init(year: "2015-16"), today: "2016-01-01")
        #expect(nobody.population.basis == "registered")
    }

    @Test("a band without a group has no group in the breakdown, after those that have")
    func groups() throws {
        var example = ReferenceExample()
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 183))
        example.listSizes("2015-04-01", .init(ageFrom: 18, people: 1), .init(ageThrough: 17, group: "older", people: 1))
        example.cost("e1", 3, on: "2015-04-01") { $0.commissioner = "15E" }
        // Half a penny each: one penny, for the first of equals.
        let totals = try example.totals(through: "2015-04-01", by: ["group"])
        #expect(
            totals.breakdown == [
                .init(group: "older", costPence: 0, events: 0, budgetPence: 1),
                .init(group: "null", costPence: 3, events: 1, budgetPence: 0),
            ])
        #expect(
            try example.totals(through: "2015-04-02", by: ["group"]).breakdown == [
                .init(group: "older", costPence: 0, events: 0, budgetPence: 1),
                .init(group: "null", costPence: 3, events: 1, budgetPence: 1),
            ])
    }

    @Test("a band is matched by a rate that means all of it and names nothing that it does not tell")
    func matches() {
        let all = ReferenceListSize(people: 1)
        let young = ReferenceListSize(ageThrough: 17, people: 1)
        let old = ReferenceListSize(ageFrom: 65, people: 1)
        let women = ReferenceListSize(sex: "female", people: 1)
        let frail = ReferenceListSize(ageFrom: 65, ageThrough: 90, sex: "male", group: "older", people: 1)
        let cases: [(ReferenceRate, [Bool])] = [
            (penny("primary"), [true, true, true, true, true]),
            (penny("primary", 0), [false, true, true, false, true]),
            (penny("primary", nil, 17), [false, true, false, false, false]),
            (penny("primary", nil, 16), [false, false, false, false, false]),
            (penny("primary", 1, 17), [false, false, false, false, false]),
            (penny("primary", 65), [false, false, true, false, true]),
            (penny("primary", 65, 90), [false, false, false, false, true]),
            (penny("primary", 66), [false, false, false, false, false]),
            (penny("primary", 65, 89), [false, false, false, false, false]),
            (penny("primary", sex: "female"), [false, false, false, true, false]),
            (penny("primary", 65, sex: "male"), [false, false, false, false, true]),
            (penny("primary", group: "older"), [false, false, false, false, true]),
            (penny("primary", group: "mental-health"), [false, false, false, false, false]),
        ]
        for (rate, expected) in cases {
            #expect([all, young, old, women, frail].map(rate.isFor) == expected, "\(rate)")
        }
    }

    @Test("bands that could count one person twice are refused, and nothing of them is stored")
    func overlap() throws {
        var example = ReferenceExample()
        let all = ReferenceListSize(people: 1)
        let young = ReferenceListSize(ageThrough: 17, people: 1)
        let old = ReferenceListSize(ageFrom: 18, people: 1)
        let women = ReferenceListSize(sex: "female", people: 1)
        let men = ReferenceListSize(sex: "male", people: 1)
        let frail = ReferenceListSize(group: "older", people: 1)
        let well = ReferenceListSize(group: "generally-healthy", people: 1)
        for (first, second) in [(young, old), (women, men), (frail, well)] {
            #expect(example.listSizes("2015-04-01", first, second) == "stored")
        }
        let seventeen = ReferenceListSize(ageFrom: 17, ageThrough: 17, people: 1)
        for (first, second) in [(all, old), (young, seventeen), (old, women), (women, frail), (men, men)] {
            #expect(example.listSizes("2015-04-01", first, second) == "overlapping-list-sizes")
        }
        #expect(example.ledger.listSizes(of: "15E").map(\.bands) == [[frail, well]])
        #expect(example.listSizes("2015-04-01", all, of: "ZZ99") == "unknown-commissioner")
    }
}
