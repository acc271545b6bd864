import ChequebookModel
import ChequebookReports
import Testing

@testable import ChequebookLedger

@Suite("Written totals")
struct WrittenTotalsTests {
    private static func written(budget parts: [(Int128, CareSetting)], cost: Int128 = 0) -> WrittenTotals {
        var figures = Figures()
        for (part, setting) in parts { figures.add(budget: part, setting, .older, 0) }
        figures.add(cost: cost, .primary, .older, 0)
        return WrittenTotals(figures.handedOver)
    }

    @Test("round the budget once, in the total, half a penny away from zero")
    func roundedOnce() {
        let half = Figures.penny / 2
        #expect(Self.written(budget: [(half, .primary)]).budgetPence == 1)
        #expect(Self.written(budget: [(half - 1, .primary)]).budgetPence == 0)
        // Three halves are 1.5, so 2: by parts they would be 3.
        let three = Self.written(budget: [(half, .primary), (half, .social), (half, .publicHealth)])
        #expect(three.budgetPence == 2)
        #expect(three.budgetBySettingPence == [1, 0, 0, 1, 0, 0, 0, 0, 0])
        // Three thirds of a penny are one, to the first of equals.
        let third = Figures.penny / 3
        let thirds = Self.written(budget: [(third, .secondary), (third, .community), (third, .social)])
        #expect(thirds.budgetBySettingPence == [0, 1, 0, 0, 0, 0, 0, 0, 0])
    }

    @Test("give the odd penny to the largest remainder")
    func largestRemainder() {
        // 1.4 + 2.45 + 3.3 = 7.15, so 7 are split: 1.37, 2.40, 3.23.
        let tenth = Figures.penny / 10
        let totals = Self.written(budget: [
            (14 * tenth, .primary), (24 * tenth + tenth / 2, .secondary), (33 * tenth, .community),
        ])
        #expect(totals.budgetPence == 7)
        #expect(totals.budgetBySettingPence == [1, 3, 3, 0, 0, 0, 0, 0, 0])
    }

    @Test(
        "tell the position and the percentage of what is written",
        arguments: [
            (100, 0, "underspent", "100.00"), (100, 100, "balanced", "0.00"), (100, 101, "overspent", "-1.00"),
            (3, 4, "overspent", "-33.33"), (3, 1, "underspent", "66.67"), (800, 801, "overspent", "-0.13"),
            (800, 799, "underspent", "0.13"), (100_000, 100_001, "overspent", "0.00"),
            (100, 1_000, "overspent", "-900.00"), (100, -50, "underspent", "150.00"),
        ] as [(Int128, Int128, String, String)])
    func variance(budget: Int128, cost: Int128, position: String, percent: String) {
        let variance = Self.written(budget: [(budget * Figures.penny, .primary)], cost: cost).variance
        #expect(variance.totalPence == budget - cost)
        #expect(variance.position == position)
        #expect(variance.percent == percent)
    }

    @Test("have no percentage of a budget of nothing, nor of one that is written as nothing")
    func noPercentage() {
        #expect(Self.written(budget: [], cost: 5).variance.percent == nil)
        #expect(Self.written(budget: [], cost: 5).variance.position == "overspent")
        #expect(Self.written(budget: [], cost: -5).variance.position == "underspent")
        #expect(Self.written(budget: [], cost: 0).variance.position == "balanced")
        #expect(Self.written(budget: [(Figures.penny / 2 - 1, .primary)], cost: 5).variance.percent == nil)
    }

    @Test(
        "have a cost per head for a whole year, half away from zero, and none without person-days",
        arguments: [
            (8_000, 214, 13_682), (1, 732, 1), (-1, 732, -1), (1, 733, 0), (0, 5, 0), (0, 0, nil), (5, 0, nil),
            (10_000_000_000_000_000_000, 1, 3_660_000_000_000_000_000_000),
        ] as [(Int128, Int128, Int128?)])
    func costPerHead(cost: Int128, personDays: Int128, perHead: Int128?) {
        var figures = Figures()
        figures.add(cost: cost, .primary, nil, 3)
        figures.budget.personDays = personDays
        #expect(WrittenTotals(figures.handedOver).costPerHeadPence(Figures.year) == perHead)
    }

    @Test("are the sums of all cells, and their settings add up to them")
    func sums() {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<100 {
            let figures = Figures.random(&generator)
            let totals = WrittenTotals(figures.handedOver)
            #expect(totals.costPence == figures.cost.cells.reduce(0) { $0 + $1.pence })
            #expect(totals.events == figures.cost.cells.reduce(0) { $0 + $1.events })
            #expect(totals.costBySettingPence.reduce(0, +) == totals.costPence)
            #expect(totals.budgetBySettingPence.reduce(0, +) == totals.budgetPence)
            #expect(totals.variance.bySettingPence.reduce(0, +) == totals.variance.totalPence)
            // Within half a penny of what is exact.
            let exact = figures.budget.parts.flatMap(\.numerators).reduce(0, +)
            #expect((totals.budgetPence * Figures.penny - exact).magnitude * 2 <= Figures.penny.magnitude)
        }
    }
}
