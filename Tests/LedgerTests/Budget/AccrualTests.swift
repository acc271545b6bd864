import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A capitated budget accrues")
struct AccrualTests {
    /// 366 days at £1 a day in 2015-16.
    private static let pound = CapitationRate(setting: .primary, annualPence: 36_600)

    private static func books(_ rates: [CapitationRate] = [pound], today: CalendarDate = "2016-06-01") -> Books {
        let books = Books(today: today)
        books.setRates(rates)
        return books
    }

    @Test(
        "exactly the annual rate over a full year of 365 and of 366 days",
        arguments: [("2014-15", 365), ("2015-16", 366), ("2099-00", 365), ("1999-00", 366)])
    func fullYear(_ name: String, days: Int128) throws {
        let year = try #require(FinancialYear(name))
        let books = Books(today: "2016-06-01")
        books.setRates(year: year, [CapitationRate(setting: .primary, annualPence: 123_457)])
        books.register(.ann, with: "15E", from: year.firstDay, until: year.lastDay.adding(days: 1))
        #expect(books.budget("15E", year: year).pence == 123_457)
        #expect(books.budget("15E", year: year).fullYearPence == 123_457)
        #expect(books.budget("15E", year: year).personDays == days)
        // One day, and the full year still in sight.
        let first = books.budget("15E", year: year, through: year.firstDay)
        #expect(first.numerators.reduce(0, +) == 123_457 * 1_000_000)
        #expect(first.denominator == days * 1_000_000)
        #expect(first.fullYearPence == 123_457)
    }

    @Test("on 29 February as on any other day")
    func leapDay() {
        let books = Self.books()
        books.register(.ann, with: "15E", from: "2016-02-28", until: "2016-03-02")
        let days: [(CalendarDate, Int128)] = [
            ("2016-02-27", 0), ("2016-02-28", 1), ("2016-02-29", 2), ("2016-03-01", 3), ("2016-03-02", 3),
        ]
        for (through, count) in days {
            #expect(books.budget("15E", through: through).personDays == count)
            #expect(books.budget("15E", through: through).pence == count * 100)
        }
        let figures = books.budget("15E")
        // Two days of February, one of March: 100 p × 366 × 10^6 for each.
        #expect(figures[.primary, .generallyHealthy, 10] == 2 * 36_600_000_000)
        #expect(figures[.primary, .generallyHealthy, 11] == 36_600_000_000)
    }

    @Test("for a single day's registration one day's share, and for the one registered nobody after it")
    func oneDay() {
        let books = Self.books()
        books.register(.ann, with: "15E", from: "2015-10-25", until: "2015-10-26")
        #expect(books.budget("15E", through: "2015-10-24").people == 0)
        #expect(books.budget("15E", through: "2015-10-25").people == 1)
        #expect(books.budget("15E", through: "2015-10-26").people == 0)
        #expect(books.budget("15E").pence == 100)
        #expect(books.budget("15E").fullYearPence == 100)
    }

    @Test("after a move on 1 April wholly for the new commissioner, and before it wholly for the old")
    func moveOnFirstApril() {
        let books = Self.books()
        books.setRates(year: "2014-15", [CapitationRate(setting: .primary, annualPence: 36_500)])
        books.register(.ann, with: "15E", from: "2010-01-01")
        books.register(.ann, with: "05L", from: "2015-04-01")
        #expect(books.budget("15E", year: "2014-15").pence == 36_500)
        #expect(books.budget("05L", year: "2014-15").personDays == 0)
        #expect(books.budget("15E").personDays == 0)
        #expect(books.budget("05L").pence == 36_600)
        #expect(books.budget("05L", through: "2015-04-01").people == 1)
        #expect(books.budget("15E", through: "2015-04-01").people == 0)
    }

    @Test("on the day of a move once, for the new commissioner, whichever statement came first")
    func moveCountsOnce() {
        for order in [[0, 1], [1, 0]] {
            let books = Self.books()
            let moves: [(OrganisationCode, CalendarDate)] = [("15E", "2015-04-01"), ("05L", "2015-07-01")]
            for place in order { books.register(.ann, with: moves[place].0, from: moves[place].1) }
            // April, May and June: 30 + 31 + 30 = 91 days; the other 275 are the new commissioner's.
            #expect(books.budget("15E").pence == 9_100)
            #expect(books.budget("05L").pence == 27_500)
            #expect(books.budget("15E", through: "2015-06-30").people == 1)
            #expect(books.budget("15E", through: "2015-07-01").people == 0)
            #expect(books.budget("05L", through: "2015-07-01").people == 1)
        }
    }

    @Test("for a child born in the year at age 0 from the first day, and at age 0 for the year after it or age 1")
    func bornInTheYear() {
        let infants = CapitationRate(setting: .primary, annualPence: 36_600, ageTo: 0)
        let births: [(CalendarDate, Int128)] = [
            // 366 days if born before the year began, else from birth: 365 from 2 April, 1 on 31 March.
            ("2014-04-01", 0), ("2014-04-02", 366), ("2015-03-31", 366), ("2015-04-01", 366), ("2015-04-02", 365),
            ("2015-10-01", 183), ("2016-03-31", 1),
        ]
        for (born, days) in births {
            let books = Self.books([infants])
            books.register(.ann, with: "15E", from: max(born, "2015-04-01"), born: born)
            #expect(books.budget("15E").pence == days * 100, "born \(born)")
        }
    }

