import ChequebookLedger
import ChequebookModel
import ChequebookReports
import Testing

/// Two populations: 15E, whose primary care NHS England (X24) funds and whose social care the patients' councils, and
/// 05L, which funds everything itself.
@Suite("What a body funds")
struct PayerTests {
    private let desk = Desk()
    private let bodies: [OrganisationCode] = ["05L", "15E", "E08000025", "X24"]

    init() {
        for body in bodies { desk.add(body, name: "\(body)") }
        let rates = [CareSetting.primary, .secondary, .social].map { CapitationRate(setting: $0, annualPence: 36_600) }
        desk.apply(.nationalRateCard(RateCard(year: "2015-16", rates: rates)))
        desk.apply(
            .ownRateCard(
                "15E",
                RateCard(
                    year: "2015-16", funders: [.primary: .organisation("X24"), .social: .council],
                    rates: rates)))
        for (patient, code, council) in [
            ("9990000018", "15E", "E08000025" as OrganisationCode?), ("9990000026", "15E", nil),
            ("9990000034", "05L", "E08000025"),
        ] as [(Patient, OrganisationCode, OrganisationCode?)] {
            desk.apply(
                .statement(
                    Statement(
                        patient: patient, commissioner: code, from: "2015-04-01", born: "1960-06-15", sex: .female,
                        council: council)))
        }
    }

    private func post(
        _ id: Identifier, _ amountPence: Int64, _ setting: CareSetting, for patient: Patient,
        funder: OrganisationCode? = nil, kind: EventKind = .cost
    ) {
        desk.apply(
            .costEvent(
                CostEvent(
                    identity: EventIdentity(source: "pas", id: id), subject: .patient(patient), setting: setting,
                    serviceDate: "2015-06-02", amountPence: amountPence, kind: kind, provider: "RRK", funder: funder)))
    }

    private func payer(
        _ code: OrganisationCode, by dimensions: Set<BreakdownDimension>? = nil, through: CalendarDate = "2016-03-31"
    ) throws -> PayerAnswer {
        let question = try TotalsQuestion(
            year: "2015-16", through: through, today: "2026-01-05", dimensions: dimensions)
        return try #require(question.payerAnswer(code, from: desk.ledger))
    }

    @Test("is its budget by card and council: £366 for each person and setting in a year of 366 days")
    func budgets() throws {
        // X24: primary care of two people. The council: social care of the one person of 15E that it is named for.
        #expect(try payer("X24").totals.budgetPence == 73_200)
        #expect(try payer("E08000025").totals.budgetPence == 36_600)
        // 15E: secondary care of two, and social care of the one without a council. 05L: three settings of one.
        #expect(try payer("15E").totals.budgetPence == 109_800)
        #expect(try payer("05L").totals.budgetPence == 109_800)
        // 61 of 366 days; the full year stands beside it.
        #expect(try payer("X24", through: "2015-05-31").totals.budgetPence == 12_200)
        #expect(try payer("X24", through: "2015-05-31").totals.fullYearPence == 73_200)
    }

    @Test("is its cost, as stated or by the card, and what belongs to nobody but states it")
    func costs() throws {
        post("1", 1_000, .primary, for: "9990000018")
        post("2", 200, .social, for: "9990000018", kind: .credit)
        post("3", 50, .secondary, for: "9990000034", funder: "X24")
        post("4", 7, .secondary, for: "9990000042", funder: "X24")
        #expect(try payer("X24").totals.costPence == 1_057)
        #expect(try payer("X24").totals.events == 3)
        #expect(try payer("E08000025").totals.costPence == -200)
        #expect(try payer("E08000025").totals.creditsPence == -200)
        #expect(try payer("05L").totals.costPence == 0)
    }

    @Test("adds up over all payers to what all populations cost and are given, through any day")
    func addsUp() throws {
        post("1", 1_001, .primary, for: "9990000018")
        post("2", 333, .social, for: "9990000026")
        post("3", 50, .secondary, for: "9990000034", funder: "X24")
        post("4", 9, .social, for: "9990000018", kind: .credit)
        for through in ["2015-04-01", "2015-10-17", "2016-03-31"] as [CalendarDate] {
            let question = try TotalsQuestion(year: "2015-16", through: through, today: "2026-01-05")
            let populations = question.answer(from: desk.ledger).total
            let payers = try bodies.map { try payer($0, through: through).totals }
            #expect(payers.reduce(0) { $0 + $1.costPence } == populations.costPence)
            #expect(payers.reduce(0) { $0 + $1.events } == populations.events)
            #expect(payers.reduce(0) { $0 + $1.budgetPence } == populations.budgetPence)
            #expect(payers.reduce(0) { $0 + $1.fullYearPence } == populations.fullYearPence)
        }
    }

    @Test(
        "breaks down in any mix into rows that add up",
        arguments: [[.setting], [.group, .month], [.funder], []] as [Set<BreakdownDimension>])
    func breakdown(dimensions: Set<BreakdownDimension>) throws {
        post("1", 1_000, .primary, for: "9990000018")
        post("3", 50, .secondary, for: "9990000034", funder: "X24")
        let answer = try payer("X24", by: dimensions, through: "2015-10-17")
        let rows = try #require(answer.breakdown).rows
        #expect(rows.reduce(0) { $0 + $1.costPence } == 1_050)
        #expect(rows.reduce(0) { $0 + ($1.budgetPence ?? 0) } == answer.totals.budgetPence)
    }

    @Test("is told without people and days, which are its populations'")
    func shape() throws {
        let json = text(try payer("X24").json)
        #expect(json.hasPrefix(#"{"commissioner":"X24","name":"X24","view":"payer","year":"2015-16","#))
        #expect(!json.contains("personDays"))
        #expect(json.contains(#""budget":{"totalPence":73200,"fullYearPence":73200,"bySetting":{"primary":73200,"#))
    }
}
