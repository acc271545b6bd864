public import ChequebookLedger
public import ChequebookModel

/// The answer to `GET /v1/commissioners/{code}/totals`.
public struct TotalsAnswer: Answer {
    public let body: Commissioner
    public let totals: WrittenTotals
    public let breakdown: Breakdown?
    let year: FinancialYear
    let through: CalendarDate?
    let moment: Moment
    let lastChange: LastChange
    /// Whose figures are put together here; nil for a body's own alone.
    let consolidated: ConsolidatedBodies?

    /// A body's own totals.
    ///
    /// - Parameters:
    ///   - dimensions: nil for an answer without a breakdown.
    ///   - moment: what the figures are as of.
    public init(_ figures: CommissionerFigures, by dimensions: Set<BreakdownDimension>?, at moment: Moment) {
        (body, year, through) = (figures.commissioner, figures.year, figures.through)
        (lastChange, consolidated) = (figures.lastChange, nil)
        self.moment = moment
        let totals = WrittenTotals(figures)
        self.totals = totals
        breakdown = dimensions.map { Breakdown(figures, by: $0, budgetPence: totals.budgetPence) }
    }

    /// Totals that were put together from those of several bodies.
    init(
        _ question: TotalsQuestion, _ body: Commissioner, _ totals: WrittenTotals, _ breakdown: Breakdown?,
        _ consolidated: ConsolidatedBodies, _ lastChange: LastChange
    ) {
        (year, through, moment) = (question.year, question.through, question.moment)
        (self.body, self.totals, self.breakdown) = (body, totals, breakdown)
        (self.consolidated, self.lastChange) = (consolidated, lastChange)
    }

    public var jsonByteCapacity: Int { 2_048 }

    public func give(as form: AnswerForm, hasByteOrderMark: Bool, to body: (UnsafeRawBufferPointer) -> Void) {
        write(as: form, hasByteOrderMark: hasByteOrderMark, body)
    }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("commissioner", "\(body.code)")
            sink.member("name", body.name)
            sink.member("year", "\(year)")
            sink.member("through", through.map { "\($0)" })
            sink.member("asOf", moment.day.map { "\($0)" })
            consolidated?.write(to: &sink)
            sink.member("sequence", lastChange.sequence)
            sink.member("recordedThrough", lastChange.recordedAt.map { "\($0)" })
            totals.writePopulation(to: &sink, year)
            totals.writeCost(to: &sink)
            totals.writeBudgetAndVariance(to: &sink)
            sink.member("costPerHeadPence", totals.costPerHeadPence(year))
            breakdown?.write(to: &sink, year)
        }
    }
}

/// The answer to `GET /v1/totals`: every commissioner, what belongs to nobody, and the sums of the written rows.
public struct AllTotalsAnswer: Answer {
    public let rows: [TotalsAnswer]
    public let unattributed: WrittenTotals
    public let total: WrittenTotals
    /// What the rows are broken down by; nil for an answer without breakdowns.
    let dimensions: Set<BreakdownDimension>?
    private let year: FinancialYear

    /// - Parameter dimensions: what the rows are broken down by.
    public init(
        _ rows: [TotalsAnswer], unattributed cost: CostFigures, year: FinancialYear,
        by dimensions: Set<BreakdownDimension>? = nil
    ) {
        self.rows = rows
        self.year = year
        self.dimensions = dimensions
        var unattributed = WrittenTotals()
        unattributed.add(cost)
        self.unattributed = unattributed
        var total = unattributed
        for row in rows { total.add(row.totals) }
        self.total = total
    }

    public var jsonByteCapacity: Int { 2_048 * (rows.count + 1) }

    public func give(as form: AnswerForm, hasByteOrderMark: Bool, to body: (UnsafeRawBufferPointer) -> Void) {
        write(as: form, hasByteOrderMark: hasByteOrderMark, body)
    }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.key("commissioners")
            sink.array { sink in
                for row in rows { row.write(to: &sink) }
            }
            sink.key("unattributed")
            sink.object { unattributed.writeCost(to: &$0) }
            sink.key("total")
            sink.object { sink in
                total.writePopulation(to: &sink, year)
                total.writeCost(to: &sink)
                total.writeBudgetAndVariance(to: &sink)
            }
        }
    }
}

extension Moment {
    /// The day that is over; nil for now.
    var day: CalendarDate? {
        if case .asOf(let day) = self { return day }
        return nil
    }
}
