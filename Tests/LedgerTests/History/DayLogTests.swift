import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A log of changes by recorded day")
struct DayLogTests {
    /// So many entries of one day are merged at once.
    private static let mergeCount = 32_768

    private static func entry(_ key: UInt64, _ pence: Int64, events: Int64 = 1) -> CostEntry {
        CostEntry(key: key, pence: pence, events: events)
    }

    private static func day(_ number: Int) -> CalendarDate { Books.year.firstDay.adding(days: number) }

    /// The pence and events of each key, without keys of nothing.
    private static func sums(_ entries: some Sequence<CostEntry>) -> [UInt64: CostFigures.Cell] {
        entries.reduce(into: [UInt64: CostFigures.Cell]()) { sums, entry in
            sums[entry.key, default: .init()] += .init(pence: Int128(entry.pence), events: Int(entry.events))
        }.filter { $0.value != CostFigures.Cell() }
    }

    @Test("has as of every day the sums of what was appended by its end", arguments: 0..<20 as Range<UInt64>)
    func everyDay(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var log = DayLog<CostEntry>()
        var appended: [(day: Int, entry: CostEntry)] = []
        var number = 0
        // Forty days on which something is recorded, with others between.
        for _ in 0..<40 {
            number += Int.random(in: 1...3, using: &generator)
            for _ in 0..<Int.random(in: 1...60, using: &generator) {
                let entry = Self.entry(
                    .random(in: 0..<9, using: &generator), .random(in: -3...3, using: &generator),
                    events: .random(in: -1...1, using: &generator))
                log.append(entry, recordedOn: Self.day(number))
                appended.append((number, entry))
                let now = Self.sums(log.upTo(.now))
                #expect(now == Self.sums(appended.map(\.entry)))
            }
        }
        for asked in -1...number + 1 {
            let expected = Self.sums(appended.filter { $0.day <= asked }.map(\.entry))
            #expect(Self.sums(log.upTo(.asOf(Self.day(asked)))) == expected, "day \(asked)")
        }
    }

    @Test("makes one entry of a day's entries of one key, when the day is over")
    func merged() {
        var log = DayLog<CostEntry>()
        for pence in 1...100 as ClosedRange<Int64> { log.append(Self.entry(7, pence), recordedOn: Self.day(0)) }
        #expect(log.count == 100)
        log.append(Self.entry(7, 1_000), recordedOn: Self.day(1))
        #expect(log.count == 2)
        // 1 + 2 + … + 100
        #expect(log.upTo(.asOf(Self.day(0))).map(\.pence) == [5_050])
        #expect(log.upTo(.asOf(Self.day(0))).map(\.events) == [100])
        #expect(log.upTo(.asOf(Self.day(1))).map(\.pence) == [5_050, 1_000])
    }

    @Test("keeps nothing of what was posted and taken out again on the same day, and all of it on another")
    func cancelled() {
        var log = DayLog<CostEntry>()
        log.append(Self.entry(7, 500), recordedOn: Self.day(0))
        log.append(Self.entry(8, 1), recordedOn: Self.day(0))
        log.append(Self.entry(7, -500, events: -1), recordedOn: Self.day(0))
        log.append(Self.entry(8, -1, events: -1), recordedOn: Self.day(1))
        #expect(log.count == 2)
        #expect(log.upTo(.asOf(Self.day(0))).map(\.key) == [8])
        #expect(Self.sums(log.upTo(.now)).isEmpty)
        // A day of which nothing is left is still a day.
        log.append(Self.entry(9, 5), recordedOn: Self.day(2))
        log.append(Self.entry(9, -5, events: -1), recordedOn: Self.day(2))
        log.append(Self.entry(9, 6), recordedOn: Self.day(3))
        #expect(log.count == 3)
        #expect(log.upTo(.asOf(Self.day(2))).count == 2)
        #expect(log.upTo(.asOf(Self.day(3))).last?.pence == 6)
    }

    @Test("keeps a contact that cost nothing, and a cost that a credit makes up for")
    func nothingButEvents() {
        var log = DayLog<CostEntry>()
        log.append(Self.entry(7, 0), recordedOn: Self.day(0))
        log.append(Self.entry(8, 5), recordedOn: Self.day(0))
        log.append(Self.entry(8, -5), recordedOn: Self.day(0))
        log.append(Self.entry(9, 1), recordedOn: Self.day(1))
        #expect(Self.sums(log.upTo(.asOf(Self.day(0)))) == [7: .init(events: 1), 8: .init(events: 2)])
    }

