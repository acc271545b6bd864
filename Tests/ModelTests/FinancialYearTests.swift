import ChequebookModel
import Testing

@Suite("A financial year")
struct FinancialYearTests {
    @Test(
        "is 366 days long when the February in it has 29",
        arguments: [
            ("2014-15", 365), ("2015-16", 366), ("2016-17", 365), ("1999-00", 366), ("2099-00", 365), ("1900-01", 365),
            ("1903-04", 366), ("2198-99", 365),
        ])
    func dayCount(text: String, days: Int) throws {
        #expect(try #require(FinancialYear(text)).dayCount == days)
    }

    @Test("runs from 1 April to 31 March inclusive")
    func bounds() throws {
        let year = try #require(FinancialYear("2015-16"))
        #expect(year.startYear == 2015)
        #expect(year.firstDay.description == "2015-04-01")
        #expect(year.lastDay.description == "2016-03-31")
        #expect(year.contains(year.firstDay))
        #expect(year.contains(year.lastDay))
        #expect(!year.contains(year.firstDay.adding(days: -1)))
        #expect(!year.contains(year.lastDay.adding(days: 1)))
    }

    @Test("is known from 1900-01 to 2198-99, and not one year beyond")
    func range() {
        #expect(FinancialYear("1900-01")?.description == "1900-01")
        #expect(FinancialYear("2198-99")?.description == "2198-99")
        #expect(FinancialYear("1899-00") == nil)
        #expect(FinancialYear("2199-00") == nil)
        #expect(FinancialYear(startYear: 1899) == nil)
        #expect(FinancialYear(startYear: 2199) == nil)
        #expect(FinancialYear(startYear: .max) == nil)
        #expect(FinancialYear(startYear: .min) == nil)
    }

    @Test("at the turn of the century ends in 00")
    func century() {
        #expect(FinancialYear("2099-00")?.startYear == 2099)
        #expect(FinancialYear("1999-00")?.startYear == 1999)
        #expect(FinancialYear(startYear: 2099)?.description == "2099-00")
        #expect(FinancialYear("2099-99") == nil)
    }

    @Test("with one byte changed is the other year that it now spells, or none")
    func mutants() {
        let startYearByText = Dictionary(
            uniqueKeysWithValues: (1900...2198).map { start in
                (Array("\(start)-\("\(start + 1)".suffix(2))".utf8), start)
            })
        for text in ["2015-16", "2099-00", "1900-01", "2198-99"] {
            let wrong = oneByteMutants(of: text).filter { mutant in
                reading(mutant) { FinancialYear(utf8: $0) }?.startYear != startYearByText[mutant]
            }
            #expect(wrong == [], "from \(text)")
        }
        #expect(startYearByText.allSatisfy { reading($0.key) { FinancialYear(utf8: $0) }?.startYear == $0.value })
    }

    @Test(
        "is refused in any other form",
        arguments: [
            "", "2015", "2015-17", "2015-15", "2015-2016", "2015/16", "2015-1", "15-16", " 2015-16", "2015-16 ",
            "2015-16\0", "２015-16", "-015-16", "2015--1", "9999-00",
        ])
    func otherForms(text: String) {
        #expect(FinancialYear(text) == nil)
    }

    @Test("contains each of its days, and each day lies in one year")
    func containing() {
        let wrong = PlainCalendar.days.filter { plain in
            guard let date = CalendarDate(dayNumber: plain.number) else { return true }
            let start = plain.month < 4 ? plain.year - 1 : plain.year
            guard let year = FinancialYear(containing: date) else { return start != 1899 && start != 2199 }
            return year.startYear != start || !year.contains(date) || date < year.firstDay || date > year.lastDay
        }
        #expect(wrong.map(\.text) == [])
        #expect(FinancialYear(containing: .min) == nil)
        #expect(FinancialYear(containing: .max) == nil)
    }

    @Test("has as many days as a wall calendar from April to March")
    func dayCountByCounting() {
        var counted: [Int: Int] = [:]
        for plain in PlainCalendar.days { counted[plain.month < 4 ? plain.year - 1 : plain.year, default: 0] += 1 }
        let wrong = (1900...2198).filter { FinancialYear(startYear: $0)?.dayCount != counted[$0] }
        #expect(wrong == [])
    }

    @Test("has twelve months from April, each behind the days of those before it")
    func months() throws {
        let months = try #require(FinancialYear("2015-16")).months
        #expect(
            months.map(\.name) == [
                "2015-04", "2015-05", "2015-06", "2015-07", "2015-08", "2015-09", "2015-10", "2015-11", "2015-12",
                "2016-01", "2016-02", "2016-03",
            ])
        #expect(months.map(\.dayCount) == [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31])
        #expect(months.map(\.dayOffset) == [0, 30, 61, 91, 122, 153, 183, 214, 244, 275, 306, 335])
        #expect(months.map(\.index) == Array(0..<12))
    }

    @Test("puts each of its days into the month that the date names, in every year")
    func monthsCoverTheYear() throws {
        for startYear in 1900...2198 {
            let year = try #require(FinancialYear(startYear: startYear))
            let names = year.months.flatMap { month in
                (0..<month.dayCount).map { (month.dayOffset + $0, month.name) }
            }
            let wrong = names.filter { !year.firstDay.adding(days: $0.0).description.hasPrefix($0.1) }
            #expect(wrong.isEmpty && names.map(\.0) == Array(0..<year.dayCount), "in \(year)")
        }
    }

    @Test("comes before the next")
    func order() throws {
        #expect(try #require(FinancialYear("2015-16")) < #require(FinancialYear("2016-17")))
        #expect(try #require(FinancialYear("1999-00")) < #require(FinancialYear("2000-01")))
    }
}
