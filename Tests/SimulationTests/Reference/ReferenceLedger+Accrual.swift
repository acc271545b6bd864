/// Setting, group and month by their places in the contract's order; a group that does not exist comes last.
struct ReferenceCell: Hashable, Sendable {
    let setting: Int
    let group: Int
    let month: Int

    /// Just the dimensions asked for, in the order of the tree.
    func path(_ dimensions: [String]) -> [Int] {
        (dimensions.contains("setting") ? [setting] : [])
            + (dimensions.contains("group") ? [group] : [])
            + (dimensions.contains("month") ? [month] : [])
    }
}

/// What one commissioner's registered population accrues in one year.
struct ReferenceAccrual: Sendable {
    /// Registered on the last day reckoned.
    var people = 0
    var personDays = 0
    var personDaysWithoutRate = ReferenceTotals.noneBySetting
    /// The exact budget through the last day reckoned, in pence.
    var budget: [ReferenceCell: Fraction] = [:]
    /// The exact budget through the last day of the year, in pence.
    var fullYear = Fraction.zero
}

extension ReferenceLedger {
    /// Goes through every person, every day of the year and every setting.
    func accrual(
        of commissioner: String, year: ReferenceYear, through: Day, people: [ReferencePerson]
    ) -> ReferenceAccrual {
        var accrual = ReferenceAccrual()
        let settings = ReferenceWords.settings
        let ratesBySetting = settings.map { ratesInUse(commissioner: commissioner, year: year.name, setting: $0) }
        // Sums over days of annual pence; dividing each by N and weighting it is left to the end.
        var throughDay: [ReferenceCell: Int128] = [:]
        var throughYear = ReferenceTotals.noneBySetting

        for person in people where person.holdings.contains(where: { $0.commissioner == commissioner }) {
            let age = year.age(bornOn: person.born)
            let rates = ratesBySetting.map { $0.filter { $0.isFor(age: age, sex: person.sex) } }
            for (month, span) in year.months.enumerated() {
                for number in span.first.number...span.last.number {
                    let day = Day(number: number)
                    guard let holding = person.holding(on: day), holding.commissioner == commissioner else { continue }
                    let group = holding.statement.group
                    let groupPlace = ReferenceWords.groupPlace(of: group)
                    if day <= through { accrual.personDays += 1 }
                    if day == through { accrual.people += 1 }
                    for setting in settings.indices {
                        let rate = rates[setting].first { $0.applies(on: day, group: group) }
                        throughYear[setting] += rate?.annualPence ?? 0
                        guard day <= through else { continue }
                        if let rate {
                            let cell = ReferenceCell(setting: setting, group: groupPlace, month: month)
                            throughDay[cell, default: 0] += rate.annualPence
                        } else {
                            accrual.personDaysWithoutRate[setting] += 1
                        }
                    }
                }
            }
        }

        let weights = settings.map { weight(commissioner: commissioner, year: year.name, setting: $0) }
        let dayCount = Int128(year.dayCount)
        for (cell, annualPence) in throughDay {
            accrual.budget[cell] = weights[cell.setting] * Fraction(annualPence, over: dayCount)
        }
        for (weight, annualPence) in zip(weights, throughYear) {
            accrual.fullYear = accrual.fullYear + weight * Fraction(annualPence, over: dayCount)
        }
        return accrual
    }
}
