/// The contract, told as plainly as possible: lists of what was accepted, and every answer reckoned from them anew.
///
/// It keeps no totals and no indexes, so it has nothing that could go stale; the service is checked against it.
/// Items are taken to be well formed. A refusal is returned as its code and leaves no trace.
struct ReferenceLedger: Sendable {
    struct AcceptedRegistration: Sendable {
        let commissioner: String
        let item: ReferenceRegistration
    }

    private(set) var names: [String: String] = [:]
    private(set) var nationalCards: [String: ReferenceCard] = [:]
    /// By commissioner, then year.
    private(set) var ownCards: [String: [String: ReferenceCard]] = [:]
    /// In the order of arrival.
    var registrations: [AcceptedRegistration] = []
    /// In the order of arrival.
    var events: [ReferenceEvent] = []

    init() {}

    /// Returns `new` or `stored`.
    @discardableResult
    mutating func putCommissioner(_ code: String, name: String) -> String {
        names.updateValue(name, forKey: code) == nil ? "new" : "stored"
    }

    /// Returns `stored` or `overlapping-rates`.
    @discardableResult
    mutating func putNationalCard(year: String, card: ReferenceCard) -> String {
        guard !hasOverlap(card, year: year) else { return "overlapping-rates" }
        nationalCards[year] = card
        return "stored"
    }

    /// Returns `stored`, `unknown-commissioner` or `overlapping-rates`.
    @discardableResult
    mutating func putOwnCard(commissioner: String, year: String, card: ReferenceCard) -> String {
        guard names[commissioner] != nil else { return "unknown-commissioner" }
        guard !hasOverlap(card, year: year) else { return "overlapping-rates" }
        ownCards[commissioner, default: [:]][year] = card
        return "stored"
    }

    /// The rates in use for a setting: the commissioner's own if its card has any for it, else the national ones.
    func ratesInUse(commissioner: String, year: String, setting: String) -> [ReferenceRate] {
        let own = ownCards[commissioner]?[year]?.rates.filter { $0.setting == setting } ?? []
        if !own.isEmpty { return own }
        return nationalCards[year]?.rates.filter { $0.setting == setting } ?? []
    }

    /// The commissioner's weight for a setting, 1 where its card names none.
    func weight(commissioner: String, year: String, setting: String) -> Fraction {
        let card = ownCards[commissioner]?[year]
        guard let text = card?.weights[setting] ?? card?.weight else { return Fraction(1) }
        guard let weight = Fraction(decimal: text) else { preconditionFailure("not a weight: \(text)") }
        return weight
    }

    private func hasOverlap(_ card: ReferenceCard, year: String) -> Bool {
        guard let year = ReferenceYear(year) else { preconditionFailure("not a year: \(year)") }
        for (index, rate) in card.rates.enumerated() {
            for other in card.rates[..<index] where rate.overlaps(other, in: year) { return true }
        }
        return false
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

    /// Whether it is in force on the day for the group.
    func applies(on day: Day, group current: String) -> Bool {
        if let from, day < from { return false }
        if let until, day >= until { return false }
        return group == nil || group == current
    }
}
