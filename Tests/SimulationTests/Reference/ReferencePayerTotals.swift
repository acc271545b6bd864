/// What one body pays, whoever is responsible for whom it pays; without `sequence` and `recordedThrough`.
struct ReferencePayerTotals: Equatable, Sendable {
    let commissioner: String
    let name: String
    let year: String
    /// Nil for a year that has not begun.
    let through: Day?
    let asOf: Day?
    var cost = ReferenceTotals.Cost()
    /// Without the person-days, which are the populations'.
    var budget = ReferenceTotals.Budget()
    /// Nil when no breakdown was asked for.
    var breakdown: [ReferenceTotals.Row]?

    var variance: ReferenceTotals.Variance { .init(budget: budget, cost: cost) }
}

extension ReferenceReckoning {
    /// Every cost that it funds, and of every population's budget the parts by setting and funder that name it.
    func payerTotals(of code: String) -> ReferencePayerTotals {
        var totals = ReferencePayerTotals(
            commissioner: code, name: ledger.register[code]?.name ?? "", year: year.name, through: through,
            asOf: question.asOf, breakdown: question.by.isEmpty ? nil : [])
        let paid = costs.filter { $0.cell.funder == code }
        totals.cost = cost(of: paid)
        var rows: [[ReferencePlace]: Int128] = [:]
        for accrual in ledger.register.keys.sorted().compactMap(accrual) {
            totals.budget.fullYearPence += parts(of: accrual.fullYearBudget, paidBy: code).map(\.pence).reduce(0, +)
            for (path, pence) in parts(of: accrual.budget, paidBy: code) {
                guard case .ordinal(let setting) = path["setting"] else { continue }
                totals.budget.totalPence += pence
                totals.budget.bySettingPence[setting] += pence
                let asked = ReferenceCell.dimensions.filter(question.by.contains).compactMap { path[$0] }
                rows[asked, default: 0] += pence
            }
        }
        if !question.by.isEmpty {
            totals.breakdown = self.rows(costs: paid, budget: question.by.contains("provider") ? nil : rows)
        }
        return totals
    }

    /// The written parts of a budget in the dimensions asked for, and always by setting and funder, that name the payer.
    private func parts(
        of budget: [ReferenceCell: Fraction], paidBy code: String
    ) -> [(path: [String: ReferencePlace], pence: Int128)] {
        let dimensions = ReferenceCell.dimensions.filter { dimension in
            ["setting", "funder"].contains(dimension) || question.by.contains(dimension) && dimension != "provider"
        }
        let written = budget.values.reduce(.zero, +).rounded
        return apportioned(written, budget, by: dimensions).compactMap { path, pence in
            let places = Dictionary(uniqueKeysWithValues: zip(dimensions, path))
            return places["funder"] == .code(code) ? (places, pence) : nil
        }
    }
}

extension ReferencePayerTotals {
    var lines: [ReferenceLine] {
        [
            ReferenceLine("commissioner", commissioner), ReferenceLine("name", name), ReferenceLine("view", "payer"),
            ReferenceLine("year", year), ReferenceLine("through", through?.description ?? "null"),
            ReferenceLine("asOf", asOf?.description ?? "null"),
        ] + cost.lines + budget.lines.filter { !$0.path.contains("personDays") } + variance.lines
            + (breakdown ?? []).flatMap(\.lines)
    }
}
