import ChequebookModel
import Testing

@Suite("A capitation rate")
struct CapitationRateTests {
    @Test("covers the ages from its first to its last, both inclusive")
    func ages() {
        let rate = CapitationRate(setting: .primary, annualPence: 1, ageFrom: 65, ageTo: 74)
        #expect(!rate.covers(ageYears: 64, sex: .female, group: .older))
        #expect(rate.covers(ageYears: 65, sex: .female, group: .older))
        #expect(rate.covers(ageYears: 74, sex: .female, group: .older))
        #expect(!rate.covers(ageYears: 75, sex: .female, group: .older))
    }

    @Test("that names no dimension covers everybody")
    func everybody() {
        let rate = CapitationRate(setting: .primary, annualPence: 1)
        for age in [0, 1, 18, 200] {
            for sex in Sex.allCases {
                for group in PatientGroup.allCases { #expect(rate.covers(ageYears: age, sex: sex, group: group)) }
            }
        }
    }

    @Test("that names a sex and a group covers no other")
    func namedDimensions() {
        let rate = CapitationRate(setting: .primary, annualPence: 1, sex: .unknown, group: .older)
        for sex in Sex.allCases {
            for group in PatientGroup.allCases {
                #expect(rate.covers(ageYears: 1, sex: sex, group: group) == (sex == .unknown && group == .older))
            }
        }
    }

    @Test(
        "applies on the days of its year from its first day until its last, exclusive",
        arguments: [
            (nil, nil, 0..<366), ("2015-04-01", nil, 0..<366), ("2015-04-02", nil, 1..<366),
            (nil, "2015-04-02", 0..<1), ("2015-06-01", "2015-07-01", 61..<91), ("2016-03-31", nil, 365..<366),
            (nil, "2016-04-01", 0..<366), (nil, "2016-03-31", 0..<365), ("2014-01-01", "2017-01-01", 0..<366),
            ("2014-01-01", "2015-04-01", 0..<0), ("2016-04-01", nil, 0..<0), (nil, "2014-01-01", 0..<0),
            ("2015-06-01", "2015-06-01", 0..<0), ("2015-06-02", "2015-06-01", 0..<0),
            ("1900-01-01", "2199-12-31", 0..<366), ("2199-12-31", "1900-01-01", 0..<0),
        ] as [(String?, String?, Range<Int>)])
    func dayRange(from: String?, until: String?, days: Range<Int>) throws {
        let rate = CapitationRate(
            setting: .primary, annualPence: 1, from: from.flatMap { CalendarDate($0) },
            until: until.flatMap { CalendarDate($0) })
        #expect(rate.dayRange(in: try #require(FinancialYear("2015-16"))) == days)
    }
}

@Suite("A rate card")
struct RateCardTests {
    @Test("weights a setting with its own weight, else the card's, else 1")
    func weights() throws {
        let year = try #require(FinancialYear("2015-16"))
        let unweighted = RateCard(year: year, rates: [])
        let weighted = RateCard(year: year, weightMillionths: 1_053_200, rates: [])
        let both = RateCard(
            year: year, weightMillionths: 1_053_200, settingWeightMillionths: [.community: 1_347_000, .social: 0],
            rates: [])
        let own = RateCard(year: year, settingWeightMillionths: [.publicHealth: 100_000_000], rates: [])
        for setting in CareSetting.allCases {
            #expect(unweighted.weightMillionths(for: setting) == 1_000_000)
            #expect(weighted.weightMillionths(for: setting) == 1_053_200)
        }
        #expect(
            CareSetting.allCases.map { both.weightMillionths(for: $0) } == [
                1_053_200, 1_053_200, 1_347_000, 0, 1_053_200, 1_053_200, 1_053_200, 1_053_200, 1_053_200,
            ])
        #expect(own.weightMillionths(for: .publicHealth) == 100_000_000)
        #expect(own.weightMillionths(for: .primary) == 1_000_000)
    }

    @Test("names the funder of a setting in the setting's place")
    func funders() throws {
        let body = Funder.organisation(try #require(OrganisationCode("X24")))
        let year = try #require(FinancialYear("2015-16"))
        let card = RateCard(year: year, funders: [.primary: body, .social: .council], rates: [])
        #expect(card.funders == [body, nil, nil, .council, nil, nil, nil, nil, nil])
    }

    @Test("has rates for a setting if one of them names it, even one of nothing")
    func hasRates() throws {
        let year = try #require(FinancialYear("2015-16"))
        let card = RateCard(year: year, rates: [CapitationRate(setting: .social, annualPence: 0)])
        #expect(CareSetting.allCases.filter { card.hasRates(for: $0) } == [.social])
    }
}
