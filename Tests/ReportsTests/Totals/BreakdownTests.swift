import ChequebookModel
import ChequebookReports
import Testing

@Suite("A breakdown")
struct BreakdownTests {
    private static let mixes: [Set<BreakdownDimension>] = [
        [.setting], [.group], [.month], [.setting, .group], [.setting, .month], [.group, .month],
        [.setting, .group, .month], [],
    ]

    @Test("has rows that add up to the totals", arguments: mixes)
    func addsUp(_ dimensions: Set<BreakdownDimension>) {
        var generator = SeededGenerator(seed: 32)
        for _ in 0..<20 {
            let figures = Figures.random(&generator).handedOver
            let totals = WrittenTotals(figures)
            let rows = Breakdown(figures, by: dimensions, budgetPence: totals.budgetPence).named
            #expect(rows.costPence == totals.costPence)
            #expect(rows.events == totals.events)
            #expect(rows.budgetPence == totals.budgetPence)
            #expect(rows.allSatisfy { $0.costPence != 0 || $0.events != 0 || $0.budgetPence != 0 })
            guard dimensions.contains(.setting) else { continue }
            for setting in CareSetting.allCases {
                let own = rows.filter { $0.setting == setting }
                let index = Int(setting.rawValue)
                #expect(own.costPence == totals.costBySettingPence[index])
                #expect(own.budgetPence == totals.budgetBySettingPence[index])
            }
        }
    }

    @Test("by one dimension more splits each row of the one with fewer")
    func tree() {
        var generator = SeededGenerator(seed: 33)
        for _ in 0..<20 {
            let figures = Figures.random(&generator).handedOver
            let written = WrittenTotals(figures).budgetPence
            let coarse = Breakdown(figures, by: [.setting, .group], budgetPence: written).named
            let fine = Breakdown(figures, by: [.month, .group, .setting], budgetPence: written).named
            for row in coarse {
                let parts = fine.filter { $0.setting == row.setting && $0.group == row.group }
                #expect(parts.costPence == row.costPence)
                #expect(parts.events == row.events)
                #expect(parts.budgetPence == row.budgetPence)
            }
        }
    }

    @Test("splits each written figure by largest remainder, ties in the contract's order, months by date")
    func ties() {
        var figures = Figures()
        let quarter = Figures.penny / 4
        for setting in [.primary, .secondary, .community] as [CareSetting] {
            figures.add(budget: quarter, setting, .older, 11)
            figures.add(budget: quarter, setting, .generallyHealthy, 11)
        }
        figures.add(budget: quarter, .primary, .older, 4)
        figures.add(budget: quarter, .primary, .generallyHealthy, 4)
        // Eight quarters are 2: primary care's four make 1, the other two's 0.5 each tie for the second penny.
        let bySetting = Breakdown(figures.handedOver, by: [.setting], budgetPence: 2).named
        #expect(bySetting.map(\.setting) == [.primary, .secondary])
        #expect(bySetting.map(\.budgetPence) == [1, 1])
        // The penny of each goes to the older, and primary care's to August before March.
        let byAll = Breakdown(figures.handedOver, by: [.setting, .group, .month], budgetPence: 2).named
        #expect(byAll.map(\.setting) == [.primary, .secondary])
        #expect(byAll.map(\.group) == [.older, .older])
        #expect(byAll.map(\.month) == [4, 11])
        // By month alone: 0.5 in August, 1.5 in March; of the pennies one is March's and one a tie.
        let byMonth = Breakdown(figures.handedOver, by: [.month], budgetPence: 2).named
        #expect(byMonth.map(\.month) == [4, 11])
        #expect(byMonth.map(\.budgetPence) == [1, 1])
    }

    @Test("keeps the contract's order of rows, costs of no group last, and leaves empty rows out")
    func order() {
        var figures = Figures()
        figures.add(cost: 5, .social, nil, 0)
        figures.add(cost: 6, .social, .older, 11)
        figures.add(cost: 7, .social, .older, 0)
        figures.add(cost: 8, .primary, .generallyHealthy, 5)
        figures.add(cost: 0, events: 0, .publicHealth, .older, 0)
        let rows = Breakdown(figures.handedOver, by: [.setting, .group, .month], budgetPence: 0).named
        #expect(rows.map(\.costPence) == [8, 7, 6, 5])
        #expect(rows.map(\.group) == [.generallyHealthy, .older, .older, nil])
    }

    @Test("shows a contact that cost nothing, and a cost that a credit makes up for")
    func nothingButEvents() {
        var figures = Figures()
        figures.add(cost: 0, events: 1, .primary, .older, 0)
        figures.add(cost: 50, .secondary, .older, 0)
        figures.add(cost: -50, .secondary, .older, 0)
        let rows = Breakdown(figures.handedOver, by: [.setting], budgetPence: 0).named
        #expect(rows.map(\.setting) == [.primary, .secondary])
        #expect(rows.map(\.costPence) == [0, 0])
        #expect(rows.map(\.events) == [1, 2])
    }

    @Test("by group writes null for costs that have none")
    func noGroup() {
        var figures = Figures()
        figures.add(cost: 5, .social, nil, 0)
        let answer = TotalsAnswer(figures.handedOver, by: [.group], at: .now)
        #expect(
            text(answer.json).hasSuffix(
                #""breakdown":[{"group":null,"costPence":5,"events":1,"budgetPence":0}]}"# + "\n"))
    }

    @Test("of nothing has no rows")
    func nothing() {
        let broken = text(TotalsAnswer(Figures().handedOver, by: [.setting], at: .now).json)
        #expect(broken.hasSuffix(#","breakdown":[]}"# + "\n"))
        #expect(!text(TotalsAnswer(Figures().handedOver, by: nil, at: .now).json).contains("breakdown"))
    }

    @Test("knows the words of the query")
    func words() {
        let words = BreakdownDimension.allCases.map { "\($0.word)" }
        #expect(words == ["setting", "funder", "group", "month", "provider"])
    }
}
