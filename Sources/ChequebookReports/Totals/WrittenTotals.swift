public import ChequebookLedger
public import ChequebookModel

/// Population, cost, budget and variance in the figures that are written: budgets rounded once in the total, parts
/// apportioned from it.
public struct WrittenTotals: Equatable, Sendable {
    public struct Variance: Equatable, Sendable {
        public let totalPence: Int128
        /// Two places; nil when the written budget is 0.
        public let percent: String?
        public let position: String
        /// By setting's raw value.
        public let bySettingPence: [Int128]
    }

    /// `registered`, `list-size`, or `mixed` in a sum of both; nil in a sum of nothing.
    public internal(set) var basis: String?
    public internal(set) var people = 0
    public internal(set) var personDays: Int128 = 0
    public internal(set) var costPence: Int128 = 0
    public internal(set) var creditsPence: Int128 = 0
    public internal(set) var withoutPatientPence: Int128 = 0
    public internal(set) var events = 0
    public internal(set) var costBySettingPence = [Int128](repeating: 0, count: CareSetting.count)
    public internal(set) var budgetPence: Int128 = 0
    public internal(set) var fullYearPence: Int128 = 0
    public internal(set) var budgetBySettingPence = [Int128](repeating: 0, count: CareSetting.count)
    public internal(set) var personDaysWithoutRate = [Int128](repeating: 0, count: CareSetting.count)

    init() {}

    /// A commissioner's figures, written.
    public init(_ figures: CommissionerFigures) {
        add(figures.cost)
        basis = figures.budget.basis == .registered ? "registered" : "list-size"
        people = figures.budget.people
        personDays = figures.budget.personDays
        personDaysWithoutRate = figures.budget.personDaysWithoutRate
        let exact = figures.exactBudgetBySetting
        let denominator = figures.budget.denominator
        budgetPence = ExactPence.rounded(exact.reduce(0, +), over: denominator)
        fullYearPence = ExactPence.rounded(figures.budget.fullYearNumerator, over: denominator)
        budgetBySettingPence = ExactPence.apportioned(budgetPence, to: exact)
    }

    /// Adds cost to the sums of cost.
    mutating func add(_ cost: CostFigures) {
        creditsPence += cost.creditsPence
        withoutPatientPence += cost.withoutPatientPence
        for setting in CareSetting.allCases {
            let sum = cost.sum(setting)
            costBySettingPence[Int(setting.rawValue)] += sum.pence
            costPence += sum.pence
            events += sum.events
        }
    }

    /// Adds another's written figures to these.
    mutating func add(_ other: WrittenTotals) {
        basis = basis == nil || basis == other.basis ? other.basis : "mixed"
        count(other, times: 1)
    }

    /// Takes figures away that are in these.
    mutating func subtract(_ other: WrittenTotals) { count(other, times: -1) }

    private mutating func count(_ other: WrittenTotals, times: Int) {
        let factor = Int128(times)
        people += times * other.people
        events += times * other.events
        personDays += factor * other.personDays
        costPence += factor * other.costPence
        creditsPence += factor * other.creditsPence
        withoutPatientPence += factor * other.withoutPatientPence
        budgetPence += factor * other.budgetPence
        fullYearPence += factor * other.fullYearPence
        for index in costBySettingPence.indices {
            costBySettingPence[index] += factor * other.costBySettingPence[index]
            budgetBySettingPence[index] += factor * other.budgetBySettingPence[index]
            personDaysWithoutRate[index] += factor * other.personDaysWithoutRate[index]
        }
    }

    /// Written budget − written cost, in the total and in each setting.
    public var variance: Variance {
        let total = budgetPence - costPence
        return Variance(
            totalPence: total,
            percent: budgetPence == 0 ? nil : Decimal.text(total * 100, over: budgetPence, places: 2),
            position: total > 0 ? "underspent" : total < 0 ? "overspent" : "balanced",
            bySettingPence: zip(budgetBySettingPence, costBySettingPence).map(-))
    }

    /// Written cost × N ÷ person-days; nil without person-days.
    public func costPerHeadPence(_ year: FinancialYear) -> Int128? {
        personDays == 0 ? nil : ExactPence.rounded(costPence * Int128(year.dayCount), over: personDays)
    }

    /// Person-days ÷ N, three places.
    public func personYears(_ year: FinancialYear) -> String {
        Decimal.text(personDays, over: Int128(year.dayCount), places: 3)
    }
}
