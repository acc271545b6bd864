import ChequebookModel
import ChequebookReports
import Testing

@Suite("A totals answer")
struct TotalsJSONTests {
    /// £1 a day in primary care, £10 a year in social care, for one person all year.
    private static func desk() -> Desk {
        let desk = Desk()
        desk.add("15E", name: "NHS Test CCG")
        let rates = [
            CapitationRate(setting: .primary, annualPence: 36_600),
            CapitationRate(setting: .social, annualPence: 1_000),
        ]
        desk.apply(.nationalRateCard(RateCard(year: "2015-16", rates: rates)))
        desk.register("9990000018", with: "15E", from: "2015-04-01")
        desk.post("e1", 10_000, for: "9990000018", on: "2015-06-02", setting: .primary)
        desk.post("e2", 2_500, for: "9990000018", on: "2015-07-01", setting: .secondary, kind: .credit)
        desk.post("e3", 500, for: nil, on: "2015-10-31", setting: .community, commissioner: "15E")
        desk.post("e4", 9_999, for: "9990000018", on: "2015-11-01", setting: .primary)
        return desk
    }

    @Test("has the contract's members in the contract's order, and figures that can be added up by hand")
    func shape() throws {
        let question = try TotalsQuestion(year: "2015-16", through: "2015-10-31", today: "2026-01-05")
        let answer = try #require(question.answer("15E", from: Self.desk().ledger))
        // From 1 April to 31 October are 30 + 31 + 30 + 31 + 31 + 30 + 31 = 214 days.
        // Budget: 214 × 100 + 1,000 × 214 ÷ 366 = 21,400 + 584.699 = 21,985 written; the odd penny is social care's.
        // Cost: 10,000 − 2,500 + 500 = 8,000. Variance: 13,985, which is 63.61 % of 21,985.
        // 8,000 × 366 ÷ 214 = 13,682.2; 214 ÷ 366 = 0.5847.
        let expected = """
            {"commissioner":"15E","name":"NHS Test CCG","year":"2015-16","through":"2015-10-31","asOf":null,\
            "sequence":8,"recordedThrough":"2026-01-05T10:00:00.000000Z",\
            "population":{"basis":"registered","people":1,"personDays":214,"personYears":"0.585"},\
            "cost":{"totalPence":8000,"creditsPence":-2500,"withoutPatientPence":500,"events":3,\
            "bySetting":{"primary":10000,"secondary":-2500,"community":500,"social":0,"mental-health":0,\
            "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0}},\
            "budget":{"totalPence":21985,"fullYearPence":37600,\
            "bySetting":{"primary":21400,"secondary":0,"community":0,"social":585,"mental-health":0,\
            "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0},\
            "personDaysWithoutRate":{"primary":0,"secondary":214,"community":214,"social":0,"mental-health":214,\
            "prescribing":214,"continuing-care":214,"specialised":214,"public-health":214}},\
            "variance":{"totalPence":13985,"percent":"63.61","position":"underspent",\
            "bySetting":{"primary":11400,"secondary":2500,"community":-500,"social":585,"mental-health":0,\
            "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0}},\
            "costPerHeadPence":13682}

            """
        #expect(text(answer.json) == expected)
    }

    @Test("about a year that has not begun has figures of nothing, and no day through which it counts")
    func notBegun() throws {
        let question = try TotalsQuestion(year: "2026-27", today: "2026-01-05")
        let answer = try #require(question.answer("15E", from: Self.desk().ledger))
        let nothing = """
            {"primary":0,"secondary":0,"community":0,"social":0,"mental-health":0,"prescribing":0,\
            "continuing-care":0,"specialised":0,"public-health":0}
            """
        let expected = """
            {"commissioner":"15E","name":"NHS Test CCG","year":"2026-27","through":null,"asOf":null,\
            "sequence":4,"recordedThrough":"2026-01-05T10:00:00.000000Z",\
            "population":{"basis":"registered","people":0,"personDays":0,"personYears":"0.000"},\
            "cost":{"totalPence":0,"creditsPence":0,"withoutPatientPence":0,"events":0,"bySetting":\(nothing)},\
            "budget":{"totalPence":0,"fullYearPence":0,"bySetting":\(nothing),"personDaysWithoutRate":\(nothing)},\
            "variance":{"totalPence":0,"percent":null,"position":"balanced","bySetting":\(nothing)},\
            "costPerHeadPence":null}

            """
        #expect(text(answer.json) == expected)
    }

