import ChequebookLedger
public import ChequebookModel

/// The answer to `GET /v1/commissioners/{code}/totals?view=payer`: what a body funds, across all populations.
///
/// Its cost is every cost whose funder it is, and its budget the sum of the written parts that the populations' totals
/// give for it by setting and funder. So the payers' totals add up to the populations' to the penny.
public struct PayerAnswer: Answer {
    public let body: Commissioner
    public let totals: WrittenTotals
    public let breakdown: Breakdown?
    private let year: FinancialYear
    private let through: CalendarDate?
    private let moment: Moment
    private let lastChange: LastChange

    /// - Returns: nil for a body that is unknown at the moment.
    init?(_ code: OrganisationCode, _ question: TotalsQuestion, from ledger: Ledger) {
        guard let body = ledger.commissioner(code, at: question.moment) else { return nil }
        self.body = body
        (year, through, moment) = (question.year, question.through, question.moment)
        var totals = WrittenTotals()
        var rows = BreakdownSums()
        var lastChange = LastChange()
        let dimensions = question.dimensions ?? []
        for population in ledger.commissioners(at: moment) {
            guard let figures = ledger.figures(population.code, year, through: through, at: moment, isDetailed: true)
            else { continue }
            lastChange = LastChange.later(lastChange, figures.lastChange)
            totals.add(figures, fundedBy: code, fullYear: ledger.fullYearFigures(figures, at: moment))
            rows.add(figures.rows(fundedBy: code, by: dimensions))
        }
        let unattributed = ledger.unattributedLines(year, through: through, at: moment)
        lastChange = LastChange.later(lastChange, unattributed.lastChange)
        totals.add(unattributed.lines.filter { $0.funder == code })
        rows.add(Breakdown.rows(of: unattributed.lines.filter { $0.funder == code }, by: dimensions))
        self.totals = totals
        self.lastChange = lastChange
        breakdown = question.dimensions.map { rows.breakdown(by: $0) }
    }

    public var jsonByteCapacity: Int { 2_048 }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("commissioner", "\(body.code)")
            sink.member("name", body.name)
            sink.member("view", "payer")
            sink.member("year", "\(year)")
            sink.member("through", through.map { "\($0)" })
            sink.member("asOf", moment.day.map { "\($0)" })
            sink.member("sequence", lastChange.sequence)
            sink.member("recordedThrough", lastChange.recordedAt.map { "\($0)" })
            totals.writeCost(to: &sink)
            totals.writeBudgetAndVariance(to: &sink, hasPersonDays: false)
            breakdown?.write(to: &sink, year)
        }
    }
}

extension WrittenTotals {
    /// Adds what a population's funder has spent on it and is to give for it.
    fileprivate mutating func add(
        _ figures: CommissionerFigures, fundedBy code: OrganisationCode, fullYear: CommissionerFigures
    ) {
        add(figures.costLines.filter { $0.funder == code })
        for row in figures.rows(fundedBy: code, by: [.setting]) {
            budgetPence += row.budgetPence ?? 0
            budgetBySettingPence[Int(row.places[0])] += row.budgetPence ?? 0
        }
        fullYearPence += fullYear.rows(fundedBy: code, by: [.setting]).reduce(0) { $0 + ($1.budgetPence ?? 0) }
    }

    /// Adds cost, line by line.
    fileprivate mutating func add(_ lines: [CostLine]) {
        for line in lines {
            costPence += line.cell.pence
            events += line.cell.events
            costBySettingPence[Int(line.setting.rawValue)] += line.cell.pence
            if line.isCredit { creditsPence += line.cell.pence }
            if line.isWithoutPatient { withoutPatientPence += line.cell.pence }
        }
    }
}

extension CommissionerFigures {
    /// The rows of a breakdown by the dimensions, setting and funder that one funder pays, summed over the latter two.
    fileprivate func rows(fundedBy code: OrganisationCode, by dimensions: Set<BreakdownDimension>) -> [Breakdown.Row] {
        let all = dimensions.union([.setting, .funder])
        let breakdown = Breakdown(self, by: all, budgetPence: WrittenTotals(self).budgetPence)
        guard let funder = breakdown.dimensions.firstIndex(of: .funder) else { return [] }
        let kept = breakdown.dimensions.indices.filter { dimensions.contains(breakdown.dimensions[$0]) }
        var sums = BreakdownSums()
        sums.add(breakdown.rows.filter { $0.places[funder] == code.packed }.map { $0.keeping(kept) })
        return sums.rows
    }
}
