import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("The card in use")
struct RateCardInUseTests {
    /// £1 a day in primary care, £2 in secondary.
    private static let national = [
        CapitationRate(setting: .primary, annualPence: 36_600),
        CapitationRate(setting: .secondary, annualPence: 73_200),
    ]

    private static func books() -> Books {
        let books = Books(today: "2016-06-01")
        books.setRates(national)
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-04-11")
        books.register(.bob, with: "05L", from: "2015-04-01", until: "2015-04-11")
        return books
    }

    @Test("for a setting is the commissioner's own if it has a rate for it, else the national one")
    func perSetting() {
        let books = Self.books()
        let own = CapitationRate(setting: .secondary, annualPence: 109_800)
        #expect(books.setRates(of: "15E", [own]) == .created)
        #expect(books.budget("15E").pence(.primary) == 1_000)
        #expect(books.budget("15E").pence(.secondary) == 3_000)
        #expect(books.budget("05L").pence(.secondary) == 2_000)
        #expect(books.setRates(of: "15E", [own]) == .unchanged)
        #expect(books.setRates(of: "15E", []) == .replaced)
        #expect(books.budget("15E").pence == 3_000)
    }

    @Test("is the own one even where its rates cover nobody: then there is no rate")
    func ownCoversNobody() {
        let books = Self.books()
        books.setRates(of: "15E", [CapitationRate(setting: .primary, annualPence: 36_600, ageFrom: 150)])
        #expect(books.budget("15E").pence(.primary) == 0)
        #expect(books.budget("15E").personDaysWithoutRate[0] == 10)
    }

    @Test("is multiplied by the commissioner's weight, over the national rates too")
    func weightOverNational() {
        let books = Self.books()
        books.setRates(of: "15E", weight: 1_500_000, [])
        #expect(books.budget("15E").pence(.primary) == 1_500)
        #expect(books.budget("15E").pence(.secondary) == 3_000)
        #expect(books.budget("15E").fullYearPence == 4_500)
        #expect(books.budget("05L").pence == 3_000)
    }

    @Test("is multiplied by the weight of the setting before that of the card; 0 is a weight")
    func settingWeights() {
        let books = Self.books()
        let own = CapitationRate(setting: .secondary, annualPence: 109_800)
        books.setRates(of: "15E", weight: 2_000_000, weights: [.primary: 0], [own])
        #expect(books.budget("15E").pence(.primary) == 0)
        #expect(books.budget("15E").pence(.secondary) == 6_000)
        #expect(books.budget("15E").personDaysWithoutRate[0] == 0)
        books.setRates(of: "15E", weights: [.secondary: 100_000_000], [own])
        #expect(books.budget("15E").pence(.primary) == 1_000)
        #expect(books.budget("15E").pence(.secondary) == 300_000)
    }

    @Test("is multiplied exactly by a weight of six places")
    func sixPlaces() {
        let books = Self.books()
        books.setRates(of: "15E", weights: [.primary: 1_053_201, .secondary: 1], [])
        let figures = books.budget("15E")
        // 10 days × 36,600 p × 1.053201, over 366: 1,053.201 p.
        #expect(figures[.primary, .generallyHealthy, 0] == 10 * 36_600 * 1_053_201)
        #expect(figures[.secondary, .generallyHealthy, 0] == 10 * 73_200)
        #expect(figures.denominator == 366_000_000)
    }

    @Test("is that of its year alone")
    func otherYear() {
        let books = Self.books()
        books.setRates(of: "15E", year: "2014-15", weight: 0, [])
        #expect(books.budget("15E").pence == 3_000)
        books.register(.ann, with: "15E", from: "2016-04-01")
        #expect(books.budget("15E", year: "2016-17").pence == 0)
        #expect(books.budget("15E", year: "2016-17").personDaysWithoutRate[0] == 365)
    }

    @Test("moves the budget when it is set after the statements, and when it is replaced")
    func replaced() {
        let books = Self.books()
        #expect(books.budget("15E", through: "2015-04-03").pence == 900)
        #expect(books.setRates([CapitationRate(setting: .primary, annualPence: 366)]) == .replaced)
        #expect(books.budget("15E", through: "2015-04-03").pence == 3)
        #expect(books.budget("05L").pence == 10)
        books.setRates(of: "05L", weight: 10_000_000, [])
        #expect(books.budget("15E", through: "2015-04-03").pence == 3)
        #expect(books.budget("05L").pence == 100)
    }

