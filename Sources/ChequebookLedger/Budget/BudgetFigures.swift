public import ChequebookModel

/// What the people of a year's figures were counted by.
public enum PopulationBasis: Sendable {
    case registered, listSize
}

/// A commissioner's population and exact budget through a day, by setting, funder, group and month.
public struct BudgetFigures: Equatable, Sendable {
    /// The budget of one setting from one funder.
    public struct Part: Equatable, Sendable {
        public let setting: CareSetting
        public let funder: OrganisationCode
        /// Numerators of pence over the denominator by group (people of no named group last) and month.
        var numerators = [Int128](repeating: 0, count: CostGroup.count * 12)

        /// The exact budget of a group (nil: people of no named group) and a month (0 for April to 11 for March).
        public subscript(group: PatientGroup?, month: Int) -> Int128 {
            numerators[CostGroup.index(group) * 12 + month]
        }
    }

    public let basis: PopulationBasis
    /// Registered or listed on the last day that counts.
    public internal(set) var people = 0
    /// Their days through it.
    public internal(set) var personDays: Int128 = 0
    /// Days without a rate that applies, by setting's raw value.
    public internal(set) var personDaysWithoutRate = [Int128](repeating: 0, count: CareSetting.count)
    /// In the order of settings, and of codes within one.
    public internal(set) var parts: [Part] = []
    /// Numerator of the budget through the year's last day.
    public internal(set) var fullYearNumerator: Int128 = 0
    /// N × 10^6: rates are for N days, and weights are millionths.
    public let denominator: Int128

    public init(year: FinancialYear, basis: PopulationBasis) {
        self.basis = basis
        denominator = Int128(year.dayCount) * 1_000_000
    }

    /// Puts the parts in order: figures must not show in what order people were counted.
    mutating func sortParts() {
        parts.sort { ($0.setting, $0.funder) < ($1.setting, $1.funder) }
    }

    mutating func add(
        _ numerator: Int128, _ setting: CareSetting, _ funder: OrganisationCode, group: PatientGroup?, month: Int
    ) {
        let index: Int
        if let found = parts.firstIndex(where: { $0.setting == setting && $0.funder == funder }) {
            index = found
        } else {
            index = parts.count
            parts.append(Part(setting: setting, funder: funder))
        }
        parts[index].numerators[CostGroup.index(group) * 12 + month] += numerator
    }
}
