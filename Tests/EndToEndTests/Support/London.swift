import Foundation

/// What day it is where the service reckons its days.
enum London {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/London") ?? .gmt
        return calendar
    }()

    /// Calls with the dates of today and tomorrow; in the last minute before midnight it waits for the new day.
    static func onOneDay(_ body: (_ today: String, _ tomorrow: String) throws -> Void) rethrows {
        while true {
            let now = Date()
            let today = text(now)
            guard let next = calendar.date(byAdding: .day, value: 1, to: now), text(now + 60) == today else {
                sleep(1)
                continue
            }
            return try body(today, text(next))
        }
    }

    /// The financial year that a date is in, like `2015-16`.
    static func financialYear(of date: String) -> String {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        let start = parts[1] < 4 ? parts[0] - 1 : parts[0]
        return "\(start)-\(String(format: "%02d", (start + 1) % 100))"
    }

    private static func text(_ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }
}
