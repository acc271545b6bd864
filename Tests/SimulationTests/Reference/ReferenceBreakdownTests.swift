import Testing

@Suite("The reference breaks totals down by who pays and who provides")
struct ReferenceBreakdownTests {
    @Test("a cost is paid by whom the event names, else by whom the card in use names")
    func costs() throws {
        var example = ReferenceExample()
        example.register("p1", from: "2015-04-01", group: "older", council: "E09")
        example.register("p2", from: "2015-04-01")
        let national = ReferenceCard(
            funders: ["primary": "X24", "social": "council", "community": "X24"],
            rates: [ReferenceRate(setting: "secondary", annualPence: 0)])
        #expect(example.ledger.putNationalCard(year: "2015-16", card: national, recordedOn: example.today) == "stored")
        // In use for community alone, where it names nobody; what it says of primary care is not in use.
        example.ownCard(
            ReferenceCard(funders: ["primary": "AA1"], rates: [ReferenceRate(setting: "community", annualPence: 0)]))
        let settings = ["primary", "social", "community", "secondary"]
        for (index, setting) in settings.enumerated() {
            example.cost("a\(index)", 1, on: "2015-05-01") { $0.setting = setting }
            example.cost("b\(index)", 10, on: "2015-05-01") { cost in
                cost.setting = setting
                cost.patient = "p2"
            }
        }
        example.cost("c1", 100, on: "2015-05-01") { $0.funder = "RRK" }
        // Registered with 15E, stated for 14L, whose card in use is the national one.
        example.cost("c2", 1_000, on: "2015-05-01") { cost in
            cost.commissioner = "14L"
            cost.setting = "social"
        }
        example.cost("c3", 10_000, on: "2015-05-01") { cost in
            cost.commissioner = "14L"
            cost.setting = "community"
            cost.patient = nil
            cost.withoutPatient = "block"
        }
        #expect(
            try words(example.totals(by: ["funder", "setting"])) == [
                "primary RRK 100/1", "primary X24 11/2", "secondary 15E 11/2", "community 15E 11/2",
                "social 15E 10/1", "social E09 1/1",
            ])
        #expect(try words(example.totals("14L", by: ["funder"])) == ["E09 1000/1", "X24 10000/1"])
        #expect(
            try words(example.totals(by: ["group", "funder"])) == [
                "15E older 2/2", "15E generally-healthy 30/3", "E09 older 1/1", "RRK older 100/1", "X24 older 1/1",
                "X24 generally-healthy 10/1",
            ])
        #expect(try words(example.totals("15E", "2014-15", by: ["funder"])).isEmpty)
    }

    @Test("a budget is paid by the council of the day, and by nobody's council where only list sizes are known")
    func budget() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01", council: "E09")
        example.register(from: "2015-04-03", council: "E08")
        example.register(from: "2015-04-04")
        let card = ReferenceCard(
            funders: ["social": "council"],
            rates: [
                ReferenceRate(setting: "social", annualPence: 366),
                ReferenceRate(setting: "primary", annualPence: 366),
            ])
        example.ownCard(card)
        #expect(
            try words(example.totals(through: "2015-04-06", by: ["setting", "funder"])) == [
                "primary 15E 0/0 6", "social 15E 0/0 3", "social E08 0/0 1", "social E09 0/0 2",
            ])
        example.listSizes("2015-04-01", .init(people: 2))
        #expect(
            try words(example.totals(through: "2015-04-06", by: ["setting", "funder"])) == [
                "primary 15E 0/0 12", "social 15E 0/0 12",
            ])
    }

    @Test("pennies are split by setting, then funder, then group, then month, whatever the order asked for")
    func tree() throws {
        var example = ReferenceExample()
        example.register("p1", from: "2015-04-30", until: "2015-05-02", group: "older", council: "E09")
        example.register("p2", from: "2015-04-30", until: "2015-05-02", council: "AA")
        // A third of a penny a day each, two days, two people: 4/3, written 1.
        example.ownCard(
            ReferenceCard(
                funders: ["social": "council"], rates: [ReferenceRate(setting: "social", annualPence: 122)]))
        #expect(try words(example.totals(by: ["month", "group"])) == ["older 2015-04 0/0 1"])
        #expect(try words(example.totals(by: ["month", "group", "funder"])) == ["AA generally-healthy 2015-04 0/0 1"])
    }

    @Test("by provider there are costs alone, those of no provider last")
    func providers() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01")
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 366))
        for (id, provider) in [("e1", "RRK"), ("e2", nil), ("e3", "05"), ("e4", "RRK")] {
            example.cost(id, 10, on: id == "e4" ? "2015-05-01" : "2015-04-01") { $0.provider = provider }
        }
        let totals = try example.totals(by: ["provider"])
        #expect(
            totals.breakdown == [
                .init(provider: "05", costPence: 10, events: 1), .init(provider: "RRK", costPence: 20, events: 2),
                .init(provider: "null", costPence: 10, events: 1),
            ])
        #expect(!totals.lines.contains { $0.path.hasPrefix("breakdown") && $0.path.hasSuffix("budgetPence") })
        #expect(totals.lines.contains(ReferenceLine("breakdown[provider=null].events", "1")))
        #expect(
            try words(example.totals(by: ["provider", "month", "setting"])) == [
                "primary 2015-04 05 10/1", "primary 2015-04 RRK 10/1", "primary 2015-04 null 10/1",
                "primary 2015-05 RRK 10/1",
            ])
    }

    /// Each row's names, cost, events and, if it has one, budget.
    private func words(_ totals: ReferenceTotals) throws -> [String] {
        try #require(totals.breakdown).map { row in
            let names = [row.setting, row.funder, row.group, row.month, row.provider].compactMap(\.self)
            let budget = row.budgetPence.flatMap { $0 == 0 ? nil : "\($0)" }
            return (names + ["\(row.costPence)/\(row.events)"] + (budget.map { [$0] } ?? [])).joined(separator: " ")
        }
    }
}
