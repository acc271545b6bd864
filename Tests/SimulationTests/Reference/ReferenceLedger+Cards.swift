extension ReferenceLedger {
    /// Returns `stored` or `overlapping-rates`.
    @discardableResult
    mutating func putNationalCard(year: String, card: ReferenceCard, recordedOn today: Day) -> String {
        put(.init(commissioner: nil, year: year, card: card), recordedOn: today)
    }

    /// Returns `stored`, `unknown-commissioner` or `overlapping-rates`.
    @discardableResult
    mutating func putOwnCard(
        commissioner: String, year: String, card: ReferenceCard, recordedOn today: Day
    ) -> String {
        guard register[commissioner] != nil else { return "unknown-commissioner" }
        return put(.init(commissioner: commissioner, year: year, card: card), recordedOn: today)
    }

    /// The card that stands for the year: a commissioner's own, or of nil the national one.
    func card(of commissioner: String?, year: String) -> ReferenceCard? {
        cards.last { $0.fact.commissioner == commissioner && $0.fact.year == year }?.fact.card
    }

    /// The card in use for a setting: the commissioner's own if it has any rate for it, else the national one.
    func cardInUse(commissioner: String, year: String, setting: String) -> ReferenceCard? {
        let own = card(of: commissioner, year: year)
        let isOwn = own?.rates.contains { $0.setting == setting } ?? false
        return isOwn ? own : card(of: nil, year: year)
    }

    /// The commissioner's weight for a setting, 1 where its card names none.
    func weight(commissioner: String, year: String, setting: String) -> Fraction {
        let card = card(of: commissioner, year: year)
        guard let text = card?.weights[setting] ?? card?.weight else { return Fraction(1) }
        guard let weight = Fraction(decimal: text) else { preconditionFailure("not a weight: \(text)") }
        return weight
    }

    private mutating func put(_ accepted: AcceptedCard, recordedOn today: Day) -> String {
        guard !hasOverlap(accepted.card, year: accepted.year) else { return "overlapping-rates" }
        cards.append(.init(accepted, on: today))
        return "stored"
    }

    private func hasOverlap(_ card: ReferenceCard, year: String) -> Bool {
        guard let year = ReferenceYear(year) else { preconditionFailure("not a year: \(year)") }
        for (index, rate) in card.rates.enumerated() {
            for other in card.rates[..<index] where rate.overlaps(other, in: year) { return true }
        }
        return false
    }
}

extension ReferenceCard {
    /// Who pays for a setting where this card is in use.
    func funder(of setting: String, council: String?, commissioner: String) -> String {
        guard let named = funders[setting] else { return commissioner }
        return named == "council" ? council ?? commissioner : named
    }
}

extension ReferenceRate {
    /// Whether both could apply to one person on one day of the year.
    func overlaps(_ other: ReferenceRate, in year: ReferenceYear) -> Bool {
        let oldest = min(ageThrough ?? .max, other.ageThrough ?? .max)
        let firstDay = max(from ?? year.first, other.from ?? year.first, year.first)
        let endDay = min(until ?? year.last + 1, other.until ?? year.last + 1, year.last + 1)
        return setting == other.setting
            && max(ageFrom ?? 0, other.ageFrom ?? 0) <= oldest
            && (sex == nil || other.sex == nil || sex == other.sex)
            && (group == nil || other.group == nil || group == other.group)
            && firstDay < endDay
    }

    /// Whether it is for people of this age and sex; both hold for the whole year.
    func isFor(age: Int, sex person: String) -> Bool {
        (ageFrom ?? 0) <= age && age <= (ageThrough ?? .max) && (sex == nil || sex == person)
    }

    /// Whether it is for everybody in the band, and for nobody that the band may not mean.
    func isFor(_ band: ReferenceListSize) -> Bool {
        let namesAge = ageFrom != nil || ageThrough != nil
        let bandNamesAge = band.ageFrom != nil || band.ageThrough != nil
        let holdsAges =
            (ageFrom ?? 0) <= (band.ageFrom ?? 0) && (band.ageThrough ?? .max) <= (ageThrough ?? .max)
        return (bandNamesAge ? holdsAges : !namesAge)
            && (sex == nil || sex == band.sex)
            && (group == nil || group == band.group)
    }

    /// Whether it is in force on the day.
    func isInForce(on day: Day) -> Bool {
        if let from, day < from { return false }
        if let until, day >= until { return false }
        return true
    }
}
