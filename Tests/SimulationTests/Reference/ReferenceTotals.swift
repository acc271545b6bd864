/// A question that the contract answers with an error, by its code.
struct ReferenceRefusal: Error, Equatable {
    let code: String
}

/// The totals answer for one commissioner, field for field, without `sequence` and `recordedThrough`.
///
/// Figures by setting are in the order of ``ReferenceWords/settings``.
struct ReferenceTotals: Equatable, Sendable {
    struct Population: Equatable, Sendable {
        var basis = "registered"
        var people = 0
        var personDays = 0
        var personYears = "0.000"
    }

    struct Cost: Equatable, Sendable {
        var totalPence: Int128 = 0
        var creditsPence: Int128 = 0
        var withoutPatientPence: Int128 = 0
        var events = 0
        var bySettingPence = noneBySetting
    }

    struct Budget: Equatable, Sendable {
        var totalPence: Int128 = 0
        var fullYearPence: Int128 = 0
        var bySettingPence = noneBySetting
        var personDaysWithoutRate = noneBySetting
    }

    struct Variance: Equatable, Sendable {
        let totalPence: Int128
        let percent: String?
        let position: String
        let bySettingPence: [Int128]

        /// Of written figures.
        init(budget: Budget, cost: Cost) {
            totalPence = budget.totalPence - cost.totalPence
            percent =
                budget.totalPence == 0
                ? nil : Fraction(100 * totalPence, over: budget.totalPence).decimal(places: 2)
            position = totalPence > 0 ? "underspent" : totalPence < 0 ? "overspent" : "balanced"
            bySettingPence = zip(budget.bySettingPence, cost.bySettingPence).map { $0 - $1 }
        }
    }

    /// One row of the breakdown; a dimension that was not asked for is nil.
    struct Row: Equatable, Sendable {
        var setting: String?
        var funder: String?
        /// `null` for costs of nobody registered that day, and for the budget of list sizes that name no group.
        var group: String?
        var month: String?
        /// `null` for costs that name none.
        var provider: String?
        let costPence: Int128
        let events: Int
        /// Nil where the provider is asked for.
        var budgetPence: Int128?
    }

    /// For whom it tells, when that is more or less than the body alone.
    struct Gathered: Equatable, Sendable {
        /// Whether successors count for those that they followed.
        let isCurrent: Bool
        /// Whether bodies count for those above them.
        let hasChildren: Bool
        /// Nil for a body that counts under its own code.
        let countedUnder: String?
        /// Whose figures these are, by code.
        let bodies: [String]
    }

    static let noneBySetting = [Int128](repeating: 0, count: ReferenceWords.settings.count)

    let commissioner: String
    let name: String
    let year: String
    /// Nil for a year that has not begun.
    let through: Day?
    let asOf: Day?
    /// Nil for a body alone.
    var gathered: Gathered?
    var population = Population()
    var cost = Cost()
    var budget = Budget()
    var costPerHeadPence: Int128?
    /// Nil when no breakdown was asked for.
    var breakdown: [Row]?

    var variance: Variance { Variance(budget: budget, cost: cost) }

    /// Those figures that follow from person-days and cost.
    mutating func reckonRatios(in year: ReferenceYear) {
        let days = Int128(population.personDays)
        population.personYears = Fraction(days, over: Int128(year.dayCount)).decimal(places: 3)
        costPerHeadPence = days > 0 ? Fraction(cost.totalPence * Int128(year.dayCount), over: days).rounded : nil
    }
}

/// The totals answer for all commissioners.
struct ReferenceAllTotals: Equatable, Sendable {
    /// Sorted by code.
    let commissioners: [ReferenceTotals]
    let unattributed: ReferenceTotals.Cost
    let population: ReferenceTotals.Population
    /// With the unattributed in it.
    let cost: ReferenceTotals.Cost
    let budget: ReferenceTotals.Budget

    var variance: ReferenceTotals.Variance { .init(budget: budget, cost: cost) }

    /// Adds up the written rows.
    init(commissioners: [ReferenceTotals], unattributed: ReferenceTotals.Cost, year: ReferenceYear) {
        self.commissioners = commissioners
        self.unattributed = unattributed
        let sum = commissioners.map(ReferenceFigures.init).reduce(ReferenceFigures(), +)
        let personYears = Fraction(Int128(sum.personDays), over: Int128(year.dayCount)).decimal(places: 3)
        let bases = Set(commissioners.map(\.population.basis))
        population = ReferenceTotals.Population(
            basis: bases.count > 1 ? "mixed" : bases.first ?? "registered", people: sum.people,
            personDays: sum.personDays, personYears: personYears)
        cost = sum.cost + unattributed
        budget = sum.budget
    }
}
