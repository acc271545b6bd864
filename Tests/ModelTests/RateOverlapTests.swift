import ChequebookModel
import Testing

@Suite("Two rates of one card")
struct RateOverlapTests {
    @Test("for different settings never overlap")
    func settings() throws {
        #expect(try !overlap(rate(.primary), rate(.secondary)))
        #expect(try overlap(rate(.primary), rate(.primary)))
    }

    @Test("overlap on a shared age, and not when one begins a year after the other ends")
    func touchingAges() throws {
        #expect(try overlap(rate(ageFrom: 0, ageTo: 64), rate(ageFrom: 64, ageTo: 90)))
        #expect(try !overlap(rate(ageFrom: 0, ageTo: 64), rate(ageFrom: 65, ageTo: 90)))
        #expect(try !overlap(rate(ageTo: 64), rate(ageFrom: 65)))
        #expect(try overlap(rate(ageTo: 65), rate(ageFrom: 65)))
        #expect(try overlap(rate(ageFrom: 200), rate()))
    }

    @Test("overlap when one names a sex or group and the other names none, and not when they name two")
    func namedAgainstAll() throws {
        #expect(try overlap(rate(sex: .female), rate()))
        #expect(try overlap(rate(sex: .female), rate(sex: .female)))
        #expect(try !overlap(rate(sex: .female), rate(sex: .unknown)))
        #expect(try overlap(rate(group: .older), rate()))
        #expect(try !overlap(rate(group: .older), rate(group: .mentalHealth)))
        #expect(try overlap(rate(sex: .female), rate(group: .older)))
    }

    @Test("do not overlap when one ends on the day on which the other begins")
    func halfOpenDays() throws {
        #expect(try !overlap(rate(until: "2015-10-01"), rate(from: "2015-10-01")))
        #expect(try overlap(rate(until: "2015-10-02"), rate(from: "2015-10-01")))
        #expect(try !overlap(rate(from: "2015-10-01"), rate(until: "2015-10-01")))
    }

    @Test("do not overlap on days outside the card's year")
    func outsideTheYear() throws {
        #expect(try !overlap(rate(until: "2015-04-01"), rate(until: "2015-04-01")))
        #expect(try !overlap(rate(from: "2016-04-01"), rate()))
        #expect(try overlap(rate(from: "2016-03-31"), rate()))
        #expect(try overlap(rate(until: "2015-04-02"), rate(from: "2014-04-01")))
    }

    @Test("that cover nobody overlap nothing")
    func emptyRates() throws {
        #expect(try !overlap(rate(ageFrom: 5, ageTo: 4), rate()))
        #expect(try !overlap(rate(from: "2015-10-01", until: "2015-10-01"), rate()))
    }

    @Test("are named by their places, the first pair of a card with several")
    func namesThePair() throws {
        let card = try card([rate(ageTo: 10), rate(ageFrom: 20), rate(ageFrom: 11, ageTo: 19), rate(ageFrom: 19)])
        let pair = try #require(card.overlappingRates())
        #expect(pair == (1, 3))
        #expect(try self.card([rate()]).overlappingRates() == nil)
        #expect(try self.card([]).overlappingRates() == nil)
    }

    @Test("overlap exactly if a look at every age, sex, group and day finds a person whom both cover")
    func bruteForce() throws {
        var generator = SeededGenerator(seed: 9)
        var overlapping = 0
        for round in 0..<1_500 {
            let count = Int.random(in: 2...4, using: &generator)
            let card = try card((0..<count).map { _ in randomRate(using: &generator) })
            let found = card.overlappingRates()
            let expected = firstSharedPair(card)
            #expect(found?.0 == expected?.0 && found?.1 == expected?.1, "round \(round)")
            if expected != nil { overlapping += 1 }
        }
        // Neither answer may be so rare that the comparison says nothing.
        #expect((300...1_200).contains(overlapping))
    }

    /// The pair with the earliest second rate, then the earliest first, that covers one person on one day.
    private func firstSharedPair(_ card: RateCard) -> (Int, Int)? {
        for second in card.rates.indices {
            for first in card.rates.indices where first < second {
                if sharesPerson(card.rates[first], card.rates[second], in: card.year) { return (first, second) }
            }
        }
        return nil
    }

    private func sharesPerson(_ first: CapitationRate, _ second: CapitationRate, in year: FinancialYear) -> Bool {
        let both = [first, second]
        guard first.setting == second.setting else { return false }
        for age in 0...10 where both.allSatisfy({ age >= $0.ageFrom ?? 0 && age <= $0.ageTo ?? 10 }) {
            for sex in Sex.allCases where both.allSatisfy({ $0.sex == nil || $0.sex == sex }) {
                for group in PatientGroup.allCases where both.allSatisfy({ $0.group == nil || $0.group == group }) {
                    var day = year.firstDay
                    while day <= year.lastDay {
                        if both.allSatisfy({ day >= $0.from ?? day && ($0.until.map { day < $0 } ?? true) }) {
                            return true
                        }
                        day = day.adding(days: 1)
                    }
                }
            }
        }
        return false
    }

    private func randomRate(using generator: inout SeededGenerator) -> CapitationRate {
        func sometimes<Value>(_ values: [Value]) -> Value? {
            Bool.random(using: &generator) ? values.randomElement(using: &generator) : nil
        }
        let days = ["2015-03-01", "2015-04-01", "2015-04-02", "2015-10-01", "2016-03-31", "2016-04-01"]
        return CapitationRate(
            setting: Bool.random(using: &generator) ? .primary : .social, annualPence: 1,
            ageFrom: sometimes(Array(0...8)), ageTo: sometimes(Array(0...8)), sex: sometimes(Sex.allCases),
            group: sometimes(PatientGroup.allCases), from: sometimes(days).flatMap { CalendarDate($0) },
            until: sometimes(days).flatMap { CalendarDate($0) })
    }

    private func rate(
        _ setting: CareSetting = .primary, ageFrom: Int? = nil, ageTo: Int? = nil, sex: Sex? = nil,
        group: PatientGroup? = nil, from: String? = nil, until: String? = nil
    ) -> CapitationRate {
        CapitationRate(
            setting: setting, annualPence: 1, ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group,
            from: from.flatMap { CalendarDate($0) }, until: until.flatMap { CalendarDate($0) })
    }

    private func card(_ rates: [CapitationRate]) throws -> RateCard {
        RateCard(year: try #require(FinancialYear("2015-16")), rates: rates)
    }

    /// In both orders, which must agree.
    private func overlap(_ first: CapitationRate, _ second: CapitationRate) throws -> Bool {
        let forth = try card([first, second]).overlappingRates() != nil
        let back = try card([second, first]).overlappingRates() != nil
        #expect(forth == back)
        return forth
    }
}
