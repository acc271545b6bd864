/// A calendar date as a plain count of days, so that "the next day" is one more.
struct Day: Hashable, Comparable, Sendable {
    /// Days since 1 January 1900, which is 0.
    let number: Int

    init(number: Int) {
        self.number = number
    }

    /// Nil when the calendar has no such date from 1900 on.
    init?(year: Int, month: Int, day: Int) {
        guard year >= 1900, (1...12).contains(month) else { return nil }
        let lengths = Day.monthLengths(of: year)
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        number = Day.daysBefore(year: year) + lengths[..<(month - 1)].reduce(0, +) + day - 1
    }

    /// Reads `2015-04-01` and nothing else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ ("0"..."9").contains($0) }) else {
            return nil
        }
        let values = parts.compactMap { Int($0) }
        self.init(year: values[0], month: values[1], day: values[2])
    }

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func monthLengths(of year: Int) -> [Int] {
        [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }

    /// Days from 1 January 1900 to 1 January of the year.
    static func daysBefore(year: Int) -> Int {
        let last = year - 1
        let leapYearsThrough1899 = 1899 / 4 - 1899 / 100 + 1899 / 400
        return 365 * (year - 1900) + last / 4 - last / 100 + last / 400 - leapYearsThrough1899
    }

    var calendar: (year: Int, month: Int, day: Int) {
        // No year has more than 366 days, so this guess is never too late.
        var year = 1900 + number / 366
        while Day.daysBefore(year: year + 1) <= number { year += 1 }
        var rest = number - Day.daysBefore(year: year)
        var month = 1
        for length in Day.monthLengths(of: year) where rest >= 0 {
            if rest < length { break }
            rest -= length
            month += 1
        }
        return (year, month, rest + 1)
    }

    static func < (left: Day, right: Day) -> Bool { left.number < right.number }
    static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
}

extension Day: CustomStringConvertible {
    var description: String {
        let date = calendar
        return "\(date.year)-\(twoDigits(date.month))-\(twoDigits(date.day))"
    }
}

/// Dates written in tests; a wrong one stops the test.
extension Day: ExpressibleByStringLiteral {
    init(stringLiteral text: String) {
        guard let day = Day(text) else { preconditionFailure("no such date: \(text)") }
        self = day
    }
}

func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
}
