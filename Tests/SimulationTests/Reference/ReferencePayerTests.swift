import Testing

@Suite("The reference knows what a body pays as one would by hand")
struct ReferencePayerTests {
    private func payer(
        _ example: ReferenceExample, _ code: String, through: Day? = nil, by: [String] = []
    ) throws -> ReferencePayerTotals {
        try example.ledger.payerTotals(
            of: code, .init(year: "2015-16", through: through, by: by), today: example.today)
    }

    @Test("every cost that names it or falls to it, and the parts of everybody's budget, to the written penny")
    func payers() throws {
        var example = ReferenceExample()
        example.register("p1", from: "2015-04-01", until: "2015-04-02", group: "older", council: "14L")
        example.register("p2", with: "14L", from: "2015-04-01", until: "2015-04-02")
        // One penny and a half for the day in each of two settings: three written, of which social care has one.
        let rates = ["primary", "social"].map { ReferenceRate(setting: $0, annualPence: 549) }
        let card = ReferenceCard(funders: ["social": "council"], rates: rates)
        for code in ["15E", "14L"] { example.ownCard(card, of: code) }
        example.cost("a", 1, on: "2015-04-01") { $0.setting = "social" }
        example.cost("b", 2, on: "2015-04-01") { $0.funder = "14L" }
        example.cost("c", 4, on: "2015-04-01")
        example.cost("nobody's", 8, on: "2015-04-09") { $0.funder = "14L" }
        let totals = try payer(example, "14L", by: ["group"])
        #expect(totals.cost.totalPence == 11)
        // Of its own people's both settings, and of those of 15E the social care.
        #expect(totals.budget.totalPence == 3 + 1)
        #expect(totals.budget.fullYearPence == 4)
        #expect(totals.budget.bySettingPence == [2, 0, 0, 2, 0, 0, 0, 0, 0])
        #expect(
            totals.breakdown == [
                .init(group: "older", costPence: 3, events: 2, budgetPence: 1),
                .init(group: "generally-healthy", costPence: 0, events: 0, budgetPence: 3),
                .init(group: "null", costPence: 8, events: 1, budgetPence: 0),
            ])
        #expect(try payer(example, "15E").budget.totalPence == 2)
        #expect(try payer(example, "15E").cost.totalPence == 4)
        #expect(try payer(example, "14L", through: "2015-04-01").cost.events == 2)
        #expect(totals.lines.contains(.init("view", "payer")))
        #expect(!totals.lines.contains { $0.path.contains("person") || $0.path.contains("population") })
    }

    @Test("a body that is not registered is unknown, and boundaries and children go with populations")
    func refused() {
        let example = ReferenceExample()
        #expect(throws: ReferenceRefusal(code: "unknown-commissioner")) { try payer(example, "X24") }
        #expect(throws: ReferenceRefusal(code: "bad-parameter")) {
            try example.ledger.payerTotals(of: "15E", .init(year: "2015-16", isCurrent: true), today: example.today)
        }
    }
}
