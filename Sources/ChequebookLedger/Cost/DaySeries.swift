/// Cost and number of events for each day of one financial year, with sums by month kept beside them.
///
/// A sum through any day adds at most eleven months and thirty-one days, however many events there are.
final class DaySeries {
    private var dayPence = [Int128](repeating: 0, count: 366)
    private var dayEvents = [Int32](repeating: 0, count: 366)
    private var monthPence = [Int128](repeating: 0, count: 12)
    private var monthEvents = [Int](repeating: 0, count: 12)

    func add(day: Int, month: Int, pence: Int128, events: Int32) {
        dayPence[day] += pence
        dayEvents[day] += events
        monthPence[month] += pence
        monthEvents[month] += Int(events)
    }

    /// The sum of month `month`, of which only the days of the year before `dayEnd` count.
    func sum(month: Int, days: Range<Int>, before dayEnd: Int) -> (pence: Int128, events: Int) {
        guard days.lowerBound < dayEnd else { return (0, 0) }
        guard days.upperBound > dayEnd else { return (monthPence[month], monthEvents[month]) }
        var pence: Int128 = 0
        var events = 0
        for day in days.lowerBound..<dayEnd {
            pence += dayPence[day]
            events += Int(dayEvents[day])
        }
        return (pence, events)
    }
}
