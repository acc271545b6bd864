import ChequebookModel
import Testing

@testable import ChequebookReports

@Suite("A breakdown by funder or provider")
struct FunderBreakdownTests {
    /// All thirty-two mixes of the five dimensions.
    private static let mixes: [Set<BreakdownDimension>] = (0..<32).map { bits in
        Set(BreakdownDimension.allCases.filter { bits >> $0.rawValue & 1 == 1 })
    }

    @Test("and anything else has rows that add up to the totals, in the order of the tree", arguments: mixes)
    func addsUp(_ dimensions: Set<BreakdownDimension>) {
        var generator = SeededGenerator(seed: 34)
        for _ in 0..<5 {
            let figures = Figures.random(&generator).detailed
            let totals = WrittenTotals(figures)
            let breakdown = Breakdown(figures, by: dimensions, budgetPence: totals.budgetPence)
            #expect(breakdown.dimensions == dimensions.sorted())
            #expect(breakdown.named.costPence == totals.costPence)
            #expect(breakdown.named.events == totals.events)
            let places = breakdown.rows.map(\.places)
            #expect(zip(places, places.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
            if dimensions.contains(.provider) {
                #expect(breakdown.rows.allSatisfy { $0.budgetPence == nil && $0.events > 0 })
            } else {
                #expect(breakdown.named.budgetPence == totals.budgetPence)
            }
        }
    }

    @Test("splits each row of the one that ends earlier in the tree")
    func tree() {
        var generator = SeededGenerator(seed: 35)
        let figures = Figures.random(&generator).detailed
        let written = WrittenTotals(figures).budgetPence
        for fine in Self.mixes where !fine.contains(.provider) {
            let rows = Breakdown(figures, by: fine, budgetPence: written).rows
            for depth in 0..<fine.count {
                let coarse = Breakdown(figures, by: Set(fine.sorted().prefix(depth)), budgetPence: written).rows
                for row in coarse {
                    let parts = rows.filter { Array($0.places.prefix(depth)) == row.places }
                    #expect(parts.reduce(0) { $0 + $1.costPence } == row.costPence)
                    #expect(parts.reduce(0) { $0 + $1.events } == row.events)
                    #expect(parts.reduce(0) { $0 + ($1.budgetPence ?? 0) } == row.budgetPence)
                }
            }
        }
    }

    @Test("gives the odd penny to the first code of equals, within the setting and before the group")
    func ties() {
        var figures = Figures()
        let half = Figures.penny / 2
        for funder in ["X24", "E06"] as [OrganisationCode] {
            figures.add(budget: half, .social, .older, 0, funder: funder)
            figures.add(budget: half, .primary, .older, 0, funder: funder)
        }
        let bySetting = Breakdown(figures.detailed, by: [.setting, .funder], budgetPence: 2).named
        #expect(bySetting.map(\.setting) == [.primary, .social])
        #expect(bySetting.map(\.funder) == ["E06", "E06"])
        #expect(bySetting.map(\.budgetPence) == [1, 1])
        // By funder alone each has a whole penny.
        let byFunder = Breakdown(figures.detailed, by: [.funder], budgetPence: 2).named
        #expect(byFunder.map(\.funder) == ["E06", "X24"])
        #expect(byFunder.map(\.budgetPence) == [1, 1])
    }

    @Test("has people of no named group behind the groups")
    func noGroup() {
        var figures = Figures()
        let half = Figures.penny / 2
        figures.add(budget: half, .primary, nil, 0)
        figures.add(budget: half, .primary, .generallyHealthy, 0)
        figures.add(cost: 3, .primary, nil, 0)
        let rows = Breakdown(figures.detailed, by: [.group], budgetPence: 1).named
        #expect(rows.map(\.group) == [.generallyHealthy, nil])
        #expect(rows.map(\.budgetPence) == [1, 0])
        #expect(rows.map(\.costPence) == [0, 3])
    }

    @Test("is written with the funder's code, and by provider without a budget, those of none last as null")
    func json() throws {
        let desk = Desk()
        desk.add("15E", name: "NHS Test CCG")
        desk.apply(
            .nationalRateCard(
                RateCard(
                    year: "2015-16", funders: [.primary: .organisation("X24")],
                    rates: [
                        CapitationRate(setting: .primary, annualPence: 36_600),
                        CapitationRate(setting: .social, annualPence: 36_600),
                    ])))
        desk.register("9990000018", with: "15E", from: "2015-04-01")
        desk.post("e1", 5, for: "9990000018", on: "2015-04-01", setting: .primary, provider: "RXA")
        desk.post("e2", 7, for: "9990000018", on: "2015-04-01", setting: .primary, provider: "RXB", funder: "E06")
        desk.post("e3", 9, for: "9990000018", on: "2015-04-01", setting: .secondary)
        func breakdown(_ dimensions: Set<BreakdownDimension>) throws -> Substring {
            let question = try TotalsQuestion(
                year: "2015-16", through: "2015-04-01", today: "2026-01-05", dimensions: dimensions)
            let json = text(try #require(question.answer("15E", from: desk.ledger)).json)
            return try json[#require(json.firstRange(of: #""breakdown":"#)).upperBound...]
        }
        #expect(
            try breakdown([.funder]) == """
                [{"funder":"15E","costPence":9,"events":1,"budgetPence":100},\
                {"funder":"E06","costPence":7,"events":1,"budgetPence":0},\
                {"funder":"X24","costPence":5,"events":1,"budgetPence":100}]}

                """)
        #expect(
            try breakdown([.provider, .setting]) == """
                [{"setting":"primary","provider":"RXA","costPence":5,"events":1},\
                {"setting":"primary","provider":"RXB","costPence":7,"events":1},\
                {"setting":"secondary","provider":null,"costPence":9,"events":1}]}

                """)
    }
}
