public import ChequebookLedger
import ChequebookModel

/// A totals answer in rows, by the dimensions asked for.
public struct Breakdown: Equatable, Sendable {
    public struct Row: Equatable, Sendable {
        /// The place in each dimension that was asked for, in their order.
        let places: [UInt64]
        public let costPence: Int128
        public let events: Int
        /// Nil where provider is asked: nobody is given a budget for a provider.
        public let budgetPence: Int128?
    }

    /// In the order of the tree.
    public let dimensions: [BreakdownDimension]
    public let rows: [Row]

    /// Splits the written budget down the tree of the dimensions, each level by largest remainder, and lists the rows
    /// that have anything in them.
    public init(_ figures: CommissionerFigures, by dimensions: Set<BreakdownDimension>, budgetPence: Int128) {
        self.dimensions = dimensions.sorted()
        let hasBudget = !dimensions.contains(.provider)
        let pieces = figures.pieces().filter { hasBudget || $0.numerator == 0 }
        var rows: [Row] = []
        Self.split(pieces, self.dimensions[...], [], hasBudget ? budgetPence : nil, &rows)
        self.rows = rows
    }

    /// Rows that were reckoned elsewhere.
    init(dimensions: [BreakdownDimension], rows: [Row]) {
        (self.dimensions, self.rows) = (dimensions, rows)
    }

    /// Cost alone in rows, in no order.
    static func rows(of lines: [CostLine], by dimensions: Set<BreakdownDimension>) -> [Row] {
        let sorted = dimensions.sorted()
        let groups = Dictionary(grouping: lines) { line in sorted.map { line.coordinates.place($0) } }
        return groups.map { places, lines in
            let cost = lines.reduce(CostFigures.Cell()) { sum, line in
                CostFigures.Cell(pence: sum.pence + line.cell.pence, events: sum.events + line.cell.events)
            }
            let hasBudget = !dimensions.contains(.provider)
            return Row(
                places: places, costPence: cost.pence, events: cost.events, budgetPence: hasBudget ? 0 : nil)
        }
    }

    private static func split(
        _ pieces: [Piece], _ dimensions: ArraySlice<BreakdownDimension>, _ places: [UInt64], _ budgetPence: Int128?,
        _ rows: inout [Row]
    ) {
        guard let dimension = dimensions.first else {
            var cost = CostFigures.Cell()
            for piece in pieces { cost += piece.cost }
            guard cost.pence != 0 || cost.events != 0 || budgetPence ?? 0 != 0 else { return }
            rows.append(
                Row(places: places, costPence: cost.pence, events: cost.events, budgetPence: budgetPence))
            return
        }
        let parts = Dictionary(grouping: pieces) { $0.coordinates.place(dimension) }.sorted { $0.key < $1.key }
        let exact = parts.map { part in part.value.reduce(Int128(0)) { $0 + $1.numerator } }
        let written = budgetPence.map { ExactPence.apportioned($0, to: exact) }
        for (index, part) in parts.enumerated() {
            split(part.value, dimensions.dropFirst(), places + [part.key], written?[index], &rows)
        }
    }
}

extension Breakdown.Row {
    /// The row in some of its dimensions alone, by their places in it.
    func keeping(_ kept: [Int]) -> Breakdown.Row {
        Breakdown.Row(
            places: kept.map { places[$0] }, costPence: costPence, events: events, budgetPence: budgetPence)
    }

    /// What the row says of one of the dimensions; nil for costs that have none.
    func word(_ place: UInt64, _ dimension: BreakdownDimension, _ months: [FinancialYear.Month]) -> String? {
        guard place != Coordinates.none else { return nil }
        switch dimension {
        case .setting: return "\(CareSetting.allCases[Int(place)].word)"
        case .group: return "\(PatientGroup.allCases[Int(place)].word)"
        case .month: return months[Int(place)].name
        case .funder, .provider: return OrganisationCode(packed: place).map { "\($0)" }
        }
    }
}
