extension TotalsAnswer {
    /// One row of everything; with a breakdown a row for each of its rows.
    public var layout: SheetLayout {
        guard let breakdown else {
            let isCurrent = consolidated?.consolidation.boundaries == .current
            return SheetLayout(columns: SheetLayout.totalsColumns + (isCurrent ? [SheetLayout.countedUnder] : []))
        }
        return SheetLayout(lists: ["breakdown"], columns: SheetLayout.breakdownColumns(breakdown.dimensions))
    }
}

extension PayerAnswer {
    /// One row of everything; with a breakdown a row for each of its rows.
    public var layout: SheetLayout {
        guard let breakdown else { return SheetLayout(columns: SheetLayout.payerColumns) }
        return SheetLayout(lists: ["breakdown"], columns: SheetLayout.breakdownColumns(breakdown.dimensions))
    }
}

extension AllTotalsAnswer {
    /// A row for each commissioner, or for each row of the commissioners' breakdowns; the last two are always what
    /// belongs to nobody and the sum, called `unattributed` and `total` where the others have their code.
    public var layout: SheetLayout {
        let closingRows: [Substring] = ["unattributed", "total"]
        guard let dimensions else {
            return SheetLayout(
                lists: ["commissioners"], columns: SheetLayout.totalsColumns, closingRows: closingRows)
        }
        return SheetLayout(
            lists: ["commissioners", "breakdown"], columns: SheetLayout.breakdownColumns(dimensions.sorted()),
            closingRows: closingRows)
    }
}

extension SheetLayout {
    /// Tables show what fits a terminal of 120 columns and answers "who is over?"; CSV has everything.
    fileprivate static let totalsColumns: [Column] =
        ["commissioner", nameCutInTables]
        + ["year", "through", "asOf", "sequence", "recordedThrough", "population.basis"].map { inCSVOnly($0) }
        + [Column("population.people", heading: "people")]
        + ["population.personDays", "population.personYears"].map { inCSVOnly($0) }
        + [Column("cost.totalPence", heading: "costPence")]
        + ["cost.creditsPence", "cost.withoutPatientPence", "cost.events"].map { inCSVOnly($0) }
        + inCSVOnly(bySetting: "cost.bySetting")
        + [Column("budget.totalPence", heading: "budgetPence"), inCSVOnly("budget.fullYearPence")]
        + inCSVOnly(bySetting: "budget.bySetting")
        + inCSVOnly(bySetting: "budget.personDaysWithoutRate")
        + [
            Column("variance.totalPence", heading: "variancePence"), Column("variance.percent", heading: "percent"),
            inCSVOnly("variance.position"),
        ]
        + inCSVOnly(bySetting: "variance.bySetting")
        + [inCSVOnly("costPerHeadPence")]

    /// Where a merged body's figures are, which has none of its own under today's boundaries.
    fileprivate static let countedUnder: Column = "countedUnder"

    /// A payer has a population's columns but for people and their days.
    fileprivate static let payerColumns: [Column] = totalsColumns.filter { column in
        !["population.", "budget.personDays", "costPerHead"].contains { column.path.text.hasPrefix($0) }
    }

    /// - Parameter dimensions: in the order of the tree.
    fileprivate static func breakdownColumns(_ dimensions: [BreakdownDimension]) -> [Column] {
        var columns: [Column] = ["commissioner"]
        columns += ["year", "through", "asOf"].map { inCSVOnly($0) }
        columns += dimensions.map { Column(stringLiteral: "\($0.word)") }
        var cost: Column = "costPence"
        cost.closingPath = AnswerTree.Path("cost.totalPence")
        var events: Column = "events"
        events.closingPath = AnswerTree.Path("cost.events")
        columns += [cost, events]
        if !dimensions.contains(.provider) {
            var budget: Column = "budgetPence"
            budget.closingPath = AnswerTree.Path("budget.totalPence")
            columns.append(budget)
        }
        return columns
    }

    /// Leaves room for figures of twelve digits in 120 columns.
    private static var nameCutInTables: Column {
        var name: Column = "name"
        name.tableWidthMax = 36
        return name
    }
}
