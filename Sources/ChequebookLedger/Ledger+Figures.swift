public import ChequebookModel

/// Everything that a totals answer about one commissioner and year is made from, exact.
public struct CommissionerFigures: Sendable {
    public let commissioner: Commissioner
    public let year: FinancialYear
    /// The last day that counts; nil for a year not begun.
    public let through: CalendarDate?
    public let cost: CostFigures
    public let budget: BudgetFigures
    public let lastChange: LastChange
}

extension Ledger {
    /// The row number of a commissioner, by which changes are told; nil for an unknown one.
    public func commissionerIndex(_ code: OrganisationCode) -> UInt16? { register.index(of: code) }

    /// A registered body.
    public func commissioner(_ code: OrganisationCode) -> Commissioner? {
        register.index(of: code).flatMap { register.body(at: $0) }
    }

    /// All registered bodies, sorted by code.
    public var commissioners: [Commissioner] {
        register.sortedIndices.compactMap { register.body(at: $0) }
    }

    /// The national card of a year, or a commissioner's own.
    public func rateCard(_ code: OrganisationCode?, _ year: FinancialYear) -> RateCard? {
        guard let code else { return cards.national(year) }
        return register.index(of: code).flatMap { cards.own($0, year) }
    }

    /// One commissioner's figures for a year through a day of it; nil for an unknown commissioner.
    ///
    /// - Parameter through: a day of the year; nil for a year not begun, when every figure is 0.
    public func figures(
        _ code: OrganisationCode, _ year: FinancialYear, through: CalendarDate?
    ) -> CommissionerFigures? {
        guard let index = register.index(of: code), let body = register.body(at: index) else { return nil }
        let budget: BudgetFigures
        if let through {
            budget = budgets.figures(
                index, year, dayEnd: Self.dayEnd(year, through), population: populations[Int(index)], cards: cards)
        } else {
            budget = BudgetFigures(year: year)
        }
        return CommissionerFigures(
            commissioner: body, year: year, through: through, cost: cost(index, year, through: through),
            budget: budget, lastChange: lastChange(index, year))
    }

    /// The cost that belongs to nobody yet.
    public func unattributedCost(
        _ year: FinancialYear, through: CalendarDate?
    ) -> (cost: CostFigures, lastChange: LastChange) {
        let index = CommissionerRegister.unattributed
        return (cost(index, year, through: through), costs.year(index, year)?.lastChange ?? LastChange())
    }

    private static func dayEnd(_ year: FinancialYear, _ through: CalendarDate) -> Int {
        Int(through.dayNumber - year.firstDay.dayNumber) + 1
    }

    private func cost(_ index: CommissionerIndex, _ year: FinancialYear, through: CalendarDate?) -> CostFigures {
        guard let through, let book = costs.year(index, year) else { return CostFigures() }
        return book.figures(before: Self.dayEnd(year, through))
    }

    private func lastChange(_ index: CommissionerIndex, _ year: FinancialYear) -> LastChange {
        let cost = costs.year(index, year)?.lastChange ?? LastChange()
        return LastChange.later(
            bodyChanges[Int(index)], LastChange.later(cost, cards.lastChange(index, year)))
    }
}
