import ChequebookModel

/// Reckons a budget from a population and its cards: weight × Σ annualPence over registered days, as one integer over
/// N × 10^6. Exact: nothing is rounded here.
struct BudgetReckoning {
    private struct Rate {
        let rate: CapitationRate
        let days: Range<Int>
    }

    private let year: FinancialYear
    /// By setting's raw value: the rates in use and their weight.
    private let rates: [[Rate]]
    private let weights: [Int128]
    /// Stretches of days in which neither the month nor any rate changes and which end on `dayEnd` or do not cross it.
    private let stretches: [(days: Range<Int>, month: Int)]
    private let dayEnd: Int

    /// `dayEnd`: the number of days of the year that count, 0 to N.
    init(cards: RateCards, commissioner: CommissionerIndex, year: FinancialYear, dayEnd: Int) {
        self.year = year
        self.dayEnd = dayEnd
        rates = CareSetting.allCases.map { setting in
            let card = cards.inUse(commissioner, year, setting)
            return (card?.rates ?? []).filter { $0.setting == setting }
                .map { Rate(rate: $0, days: $0.dayRange(in: year)) }
        }
        weights = CareSetting.allCases.map { Int128(cards.weightMillionths(commissioner, year, $0)) }
        let months = year.months
        var cuts = Set(months.map(\.dayOffset))
        cuts.formUnion([dayEnd, year.dayCount])
        for rate in rates.joined() { cuts.formUnion([rate.days.lowerBound, rate.days.upperBound]) }
        let days = cuts.sorted()
        stretches = zip(days, days.dropFirst()).map { lower, upper in
            (lower..<upper, months.last { $0.dayOffset <= lower }?.index ?? 0)
        }
    }

    func figures(of population: Population) -> BudgetFigures {
        var figures = BudgetFigures(year: year)
        var personDays = [Int128](repeating: 0, count: stretches.count)
        for (profile, changes) in population.changes {
            count(changes, into: &personDays, &figures)
            let age = profile.ageYears(in: year)
            for setting in CareSetting.allCases {
                accrue(profile, age, setting, personDays, &figures)
            }
        }
        return figures
    }

    /// Person-days of one profile in each stretch, and the people registered on the last day that counts.
    private func count(
        _ changes: [Population.Change], into personDays: inout [Int128], _ figures: inout BudgetFigures
    ) {
        let firstDay = Int(year.firstDay.dayNumber)
        var people = 0
        var next = 0
        for (index, stretch) in stretches.enumerated() {
            var sum: Int128 = 0
            var day = stretch.days.lowerBound
            while day < stretch.days.upperBound {
                while next < changes.count, Int(changes[next].day) - firstDay <= day {
                    people += Int(changes[next].people)
                    next += 1
                }
                let untouched = next < changes.count ? Int(changes[next].day) - firstDay : Int.max
                let end = min(untouched, stretch.days.upperBound)
                sum += Int128(people) * Int128(end - day)
                day = end
            }
            personDays[index] = sum
            if stretch.days.upperBound == dayEnd { figures.people += people }
            if stretch.days.lowerBound < dayEnd { figures.personDays += sum }
        }
    }

    private func accrue(
        _ profile: Population.Profile, _ age: Int, _ setting: CareSetting, _ personDays: [Int128],
        _ figures: inout BudgetFigures
    ) {
        let index = Int(setting.rawValue)
        let applying = rates[index].filter { $0.rate.covers(ageYears: age, sex: profile.sex, group: profile.group) }
        let base = (index * PatientGroup.count + Int(profile.group.rawValue)) * 12
        for (stretch, days) in zip(stretches, personDays) where days != 0 {
            let rate = applying.first { $0.days.contains(stretch.days.lowerBound) }?.rate
            let counts = stretch.days.lowerBound < dayEnd
            guard let rate else {
                if counts { figures.personDaysWithoutRate[index] += days }
                continue
            }
            let numerator = days * Int128(rate.annualPence) * weights[index]
            figures.fullYearNumerator += numerator
            if counts { figures.numerators[base + stretch.month] += numerator }
        }
    }
}
