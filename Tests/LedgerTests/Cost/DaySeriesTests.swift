import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A series of days")
struct DaySeriesTests {
    @Test("adds up to what was added before the day that is asked for", arguments: ["2014-15", "2015-16"])
    func sums(_ name: String) throws {
        let year = try #require(FinancialYear(name))
        var generator = SeededGenerator(seed: 9)
        let series = DaySeries()
        var days = [(pence: Int128, events: Int)](repeating: (0, 0), count: year.dayCount)
        for _ in 0..<2_000 {
            let month = year.months[Int.random(in: 0..<12, using: &generator)]
            let day = month.dayOffset + Int.random(in: 0..<month.dayCount, using: &generator)
            let pence = Int128(Int64.random(in: -1_000...1_000, using: &generator))
            let events: Int32 = Bool.random(using: &generator) ? 1 : -1
            series.add(day: day, month: month.index, pence: pence, events: events)
            days[day].pence += pence
            days[day].events += Int(events)
        }
        for dayEnd in 0...year.dayCount {
            for month in year.months {
                let range = month.dayOffset..<month.dayOffset + month.dayCount
                let sum = series.sum(month: month.index, days: range, before: dayEnd)
                let counted = days[range.clamped(to: 0..<dayEnd)]
                #expect(sum.pence == counted.reduce(0) { $0 + $1.pence })
                #expect(sum.events == counted.reduce(0) { $0 + $1.events })
            }
        }
    }
}
