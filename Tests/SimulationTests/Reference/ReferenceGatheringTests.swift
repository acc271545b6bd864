import Testing

@Suite("The reference adds bodies up as one would by hand")
struct ReferenceGatheringTests {
    private func parent(_ code: String, _ from: Day = "2010-04-01", until: Day? = nil) -> ReferenceCommissioner.Parent {
        .init(code: code, from: from, until: until)
    }

    @Test("under today's boundaries written figures are added up, and what follows from them is reckoned from the sums")
    func current() throws {
        var example = ReferenceExample()
        example.body("QHL")
        example.body("15E", succeededBy: "QHL")
        example.body("14L", succeededBy: "15E")
        // Half a penny a day each: a penny written for each, of which there is one in truth.
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 183))
        example.register("p1", with: "15E", from: "2015-04-01", until: "2015-04-02")
        example.register("p2", with: "14L", from: "2015-04-01", until: "2015-04-02")
        example.cost("a", 3, on: "2015-04-01")
        example.cost("b", 4, on: "2015-04-01") { $0.commissioner = "QHL" }
        let totals = try example.totals("QHL", by: ["setting"], isCurrent: true)
        #expect(
            totals.gathered
                == .init(isCurrent: true, hasChildren: false, countedUnder: nil, bodies: ["14L", "15E", "QHL"]))
        #expect(totals.population == .init(people: 0, personDays: 2, personYears: "0.005"))
        #expect(totals.budget.totalPence == 2)
        #expect(totals.cost.totalPence == 7)
        #expect(totals.variance.percent == "-250.00")
        #expect(totals.costPerHeadPence == 1_281)
        #expect(totals.breakdown == [.init(setting: "primary", costPence: 7, events: 2, budgetPence: 2)])
        #expect(
            totals.lines.prefix(9).map(\.description) == [
                "commissioner: QHL", "name: QHL", "year: 2015-16", "through: 2016-03-31", "asOf: null",
                "boundaries: current", "bodies[0]: 14L", "bodies[1]: 15E", "bodies[2]: QHL",
            ])
        let merged = try example.totals("14L", by: ["setting"], isCurrent: true)
        #expect(merged.gathered == .init(isCurrent: true, hasChildren: false, countedUnder: "QHL", bodies: []))
        #expect(merged.cost == .init())
        #expect(merged.budget == .init())
        #expect(merged.breakdown == [])
        let all = try example.allTotals(by: ["setting"], isCurrent: true)
        #expect(all.commissioners == [totals])
    }

    @Test("bodies on people and bodies on list sizes together are mixed")
    func mixed() throws {
        var example = ReferenceExample()
        example.body("15E", succeededBy: "14L")
        example.listSizes("2015-04-01", .init(people: 2))
        example.register(with: "14L", from: "2015-04-01")
        let totals = try example.totals("14L", isCurrent: true)
        #expect(totals.population == .init(basis: "mixed", people: 3, personDays: 3 * 366, personYears: "3.000"))
        #expect(try example.totals("15E", isCurrent: true).population == .init(basis: "list-size"))
    }

    /// A third of a penny a day: a parent for two days, another one from 3 April on.
    private func moving() -> ReferenceExample {
        var example = ReferenceExample()
        example.body("P1")
        example.body("P2")
        example.body("14L", below: [parent("P1", until: "2015-04-03"), parent("P2", "2015-04-03")])
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 122))
        example.register(with: "14L", from: "2015-04-01")
        return example
    }

    @Test("a parent that changes in the middle of a year costs no penny and makes none")
    func pennies() throws {
        let example = moving()
        // Written through 1, 2, 3, … April: 0, 1, 1, 1, 2, 2, 2, 3.
        let written: [(day: Day, first: Int128, second: Int128)] = [
            ("2015-04-01", 0, 0), ("2015-04-02", 1, 0), ("2015-04-03", 1, 0), ("2015-04-04", 1, 0),
            ("2015-04-05", 1, 1), ("2015-04-08", 1, 2),
        ]
        for (day, first, second) in written {
            let answers = try ["P1", "P2"].map {
                try example.totals($0, through: day, by: ["month"], hasChildren: true)
            }
            #expect(answers.map(\.budget.totalPence) == [first, second], "\(day)")
            #expect(answers.map(\.budget.bySettingPence[0]) == [first, second])
            #expect(answers.map { $0.breakdown?.first?.budgetPence ?? 0 } == [first, second])
            // 122 in the year, of which one is written through 2 April.
            #expect(answers.map(\.budget.fullYearPence) == [1, 121])
            #expect(answers.map(\.population.people) == (day < "2015-04-03" ? [1, 0] : [0, 1]))
            #expect(answers[0].population.personDays == min(2, day.number - Day("2015-03-31").number))
            #expect(answers.map(\.gathered?.bodies) == [["14L", "P1"], ["14L", "P2"]])
            let own = try example.totals("14L", through: day, hasChildren: true)
            #expect(own.budget == (try example.totals("14L", through: day)).budget)
            let all = try example.allTotals(through: day, by: ["month"], hasChildren: true)
            #expect(all.commissioners.map(\.commissioner) == ["15E", "P1", "P2"])
            #expect(Array(all.commissioners.dropFirst()) == answers)
            #expect(all.budget == own.budget)
        }
    }

    @Test("rows in which nothing happened on those days are left out, and others are what happened on them")
    func rows() throws {
        var example = moving()
        for (id, pence, day) in [("a", 5, "2015-04-02"), ("b", 7, "2015-04-03"), ("c", 9, "2015-05-01")] {
            example.cost(id, Int128(pence), on: try #require(Day(day)))
        }
        let answers = try ["P1", "P2"].map {
            try example.totals($0, through: "2015-05-01", by: ["month"], hasChildren: true).breakdown
        }
        // Through 2 April 2/3, written 1; through 1 May 31/3, written 10, and all of it in April.
        #expect(
            answers == [
                [.init(month: "2015-04", costPence: 5, events: 1, budgetPence: 1)],
                [
                    .init(month: "2015-04", costPence: 7, events: 1, budgetPence: 9),
                    .init(month: "2015-05", costPence: 9, events: 1, budgetPence: 0),
                ],
            ])
    }

    @Test("children of children are below, on the days on which all in between are")
    func deep() throws {
        var example = ReferenceExample()
        example.body("TOP")
        example.body("14L", below: [parent("TOP", until: "2015-04-11")])
        example.body("15E", below: [parent("14L", "2015-04-06")])
        example.register(from: "2015-04-01")
        let days = { (code: String) in
            try example.totals(code, through: "2015-04-20", hasChildren: true).population.personDays
        }
        #expect(try ["15E", "14L", "TOP"].map(days) == [20, 15, 5])
        let all = try example.allTotals(through: "2015-04-20", hasChildren: true)
        #expect(all.commissioners.map(\.commissioner) == ["14L", "15E", "TOP"])
        #expect(all.commissioners.map(\.population.personDays) == [10, 5, 5])
        #expect(all.commissioners.map(\.population.people) == [1, 0, 0])
        #expect(all.commissioners.map(\.gathered?.bodies) == [["14L", "15E"], ["15E"], ["14L", "15E", "TOP"]])
    }

    @Test("the grand total is the same in all four ways of looking")
    func conserved() throws {
        var example = moving()
        example.body("15E", below: [parent("14L", until: "2015-07-01")], succeededBy: "P2")
        example.body("P1", succeededBy: "P2")
        example.body("X24", below: [parent("P1", "2015-06-01")], succeededBy: "15E", "14L")
        example.register("p2", from: "2015-05-01", until: "2016-01-01")
        example.register("p3", with: "X24", from: "2015-04-02")
        example.cost("a", 31, on: "2015-05-01") { $0.patient = "p2" }
        example.cost("b", 17, on: "2015-12-01") { $0.patient = "p3" }
        example.cost("c", 2, on: "2015-12-01") { $0.patient = "nobody" }
        for through in ["2015-05-31", "2015-09-30", "2016-03-31"] as [Day] {
            let plain = try example.allTotals(through: through)
            #expect(plain.cost.events == (through < "2015-12-01" ? 1 : 3))
            for (isCurrent, hasChildren) in [(true, false), (false, true), (true, true)] {
                let all = try example.allTotals(through: through, isCurrent: isCurrent, hasChildren: hasChildren)
                #expect(all.cost == plain.cost)
                #expect(all.budget == plain.budget)
                #expect(all.population == plain.population)
                #expect(all.unattributed == plain.unattributed)
            }
        }
        let codes = try [(false, false), (true, false), (false, true), (true, true)].map { isCurrent, hasChildren in
            try example.allTotals(isCurrent: isCurrent, hasChildren: hasChildren).commissioners.map(\.commissioner)
        }
        #expect(
            codes == [
                ["14L", "15E", "P1", "P2", "X24"], ["14L", "P2", "X24"], ["15E", "P1", "P2", "X24"], ["P2", "X24"],
            ])
    }
}
