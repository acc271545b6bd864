import Testing

@Suite("The reference counts days and splits pennies by hand-checked rules")
struct ReferenceArithmeticTests {
    @Test("every day from 1900 to 2199 is one more than the day before and comes back as it was written")
    func everyDay() throws {
        var number = 0
        for year in 1900...2199 {
            for (month, length) in zip(1...12, Day.monthLengths(of: year)) {
                for date in 1...length {
                    let day = try #require(Day(year: year, month: month, day: date))
                    guard day.number == number, day.calendar == (year, month, date) else {
                        Issue.record("\(year)-\(month)-\(date) is \(day.number) and \(day), not \(number)")
                        return
                    }
                    number += 1
                }
            }
        }
        #expect(number == 109_573)
        #expect(Day("2199-12-31").number == 109_572)
    }

    @Test("days are where other calendars have them")
    func knownDays() {
        #expect(Day("1900-03-01").number == 59)
        #expect(Day("1970-01-01").number == 25_567)
        #expect(Day("2000-03-01").number == 25_567 + 11_017)
        #expect(Day("2016-02-29").description == "2016-02-29")
    }

    @Test(
        "what the calendar does not have is no day",
        arguments: [
            "2015-02-29", "1900-02-29", "2016-02-30", "2015-04-31", "2015-00-01", "2015-4-1", "2015-04-01 ", "",
        ])
    func noSuchDay(text: String) {
        #expect(Day(text) == nil)
    }

    @Test("a financial year has the 29 February of its second calendar year")
    func years() throws {
        let leap = try #require(ReferenceYear("2015-16"))
        #expect(leap.dayCount == 366)
        #expect(leap.first == "2015-04-01")
        #expect(leap.last == "2016-03-31")
        #expect(leap.months[10].name == "2016-02")
        #expect(leap.months[10].last == "2016-02-29")
        #expect(ReferenceYear("2016-17")?.dayCount == 365)
        #expect(ReferenceYear("2099-00")?.dayCount == 365)
        #expect(ReferenceYear("1900-01") != nil)
        #expect(ReferenceYear("2198-99") != nil)
        for text in ["2015-17", "2015-2016", "1899-00", "2199-00"] { #expect(ReferenceYear(text) == nil) }
        #expect(ReferenceYear(containing: "2016-03-31") == leap)
        #expect(ReferenceYear(containing: "2016-04-01").name == "2016-17")
    }

    @Test("age is in whole years on 1 April, and 0 for someone born later")
    func ages() {
        let year = ReferenceYear(start: 2016)
        #expect(year.age(bornOn: "1951-03-31") == 65)
        #expect(year.age(bornOn: "1951-04-01") == 65)
        #expect(year.age(bornOn: "1951-04-02") == 64)
        #expect(year.age(bornOn: "1952-02-29") == 64)
        #expect(year.age(bornOn: "2016-04-01") == 0)
        #expect(year.age(bornOn: "2017-03-31") == 0)
    }

    @Test("a half goes away from zero both ways")
    func rounding() {
        #expect([5, -5, 1, -1].map { Fraction($0, over: 2).rounded } == [3, -3, 1, -1])
        #expect([7, -7, 1, -1].map { Fraction($0, over: 3).rounded } == [2, -2, 0, 0])
        #expect(Fraction(1, over: 200).decimal(places: 2) == "0.01")
        #expect(Fraction(-1, over: 200).decimal(places: 2) == "-0.01")
        #expect(Fraction(-1, over: 201).decimal(places: 2) == "0.00")
        #expect(Fraction(264_000, over: 366).decimal(places: 3) == "721.311")
        #expect(Fraction(-12_345, over: 100).decimal(places: 2) == "-123.45")
    }

    @Test("fractions add and multiply exactly")
    func fractions() {
        #expect(Fraction(1, over: 6) + Fraction(1, over: 3) == Fraction(1, over: 2))
        #expect(Fraction(-2, over: 3) * Fraction(3, over: 8) == Fraction(-1, over: 4))
        #expect(Fraction(decimal: "1.0532") == Fraction(2_633, over: 2_500))
        #expect(Fraction(decimal: "0") == Fraction.zero)
        #expect(Fraction(decimal: "100") == Fraction(100))
        for text in ["", ".", "1.", ".5", "-1", "1e2"] { #expect(Fraction(decimal: text) == nil) }
    }

    @Test("pennies left over go to the largest remainders, the first of equals first")
    func splitting() {
        let third = Fraction(1, over: 3)
        #expect(split(100, over: [third, third, third]) == [34, 33, 33])
        #expect(split(101, over: [third, third, third]) == [34, 34, 33])
        // Shares of 7 in 1 : 2 : 3 are 1 1/6, 2 2/6 and 3 3/6.
        #expect(split(7, over: [Fraction(1), Fraction(2), Fraction(3)]) == [1, 2, 4])
        #expect(split(0, over: [third, .zero]) == [0, 0])
        #expect(split(0, over: [.zero]) == [0])
        let huge = Fraction(powerOfTen(30))
        #expect(split(10_000_000_000_000_001, over: [huge, huge]) == [5_000_000_000_000_001, 5_000_000_000_000_000])
    }

    @Test("a tree splits what its parents were written as")
    func tree() {
        // Together 3/2, written 2. The first level's shares are 10/9 and 8/9, so 1 and 1; below, 3/5 and 2/5 of 1.
        let exact = [[0, 0]: Fraction(1, over: 2), [0, 1]: Fraction(1, over: 3), [1, 0]: Fraction(2, over: 3)]
        #expect(apportion(2, over: exact) == [[0, 0]: 1, [0, 1]: 0, [1, 0]: 1])
        #expect(apportion(0, over: [[Int]: Fraction]()) == [:])
    }
}
