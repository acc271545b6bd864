import ChequebookModel

/// Where a day stands in its financial year, looked up: dividing costs more than all else that booking does with a date.
struct YearDays {
    /// Of a day that is in no financial year.
    static let none = YearDays(word: UInt32.max)

    /// Bits, from the lowest: day of the year 9, month 4, years since 1900.
    private let word: UInt32

    private static let all: [YearDays] = {
        var all = [YearDays](
            repeating: none, count: Int(CalendarDate.max.dayNumber - CalendarDate.min.dayNumber) + 1)
        for startYear in 1900...2198 {
            guard let year = FinancialYear(startYear: startYear) else { continue }
            let first = Int(year.firstDay.dayNumber - CalendarDate.min.dayNumber)
            for month in year.months {
                for day in month.dayOffset..<month.dayOffset + month.dayCount {
                    all[first + day] = YearDays(
                        word: UInt32(day) | UInt32(month.index) << 9 | UInt32(startYear - 1900) << 13)
                }
            }
        }
        return all
    }()

    private init(word: UInt32) { self.word = word }

    /// - Returns: nil for a day before 1 April 1900 or after 31 March 2199.
    @inline(__always)
    init?(_ date: CalendarDate) {
        self = Self.all[Int(date.dayNumber - CalendarDate.min.dayNumber)]
        guard word != UInt32.max else { return nil }
    }

    /// Days since 1 April.
    var day: Int { Int(word & 0x1ff) }
    /// 0 for April to 11 for March.
    var month: Int { Int(word >> 9 & 0xf) }
    /// Years since 1900 in which the financial year begins.
    var yearIndex: Int { Int(word >> 13) }

    static let yearCount = 299
}
