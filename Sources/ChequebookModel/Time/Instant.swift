/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The first and the last moment that can be written, those of 1900 to 2199.
    public static let written =
        Instant(
            microseconds: Int64(CalendarDate.min.dayNumber) * microsecondsInDay)...Instant(
            microseconds: Int64(CalendarDate.max.dayNumber + 1) * microsecondsInDay - 1)

    /// Reads RFC 3339 in UTC with microseconds, exactly as it is written here: `2015-06-02T09:30:00.000000Z`, 27 ASCII
    /// bytes; nil for anything else.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 27, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "."), bytes[26] == UInt8(ascii: "Z"),
            let day = CalendarDate(utf8: UnsafeRawBufferPointer(rebasing: bytes[..<10])),
            let hour = Digits.value(bytes, 11..<13), hour < 24, let minute = Digits.value(bytes, 14..<16), minute < 60,
            let second = Digits.value(bytes, 17..<19), second < 60, let fraction = Digits.value(bytes, 20..<26)
        else { return nil }
        let seconds = Int64((hour * 60 + minute) * 60 + second)
        microseconds = Int64(day.dayNumber) * Self.microsecondsInDay + seconds * 1_000_000 + Int64(fraction)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    private static let microsecondsInDay: Int64 = 86_400_000_000

    /// The date in Europe/London, held within 1900 to 2199.
    ///
    /// British Summer Time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October
    /// (The Summer Time Order 2002). Recorded instants are never older than the service, so earlier rules do not matter.
    public var londonDay: CalendarDate {
        let year = Self.day(of: microseconds).components.year
        let begins = Self.changeover(year: year, month: 3)
        let ends = Self.changeover(year: year, month: 10)
        let isSummer = microseconds >= begins && microseconds < ends
        return Self.day(of: isSummer ? microseconds + 3_600_000_000 : microseconds)
    }

    /// 01:00 UTC on the last Sunday of a month of 31 days.
    private static func changeover(year: Int, month: Int) -> Int64 {
        let last = CalendarDate.dayNumber(year: year, month: month, day: 31)
        // 1970-01-01 was a Thursday: day number 3 was the first Sunday.
        let daysSinceSunday = ((last - 3) % 7 + 7) % 7
        return Int64(last - daysSinceSunday) * microsecondsInDay + 3_600_000_000
    }

    /// The UTC day, held within 1900 to 2199. Before 1970 the division would round towards the day that came.
    private static func day(of microseconds: Int64) -> CalendarDate {
        let (days, rest) = microseconds.quotientAndRemainder(dividingBy: microsecondsInDay)
        return CalendarDate(clampingDayNumber: Int(rest < 0 ? days - 1 : days))
    }
}

extension Instant: PlainText, CustomStringConvertible {
    /// Writes RFC 3339 in UTC with microseconds: `2015-06-02T09:30:00.000000Z`.
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        let rest = microseconds % Self.microsecondsInDay
        let ofDay = Int(rest < 0 ? rest + Self.microsecondsInDay : rest)
        let seconds = ofDay / 1_000_000
        let dateBytes = Self.day(of: microseconds).write(to: target)
        target.put(UInt8(ascii: "T"), at: dateBytes)
        Digits.write(seconds / 3_600, places: 2, to: target + 11)
        target.put(UInt8(ascii: ":"), at: 13)
        Digits.write(seconds / 60 % 60, places: 2, to: target + 14)
        target.put(UInt8(ascii: ":"), at: 16)
        Digits.write(seconds % 60, places: 2, to: target + 17)
        target.put(UInt8(ascii: "."), at: 19)
        Digits.write(ofDay % 1_000_000, places: 6, to: target + 20)
        target.put(UInt8(ascii: "Z"), at: 26)
        return 27
    }

    /// RFC 3339 in UTC with microseconds: `2015-06-02T09:30:00.000000Z`.
    public var description: String { text }
}