    @Test("may not overlap itself; then the one before stays, and so does every figure")
    func overlapping() {
        let books = Self.books()
        let before = books.everything
        let overlapping = [
            CapitationRate(setting: .primary, annualPence: 1, ageTo: 10),
            CapitationRate(setting: .primary, annualPence: 2, ageFrom: 10),
        ]
        #expect(books.setRates(overlapping) == .refused(.overlappingRates))
        #expect(books.setRates(of: "15E", overlapping) == .refused(.overlappingRates))
        #expect(books.everything == before)
        #expect(books.ledger.rateCard(nil, "2015-16")?.rates == Self.national)
        #expect(books.ledger.rateCard("15E", "2015-16") == nil)
    }

    @Test("of an unknown commissioner is refused")
    func unknownCommissioner() {
        let books = Self.books()
        #expect(books.setRates(of: "99X", []) == .refused(.unknownCommissioner))
        #expect(books.ledger.rateCard("99X", "2015-16") == nil)
    }

    @Test("holds sums beyond 64 bits: the largest rate and weight for a thousand people")
    func largest() throws {
        let books = Books(today: "2016-06-01")
        books.setRates([CapitationRate(setting: .primary, annualPence: Limits.annualPenceMax)])
        books.setRates(of: "15E", weight: Limits.weightMillionthsMax, [])
        // One number in eleven has the right check digit.
        for number in 9_990_000_000..<9_990_011_000 as Range<UInt64> {
            guard let patient = Patient(nhsNumber: number) else { continue }
            books.register(patient, with: "15E", from: "2015-04-01")
        }
        // 10^12 p × 100 for each person of a full year.
        let people = Int128(books.budget("15E").people)
        #expect(people > 900)
        #expect(books.budget("15E").fullYearPence == people * 100_000_000_000_000)
        #expect(books.budget("15E").numerators.reduce(0, +) > Int128(Int64.max))
    }
}

@Suite("The remembered budgets")
struct BudgetMemoryTests {
    private static let editions = BudgetMemory.Editions(population: 1, lists: 1, cards: 1)

    /// Asks for the figures of a year; tells whether they had to be reckoned.
    private static func isReckoned(
        _ memory: inout BudgetMemory, _ commissioner: CommissionerIndex = 0, _ year: FinancialYear = "2015-16",
        dayEnd: Int = 1, _ editions: BudgetMemory.Editions = editions
    ) -> Bool {
        var isReckoned = false
        _ = memory.figures(commissioner, year, dayEnd: dayEnd, editions) {
            isReckoned = true
            return BudgetFigures(year: year, basis: .registered)
        }
        return isReckoned
    }

    @Test("are as many as are allowed, and no more")
    func most() {
        var memory = BudgetMemory()
        for index in 0..<BudgetMemory.entriesMax {
            #expect(Self.isReckoned(&memory, CommissionerIndex(index)))
        }
        #expect(memory.count == BudgetMemory.entriesMax)
        #expect(Self.isReckoned(&memory, dayEnd: 2))
        #expect(memory.count == BudgetMemory.entriesMax)
        #expect(Self.isReckoned(&memory, 0, "2016-17"))
        #expect(memory.count == 1)
    }

    @Test("hold until the day that is asked for, the population, a list or a card changes, and no longer")
    func hold() {
        var memory = BudgetMemory()
        #expect(Self.isReckoned(&memory))
        #expect(!Self.isReckoned(&memory))
        #expect(Self.isReckoned(&memory, dayEnd: 2))
        for (population, lists, cards) in [(2, 1, 1), (2, 2, 1), (2, 2, 2)] as [(UInt64, UInt64, UInt64)] {
            let editions = BudgetMemory.Editions(population: population, lists: lists, cards: cards)
            #expect(Self.isReckoned(&memory, dayEnd: 2, editions))
            #expect(!Self.isReckoned(&memory, dayEnd: 2, editions))
        }
        #expect(memory.count == 1)
    }
}
