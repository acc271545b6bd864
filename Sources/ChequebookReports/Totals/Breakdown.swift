public import ChequebookLedger
public import ChequebookModel

/// A totals answer in rows, by the dimensions asked for.
public struct Breakdown: Equatable, Sendable {
    public struct Row: Equatable, Sendable {
        /// The place of each dimension that was asked for.
        let slice: [BreakdownDimension: Int]
        public let costPence: Int128
        public let events: Int
        public let budgetPence: Int128

        public var setting: CareSetting? { slice[.setting].map { CareSetting.allCases[$0] } }
        /// Nil also for costs that have no group.
        public var group: PatientGroup? { slice[.group].flatMap { PatientGroup(rawValue: UInt8($0)) } }
        /// 0 for April to 11 for March.
        public var month: Int? { slice[.month] }
    }

    public let dimensions: [BreakdownDimension]
    public let rows: [Row]

    /// Splits the written budget down the tree of the dimensions, each level by largest remainder, and lists the rows
    /// that have anything in them.
    public init(_ figures: CommissionerFigures, by dimensions: Set<BreakdownDimension>, budgetPence: Int128) {
        self.dimensions = dimensions.sorted()
        var rows: [Row] = []
        Self.split(figures, self.dimensions[...], [:], budgetPence, &rows)
        self.rows = rows
    }

    private static func split(
        _ figures: CommissionerFigures, _ dimensions: ArraySlice<BreakdownDimension>, _ slice: Slice,
        _ budgetPence: Int128, _ rows: inout [Row]
    ) {
        guard let dimension = dimensions.first else {
            let cost = figures.cost.sum(slice)
            guard cost.pence != 0 || cost.events != 0 || budgetPence != 0 else { return }
            rows.append(Row(slice: slice, costPence: cost.pence, events: cost.events, budgetPence: budgetPence))
            return
        }
        let parts = dimension.places.map { place in slice.merging([dimension: place]) { $1 } }
        let written = ExactPence.apportioned(budgetPence, to: parts.map { figures.exactBudget($0) })
        for (part, budgetPence) in zip(parts, written) {
            split(figures, dimensions.dropFirst(), part, budgetPence, &rows)
        }
    }
}
