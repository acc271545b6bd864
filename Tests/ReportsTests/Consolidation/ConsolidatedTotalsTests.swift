import ChequebookLedger
import ChequebookModel
import ChequebookReports
import Testing

@Suite("Bodies put together")
struct ConsolidatedTotalsTests {
    /// 36,599 ÷ 365 = 100.271 p a day for each of two people, in a year of 365 days. 00F is merged into 13T, which is
    /// below QHM from 1 July 2014 on; 00G stays as it is and is below QHM for ten days.
    private static func desk() -> Desk {
        let desk = Desk()
        desk.apply(
            .nationalRateCard(
                RateCard(year: "2014-15", rates: [CapitationRate(setting: .primary, annualPence: 36_599)])))
        desk.apply(body("00F", successors: [Commissioner.Successor(code: "13T", from: "2015-04-01")]))
        desk.apply(body("00G", parents: [parent("QHM", from: "2014-04-11", until: "2014-04-21")]))
        desk.apply(body("13T", parents: [parent("QHM", from: "2014-07-01", until: nil)]))
        desk.apply(body("QHM"))
        desk.register("9990000018", with: "00F", from: "2014-04-01")
        desk.register("9990000026", with: "00G", from: "2014-04-01")
        desk.post("e1", 40, for: "9990000018", on: "2014-06-30", setting: .primary)
        desk.post("e2", 500, for: "9990000018", on: "2014-07-01", setting: .primary)
        desk.post("e3", 3, for: "9990000026", on: "2014-04-20", setting: .social, kind: .credit)
        desk.post("e4", 7, for: "9990000034", on: "2014-04-20", setting: .social)
        return desk
    }

    private static func body(
        _ code: OrganisationCode, successors: [Commissioner.Successor] = [], parents: [Commissioner.Parent] = []
    ) -> Fact {
        .commissioner(
            Commissioner(code: code, name: "NHS \(code)", kind: .ccg, parents: parents, successors: successors))
    }

    private static func parent(
        _ code: OrganisationCode, from: CalendarDate, until: CalendarDate?
    ) -> Commissioner.Parent {
        Commissioner.Parent(code: code, from: from, until: until)
    }

    private static func question(
        _ consolidation: Consolidation, through: CalendarDate? = nil, by dimensions: Set<BreakdownDimension>? = nil
    ) throws -> TotalsQuestion {
        try TotalsQuestion(
            year: "2014-15", through: through, today: "2026-01-05", dimensions: dimensions,
            consolidation: consolidation)
    }

    private static let current = Consolidation(boundaries: .current)
    private static let children = Consolidation(includesChildren: true)
    private static let both = Consolidation(boundaries: .current, includesChildren: true)

    private func figures(_ totals: WrittenTotals) -> [Int128] {
        [Int128(totals.people), totals.personDays, totals.costPence, totals.budgetPence, totals.fullYearPence]
    }

    @Test("under today's boundaries are the sums of what each has written, and a merged body has nothing left")
    func boundaries() throws {
        let ledger = Self.desk().ledger
        let question = try Self.question(Self.current)
        let answers = question.answer(from: ledger)
        #expect(answers.rows.map(\.body.code) == ["00G", "13T", "QHM"])
        #expect(figures(answers.rows[1].totals) == [1, 365, 540, 36_599, 36_599])
        let merged = try #require(question.answer("00F", from: ledger))
        #expect(figures(merged.totals) == [0, 0, 0, 0, 0])
        #expect(text(merged.json).contains(#""asOf":null,"boundaries":"current","countedUnder":"13T","bodies":[],"#))
        let successor = try #require(question.answer("13T", from: ledger))
        #expect(text(successor.json).contains(#""asOf":null,"boundaries":"current","bodies":["00F","13T"],"#))
        #expect(successor.json == answers.rows[1].json)
    }

    @Test("with its children a body has their days below it, to the penny that they have written")
    func children() throws {
        let ledger = Self.desk().ledger
        // Through 20 April 00G has written 2,005.42 → 2,005 p, and through 10 April 1,002.71 → 1,003 p.
        let parent = try #require(try Self.question(Self.children).answer("QHM", from: ledger))
        #expect(figures(parent.totals) == [0, 10, -3, 1_002, 1_002])
        #expect(text(parent.json).contains(#""asOf":null,"include":"children","bodies":["00G","13T","QHM"],"#))
        let midway = try #require(try Self.question(Self.children, through: "2014-04-15").answer("QHM", from: ledger))
        // Five days: 1,504.07 − 1,002.71, written 1,504 − 1,003; the year's ten are 1,002.
        #expect(figures(midway.totals) == [1, 5, 0, 501, 1_002])
    }

    @Test("with both, a merged body's days are below whoever its successor is below")
    func both() throws {
        let ledger = Self.desk().ledger
        let answers = try Self.question(Self.both).answer(from: ledger)
        #expect(answers.rows.map(\.body.code) == ["00G", "13T", "QHM"])
        // 91 days to the end of June are 9,124.68 p; QHM has the 274 others and ten of 00G.
        #expect(figures(answers.rows[1].totals) == [0, 91, 40, 9_125, 9_125])
        #expect(figures(answers.rows[2].totals) == [1, 284, 497, 28_476, 28_476])
    }

    @Test("add up to the same grand total, in every figure and every row", arguments: 0..<3)
    func conserved(_ place: Int) throws {
        let ledger = Self.desk().ledger
        let consolidation = [Self.current, Self.children, Self.both][place]
        for through in ["2014-04-15", "2014-10-31", "2015-03-31"] as [CalendarDate] {
            for dimensions in [[], [.month], [.setting, .funder], [.provider]] as [Set<BreakdownDimension>] {
                let plain = try Self.question(Consolidation(), through: through, by: dimensions).answer(from: ledger)
                let together = try Self.question(consolidation, through: through, by: dimensions)
                    .answer(from: ledger)
                #expect(together.total == plain.total)
                #expect(together.unattributed == plain.unattributed)
                for row in together.rows {
                    let parts = row.breakdown?.rows ?? []
                    #expect(parts.reduce(0) { $0 + $1.costPence } == row.totals.costPence)
                    guard !dimensions.contains(.provider) else { continue }
                    #expect(parts.reduce(0) { $0 + ($1.budgetPence ?? 0) } == row.totals.budgetPence)
                }
            }
        }
    }

    @Test("name the last record that could change them, a change of the register among them")
    func lastChange() throws {
        let desk = Self.desk()
        let question = try Self.question(Self.current)
        func sequence(_ code: OrganisationCode) throws -> String {
            let json = text(try #require(question.answer(code, from: desk.ledger)).json)
            return String(try #require(json.firstMatch(of: #/"sequence":(\d+)/#)).1)
        }
        // Of eleven records the ninth is the last about 00F, the tenth about 00G, the fifth of the register's five.
        #expect(try sequence("13T") == "10")
        #expect(try sequence("00G") == "11")
        #expect(try sequence("QHM") == "6")
        desk.add("99C", name: "NHS New")
        #expect(try sequence("13T") == "13")
    }

    @Test("of a year not begun are nothing")
    func notBegun() throws {
        let ledger = Self.desk().ledger
        let question = try TotalsQuestion(year: "2014-15", today: "2014-03-31", consolidation: Self.both)
        for row in question.answer(from: ledger).rows { #expect(figures(row.totals) == [0, 0, 0, 0, 0]) }
    }
}
