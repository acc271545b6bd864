import ChequebookLedger
import ChequebookModel

/// One body's written figures on stretches of a year's days.
///
/// What a stretch brings is what is written through its last day less what is written through the day before its first.
/// So the stretches of a year add up to the body's own totals, to the penny, in every part.
struct WrittenStretches {
    struct Written {
        var totals = WrittenTotals()
        var rows: [Breakdown.Row] = []
    }

    /// The body's own totals.
    let own: Written
    let lastChange: LastChange
    private let question: TotalsQuestion
    private let ledger: Ledger
    private let code: OrganisationCode
    private let dayCount: Int
    /// Days of the year that count.
    private let dayEnd: Int

    /// Nil for a body that is unknown at the question's moment.
    init?(_ code: OrganisationCode, _ question: TotalsQuestion, from ledger: Ledger) {
        guard let figures = question.figures(code, from: ledger) else { return nil }
        (self.question, self.ledger, self.code) = (question, ledger, code)
        dayCount = question.year.dayCount
        dayEnd = question.through.map { Int($0.dayNumber - question.year.firstDay.dayNumber) + 1 } ?? 0
        own = Self.written(figures, question)
        lastChange = figures.lastChange
    }

    /// What the body brings on some days of the year.
    func brought(on days: Range<Int>) -> (totals: WrittenTotals, rows: BreakdownSums) {
        var rows = BreakdownSums()
        if days == 0..<dayCount {
            rows.add(own.rows)
            return (own.totals, rows)
        }
        let before = written(through: min(days.lowerBound, dayEnd))
        let end = written(through: min(days.upperBound, dayEnd))
        var totals = end.totals
        totals.subtract(before.totals)
        totals.basis = own.totals.basis
        totals.people = days.contains(dayEnd - 1) ? own.totals.people : 0
        totals.fullYearPence = budgetPence(through: days.upperBound) - budgetPence(through: days.lowerBound)
        rows.add(end.rows)
        rows.add(before.rows, times: -1)
        return (totals, rows)
    }

    /// The figures through the first `dayEnd` days of the year.
    private func written(through dayEnd: Int) -> Written {
        if dayEnd == self.dayEnd { return own }
        guard dayEnd > 0 else { return Written() }
        let through = question.year.firstDay.adding(days: dayEnd - 1)
        return ledger.figures(
            code, question.year, through: through, at: question.moment,
            isDetailed: question.dimensions?.isDetailed ?? false
        ).map { Self.written($0, question) } ?? Written()
    }

    /// The budget through the first days of the year, as far as the year has begun.
    private func budgetPence(through dayEnd: Int) -> Int128 {
        guard self.dayEnd > 0 else { return 0 }
        return dayEnd == dayCount ? own.totals.fullYearPence : written(through: dayEnd).totals.budgetPence
    }

    private static func written(_ figures: CommissionerFigures, _ question: TotalsQuestion) -> Written {
        let totals = WrittenTotals(figures)
        let rows = question.dimensions.map { Breakdown(figures, by: $0, budgetPence: totals.budgetPence).rows } ?? []
        return Written(totals: totals, rows: rows)
    }
}
