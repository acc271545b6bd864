/// Who pays for a setting, as a rate card names it.
public enum Funder: Hashable, Sendable {
    case organisation(OrganisationCode)
    /// The council of the patient's registration.
    case council
}

/// What a commissioner is given for one person of a kind, in one setting, for a whole year.
public struct CapitationRate: Hashable, Sendable {
    public let setting: CareSetting
    /// 0 to 10^12 pence for a full year.
    public let annualPence: Int64
    /// Ages in whole years on 1 April, both inclusive; nil for no bound.
    public let ageFrom: Int?
    public let ageTo: Int?
    public let sex: Sex?
    public let group: PatientGroup?
    /// The days on which it applies within its year; `until` exclusive.
    public let from: CalendarDate?
    public let until: CalendarDate?

    public init(
        setting: CareSetting, annualPence: Int64, ageFrom: Int? = nil, ageTo: Int? = nil, sex: Sex? = nil,
        group: PatientGroup? = nil, from: CalendarDate? = nil, until: CalendarDate? = nil
    ) {
        self.setting = setting
        self.annualPence = annualPence
        self.ageFrom = ageFrom
        self.ageTo = ageTo
        self.sex = sex
        self.group = group
        self.from = from
        self.until = until
    }

    /// Whether it applies to a person of this age on 1 April, sex and group, on the days that it names.
    public func covers(ageYears: Int, sex other: Sex, group otherGroup: PatientGroup) -> Bool {
        ageYears >= ageFrom ?? 0 && ageYears <= ageTo ?? Int.max && (sex ?? other) == other
            && (group ?? otherGroup) == otherGroup
    }
}

/// The rates of one year: the national card, or a commissioner's own with its weights.
public struct RateCard: Hashable, Sendable {
    public let year: FinancialYear
    /// Millionths, 0 to 100 × 10^6; nil when not stated. A national card has none.
    public let weightMillionths: Int64?
    /// Millionths by setting's raw value; nil where not stated.
    public let settingWeightMillionths: [Int64?]
    /// By setting's raw value; nil where not named.
    public let funders: [Funder?]
    public let rates: [CapitationRate]

    public init(
        year: FinancialYear, weightMillionths: Int64? = nil, settingWeightMillionths: [CareSetting: Int64] = [:],
        funders: [CareSetting: Funder] = [:], rates: [CapitationRate]
    ) {
        self.year = year
        self.weightMillionths = weightMillionths
        self.settingWeightMillionths = CareSetting.allCases.map { settingWeightMillionths[$0] }
        self.funders = CareSetting.allCases.map { funders[$0] }
        self.rates = rates
    }

    /// The weight for a setting in millionths: its own, else the card's, else 1.
    public func weightMillionths(for setting: CareSetting) -> Int64 {
        settingWeightMillionths[Int(setting.rawValue)] ?? weightMillionths ?? 1_000_000
    }

    public func hasRates(for setting: CareSetting) -> Bool {
        rates.contains { $0.setting == setting }
    }
}