    @Test("merges a long day in between, once as many have gathered as are merged at once")
    func longDay() {
        var log = DayLog<CostEntry>()
        for _ in 0..<Self.mergeCount { log.append(Self.entry(7, 1), recordedOn: Self.day(0)) }
        #expect(log.count == Self.mergeCount)
        log.append(Self.entry(7, 1), recordedOn: Self.day(0))
        // An entry counts 2,047 events: 16 are full, and one has 16 more.
        let merged = 17
        #expect(log.count == merged + 1)
        for _ in 1..<Self.mergeCount { log.append(Self.entry(8, 1), recordedOn: Self.day(0)) }
        #expect(log.count == merged + Self.mergeCount)
        log.append(Self.entry(7, 1), recordedOn: Self.day(1))
        let first = Self.sums(log.upTo(.asOf(Self.day(0))))
        #expect(first == [7: .init(pence: 32_769, events: 32_769), 8: .init(pence: 32_767, events: 32_767)])
        #expect(Self.sums(log.upTo(.now))[7] == .init(pence: 32_770, events: 32_770))
    }

    @Test("of a very long day keeps one entry for each key once the day is over, and never many more than that")
    func veryLongDay() {
        var log = DayLog<CostEntry>()
        let keys = 20_000
        var generator = SeededGenerator(seed: 5)
        var pence = [Int128](repeating: 0, count: keys)
        for number in 0..<12 * Self.mergeCount {
            let key = Int.random(in: 0..<keys, using: &generator)
            let amount = Int64.random(in: 0..<100, using: &generator)
            log.append(Self.entry(UInt64(key), amount), recordedOn: Self.day(0))
            pence[key] += Int128(amount)
            if number % Self.mergeCount == 0 { #expect(log.count <= 4 * keys + Self.mergeCount) }
        }
        log.append(Self.entry(0, 0), recordedOn: Self.day(1))
        #expect(log.count == keys + 1)
        let sums = Self.sums(log.upTo(.asOf(Self.day(0))))
        #expect(pence.indices.allSatisfy { sums[UInt64($0)]?.pence == pence[$0] })
    }

    @Test("keeps both entries where their sum would not fit")
    func overflow() {
        var log = DayLog<CostEntry>()
        let most = Limits.amountPenceMax
        // Two of the most fit 2^51, three do not; the same below nothing.
        for _ in 0..<3 { log.append(Self.entry(7, most), recordedOn: Self.day(0)) }
        for _ in 0..<3 { log.append(Self.entry(8, -most), recordedOn: Self.day(0)) }
        for _ in 0..<2_048 { log.append(Self.entry(9, 1), recordedOn: Self.day(0)) }
        for _ in 0..<2_049 { log.append(Self.entry(10, 0, events: -1), recordedOn: Self.day(0)) }
        log.append(Self.entry(11, 1), recordedOn: Self.day(1))
        #expect(log.count == 2 + 2 + 2 + 2 + 1)
        let sums = Self.sums(log.upTo(.asOf(Self.day(0))))
        #expect(sums[7] == .init(pence: 3 * Int128(most), events: 3))
        #expect(sums[8] == .init(pence: -3 * Int128(most), events: 3))
        #expect(sums[9] == .init(pence: 2_048, events: 2_048))
        #expect(sums[10] == .init(events: -2_049))
    }

    @Test("tells pence and events of an entry apart, at their bounds and at either sign")
    func packing() {
        let most: Int64 = 1 << 51 - 1
        for pence in [0, 1, -1, most, -most] as [Int64] {
            for events in [0, 1, -1, 2_047, -2_048] as [Int64] {
                let entry = Self.entry(7, pence, events: events)
                #expect(entry.pence == pence)
                #expect(entry.events == events)
                #expect(entry.isNothing == (pence == 0 && events == 0))
            }
        }
        #expect(MemoryLayout<CostEntry>.stride == 16)
    }

    @Test("of many keys is sorted alike however many there are", arguments: [0, 1, 127, 128, 5_000])
    func sorted(_ count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let entries = (0..<count).map { _ in
            // Few bytes differ, as in a log: the others are the same in all keys.
            Self.entry(0xab << 40 | UInt64.random(in: 0..<0x3_ffff, using: &generator), 1)
        }
        #expect(RadixSort.sorted(entries[...]).map(\.key) == entries.map(\.key).sorted())
    }

    @Test("of nothing has nothing on any day")
    func empty() {
        let log = DayLog<CostEntry>()
        #expect(log.upTo(.now).isEmpty)
        #expect(log.upTo(.asOf(.max)).isEmpty)
    }
}
