import Testing

@Suite("The reference knows what was known on an earlier day")
struct ReferenceAsOfTests {
    @Test("facts of every kind count from the day of their recording, whatever days they are about")
    func facts() throws {
        var example = ReferenceExample()
        example.today = "2015-05-01"
        example.ledger = ReferenceLedger()
        example.ledger.putCommissioner("15E", .init(name: "A"), recordedOn: "2015-05-01")
        example.register(from: "2015-04-01")
        example.cost("e1", 5, on: "2015-04-01")
        example.today = "2015-05-02"
        example.ledger.putCommissioner("15E", .init(name: "New"), recordedOn: "2015-05-02")
        example.ledger.putCommissioner("14L", .init(name: "B"), recordedOn: "2015-05-02")
        example.cost("e1", 6, on: "2015-04-01") { $0.version = 2 }
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 366))
        example.today = "2015-05-03"
        #expect(example.reverse("e1", as: "r1") == "posted")
        #expect(example.withdraw(from: "2015-04-01") == "registered")
        example.today = "2015-05-04"
        example.listSizes("2015-04-01", .init(people: 9))
        example.today = "2015-05-05"

        let days: [Day] = ["2015-05-01", "2015-05-02", "2015-05-03", "2015-05-04"]
        let answers = try days.map { try example.totals(asOf: $0) }
        #expect(answers.map(\.asOf) == days)
        #expect(answers.map(\.through) == days)
        #expect(answers.map(\.name) == ["A", "New", "New", "New"])
        #expect(answers.map(\.cost.totalPence) == [5, 6, 0, 0])
        #expect(answers.map(\.population.personDays) == [31, 32, 0, 9 * 34])
        #expect(answers.map(\.budget.totalPence) == [0, 32, 0, 9 * 34])
        #expect(answers[0].lines.contains(ReferenceLine("asOf", "2015-05-01")))
        #expect(try example.allTotals(asOf: "2015-05-01").commissioners.map(\.commissioner) == ["15E"])
        #expect(
            try example.allTotals(asOf: "2015-05-02").commissioners == [
                example.totals("14L", asOf: "2015-05-02"), example.totals("15E", asOf: "2015-05-02"),
            ])
        #expect(try example.allTotals(asOf: "2015-04-30").commissioners.isEmpty)
        for (code, day) in [("14L", "2015-05-01"), ("15E", "2015-04-30")] as [(String, Day)] {
            #expect(throws: ReferenceRefusal(code: "unknown-commissioner")) { try example.totals(code, asOf: day) }
        }
    }

    @Test("a day that has not ended is refused, and a year that begins after it is nothing")
    func limits() throws {
        var example = ReferenceExample()
        example.today = "2015-03-01"
        example.ledger.putCommissioner("15E", .init(name: "A"), recordedOn: "2015-03-01")
        example.ledger.commissioners.removeAll { $0.day > "2015-03-01" }
        example.register(from: "2015-01-01")
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 366))
        example.today = "2015-04-02"
        #expect(throws: ReferenceRefusal(code: "as-of-not-closed")) { try example.totals(asOf: "2015-04-02") }
        let before = try example.totals(asOf: "2015-03-31", by: ["month"])
        #expect(before.through == nil)
        #expect(before.budget == .init())
        #expect(before.breakdown == [])
        #expect(try example.totals(through: "2015-10-01", asOf: "2015-03-31").through == nil)
        let first = try example.totals(asOf: "2015-04-01")
        #expect(first.through == "2015-04-01")
        #expect(first.budget.totalPence == 1)
        #expect(first.budget.fullYearPence == 366)
        #expect(try example.totals(through: "2015-04-30", asOf: "2015-04-01").budget.totalPence == 30)
        example.today = "2018-01-01"
        #expect(try example.totals(asOf: "2017-12-31").through == "2016-03-31")
    }

    @Test("what is answered of a day later is what was answered when it ended")
    func workload() throws {
        for seed in UInt64(20)..<23 {
            var ledger = ReferenceLedger()
            var endings: [(day: Day, ledger: ReferenceLedger)] = []
            let steps = Workload(seed: seed, features: [.listSizes, .funders, .patients]).steps
            for (step, next) in zip(steps, steps.dropFirst()) {
                _ = ledger.perform(step.operation, today: step.today)
                if step.today != next.today { endings.append((step.today, ledger)) }
            }
            let last = try #require(endings.popLast()?.day)
            for (day, earlier) in endings {
                let then = try earlier.allTotals(.init(year: "2016-17", by: ["setting", "funder"]), today: day)
                let now = try ledger.allTotals(
                    .init(year: "2016-17", asOf: day, by: ["setting", "funder"]), today: last)
                let known = now.lines.map { $0.path.hasSuffix("].asOf") ? ReferenceLine($0.path, "null") : $0 }
                #expect(known == then.lines, "seed \(seed), \(day)")
            }
        }
    }
}
