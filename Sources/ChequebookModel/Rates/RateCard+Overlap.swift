extension RateCard {
    /// The first two rates, by their places on the card, that could both apply to one person on one day in one setting.
    ///
    /// At most `Limits.ratesInCardMax` rates stand on a card, so every pair is looked at.
    public func overlappingRates() -> (Int, Int)? {
        for second in rates.indices.dropFirst() {
            for first in 0..<second where rates[first].overlaps(rates[second], in: year) {
                return (first, second)
            }
        }
        return nil
    }
}

extension CapitationRate {
    fileprivate func overlaps(_ other: CapitationRate, in year: FinancialYear) -> Bool {
        guard setting == other.setting else { return false }
        if let sex, let otherSex = other.sex, sex != otherSex { return false }
        if let group, let otherGroup = other.group, group != otherGroup { return false }
        guard max(ageFrom ?? 0, other.ageFrom ?? 0) <= min(ageTo ?? Int.max, other.ageTo ?? Int.max) else {
            return false
        }
        let days = dayRange(in: year).clamped(to: other.dayRange(in: year))
        return !days.isEmpty
    }

    /// The days of the year, counted from 0 on 1 April, on which the rate applies.
    public func dayRange(in year: FinancialYear) -> Range<Int> {
        let first = year.firstDay.dayNumber
        let lower = max(0, Int((from ?? year.firstDay).dayNumber - first))
        let upper = min(year.dayCount, until.map { Int($0.dayNumber - first) } ?? year.dayCount)
        return lower < upper ? lower..<upper : 0..<0
    }
}
