import ChequebookModel
import ChequebookReports
import Testing

@Suite("The totals of all")
struct AllTotalsTests {
    @Test("are each commissioner's own answer, nobody's cost, and the sum of what is written")
    func shape() throws {
        let desk = Desk()
        // Each is given 36,599 ÷ 366 = 99.997 p for a day, and so 100 p are written for each.
        desk.apply(
            .nationalRateCard(
                RateCard(year: "2015-16", rates: [CapitationRate(setting: .primary, annualPence: 36_599)])))
        for (code, patient) in [("15E", "9990000018"), ("05L", "9990000026")] as [(OrganisationCode, Patient)] {
            desk.add(code, name: "NHS \(code)")
            desk.register(patient, with: code, from: "2015-04-01")
        }
        desk.post("e1", 40, for: "9990000018", on: "2015-04-01", setting: .primary)
        desk.post("e2", 7, for: "9990000034", on: "2015-04-01", setting: .social)
        desk.post("e3", 2, for: "9990000034", on: "2015-04-01", setting: .social, kind: .credit)
        let question = try TotalsQuestion(year: "2015-16", through: "2015-04-01", today: "2026-01-05")
        let answer = question.answer(from: desk.ledger)
        #expect(answer.rows.map { "\($0.body.code)" } == ["05L", "15E"])
        let own = ["05L", "15E"].compactMap { code in
            OrganisationCode(code).flatMap { question.answer($0, from: desk.ledger) }
        }
        func bySetting(_ primary: Int, _ social: Int, others: Int = 0) -> String {
            """
            {"primary":\(primary),"secondary":\(others),"community":\(others),"social":\(social),\
            "mental-health":\(others),"prescribing":\(others),"continuing-care":\(others),"specialised":\(others),\
            "public-health":\(others)}
            """
        }
        // Variance: 200 − 45 = 155, and 155 ÷ 200 = 77.5 %. The exact budgets would make 199.99.
        let expected = """
            {"commissioners":[\(own.map { text($0.json).dropLast() }.joined(separator: ","))],\
            "unattributed":{"cost":{"totalPence":5,"creditsPence":-2,"withoutPatientPence":0,"events":2,\
            "bySetting":\(bySetting(0, 5))}},\
            "total":{"population":{"basis":"registered","people":2,"personDays":2,"personYears":"0.005"},\
            "cost":{"totalPence":45,"creditsPence":-2,"withoutPatientPence":0,"events":3,\
            "bySetting":\(bySetting(40, 5))},\
            "budget":{"totalPence":200,"fullYearPence":73198,"bySetting":\(bySetting(200, 0)),\
            "personDaysWithoutRate":\(bySetting(0, 2, others: 2))},\
            "variance":{"totalPence":155,"percent":"77.50","position":"underspent",\
            "bySetting":\(bySetting(160, -5))}}}

            """
        #expect(text(answer.json) == expected)
    }

    @Test("without commissioners are those of nobody")
    func empty() throws {
        let desk = Desk()
        desk.post("e1", 7, for: "9990000018", on: "2015-04-01", setting: .social)
        let question = try TotalsQuestion(year: "2015-16", today: "2026-01-05")
        let answer = question.answer(from: desk.ledger)
        #expect(text(answer.json).hasPrefix(#"{"commissioners":[],"unattributed":{"cost":{"totalPence":7,"#))
        #expect(answer.total.costPence == 7)
        #expect(answer.total.variance.position == "overspent")
        #expect(answer.total.variance.percent == nil)
    }
}