    @Test("for both ends of an age band, as the age is on 1 April")
    func ageBand() {
        let band = CapitationRate(setting: .primary, annualPence: 36_600, ageFrom: 65, ageTo: 74)
        // 75 on 1 April 2015 if born on 1 April 1940; 74 from the day after; 65 until 1 April 1950.
        let births: [(CalendarDate, Bool)] = [
            ("1940-04-01", false), ("1940-04-02", true), ("1950-04-01", true), ("1950-04-02", false),
        ]
        for (born, isCovered) in births {
            let books = Self.books([band])
            books.register(.ann, with: "15E", from: "2015-04-01", born: born)
            #expect(books.budget("15E").pence == (isCovered ? 36_600 : 0), "born \(born)")
            #expect(books.budget("15E").personDaysWithoutRate[0] == (isCovered ? 0 : 366), "born \(born)")
        }
    }

    @Test("by a rate that changes in mid-year on each side of the change")
    func midYear() {
        let books = Self.books([
            CapitationRate(setting: .primary, annualPence: 36_600, until: "2015-10-01"),
            CapitationRate(setting: .primary, annualPence: 73_200, from: "2015-10-01"),
        ])
        books.register(.ann, with: "15E", from: "2015-04-01")
        // 183 days until 30 September at 100 p, 183 from 1 October at 200 p.
        #expect(books.budget("15E", through: "2015-09-30").pence == 18_300)
        #expect(books.budget("15E", through: "2015-10-01").pence == 18_500)
        #expect(books.budget("15E").pence == 18_300 + 36_600)
        #expect(books.budget("15E", through: "2015-04-01").fullYearPence == 54_900)
    }

    @Test("by a rate from its first day, until its last, within the year; the other days are without a rate")
    func halfOpen() {
        let spans: [(CalendarDate?, CalendarDate?, Int128)] = [
            ("2015-04-02", "2015-04-04", 2), (nil, "2015-04-02", 1), ("2016-03-31", nil, 1),
            ("2014-04-01", "2015-04-03", 2), ("2016-03-30", "2020-01-01", 2), ("2016-04-01", nil, 0),
            (nil, "2015-04-01", 0), ("2000-01-01", "2030-01-01", 366),
        ]
        for (from, until, days) in spans {
            let books = Self.books([CapitationRate(setting: .social, annualPence: 36_600, from: from, until: until)])
            books.register(.ann, with: "15E", from: "2010-01-01")
            let figures = books.budget("15E")
            #expect(figures.pence == days * 100)
            #expect(figures.personDaysWithoutRate[Int(CareSetting.social.rawValue)] == 366 - days)
            #expect(figures.personDays == 366)
        }
    }

    @Test("nothing on a day without a rate, which is counted in every setting of which that is true")
    func withoutRate() {
        let books = Self.books([
            CapitationRate(setting: .primary, annualPence: 36_600, sex: .female),
            CapitationRate(setting: .social, annualPence: 0),
        ])
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-04-11", sex: .female)
        books.register(.bob, with: "15E", from: "2015-04-01", until: "2015-04-06", sex: .unknown)
        let figures = books.budget("15E")
        #expect(figures.pence == 1_000)
        #expect(figures.personDays == 15)
        // Bob's five days in primary care; nobody's in social care, where a rate of nothing is a rate; all elsewhere.
        #expect(figures.personDaysWithoutRate == [5, 15, 15, 0, 15, 15, 15, 15, 15])
        #expect(books.budget("15E", through: "2015-04-02").personDaysWithoutRate[0] == 2)
    }

    @Test("anew when birthday or sex turn out otherwise, in every year and with every commissioner")
    func corrected() {
        let books = Self.books([
            CapitationRate(setting: .primary, annualPence: 36_600, ageTo: 64, sex: .female),
            CapitationRate(setting: .primary, annualPence: 73_200, ageFrom: 65, sex: .female),
            CapitationRate(setting: .primary, annualPence: 109_800, sex: .male),
        ])
        books.register(.ann, with: "15E", from: "2015-04-01", born: "1950-04-02", sex: .female)
        books.register(.ann, with: "05L", from: "2015-10-01", born: "1950-04-02", sex: .female)
        #expect(books.budget("15E").pence == 18_300)
        books.register(.ann, with: "05L", from: "2015-10-01", born: "1950-04-01", sex: .female)
        #expect(books.budget("15E").pence == 36_600)
        #expect(books.budget("05L").pence == 36_600)
        books.register(.ann, with: "05L", from: "2015-10-01", born: "1950-04-01", sex: .male)
        #expect(books.budget("15E").pence == 54_900)
        #expect(books.budget("05L").pence == 54_900)
        #expect(books.budget("15E").personDays == 183)
    }
}
