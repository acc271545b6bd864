import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A budget is what adding up day by day gives")
struct BudgetByDayTests {
    private static let bodies: [OrganisationCode] = ["15E", "05L", "99C"]
    private static let patients: [Patient] = [.ann, .bob, .cat, "9990000042", "9990000050", "9990000069"]

    @Test("for random statements, cards and weights", arguments: 0..<200 as Range<UInt64>)
    func random(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let year = try #require(FinancialYear(startYear: 2014 + Int(seed % 3)))
        let books = Books(today: "2018-01-01", commissioners: Self.bodies)
        var plain = PlainBudget(year: year)
        for _ in 0..<40 { step(books, &plain, year, &generator) }
        let through = year.firstDay.adding(days: .random(in: 0..<year.dayCount, using: &generator))
        for code in Self.bodies {
            let expected = plain.figures(code, through: through)
            let found = books.budget(code, year: year, through: through)
            #expect(found.people == expected.people)
            #expect(found.personDays == expected.personDays)
            #expect(found.personDaysWithoutRate == expected.personDaysWithoutRate)
            #expect(found.numerators == expected.numerators)
            #expect(found.fullYearNumerator == expected.fullYearNumerator)
        }
    }

    /// One statement, withdrawal or card, told to both.
    private func step(
        _ books: Books, _ plain: inout PlainBudget, _ year: FinancialYear, _ generator: inout SeededGenerator
    ) {
        let patient = Self.patients.randomElement(using: &generator) ?? .ann
        let code = Self.bodies.randomElement(using: &generator) ?? "15E"
        let day = year.firstDay.adding(days: .random(in: -60..<year.dayCount + 30, using: &generator))
        switch Int.random(in: 0..<10, using: &generator) {
        case 0:
            if books.withdraw(patient, from: day, by: code) == .registered { plain.statements[patient]?[day] = nil }
        case 1, 2:
            let card = card(year, &generator)
            let owner = Int.random(in: 0..<3, using: &generator) == 0 ? nil : code
            if books.apply(owner.map { .ownRateCard($0, card) } ?? .nationalRateCard(card)).refusal == nil {
                plain.cards[owner] = card
            }
        default:
            let length = Int.random(in: 0...150, using: &generator)
            let statement = Statement(
                patient: patient, commissioner: code, from: day, until: length == 0 ? nil : day.adding(days: length),
                born: birthday(year, &generator), sex: Sex.allCases.randomElement(using: &generator) ?? .female,
                group: PatientGroup.allCases.randomElement(using: &generator) ?? .older)
            if books.apply(.statement(statement)) == .registered {
                plain.statements[patient, default: [:]][day] = statement
                plain.people[patient] = (statement.born, statement.sex)
            }
        }
    }

    /// Often on or beside a 1 April, sometimes on a leap day.
    private func birthday(_ year: FinancialYear, _ generator: inout SeededGenerator) -> CalendarDate {
        let before = Int.random(in: 0...3, using: &generator)
        let april = CalendarDate(year: year.startYear - before, month: 4, day: 1) ?? .min
        return Int.random(in: 0..<5, using: &generator) == 0
            ? "1996-02-29" : april.adding(days: -60 + .random(in: -1...1, using: &generator) * 60 + before % 2)
    }

