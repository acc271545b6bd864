import ChequebookModel

@testable import ChequebookLedger

/// Figures made by hand, cell by cell.
struct Figures {
    static let year: FinancialYear = "2015-16"
    /// 366 × 10^6 parts make a penny.
    static let penny: Int128 = 366_000_000

    var cost = CostFigures()
    var lines: [CostLine] = []
    var budget = BudgetFigures(year: year, basis: .registered)

    /// What the ledger would hand over for a commissioner.
    var handedOver: CommissionerFigures { handedOver([]) }

    /// The same with cost by provider and funder.
    var detailed: CommissionerFigures { handedOver(lines) }

    private func handedOver(_ lines: [CostLine]) -> CommissionerFigures {
        CommissionerFigures(
            commissioner: Commissioner(code: "15E", name: "NHS Test CCG", kind: .ccg), year: Self.year,
            through: Self.year.lastDay, cost: cost, costLines: lines, budget: budget, lastChange: LastChange())
    }

    mutating func add(
        cost pence: Int128, events: Int = 1, _ setting: CareSetting, _ group: PatientGroup?, _ month: Int,
        provider: OrganisationCode? = nil, funder: OrganisationCode = "15E"
    ) {
        let cell = CostFigures.Cell(pence: pence, events: events)
        cost[setting, group, month] += cell
        lines.append(
            CostLine(
                setting: setting, group: group, month: month, provider: provider, funder: funder, isCredit: false,
                isWithoutPatient: false, cell: cell))
    }

    /// Adds to the budget in parts of a penny, 366 × 10^6 of which make one.
    mutating func add(
        budget parts: Int128, _ setting: CareSetting, _ group: PatientGroup?, _ month: Int,
        funder: OrganisationCode = "15E"
    ) {
        budget.add(parts, setting, funder, group: group, month: month)
    }

    /// About a third of all cells filled, by three funders and two providers or none, budgets from fractions of a penny to millions of pounds.
    static func random(_ generator: inout SeededGenerator) -> Figures {
        var figures = Figures()
        let funders: [OrganisationCode] = ["15E", "E06", "X24"]
        let scale = Int128(1) << Int128(Int.random(in: 20...60, using: &generator))
        for setting in CareSetting.allCases {
            for group in PatientGroup.allCases + [nil] as [PatientGroup?] {
                for month in 0..<12 where Int.random(in: 0..<3, using: &generator) == 0 {
                    let pence = Int64.random(in: -100_000...1_000_000, using: &generator)
                    let events = Int.random(in: 1...9, using: &generator)
                    figures.add(
                        cost: Int128(pence), events: events, setting, group, month,
                        provider: [nil, "RXA", "RXB"].randomElement(using: &generator) ?? nil,
                        funder: funders.randomElement(using: &generator) ?? "15E")
                    figures.add(
                        budget: .random(in: 0...scale, using: &generator), setting, group, month,
                        funder: funders.randomElement(using: &generator) ?? "15E")
                }
            }
        }
        return figures
    }
}
