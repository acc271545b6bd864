/// People of one kind on a commissioner's list.
public struct ListSizeBand: Hashable, Sendable {
    /// Ages in whole years on 1 April, both inclusive; nil for no bound. If both are nil the band does not name age.
    public let ageFrom: Int?
    public let ageTo: Int?
    public let sex: Sex?
    public let group: PatientGroup?
    /// 0 to 10^9.
    public let people: Int64

    public init(
        ageFrom: Int? = nil, ageTo: Int? = nil, sex: Sex? = nil, group: PatientGroup? = nil, people: Int64
    ) {
        self.ageFrom = ageFrom
        self.ageTo = ageTo
        self.sex = sex
        self.group = group
        self.people = people
    }

    /// Whether one person could be counted in both.
    func overlaps(_ other: ListSizeBand) -> Bool {
        if let sex, let otherSex = other.sex, sex != otherSex { return false }
        if let group, let otherGroup = other.group, group != otherGroup { return false }
        return max(ageFrom ?? 0, other.ageFrom ?? 0) <= min(ageTo ?? Int.max, other.ageTo ?? Int.max)
    }
}

/// How many people a commissioner's list has from a day on, until the next such list. It replaces all bands of the day.
public struct ListSizes: Hashable, Sendable {
    public let commissioner: OrganisationCode
    public let date: CalendarDate
    public let bands: [ListSizeBand]

    public init(commissioner: OrganisationCode, date: CalendarDate, bands: [ListSizeBand]) {
        (self.commissioner, self.date, self.bands) = (commissioner, date, bands)
    }

    /// The first two bands, by their places, in which one person could be counted.
    public func overlappingBands() -> (Int, Int)? {
        for second in bands.indices.dropFirst() {
            for first in 0..<second where bands[first].overlaps(bands[second]) { return (first, second) }
        }
        return nil
    }
}

extension CapitationRate {
    /// Whether it applies to everybody in a band. What the band does not name is matched only by a rate that does not
    /// name it either; a band that reaches across the rate's ages is not covered.
    public func covers(_ band: ListSizeBand) -> Bool {
        if let sex, band.sex != sex { return false }
        if let group, band.group != group { return false }
        guard ageFrom != nil || ageTo != nil else { return true }
        guard band.ageFrom != nil || band.ageTo != nil else { return false }
        return band.ageFrom ?? 0 >= ageFrom ?? 0 && band.ageTo ?? Int.max <= ageTo ?? Int.max
    }
}
