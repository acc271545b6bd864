public import ChequebookModel

/// A commissioner's population and exact budget through a day, by setting, group and month.
public struct BudgetFigures: Equatable, Sendable {
    /// Registered on the last day that counts.
    public internal(set) var people = 0
    /// Registered days through it.
    public internal(set) var personDays: Int128 = 0
    /// Registered days without a rate that applies, by setting's raw value.
    public internal(set) var personDaysWithoutRate = [Int128](repeating: 0, count: CareSetting.count)
    /// Numerators of pence over `denominator`, by setting, group and month.
    public internal(set) var numerators = [Int128](repeating: 0, count: CareSetting.count * PatientGroup.count * 12)
    /// Numerator of the budget through the year's last day.
    public internal(set) var fullYearNumerator: Int128 = 0
    /// N × 10^6: rates are for N days, and weights are millionths.
    public let denominator: Int128

    public init(year: FinancialYear) {
        denominator = Int128(year.dayCount) * 1_000_000
    }

    /// The exact budget of a setting, group and month, over `denominator`.
    public subscript(setting: CareSetting, group: PatientGroup, month: Int) -> Int128 {
        numerators[(Int(setting.rawValue) * PatientGroup.count + Int(group.rawValue)) * 12 + month]
    }
}
