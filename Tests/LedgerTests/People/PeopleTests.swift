import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("The people")
struct PeopleTests {
    private static func key(_ number: Int) -> PatientKey { PatientKey(high: 0, low: UInt64(number)) }

    private static func standing(_ day: Int, _ commissioner: CommissionerIndex = 1) -> People.Standing {
        People.Standing(
            from: CalendarDate.min.adding(days: day), until: nil, commissioner: commissioner, group: .older,
            practice: nil, council: nil)
    }

    @Test("keep their rows while thousands join them")
    func rows() {
        var people = People()
        for number in 0..<20_000 { #expect(people.rowMaking(Self.key(number * 31)) == UInt32(number)) }
        for number in 0..<20_000 {
            #expect(people.row(of: Self.key(number * 31)) == UInt32(number))
            #expect(people.rowMaking(Self.key(number * 31)) == UInt32(number))
        }
        #expect(people.row(of: Self.key(1)) == nil)
        #expect(people.row(of: PatientKey(high: 1, low: 31)) == nil)
    }

    @Test("have the same statements whatever the order in which they were put, replaced and removed")
    func anyOrder() {
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            var people = People()
            let row = people.rowMaking(Self.key(7))
            let other = people.rowMaking(Self.key(8))
            var expected: [Int: CommissionerIndex] = [:]
            for step in 0..<200 as Range<UInt64> {
                let day = Int.random(in: 0..<40, using: &generator)
                if Int.random(in: 0..<3, using: &generator) == 0 {
                    people.remove(from: CalendarDate.min.adding(days: day), row)
                    expected[day] = nil
                } else {
                    let commissioner = CommissionerIndex.random(in: 1...5, using: &generator)
                    people.put(Self.standing(day, commissioner), row, sequence: step)
                    expected[day] = commissioner
                }
                people.put(Self.standing(day), other, sequence: step)
            }
            let sorted = expected.sorted { $0.key < $1.key }.map { Self.standing($0.key, $0.value) }
            #expect(people.statements(row).map(\.value) == sorted)
            #expect(people.statementCount(row) == sorted.count)
            for day in 0..<41 {
                let date = CalendarDate.min.adding(days: day)
                #expect(people.deciding(row, on: date)?.standing == sorted.last { $0.from <= date })
            }
        }
    }

    @Test("decide by the latest statement alone, even when it has ended")
    func ended() {
        var people = People()
        let row = people.rowMaking(Self.key(7))
        people.put(Self.standing(10, 1), row, sequence: 1)
        var short = Self.standing(20, 2)
        short.until = CalendarDate.min.adding(days: 25)
        people.put(short, row, sequence: 2)
        let deciders = [9, 10, 19, 20, 24, 25, 1_000].map {
            people.deciding(row, on: CalendarDate.min.adding(days: $0))?.standing.commissioner
        }
        #expect(deciders == [nil, 1, 1, 2, 2, nil, nil])
    }
}

@Suite("The open table")
struct OpenTableTests {
    @Test("finds every row while it grows, and no other")
    func growth() {
        var generator = SeededGenerator(seed: 5)
        var fingerprints: [UInt64] = []
        var table = OpenTable()
        for row in 0..<50_000 as Range<UInt32> {
            let fingerprint = generator.next()
            fingerprints.append(fingerprint)
            table.insert(fingerprint, row: row) { fingerprints[Int($0)] }
        }
        #expect(table.count == 50_000)
        for (row, fingerprint) in fingerprints.enumerated() {
            #expect(table.find(fingerprint) { $0 == row } == UInt32(row))
        }
        for _ in 0..<10_000 { #expect(table.find(generator.next()) { _ in true } == nil) }
    }

    @Test("tells rows of one fingerprint apart by asking")
    func collisions() {
        var table = OpenTable()
        for row in 0..<1_000 as Range<UInt32> { table.insert(42, row: row) { _ in 42 } }
        for row in 0..<1_000 as Range<UInt32> { #expect(table.find(42) { $0 == row } == row) }
        #expect(table.find(42) { _ in false } == nil)
    }

    @Test("goes round its end")
    func wrapAround() {
        var table = OpenTable()
        // The last slots of the first 64, all the way round to the first ones.
        for row in 0..<40 as Range<UInt32> { table.insert(60 | UInt64(row) << 32, row: row) { 60 | UInt64($0) << 32 } }
        for row in 0..<40 as Range<UInt32> { #expect(table.find(60 | UInt64(row) << 32) { _ in true } == row) }
    }

    @Test("passes on what the asked row throws")
    func throwing() {
        struct Unreadable: Error {}
        var table = OpenTable()
        table.insert(1, row: 0) { _ in 1 }
        #expect(throws: Unreadable.self) { try table.find(1) { _ in throw Unreadable() } }
    }
}
