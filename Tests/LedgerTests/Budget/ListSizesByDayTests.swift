import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A budget from list sizes is what adding up day by day gives")
struct ListSizesByDayTests {
    @Test("for random lists, cards and weights", arguments: 0..<40 as Range<UInt64>)
    func random(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let year = try #require(FinancialYear(startYear: 2014 + Int(seed % 3)))
        let books = Books(today: "2018-01-01")
        books.register(.ann, with: "15E", from: year.firstDay)
        var lists: [CalendarDate: [ListSizeBand]] = [:]
        var card = RateCard(year: year, rates: [])
        for _ in 0..<12 {
            let offset = Int.random(in: -40..<year.dayCount + 20, using: &generator)
            let date = year.firstDay.adding(days: max(-20, offset))
            let bands = Self.bands(&generator)
            let isPut = books.apply(.listSizes(ListSizes(commissioner: "15E", date: date, bands: bands)))
            #expect(isPut.refusal == nil)
            lists[date] = bands
            card = Self.card(year, &generator)
            books.apply(.ownRateCard("15E", card))
        }
        let through = year.firstDay.adding(days: .random(in: 0..<year.dayCount, using: &generator))
        let found = books.budget("15E", year: year, through: through)
        guard lists.keys.contains(where: { $0 <= year.firstDay }) else {
            #expect(found.basis == .registered)
            return
        }
        let plain = PlainListBudget(year: year, lists: lists, card: card, through: through)
        #expect(found.basis == .listSize)
        #expect(found.people == plain.people)
        #expect(found.personDays == plain.personDays)
        #expect(found.personDaysWithoutRate == plain.personDaysWithoutRate)
        #expect(found.numerators == plain.numerators)
        #expect(found.fullYearNumerator == plain.fullYearNumerator)
    }

    /// Bands of a few ages that do not overlap, some of them told apart by sex or group.
    private static func bands(_ generator: inout SeededGenerator) -> [ListSizeBand] {
        var bands: [ListSizeBand] = []
        func people() -> Int64 { .random(in: 0...50, using: &generator) }
        for (ageFrom, ageTo) in [(nil, 17), (18, 64), (65, nil)] as [(Int?, Int?)] {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: break
            case 1: bands.append(ListSizeBand(ageFrom: ageFrom, ageTo: ageTo, people: people()))
            case 2:
                for sex in Sex.allCases {
                    bands.append(ListSizeBand(ageFrom: ageFrom, ageTo: ageTo, sex: sex, people: people()))
                }
            default:
                for group in [.older, .mentalHealth] as [PatientGroup] {
                    bands.append(ListSizeBand(ageFrom: ageFrom, ageTo: ageTo, group: group, people: people()))
                }
            }
        }
        return Int.random(in: 0..<6, using: &generator) == 0 ? [ListSizeBand(people: people())] : bands
    }

    private static func card(_ year: FinancialYear, _ generator: inout SeededGenerator) -> RateCard {
        var rates: [CapitationRate] = []
        for setting in CareSetting.allCases {
            func rate(
                _ ageFrom: Int? = nil, _ ageTo: Int? = nil, sex: Sex? = nil, group: PatientGroup? = nil,
                from: CalendarDate? = nil, until: CalendarDate? = nil
            ) {
                rates.append(
                    CapitationRate(
                        setting: setting, annualPence: .random(in: 0...100_000, using: &generator), ageFrom: ageFrom,
                        ageTo: ageTo, sex: sex, group: group, from: from, until: until))
            }
            let cut = year.firstDay.adding(days: .random(in: -10...370, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: rate()
            case 1:
                rate(nil, 64, until: cut)
                rate(from: cut)
            case 2:
                rate(0, 17)
                rate(18)
            case 3:
                rate(nil, 40, sex: .male)
                rate(41)
            default:
                rate(group: .older)
                rate(65, group: .mentalHealth)
            }
        }
        return RateCard(year: year, weightMillionths: .random(in: 0...2_000_000, using: &generator), rates: rates)
    }
}

/// The contract's sentences about lists, taken literally: every band, every day, every setting.
private struct PlainListBudget {
    private(set) var people = 0
    private(set) var personDays: Int128 = 0
    private(set) var personDaysWithoutRate = [Int128](repeating: 0, count: 9)
    private(set) var numerators = [Int128](repeating: 0, count: 9 * 6 * 12)
    private(set) var fullYearNumerator: Int128 = 0

    init(year: FinancialYear, lists: [CalendarDate: [ListSizeBand]], card: RateCard, through: CalendarDate) {
        let bands = Set(lists.values.joined())
        let meant = Dictionary(
            uniqueKeysWithValues: bands.map { band in
                (band, card.rates.filter { Self.means($0, band) })
            })
        for offset in 0..<year.dayCount {
            let day = year.firstDay.adding(days: offset)
            let list = lists.filter { $0.key <= day }.max { $0.key < $1.key }?.value ?? []
            for band in list {
                let count = Int128(band.people)
                if day == through { people += Int(count) }
                if day <= through { personDays += count }
                for (place, setting) in CareSetting.allCases.enumerated() {
                    let applying = (meant[band] ?? []).filter { rate in
                        rate.setting == setting && (rate.from ?? day) <= day && rate.until.map { day < $0 } ?? true
                    }
                    #expect(applying.count <= 1)
                    guard let rate = applying.first else {
                        if day <= through { personDaysWithoutRate[place] += count }
                        continue
                    }
                    let pence = count * Int128(rate.annualPence) * Int128(card.weightMillionths ?? 1_000_000)
                    fullYearNumerator += pence
                    let group = band.group.map { Int($0.rawValue) } ?? 5
                    let cell = (place * 6 + group) * 12 + (day.components.month + 8) % 12
                    if day <= through { numerators[cell] += pence }
                }
            }
        }
    }

    /// Whether the rate means everybody of the band: every age from 0 to 300, and no sex or group that is not told.
    private static func means(_ rate: CapitationRate, _ band: ListSizeBand) -> Bool {
        let isOfAnyAge = rate.ageFrom == nil && rate.ageTo == nil
        let tellsAge = band.ageFrom != nil || band.ageTo != nil
        let ages = (0...300).filter { ($0 >= band.ageFrom ?? 0) && ($0 <= band.ageTo ?? 300) }
        let isOfAges = tellsAge && ages.allSatisfy { $0 >= rate.ageFrom ?? 0 && $0 <= rate.ageTo ?? 300 }
        return (isOfAnyAge || isOfAges) && (rate.sex == nil || rate.sex == band.sex)
            && (rate.group == nil || rate.group == band.group)
    }
}
