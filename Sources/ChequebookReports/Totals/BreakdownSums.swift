/// Rows of several breakdowns by the same dimensions, added up place by place.
struct BreakdownSums {
    private var byPlace: [[UInt64]: Breakdown.Row] = [:]

    /// In no order.
    var rows: [Breakdown.Row] { Array(byPlace.values) }

    /// Adds rows, or with `times` −1 takes them away.
    mutating func add(_ rows: [Breakdown.Row], times: Int = 1) {
        let factor = Int128(times)
        for row in rows {
            let sum = byPlace[row.places]
            byPlace[row.places] = Breakdown.Row(
                places: row.places, costPence: (sum?.costPence ?? 0) + factor * row.costPence,
                events: (sum?.events ?? 0) + times * row.events,
                budgetPence: row.budgetPence.map { (sum?.budgetPence ?? 0) + factor * $0 })
        }
    }

    /// The rows that have anything in them, in the order of their places.
    func breakdown(by dimensions: Set<BreakdownDimension>) -> Breakdown {
        let kept = rows.filter { $0.costPence != 0 || $0.events != 0 || $0.budgetPence ?? 0 != 0 }
        return Breakdown(
            dimensions: dimensions.sorted(), rows: kept.sorted { $0.places.lexicographicallyPrecedes($1.places) })
    }
}
