public import ChequebookLedger
public import ChequebookModel

/// What a totals query asks, with its defaults filled in.
public struct TotalsQuestion: Hashable, Sendable {
    public let year: FinancialYear
    /// Nil for a year not begun.
    public let through: CalendarDate?
    /// Nil for an answer without a breakdown.
    public let dimensions: Set<BreakdownDimension>?

    /// - Parameters:
    ///   - through: as asked; nil for the default, the earlier of today and the year's last day.
    /// - Returns: nil if `through` is outside the year.
    public init?(
        year: FinancialYear, through: CalendarDate?, today: CalendarDate, dimensions: Set<BreakdownDimension>? = nil
    ) {
        if let through, !year.contains(through) { return nil }
        self.year = year
        self.through = today < year.firstDay ? nil : through ?? min(today, year.lastDay)
        self.dimensions = dimensions
    }

    /// One commissioner's answer; nil for an unknown one.
    public func answer(_ code: OrganisationCode, from ledger: Ledger) -> TotalsAnswer? {
        ledger.figures(code, year, through: through).map { TotalsAnswer($0, by: dimensions) }
    }

    /// Everybody's answer.
    public func answer(from ledger: Ledger) -> AllTotalsAnswer {
        AllTotalsAnswer(
            ledger.commissioners.compactMap { answer($0.code, from: ledger) },
            unattributed: ledger.unattributedCost(year, through: through).cost, year: year)
    }
}