    @Test("with a breakdown ends with its rows")
    func breakdown() throws {
        let question = try TotalsQuestion(
            year: "2015-16", through: "2015-06-30", today: "2026-01-05", dimensions: [.month, .group])
        let answer = try #require(question.answer("15E", from: Self.desk().ledger))
        // 91 days: 9,100 + 248.63 = 9,349 written. April's 30 make 3,082.1 of it, May's 31 3,184.8, June's 30 3,082.1,
        // and the odd penny is May's. 10,000 × 366 ÷ 91 = 40,219.8.
        let rows = """
            "breakdown":[\
            {"group":"generally-healthy","month":"2015-04","costPence":0,"events":0,"budgetPence":3082},\
            {"group":"generally-healthy","month":"2015-05","costPence":0,"events":0,"budgetPence":3185},\
            {"group":"generally-healthy","month":"2015-06","costPence":10000,"events":1,"budgetPence":3082}]}

            """
        #expect(text(answer.json).hasSuffix(#""costPerHeadPence":40220,"# + rows))
    }

    @Test("as of a day that is over says which, and says otherwise what it said then")
    func asOf() throws {
        let ledger = Self.desk().ledger
        func answer(asOf: CalendarDate?) throws -> TotalsAnswer? {
            try TotalsQuestion(year: "2015-16", asOf: asOf, today: "2026-01-06", dimensions: [.setting, .funder])
                .answer("15E", from: ledger)
        }
        let (now, then) = (try #require(try answer(asOf: nil)), try #require(try answer(asOf: "2026-01-05")))
        #expect(text(now.json).contains(#""through":"2016-03-31","asOf":null,"#))
        #expect(
            text(then.json) == text(now.json).replacing(#""asOf":null"#, with: #""asOf":"2026-01-05""#))
        // Nobody had heard of it the day before.
        #expect(try answer(asOf: "2026-01-04") == nil)
    }

    @Test("from list sizes says so, and a sum of both that it is mixed")
    func listSizes() throws {
        let desk = Self.desk()
        desk.add("05L", name: "NHS Other CCG")
        desk.apply(
            .listSizes(
                ListSizes(commissioner: "05L", date: "2015-04-01", bands: [ListSizeBand(people: 1_000)])))
        let question = try TotalsQuestion(
            year: "2015-16", through: "2015-04-02", today: "2026-01-05", dimensions: [.group])
        let listed = try #require(question.answer("05L", from: desk.ledger))
        // Two days of 1,000 people; 2,000 ÷ 366 = 5.4645. £1 a day in primary, £10 a year in social care.
        #expect(
            text(listed.json).contains(
                #""population":{"basis":"list-size","people":1000,"personDays":2000,"personYears":"5.464"}"#))
        // 200,000 + 2,000 × 1,000 ÷ 366 = 205,464.48, for people of no group.
        #expect(
            text(listed.json).hasSuffix(
                #""breakdown":[{"group":null,"costPence":0,"events":0,"budgetPence":205464}]}"# + "\n"))
        let all = question.answer(from: desk.ledger)
        #expect(all.total.basis == "mixed")
        #expect(text(all.json).contains(#""total":{"population":{"basis":"mixed","people":1001,"personDays":2002"#))
        desk.apply(.listSizes(ListSizes(commissioner: "15E", date: "2015-04-01", bands: [])))
        #expect(question.answer(from: desk.ledger).total.basis == "list-size")
    }

    @Test("about an unknown commissioner is none")
    func unknown() throws {
        let question = try TotalsQuestion(year: "2015-16", today: "2026-01-05")
        #expect(question.answer("99X", from: Self.desk().ledger) == nil)
    }
}
