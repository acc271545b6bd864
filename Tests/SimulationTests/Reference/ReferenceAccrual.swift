/// What one commissioner's population accrues in one year.
struct ReferenceAccrual: Sendable {
    /// On the last day reckoned.
    private(set) var people = 0
    private(set) var personDays = 0
    private(set) var personDaysWithoutRate = ReferenceTotals.noneBySetting

    private let commissioner: String
    private let year: ReferenceYear
    private let through: Day
    /// By setting.
    private let cards: [ReferenceCard?]
    private let weights: [Fraction]
    // Sums over person-days of annual pence; dividing each by N and weighting it is left to the end.
    private var annualPenceThroughDay: [ReferenceCell: Int128] = [:]
    private var annualPenceThroughYear: [ReferenceCell: Int128] = [:]

    init(of commissioner: String, year: ReferenceYear, through: Day, in ledger: ReferenceLedger) {
        self.commissioner = commissioner
        self.year = year
        self.through = through
        cards = ReferenceWords.settings.map { setting in
            ledger.cardInUse(commissioner: commissioner, year: year.name, setting: setting)
        }
        weights = ReferenceWords.settings.map { setting in
            ledger.weight(commissioner: commissioner, year: year.name, setting: setting)
        }
    }

    /// The exact budget through the last day reckoned, in pence.
    var budget: [ReferenceCell: Fraction] { weighted(annualPenceThroughDay) }

    /// The exact budget through the last day of the year, in pence.
    var fullYearBudget: [ReferenceCell: Fraction] { weighted(annualPenceThroughYear) }

    private func weighted(_ annualPence: [ReferenceCell: Int128]) -> [ReferenceCell: Fraction] {
        annualPence.reduce(into: [:]) { budget, part in
            budget[part.key] = weights[part.key.setting] * Fraction(part.value, over: Int128(year.dayCount))
        }
    }

    /// The rates in use that pass, by setting.
    func rates(where passes: (ReferenceRate) -> Bool) -> [[ReferenceRate]] {
        zip(ReferenceWords.settings, cards).map { setting, card in
            card?.rates.filter { $0.setting == setting && passes($0) } ?? []
        }
    }

    /// Goes through every person, and every day of the year on which the statement that decides is the commissioner's.
    mutating func addRegistered(_ everybody: [ReferencePerson]) {
        for person in everybody where person.holdings.contains(where: { $0.commissioner == commissioner }) {
            guard let born = person.born, let sex = person.sex else { preconditionFailure("a statement tells both") }
            let age = year.age(bornOn: born)
            let rates = rates { $0.isFor(age: age, sex: sex) }
            for (month, span) in year.months.enumerated() {
                for number in span.first.number...span.last.number {
                    let day = Day(number: number)
                    guard let holding = person.holding(on: day), holding.commissioner == commissioner else { continue }
                    let group = holding.statement.group
                    add(1, on: day, month: month, group: group, council: holding.statement.council) { setting in
                        rates[setting].first { $0.isInForce(on: day) && ($0.group == nil || $0.group == group) }
                    }
                }
            }
        }
    }

    /// Goes through every date's bands, and every day of the year up to the next date.
    mutating func addListSizes(_ listSizes: [(date: Day, bands: [ReferenceListSize])]) {
        for (index, sizes) in listSizes.enumerated() {
            let until = index + 1 < listSizes.count ? listSizes[index + 1].date : year.last + 1
            for band in sizes.bands {
                let rates = rates { $0.isFor(band) }
                for (month, span) in year.months.enumerated() {
                    for number in span.first.number...span.last.number {
                        let day = Day(number: number)
                        guard sizes.date <= day, day < until else { continue }
                        add(band.people, on: day, month: month, group: band.group, council: nil) { setting in
                            rates[setting].first { $0.isInForce(on: day) }
                        }
                    }
                }
            }
        }
    }

    /// Counts so many people alike on one day.
    private mutating func add(
        _ count: Int, on day: Day, month: Int, group: String?, council: String?, rate: (Int) -> ReferenceRate?
    ) {
        if day <= through { personDays += count }
        if day == through { people += count }
        for (setting, name) in ReferenceWords.settings.enumerated() {
            guard let rate = rate(setting) else {
                if day <= through { personDaysWithoutRate[setting] += Int128(count) }
                continue
            }
            let annualPence = Int128(count) * rate.annualPence
            let funder = cards[setting]?.funder(of: name, council: council, commissioner: commissioner)
            let cell = ReferenceCell(
                setting: setting, funder: funder ?? commissioner, group: group.map(ReferenceWords.groupPlace),
                month: month)
            annualPenceThroughYear[cell, default: 0] += annualPence
            if day <= through { annualPenceThroughDay[cell, default: 0] += annualPence }
        }
    }
}
