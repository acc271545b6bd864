/// A day of the proleptic Gregorian calendar, from 1900-01-01 to 2199-12-31.
///
/// It is one integer, so that spans and person-days are plain subtraction.
public struct CalendarDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, negative before it.
    public let dayNumber: Int32

    /// The first day that the contract knows, 1900-01-01.
    public static let min = CalendarDate(uncheckedDayNumber: -25_567)
    /// The last day that the contract knows, 2199-12-31.
    public static let max = CalendarDate(uncheckedDayNumber: 84_005)

    /// The day of a number that was taken from a `CalendarDate`.
    ///
    /// Only for tables that keep days as plain integers: they make them again by the million, and nothing but the type
    /// itself would notice a number outside 1900 to 2199.
    package init(uncheckedDayNumber: Int32) {
        dayNumber = uncheckedDayNumber
    }

    /// The day that is `dayNumber` days after 1970-01-01; nil outside 1900 to 2199.
    public init?(dayNumber: Int) {
        guard dayNumber >= Int(Self.min.dayNumber), dayNumber <= Int(Self.max.dayNumber) else { return nil }
        self.dayNumber = Int32(dayNumber)
    }

    /// The day that is `dayNumber` days after 1970-01-01, held within 1900 to 2199.
    init(clampingDayNumber dayNumber: Int) {
        self.dayNumber = Int32(Swift.min(Swift.max(dayNumber, Int(Self.min.dayNumber)), Int(Self.max.dayNumber)))
    }

    /// A day by year, month (1 to 12) and day of month; nil if no such day exists from 1900 to 2199.
    public init?(year: Int, month: Int, day: Int) {
        guard (1900...2199).contains(year), (1...12).contains(month),
            day >= 1, day <= 28 || day <= Self.days(inMonth: month, year: year)
        else { return nil }
        dayNumber = Int32(Self.dayNumber(year: year, month: month, day: day))
    }

    /// Reads `YYYY-MM-DD`, exactly ten ASCII bytes; nil for anything else.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        // Every event has a date, so its eight digits are read as one word.
        let yearAndMonth = ShortText.word(bytes, at: 0)
        let day = ShortText.word(bytes, at: 8)
        let digits = yearAndMonth & 0xffff_ffff | yearAndMonth >> 8 & 0xffff_0000_0000 | day << 48
        guard let pairs = Digits.pairs(digits) else { return nil }
        self.init(
            year: Int(pairs & 0xff) * 100 + Int(pairs >> 16 & 0xff), month: Int(pairs >> 32 & 0xff),
            day: Int(pairs >> 48))
    }

    /// Reads `YYYY-MM-DD`.
    public init?(_ text: String) {
        guard let date = Digits.withBytes(of: text, { CalendarDate(utf8: $0) }) else { return nil }
        self = date
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    /// The day `days` later (earlier if negative), held within 1900 to 2199.
    public func adding(days: Int) -> CalendarDate {
        let (wanted, overflows) = Int(dayNumber).addingReportingOverflow(days)
        return CalendarDate(clampingDayNumber: overflows ? days : wanted)
    }

    /// Year, month and day of month.
    ///
    /// Counts in eras of 400 years that begin on 1 March, so that the leap day is the last day of its year.
    public var components: (year: Int, month: Int, day: Int) {
        // Unsigned, which spares each division a correction; no day is before the year 0.
        let shifted = UInt32(bitPattern: dayNumber &+ 719_468)
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra &- dayOfEra / 1_460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
        let marchMonth = (5 &* dayOfYear &+ 2) / 153
        let month = marchMonth < 10 ? marchMonth &+ 3 : marchMonth &- 9
        let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(dayOfYear &- (153 &* marchMonth &+ 2) / 5 &+ 1))
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day number of a day of the Gregorian calendar, counted in years that begin on 1 March of the year 0. Years
    /// are unsigned in it, which spares each division a correction.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let marchYear = UInt32(truncatingIfNeeded: month <= 2 ? year - 1 : year)
        let marchMonth = UInt32(truncatingIfNeeded: month > 2 ? month - 3 : month + 9)
        let leapDays = marchYear / 4 &- marchYear / 100 &+ marchYear / 400
        let days = marchYear &* 365 &+ leapDays &+ (marchMonth &* 153 &+ 2) / 5
        return Int(days) + day - 719_469
    }
}

extension CalendarDate: PlainText, CustomStringConvertible {
    /// Writes `YYYY-MM-DD`.
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        let (year, month, day) = components
        Digits.write(year, places: 4, to: target)
        target.put(UInt8(ascii: "-"), at: 4)
        Digits.write(month, places: 2, to: target + 5)
        target.put(UInt8(ascii: "-"), at: 7)
        Digits.write(day, places: 2, to: target + 8)
        return 10
    }

    /// `YYYY-MM-DD`.
    public var description: String { text }
}
