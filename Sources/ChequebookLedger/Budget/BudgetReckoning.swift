import ChequebookModel

/// Reckons a budget from a population and its cards: weight × Σ annualPence over person-days, as one integer over
/// N × 10^6. Exact: nothing is rounded here.
struct BudgetReckoning {
    private struct Rate {
        let rate: CapitationRate
        let days: Range<Int>
    }

    /// People who are alike to every rate.
    private struct Kind {
        let group: PatientGroup?
        let council: OrganisationCode?
        let isCovered: (CapitationRate) -> Bool
    }

    private let year: FinancialYear
    /// The commissioner itself, which funds what no card says another funds.
    private let body: OrganisationCode
    /// By setting's raw value: the rates in use, their weight, and who funds them.
    private let rates: [[Rate]]
    private let weights: [Int128]
    private let funders: [Funder?]
    /// The lists in force, where list sizes are the year's basis.
    private let lists: [(days: Range<Int>, bands: [ListSizeBand])]?
    /// Stretches of days in which neither month nor any rate nor the list changes and that do not cross `dayEnd`.
    private let stretches: [(days: Range<Int>, month: Int)]
    private let dayEnd: Int

    /// `dayEnd`: the number of days of the year that count, 0 to N.
    init(
        cards: RateCards, lists: ListSizeBook, commissioner: CommissionerIndex, body: OrganisationCode,
        year: FinancialYear, dayEnd: Int, at moment: Moment
    ) {
        (self.year, self.body, self.dayEnd) = (year, body, dayEnd)
        let inUse = CareSetting.allCases.map { cards.inUse(commissioner, year, $0, at: moment) }
        rates = zip(CareSetting.allCases, inUse).map { setting, card in
            (card?.rates ?? []).filter { $0.setting == setting }
                .map { Rate(rate: $0, days: $0.dayRange(in: year)) }
        }
        funders = zip(CareSetting.allCases, inUse).map { setting, card in card?.funders[Int(setting.rawValue)] }
        weights = CareSetting.allCases.map {
            Int128(cards.weightMillionths(commissioner, year, $0, at: moment))
        }
        let held = lists.inForce(year, at: moment)
        self.lists = held
        let months = year.months
        var cuts = Set(months.map(\.dayOffset))
        cuts.formUnion([dayEnd, year.dayCount])
        cuts.formUnion((held ?? []).map(\.days.lowerBound))
        for rate in rates.joined() { cuts.formUnion([rate.days.lowerBound, rate.days.upperBound]) }
        let days = cuts.sorted()
        stretches = zip(days, days.dropFirst()).map { lower, upper in
            (lower..<upper, months.last { $0.dayOffset <= lower }?.index ?? 0)
        }
    }

    /// The budget of the listed people, else of the registered ones.
    func figures(of population: [Population.Profile: [Population.Change]], codes: CodeTable) -> BudgetFigures {
        var figures = BudgetFigures(year: year, basis: lists == nil ? .registered : .listSize)
        var personDays = [Int128](repeating: 0, count: stretches.count)
        if let lists {
            for list in lists {
                for band in list.bands {
                    count(band, list.days, into: &personDays, &figures)
                    let kind = Kind(group: band.group, council: nil) { $0.covers(band) }
                    accrue(kind, personDays, &figures)
                }
            }
            figures.sortParts()
            return figures
        }
        for (profile, changes) in population {
            count(changes, into: &personDays, &figures)
            let age = profile.ageYears(in: year)
            let kind = Kind(group: profile.group, council: codes.code(profile.council)) {
                $0.covers(ageYears: age, sex: profile.sex, group: profile.group)
            }
            accrue(kind, personDays, &figures)
        }
        figures.sortParts()
        return figures
    }

    private func count(
        _ band: ListSizeBand, _ days: Range<Int>, into personDays: inout [Int128], _ figures: inout BudgetFigures
    ) {
        for (index, stretch) in stretches.enumerated() {
            let isInForce = days.contains(stretch.days.lowerBound)
            personDays[index] = isInForce ? Int128(band.people) * Int128(stretch.days.count) : 0
            if stretch.days.lowerBound < dayEnd { figures.personDays += personDays[index] }
            if isInForce, stretch.days.upperBound == dayEnd { figures.people += Int(band.people) }
        }
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

    private func accrue(_ kind: Kind, _ personDays: [Int128], _ figures: inout BudgetFigures) {
        for setting in CareSetting.allCases {
            let index = Int(setting.rawValue)
            let applying = rates[index].filter { kind.isCovered($0.rate) }
            let funder = funder(setting, kind)
            for (stretch, days) in zip(stretches, personDays) where days != 0 {
                let counts = stretch.days.lowerBound < dayEnd
                guard let rate = applying.first(where: { $0.days.contains(stretch.days.lowerBound) })?.rate else {
                    if counts { figures.personDaysWithoutRate[index] += days }
                    continue
                }
                let numerator = days * Int128(rate.annualPence) * weights[index]
                figures.fullYearNumerator += numerator
                if counts { figures.add(numerator, setting, funder, group: kind.group, month: stretch.month) }
            }
        }
    }

    private func funder(_ setting: CareSetting, _ kind: Kind) -> OrganisationCode {
        switch funders[Int(setting.rawValue)] {
        case nil: body
        case .organisation(let code): code
        case .council: kind.council ?? body
        }
    }
}
