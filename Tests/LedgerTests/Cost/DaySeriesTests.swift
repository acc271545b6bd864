import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A series of days")
struct DaySeriesTests {
    /// Some pence, or as many as an event can have.
    private static func pence(_ generator: inout SeededGenerator) -> Int64 {
        let most = Limits.amountPenceMax
        return Int.random(in: 0..<4, using: &generator) == 0
            ? [most, -most].randomElement(using: &generator) ?? 0 : .random(in: -1_000...1_000, using: &generator)
    }

    @Test("adds up to what was added before the day that is asked for", arguments: ["2014-15", "2015-16"])
    func sums(_ name: String) throws {
        let year = try #require(FinancialYear(name))
        var generator = SeededGenerator(seed: 9)
        let series = DaySeries.allocate()
        defer { series.deallocate() }
        var days = [(pence: Int128, events: Int)](repeating: (0, 0), count: year.dayCount)
        for _ in 0..<2_000 {
            let month = year.months[Int.random(in: 0..<12, using: &generator)]
            let day = month.dayOffset + Int.random(in: 0..<month.dayCount, using: &generator)
            let pence = Self.pence(&generator)
            // What is taken out was posted before.
            let events: Int64 = days[day].events == 0 || Bool.random(using: &generator) ? 1 : -1
            series.add(day: day, month: month.index, pence: pence, events: events)
            days[day].pence += Int128(pence)
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
