import ChequebookModel
import Testing

@Suite("A calendar date")
struct CalendarDateTests {
    @Test("is the day that a wall calendar shows, on every day from 1900 to 2199")
    func everyDay() {
        let wrong = PlainCalendar.days.filter { plain in
            guard let date = CalendarDate(dayNumber: plain.number) else { return true }
            return date.components != (plain.year, plain.month, plain.day)
                || date.description != plain.text
                || CalendarDate(plain.text) != date
                || CalendarDate(year: plain.year, month: plain.month, day: plain.day) != date
                || Int(date.dayNumber) != plain.number
        }
        #expect(wrong.map(\.text) == [])
        #expect(PlainCalendar.days.count == 300 * 365 + 73)
    }

    @Test(
        "counts days from 1 January 1970",
        arguments: [
            ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-01-01", 10_957), ("2015-04-01", 16_526),
            ("1900-01-01", -25_567), ("2199-12-31", 84_005),
        ])
    func dayNumber(text: String, number: Int) throws {
        #expect(Int(try #require(CalendarDate(text)).dayNumber) == number)
        #expect(CalendarDate(dayNumber: number)?.description == text)
    }

    @Test("has a 29 February in 2000 and in 2016, and none in 1900, 2100 and 2015")
    func leapDays() {
        #expect(CalendarDate("2000-02-29") != nil)
        #expect(CalendarDate("2016-02-29") != nil)
        #expect(CalendarDate("1900-02-29") == nil)
        #expect(CalendarDate("2100-02-29") == nil)
        #expect(CalendarDate("2015-02-29") == nil)
        #expect(CalendarDate("2016-02-30") == nil)
    }

    @Test("is read from 1900-01-01 to 2199-12-31, and not one day beyond")
    func bounds() {
        #expect(CalendarDate("1900-01-01") == .min)
        #expect(CalendarDate("2199-12-31") == .max)
        #expect(CalendarDate("1899-12-31") == nil)
        #expect(CalendarDate("2200-01-01") == nil)
        #expect(CalendarDate(dayNumber: -25_568) == nil)
        #expect(CalendarDate(dayNumber: 84_006) == nil)
        #expect(CalendarDate(dayNumber: .min) == nil)
        #expect(CalendarDate(dayNumber: .max) == nil)
    }

    @Test("spelt with any month and day from 00 to 39 in 1899 to 2201 is the day that it spells, or none")
    func everySpelling() {
        var wrong: [String] = []
        for year in 1899...2201 {
            for month in 0...39 {
                for day in 0...39 {
                    let text = Array("\(year)-\(month / 10)\(month % 10)-\(day / 10)\(day % 10)".utf8)
                    let date = reading(text) { CalendarDate(utf8: $0) }
                    if date.map({ Int($0.dayNumber) }) != PlainCalendar.numberByText[text] {
                        wrong.append(String(decoding: text, as: UTF8.self))
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test("with one byte changed is the other date that it now spells, or none")
    func mutants() {
        for text in ["2015-04-01", "2016-02-29", "1900-01-01", "2199-12-31", "2099-09-30"] {
            let wrong = oneByteMutants(of: text).filter { mutant in
                reading(mutant) { CalendarDate(utf8: $0) }.map { Int($0.dayNumber) }
                    != PlainCalendar.numberByText[mutant]
            }
            #expect(wrong == [], "from \(text)")
        }
    }

    @Test(
        "is refused in any other form",
        arguments: [
            "", "2015", "2015-04", "2015-4-1", "20150401", "2015-04-1", "2015-04-010", " 2015-04-01", "2015-04-01 ",
            "2015-04-01T00:00:00Z", "2015/04/01", "2015-00-01", "2015-13-01", "2015-04-00", "2015-04-31", "01-04-2015",
            "+015-04-01", "2015--4-01", "2015-04-0x", "2015-04-01\0", "２０１５-04-01", "0000-00-00", "9999-12-31",
        ])
    func otherForms(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("does not exist for a year, month or day out of range, however far out")
    func outOfRangeParts() {
        #expect(CalendarDate(year: 2015, month: 0, day: 1) == nil)
        #expect(CalendarDate(year: 2015, month: 13, day: 1) == nil)
        #expect(CalendarDate(year: 2015, month: 4, day: 0) == nil)
        #expect(CalendarDate(year: .max, month: .max, day: .max) == nil)
        #expect(CalendarDate(year: .min, month: .min, day: .min) == nil)
    }

    @Test("moves by days over the leap day and the turn of the year")
    func addingDays() throws {
        let leapEve = try #require(CalendarDate("2016-02-28"))
        #expect(leapEve.adding(days: 2).description == "2016-03-01")
        #expect(leapEve.adding(days: -59).description == "2015-12-31")
        #expect(leapEve.adding(days: 0) == leapEve)
        #expect(CalendarDate.min.adding(days: 109_572) == .max)
    }

    @Test("moved beyond the calendar stays on its last or first day, however far")
    func addingBeyond() {
        #expect(CalendarDate.max.adding(days: 1) == .max)
        #expect(CalendarDate.min.adding(days: -1) == .min)
        #expect(CalendarDate.min.adding(days: 109_573) == .max)
        #expect(CalendarDate.max.adding(days: .max) == .max)
        #expect(CalendarDate.min.adding(days: .min) == .min)
    }

    @Test("sorts as its text does")
    func order() {
        var generator = SeededGenerator(seed: 1)
        let dates = (0..<2_000).map { _ in
            CalendarDate.min.adding(days: .random(in: 0...109_572, using: &generator))
        }
        #expect(dates.sorted().map(\.description) == dates.map(\.description).sorted())
    }
}
