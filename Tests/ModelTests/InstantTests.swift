import ChequebookModel
import Foundation
import Testing

@Suite("An instant")
struct InstantTests {
    @Test(
        "is written as RFC 3339 in UTC with microseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (1, "1970-01-01T00:00:00.000001Z"),
            (-1, "1969-12-31T23:59:59.999999Z"), (-86_400_000_000, "1969-12-31T00:00:00.000000Z"),
            (-86_400_000_001, "1969-12-30T23:59:59.999999Z"), (1_433_237_400_000_000, "2015-06-02T09:30:00.000000Z"),
            (1_433_237_400_000_789, "2015-06-02T09:30:00.000789Z"),
            (951_868_799_999_999, "2000-02-29T23:59:59.999999Z"),
        ])
    func text(microseconds: Int64, text: String) {
        #expect(Instant(microseconds: microseconds).description == text)
    }

    @Test("is written as Foundation writes it, from 1900 to 2199")
    func textAgainstFoundation() {
        var generator = SeededGenerator(seed: 2)
        let wrong = (0..<5_000).compactMap { _ -> Int64? in
            let seconds = Int64.random(in: -2_208_988_800..<7_258_118_400, using: &generator)
            let micros = Int64.random(in: 0..<1_000_000, using: &generator)
            let whole = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
            let expected = whole.dropLast() + ".\(String(micros + 1_000_000).dropFirst())Z"
            let instant = Instant(microseconds: seconds * 1_000_000 + micros)
            return instant.description == expected ? nil : instant.microseconds
        }
        #expect(wrong == [])
    }

    @Test("that was written is read again, from the first of 1900 to the last of 2199")
    func reading() {
        var generator = SeededGenerator(seed: 3)
        let bounds: [Int64] = [
            -2_208_988_800_000_000, 7_258_118_399_999_999, 0, -1, 951_868_799_999_999, 1_433_237_400_000_789,
        ]
        let drawn = (0..<1_000).map { _ in Int64.random(in: bounds[0]...bounds[1], using: &generator) }
        #expect(Instant.written == Instant(microseconds: bounds[0])...Instant(microseconds: bounds[1]))
        for microseconds in bounds + drawn {
            let instant = Instant(microseconds: microseconds)
            #expect(Array(instant.description.utf8).withUnsafeBytes { Instant(utf8: $0) } == instant)
        }
    }

    @Test(
        "is not read from any other text",
        arguments: [
            "", "2015-06-02T09:30:00Z", "2015-06-02T09:30:00.000Z", "2015-06-02T09:30:00.0000000Z",
            "2015-06-02T09:30:00.000000z", "2015-06-02t09:30:00.000000Z", "2015-06-02 09:30:00.000000Z",
            "2015-06-02T24:00:00.000000Z", "2015-06-02T09:60:00.000000Z", "2015-06-02T09:30:60.000000Z",
            "2015-02-29T09:30:00.000000Z", "1899-12-31T23:59:59.999999Z", "2200-01-01T00:00:00.000000Z",
            "2015-06-02T09:30:00.00000aZ", "2015-06-02T+9:30:00.000000Z", "2015-06-02T09.30.00.000000Z",
            "2015-06-02T09:30:00,000000Z", "2015-06-02T09:30:00.000000+",
        ])
    func otherTexts(text: String) {
        #expect(Array(text.utf8).withUnsafeBytes { Instant(utf8: $0) } == nil)
    }

    @Test("at 00:30 British Summer Time is already the next day in London")
    func halfPastMidnightInSummer() throws {
        #expect(try instant("2015-06-02T23:30:00Z").londonDay.description == "2015-06-03")
        #expect(try instant("2015-06-02T22:59:59Z").londonDay.description == "2015-06-02")
        #expect(try instant("2015-12-02T23:30:00Z").londonDay.description == "2015-12-02")
    }

    @Test(
        "changes its London day at midnight there on both sides of each changeover, to the microsecond",
        arguments: [
            ("2015-03-29T00:00:00Z", "2015-03-29"), ("2015-03-29T23:00:00Z", "2015-03-30"),
            ("2015-10-24T23:00:00Z", "2015-10-25"), ("2015-10-26T00:00:00Z", "2015-10-26"),
        ])
    func midnights(text: String, day: String) throws {
        let midnight = try instant(text)
        let date = try #require(CalendarDate(day))
        #expect(midnight.londonDay == date)
        #expect(Instant(microseconds: midnight.microseconds - 1).londonDay == date.adding(days: -1))
    }

    @Test("has the London day that Foundation has, in the hours around every changeover from 2020 to 2060")
    func changeovers() throws {
        let london = try London()
        var moment = Date(timeIntervalSince1970: 1_577_836_800)
        var seconds: [Int64] = []
        for _ in 2020...2060 {
            for _ in ["spring", "autumn"] {
                moment = try #require(london.calendar.timeZone.nextDaylightSavingTimeTransition(after: moment))
                let changeover = Int64(moment.timeIntervalSince1970)
                let midnightSeconds = [-7_200, -3_600, 0, 79_200, 82_800].map { changeover + $0 }
                seconds += midnightSeconds.flatMap { [$0 - 1, $0, $0 + 1] }
                seconds += stride(from: changeover - 172_800, through: changeover + 172_800, by: 1_800)
            }
        }
        #expect(london.calendar.component(.year, from: moment) == 2060)
        #expect(seconds.filter { Instant(microseconds: $0 * 1_000_000).londonDay.description != london.day($0) } == [])
    }

    @Test("has the London day that Foundation has, at random from 2020 to 2060")
    func randomInstants() throws {
        let london = try London()
        var generator = SeededGenerator(seed: 3)
        let wrong = (0..<20_000).compactMap { _ -> Int64? in
            let seconds = Int64.random(in: 1_577_836_800..<2_871_763_200, using: &generator)
            let microseconds = seconds * 1_000_000 + .random(in: 0..<1_000_000, using: &generator)
            return Instant(microseconds: microseconds).londonDay.description == london.day(seconds) ? nil : seconds
        }
        #expect(wrong == [])
    }

    @Test("before 1970 lies in the day that had begun, not in the one that came")
    func before1970() throws {
        let newYear = try instant("1950-01-01T00:00:00Z")
        #expect(newYear.londonDay.description == "1950-01-01")
        #expect(Instant(microseconds: newYear.microseconds - 1).londonDay.description == "1949-12-31")
    }

    @Test("beyond the calendar lies in its first or last day")
    func beyondTheCalendar() {
        #expect(Instant(microseconds: .max).londonDay == .max)
        #expect(Instant(microseconds: .min).londonDay == .min)
        #expect(Instant(microseconds: -2_208_988_800_000_000).londonDay == .min)
        #expect(Instant(microseconds: -2_208_988_800_000_001).londonDay == .min)
        #expect(Instant(microseconds: 7_258_118_399_999_999).londonDay == .max)
        #expect(Instant(microseconds: 7_258_118_400_000_000).londonDay == .max)
        #expect(Instant(microseconds: .max).description.hasPrefix("2199-12-31T"))
        #expect(Instant(microseconds: .min).description.hasPrefix("1900-01-01T"))
    }

    @Test("one microsecond later is later")
    func order() {
        #expect(Instant(microseconds: -1) < Instant(microseconds: 0))
        #expect(Instant(microseconds: 0) < Instant(microseconds: 1))
        #expect(!(Instant(microseconds: 1) < Instant(microseconds: 1)))
    }

    /// Whole seconds only.
    private func instant(_ text: String) throws -> Instant {
        let date = try Date(text, strategy: .iso8601)
        return Instant(microseconds: Int64(date.timeIntervalSince1970) * 1_000_000)
    }
}

/// London's days as Foundation's time zone database has them.
private struct London {
    let calendar: Calendar

    init() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
        self.calendar = calendar
    }

    /// The day of a moment in seconds since 1970, as `YYYY-MM-DD`.
    func day(_ seconds: Int64) -> String {
        let parts = calendar.dateComponents(
            [.year, .month, .day], from: Date(timeIntervalSince1970: TimeInterval(seconds)))
        return PlainDay(number: 0, year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0).text
    }
}
