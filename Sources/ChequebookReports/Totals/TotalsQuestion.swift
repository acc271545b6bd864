public import ChequebookLedger
public import ChequebookModel

/// What a totals query asks, with its defaults filled in.
public struct TotalsQuestion: Hashable, Sendable {
    /// Why a query cannot be asked.
    public enum Fault: Error { case throughOutsideYear, asOfNotClosed }

    public let year: FinancialYear
    /// Nil for a year not begun.
    public let through: CalendarDate?
    /// Nil for an answer without a breakdown.
    public let dimensions: Set<BreakdownDimension>?
    public let moment: Moment
    public let consolidation: Consolidation
    /// The day of `boundaries=current`: that of `asOf`, else today.
    let boundaryDay: CalendarDate

    /// - Parameters:
    ///   - through: as asked; nil for the default, the earlier of today (or `asOf`) and the year's last day.
    ///   - asOf: a day before today; nil for as things stand.
    public init(
        year: FinancialYear, through: CalendarDate? = nil, asOf: CalendarDate? = nil, today: CalendarDate,
        dimensions: Set<BreakdownDimension>? = nil, consolidation: Consolidation = Consolidation()
    ) throws(Fault) {
        if let through, !year.contains(through) { throw .throughOutsideYear }
        if let asOf, asOf >= today { throw .asOfNotClosed }
        let latest = asOf ?? today
        self.year = year
        self.through = latest < year.firstDay ? nil : through ?? min(latest, year.lastDay)
        self.dimensions = dimensions
        self.consolidation = consolidation
        boundaryDay = latest
        moment = asOf.map(Moment.asOf) ?? .now
    }

    /// One commissioner's answer; nil for one that is unknown at the moment.
    public func answer(_ code: OrganisationCode, from ledger: Ledger) -> TotalsAnswer? {
        guard consolidation.isAny else {
            return figures(code, from: ledger).map { TotalsAnswer($0, by: dimensions, at: moment) }
        }
        return ConsolidatedTotals(self, from: ledger).answer(code)
    }

    /// A body's own figures.
    func figures(_ code: OrganisationCode, from ledger: Ledger) -> CommissionerFigures? {
        ledger.figures(code, year, through: through, at: moment, isDetailed: dimensions?.isDetailed ?? false)
    }

    /// What a body funds, across populations; nil for one that is unknown at the moment.
    public func payerAnswer(_ code: OrganisationCode, from ledger: Ledger) -> PayerAnswer? {
        PayerAnswer(code, self, from: ledger)
    }

    /// Everybody's answer.
    public func answer(from ledger: Ledger) -> AllTotalsAnswer {
        AllTotalsAnswer(
            consolidation.isAny
                ? ConsolidatedTotals(self, from: ledger).answers
                : ledger.commissioners(at: moment).compactMap { answer($0.code, from: ledger) },
            unattributed: ledger.unattributedCost(year, through: through, at: moment), year: year,
            by: dimensions)
    }
}
