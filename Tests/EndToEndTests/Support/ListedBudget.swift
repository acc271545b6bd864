/// A commissioner's budget from its list alone, by section 4 of the contract: integers over N × 10^6, rounded once.
struct ListedBudget {
    /// People on the list; without ages they are of every age, and only a rate without ages is for them.
    struct Band {
        let ages: ClosedRange<Int>?
        let people: Int
    }

    struct Rate {
        let setting: String
        let annualPence: Int
        /// Nil for all ages.
        var ages: ClosedRange<Int>?

        func covers(_ band: Band) -> Bool {
            guard let ages else { return true }
            guard let bandAges = band.ages else { return false }
            return ages.lowerBound <= bandAges.lowerBound && bandAges.upperBound <= ages.upperBound
        }
    }

    /// An age for bands and rates that have no last one.
    static let endlessAge = 999
    /// The order of section 1, which decides between equal remainders.
    static let settings = [
        "primary", "secondary", "community", "social", "mental-health", "prescribing", "continuing-care",
        "specialised", "public-health",
    ]

    let code: String
    let bands: [Band]
    let rates: [Rate]
    /// By setting; 1,000,000 where none is named.
    var weightsMillionths: [String: Int] = [:]
    /// N, the days of the year.
    let yearDays: Int

    var people: Int { bands.map(\.people).reduce(0, +) }

    /// Pence × N × 10^6 through the day that is the `days`th of the year.
    func numerator(_ setting: String, days: Int) -> Int128 {
        let pence = rates.filter { $0.setting == setting }.reduce(Int128(0)) { sum, rate in
            bands.filter(rate.covers).reduce(sum) { $0 + Int128($1.people) * Int128(rate.annualPence) }
        }
        return pence * Int128(days) * Int128(weightsMillionths[setting] ?? 1_000_000)
    }

    func personDaysWithoutRate(_ setting: String, days: Int) -> Int {
        let rates = rates.filter { $0.setting == setting }
        return bands.filter { band in !rates.contains { $0.covers(band) } }.map { $0.people * days }.reduce(0, +)
    }

    /// The written total: a half goes away from zero.
    func totalPence(days: Int) -> Int {
        let sum = Self.settings.reduce(Int128(0)) { $0 + numerator($1, days: days) }
        return Int((2 * sum + denominator) / (2 * denominator))
    }

    /// The written total shared out by setting.
    func bySetting(days: Int) -> [String: Int] {
        shared(Self.settings.map { ($0, numerator($0, days: days)) }, days: days)
    }

    /// The written total shared out by funder; who is not named funds what the commissioner funds itself.
    func byFunder(_ funders: [String: String], days: Int) -> [String: Int] {
        var numerators: [String: Int128] = [:]
        for setting in Self.settings {
            numerators[funders[setting] ?? code, default: 0] += numerator(setting, days: days)
        }
        return shared(numerators.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, days: days)
    }

    /// The written total by largest remainder: everybody's exact share of it, rounded down, and what is left, penny by
    /// penny, to the largest remainders; among equal ones to the first in order.
    private func shared(_ parts: [(name: String, numerator: Int128)], days: Int) -> [String: Int] {
        let written = totalPence(days: days)
        let whole = parts.reduce(Int128(0)) { $0 + $1.numerator }
        let shares = parts.map { (Int128(written) * $0.numerator).quotientAndRemainder(dividingBy: whole) }
        var pence = shares.map { Int($0.quotient) }
        let byRemainder = parts.indices.sorted {
            let (first, second) = (shares[$0].remainder, shares[$1].remainder)
            return first != second ? first > second : $0 < $1
        }
        for index in byRemainder.prefix(written - pence.reduce(0, +)) { pence[index] += 1 }
        return Dictionary(uniqueKeysWithValues: zip(parts.map(\.name), pence))
    }

    private var denominator: Int128 { Int128(yearDays) * 1_000_000 }
}
