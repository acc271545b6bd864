public import ChequebookLedger
public import ChequebookModel

/// The answer to `GET /v1/commissioners/{code}/totals`.
public struct TotalsAnswer: Sendable {
    public let figures: CommissionerFigures
    public let totals: WrittenTotals
    public let breakdown: Breakdown?

    /// - Parameter dimensions: nil for an answer without a breakdown.
    public init(_ figures: CommissionerFigures, by dimensions: Set<BreakdownDimension>?) {
        self.figures = figures
        let totals = WrittenTotals(figures)
        self.totals = totals
        breakdown = dimensions.map { Breakdown(figures, by: $0, budgetPence: totals.budgetPence) }
    }

    /// The answer as JSON with a line feed.
    public var json: [UInt8] {
        var writer = JSONWriter(byteCapacity: 2_048)
        write(to: &writer)
        writer.endLine()
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("commissioner", "\(figures.commissioner.code)")
            writer.member("name", figures.commissioner.name)
            writer.member("year", "\(figures.year)")
            writer.member("through", figures.through.map { "\($0)" })
            writer.member("asOf", nil as String?)
            writer.member("sequence", figures.lastChange.sequence)
            writer.member("recordedThrough", figures.lastChange.recordedAt.map { "\($0)" })
            totals.writePopulation(to: &writer, figures.year, basis: "registered")
            totals.writeCost(to: &writer)
            totals.writeBudgetAndVariance(to: &writer)
            writer.member("costPerHeadPence", totals.costPerHeadPence(figures.year))
            breakdown?.write(to: &writer, figures.year)
        }
    }
}

/// The answer to `GET /v1/totals`: every commissioner, what belongs to nobody, and the sums of the written rows.
public struct AllTotalsAnswer: Sendable {
    public let rows: [TotalsAnswer]
    public let unattributed: WrittenTotals
    public let total: WrittenTotals
    private let year: FinancialYear

    public init(_ rows: [TotalsAnswer], unattributed cost: CostFigures, year: FinancialYear) {
        self.rows = rows
        self.year = year
        var unattributed = WrittenTotals()
        unattributed.add(cost)
        self.unattributed = unattributed
        var total = unattributed
        for row in rows { total.add(row.totals) }
        self.total = total
    }

    /// The answer as JSON with a line feed.
    public var json: [UInt8] {
        var writer = JSONWriter(byteCapacity: 2_048 * (rows.count + 1))
        writer.object { writer in
            writer.key("commissioners")
            writer.array { writer in
                for row in rows { row.write(to: &writer) }
            }
            writer.key("unattributed")
            writer.object { unattributed.writeCost(to: &$0) }
            writer.key("total")
            writer.object { writer in
                total.writePopulation(to: &writer, year, basis: "registered")
                total.writeCost(to: &writer)
                total.writeBudgetAndVariance(to: &writer)
            }
        }
        writer.endLine()
        return writer.bytes
    }
}
