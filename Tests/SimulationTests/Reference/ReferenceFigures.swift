/// Those figures of an answer that can be added up and taken from each other.
struct ReferenceFigures {
    var people = 0
    var personDays = 0
    var cost = ReferenceTotals.Cost()
    var budget = ReferenceTotals.Budget()
    /// By their names.
    private var rows: [[String?]: ReferenceTotals.Row] = [:]

    init() {}

    init(_ totals: ReferenceTotals) {
        people = totals.population.people
        personDays = totals.population.personDays
        cost = totals.cost
        budget = totals.budget
        for row in totals.breakdown ?? [] { rows[row.names] = row }
    }

    /// Those with something in them, in the order of the tree.
    var breakdown: [ReferenceTotals.Row] {
        rows.values.filter { $0.costPence != 0 || $0.events != 0 || $0.budgetPence ?? 0 != 0 }
            .sorted { $0.places.lexicographicallyPrecedes($1.places) }
    }

    static func + (left: Self, right: Self) -> Self { left.combined(with: right, +) }
    static func - (left: Self, right: Self) -> Self { left.combined(with: right, -) }

    private func combined(with other: Self, _ combine: (Int128, Int128) -> Int128) -> Self {
        var both = self
        both.people = Int(combine(Int128(people), Int128(other.people)))
        both.personDays = Int(combine(Int128(personDays), Int128(other.personDays)))
        both.cost = cost.combined(with: other.cost, combine)
        both.budget = budget.combined(with: other.budget, combine)
        for (names, row) in other.rows {
            both.rows[names] = (rows[names] ?? row.emptied).combined(with: row, combine)
        }
        return both
    }
}

extension ReferenceTotals.Cost {
    static func + (left: Self, right: Self) -> Self { left.combined(with: right, +) }

    fileprivate func combined(with other: Self, _ combine: (Int128, Int128) -> Int128) -> Self {
        Self(
            totalPence: combine(totalPence, other.totalPence),
            creditsPence: combine(creditsPence, other.creditsPence),
            withoutPatientPence: combine(withoutPatientPence, other.withoutPatientPence),
            events: Int(combine(Int128(events), Int128(other.events))),
            bySettingPence: zip(bySettingPence, other.bySettingPence).map(combine))
    }
}

extension ReferenceTotals.Budget {
    fileprivate func combined(with other: Self, _ combine: (Int128, Int128) -> Int128) -> Self {
        Self(
            totalPence: combine(totalPence, other.totalPence),
            fullYearPence: combine(fullYearPence, other.fullYearPence),
            bySettingPence: zip(bySettingPence, other.bySettingPence).map(combine),
            personDaysWithoutRate: zip(personDaysWithoutRate, other.personDaysWithoutRate).map(combine))
    }
}

extension ReferenceTotals.Row {
    fileprivate var names: [String?] { [setting, funder, group, month, provider] }

    /// Months and codes are in the order of their texts; what is null comes last.
    fileprivate var places: [ReferencePlace] {
        [
            setting.map { .ordinal(ReferenceWords.settingPlace(of: $0)) } ?? .none,
            funder.map { .code($0) } ?? .none,
            group.flatMap(ReferenceWords.groups.firstIndex).map { .ordinal($0) } ?? .none,
            month.map { .code($0) } ?? .none,
            provider.flatMap { $0 == "null" ? nil : .code($0) } ?? .none,
        ]
    }

    fileprivate var emptied: Self {
        Self(
            setting: setting, funder: funder, group: group, month: month, provider: provider, costPence: 0, events: 0,
            budgetPence: budgetPence.map { _ in 0 })
    }

    fileprivate func combined(with other: Self, _ combine: (Int128, Int128) -> Int128) -> Self {
        Self(
            setting: setting, funder: funder, group: group, month: month, provider: provider,
            costPence: combine(costPence, other.costPence),
            events: Int(combine(Int128(events), Int128(other.events))),
            budgetPence: budgetPence.map { combine($0, other.budgetPence ?? 0) })
    }
}
