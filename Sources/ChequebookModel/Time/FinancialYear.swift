/// A financial year of the NHS: 1 April to 31 March inclusive, `2015-16`, from `1900-01` to `2198-99`.
public struct FinancialYear: Hashable, Comparable, Sendable {
    /// The calendar year in which it begins, 1900 to 2198.
    public let startYear: Int

    /// The financial year that begins on 1 April of `startYear`; nil outside 1900 to 2198.
    public init?(startYear: Int) {
        guard (1900...2198).contains(startYear) else { return nil }
        self.startYear = startYear
    }

    /// The financial year that `date` lies in; nil before 1 April 1900 and after 31 March 2199.
    public init?(containing date: CalendarDate) {
        let (year, month, _) = date.components
        self.init(startYear: month >= 4 ? year : year - 1)
    }

    /// Reads `2015-16`; the two digits are those of the year in which it ends (`2099-00`).
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let start = Digits.value(bytes, 0..<4),
            let end = Digits.value(bytes, 5..<7), end == (start + 1) % 100
        else { return nil }
        self.init(startYear: start)
    }

    /// Reads `2015-16`.
    public init?(_ text: String) {
        guard let year = Digits.withBytes(of: text, { FinancialYear(utf8: $0) }) else { return nil }
        self = year
    }

    public static func < (left: FinancialYear, right: FinancialYear) -> Bool {
        left.startYear < right.startYear
    }

    /// 1 April.
    public var firstDay: CalendarDate {
        CalendarDate(year: startYear, month: 4, day: 1) ?? .min
    }

    /// 31 March.
    public var lastDay: CalendarDate {
        CalendarDate(year: startYear + 1, month: 3, day: 31) ?? .max
    }

    /// N: 366 if 29 February of the second half exists, else 365.
    public var dayCount: Int {
        CalendarDate.isLeap(startYear + 1) ? 366 : 365
    }

    public func contains(_ date: CalendarDate) -> Bool {
        date >= firstDay && date <= lastDay
    }

    /// The twelve months from April, each with its number of days before it in the year and its own.
    public var months: [Month] {
        var start = 0
        return (0..<12).map { index in
            let month = (index + 3) % 12 + 1
            let year = index < 9 ? startYear : startYear + 1
            let days = CalendarDate.days(inMonth: month, year: year)
            defer { start += days }
            return Month(index: index, year: year, month: month, dayOffset: start, dayCount: days)
        }
    }

    /// One month of a financial year.
    public struct Month: Hashable, Sendable {
        /// 0 for April to 11 for March.
        public let index: Int
        public let year: Int
        public let month: Int
        /// Days of the financial year before this month.
        public let dayOffset: Int
        public let dayCount: Int

        /// `2015-04`.
        public var name: String { text }
    }
}

extension FinancialYear: PlainText, CustomStringConvertible {
    /// Writes `2015-16`.
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        Self.write(startYear, (startYear + 1) % 100, to: target)
    }

    /// `2015-16`.
    public var description: String { text }

    fileprivate static func write(_ year: Int, _ pair: Int, to target: UnsafeMutableRawPointer) -> Int {
        Digits.write(year, places: 4, to: target)
        target.put(UInt8(ascii: "-"), at: 4)
        Digits.write(pair, places: 2, to: target + 5)
        return 7
    }
}

extension FinancialYear.Month: PlainText {
    /// Writes `2015-04`.
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        FinancialYear.write(year, month, to: target)
    }
}