    /// Some rates of each setting, told apart by nothing, sex, age, group or date.
    private func card(_ year: FinancialYear, _ generator: inout SeededGenerator) -> RateCard {
        var rates: [CapitationRate] = []
        for setting in CareSetting.allCases {
            func pence() -> Int64 { .random(in: 0...1_000_000, using: &generator) }
            let cut = year.firstDay.adding(days: .random(in: -10...370, using: &generator))
            let age = Int.random(in: 1...3, using: &generator)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: break
            case 1: rates.append(CapitationRate(setting: setting, annualPence: pence()))
            case 2:
                rates.append(CapitationRate(setting: setting, annualPence: pence(), ageTo: age - 1, until: cut))
                rates.append(CapitationRate(setting: setting, annualPence: pence(), ageTo: age, from: cut))
                rates.append(CapitationRate(setting: setting, annualPence: pence(), ageFrom: age + 1, sex: .male))
            case 3:
                for group in [.older, .generallyHealthy] as [PatientGroup] {
                    for sex in [.female, .unknown] as [Sex] {
                        rates.append(
                            CapitationRate(setting: setting, annualPence: pence(), sex: sex, group: group, from: cut))
                    }
                }
            case 4:
                rates.append(CapitationRate(setting: setting, annualPence: pence(), ageFrom: 1, ageTo: 2, sex: .female))
                rates.append(CapitationRate(setting: setting, annualPence: pence(), sex: .male, until: cut))
            default:
                for group in PatientGroup.allCases {
                    rates.append(CapitationRate(setting: setting, annualPence: pence(), ageTo: age, group: group))
                }
            }
        }
        let weight: Int64? = Bool.random(using: &generator) ? .random(in: 0...3_000_000, using: &generator) : nil
        let ofSetting = CareSetting.allCases.randomElement(using: &generator) ?? .primary
        return RateCard(year: year, weightMillionths: weight, settingWeightMillionths: [ofSetting: 7], rates: rates)
    }
}

/// The contract's sentence about budgets, taken literally: every person, every day, every setting.
private struct PlainBudget {
    struct Figures {
        var people = 0
        var personDays: Int128 = 0
        var personDaysWithoutRate = [Int128](repeating: 0, count: 9)
        var numerators = [Int128](repeating: 0, count: 9 * 6 * 12)
        var fullYearNumerator: Int128 = 0
    }

    let year: FinancialYear
    var statements: [Patient: [CalendarDate: Statement]] = [:]
    var people: [Patient: (born: CalendarDate, sex: Sex)] = [:]
    /// The national card under nil.
    var cards: [OrganisationCode?: RateCard] = [:]

    func figures(_ code: OrganisationCode, through: CalendarDate) -> Figures {
        var figures = Figures()
        for (patient, statements) in statements {
            guard let person = people[patient] else { continue }
            for offset in 0..<year.dayCount {
                let day = year.firstDay.adding(days: offset)
                guard let deciding = statements.values.filter({ $0.from <= day }).max(by: { $0.from < $1.from }),
                    deciding.commissioner == code, deciding.until.map({ day < $0 }) ?? true
                else { continue }
                let counts = day <= through
                if day == through { figures.people += 1 }
                if counts { figures.personDays += 1 }
                for (place, setting) in CareSetting.allCases.enumerated() {
                    guard let pence = annualPence(code, setting, day, person, deciding.group) else {
                        if counts { figures.personDaysWithoutRate[place] += 1 }
                        continue
                    }
                    figures.fullYearNumerator += pence
                    // Months from April: the calendar month, nine to the left.
                    let cell = (place * 6 + Int(deciding.group.rawValue)) * 12 + (day.components.month + 8) % 12
                    if counts { figures.numerators[cell] += pence }
                }
            }
        }
        return figures
    }

    /// Pence for a year times the weight in millionths; nil without a rate.
    private func annualPence(
        _ code: OrganisationCode, _ setting: CareSetting, _ day: CalendarDate,
        _ person: (born: CalendarDate, sex: Sex), _ group: PatientGroup
    ) -> Int128? {
        let own = cards[code]
        let ownRates = (own?.rates ?? []).filter { $0.setting == setting }
        let rates = ownRates.isEmpty ? (cards[nil]?.rates ?? []).filter { $0.setting == setting } : ownRates
        let age = age(person.born)
        let applying = rates.filter { rate in
            (rate.ageFrom ?? 0) <= age && age <= (rate.ageTo ?? 999) && (rate.sex ?? person.sex) == person.sex
                && (rate.group ?? group) == group && (rate.from ?? day) <= day && rate.until.map { day < $0 } ?? true
        }
        #expect(applying.count <= 1)
        let weight = own?.settingWeightMillionths[Int(setting.rawValue)] ?? own?.weightMillionths ?? 1_000_000
        return applying.first.map { Int128($0.annualPence) * Int128(weight) }
    }

    /// Birthdays had by 1 April of the year.
    private func age(_ born: CalendarDate) -> Int {
        let (birthYear, month, day) = born.components
        let hadBirthday = month < 4 || (month == 4 && day == 1)
        return max(0, year.startYear - birthYear - (hadBirthday ? 0 : 1))
    }
}
