public import ChequebookLedger
public import ChequebookModel

/// The answer to `GET /v1/commissioners/{code}/totals`.
public struct TotalsAnswer: Answer {
    public let figures: CommissionerFigures
    public let totals: WrittenTotals
    public let breakdown: Breakdown?
    private let moment: Moment

    /// - Parameters:
    ///   - dimensions: nil for an answer without a breakdown.
    ///   - moment: what the figures are as of.
    public init(_ figures: CommissionerFigures, by dimensions: Set<BreakdownDimension>?, at moment: Moment) {
        self.figures = figures
        self.moment = moment
        let totals = WrittenTotals(figures)
        self.totals = totals
        breakdown = dimensions.map { Breakdown(figures, by: $0, budgetPence: totals.budgetPence) }
    }

    public var jsonByteCapacity: Int { 2_048 }

    public func bytes(as form: AnswerForm, hasByteOrderMark: Bool) -> [UInt8] {
        written(as: form, hasByteOrderMark: hasByteOrderMark)
    }

    public func write(to sink: inout some AnswerSink) {
        sink.object { sink in
            sink.member("commissioner", "\(figures.commissioner.code)")
            sink.member("name", figures.commissioner.name)
            sink.member("year", "\(figures.year)")
            sink.member("through", figures.through.map { "\($0)" })
            sink.member("asOf", moment.day.map { "\($0)" })
            sink.member("sequence", figures.lastChange.sequence)
            sink.member("recordedThrough", figures.lastChange.recordedAt.map { "\($0)" })
            totals.writePopulation(to: &sink, figures.year)
            totals.writeCost(to: &sink)
            totals.writeBudgetAndVariance(to: &sink)
            sink.member("costPerHeadPence", totals.costPerHeadPence(figures.year))
            breakdown?.write(to: &sink, figures.year)
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

    public func bytes(as form: AnswerForm, hasByteOrderMark: Bool) -> [UInt8] {
        written(as: form, hasByteOrderMark: hasByteOrderMark)
    }

    public func write(to sink: inout some AnswerSink) {
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
