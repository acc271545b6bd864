/// One day as a wall calendar shows it.
struct PlainDay {
    /// Days since 1970-01-01.
    var number: Int
    var year: Int
    var month: Int
    var day: Int

    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
}

/// Every day from 1900 to 2199, turned over one at a time: what the model's closed formulas are compared with.
enum PlainCalendar {
    static let days: [PlainDay] = {
        // 70 years before 1970, 17 of them leap (1904, 1908, … 1968).
        var today = PlainDay(number: -(70 * 365 + 17), year: 1900, month: 1, day: 1)
        var days: [PlainDay] = []
        while today.year < 2200 {
            days.append(today)
            today.number += 1
            today.day += 1
            if today.day > monthLength(today.month, in: today.year) { (today.month, today.day) = (today.month + 1, 1) }
            if today.month > 12 { (today.year, today.month) = (today.year + 1, 1) }
        }
        return days
    }()

    /// Day numbers by the ASCII of the date.
    static let numberByText: [[UInt8]: Int] = Dictionary(
        uniqueKeysWithValues: days.map { (Array($0.text.utf8), $0.number) })

    private static func monthLength(_ month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && year != 1900 && year != 2100
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
