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
        var people = People(in: ChunkPool())
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
            var people = People(in: ChunkPool())
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
                let latest = sorted.last { $0.from <= date }
                #expect(people.deciding(row, on: date)?.standing == latest)
                #expect(people.plainDeciding(row, onDay: date.dayNumber)?.commissioner == latest?.commissioner)
            }
        }
    }

    @Test("decide by the latest statement alone, even when it has ended")
    func ended() {
        var people = People(in: ChunkPool())
        let row = people.rowMaking(Self.key(7))
        people.put(Self.standing(10, 1), row, sequence: 1)
        var short = Self.standing(20, 2)
        short.until = CalendarDate.min.adding(days: 25)
        people.put(short, row, sequence: 2)
        let deciders = [9, 10, 19, 20, 24, 25, 1_000].map {
            people.deciding(row, on: CalendarDate.min.adding(days: $0))?.standing.commissioner
        }
        #expect(deciders == [nil, 1, 1, 2, 2, nil, nil])
        let plain = [9, 10, 19, 20, 24, 25, 1_000].map {
            people.plainDeciding(row, onDay: CalendarDate.min.dayNumber + $0)?.commissioner
        }
        #expect(plain == deciders)
    }

    @Test("say what was said, to the ends of what can be")
    func kept() {
        var people = People(in: ChunkPool())
        let row = people.rowMaking(PatientKey(high: .max, low: .max))
        for (from, until, code) in [(CalendarDate.min, CalendarDate.max, "00"), ("2015-04-01", nil, "ZZZZZZZZZZZZ")]
            as [(CalendarDate, CalendarDate?, OrganisationCode)]
        {
            for group in PatientGroup.allCases {
                for named in [nil, code] {
                    let standing = People.Standing(
                        from: from, until: until, commissioner: .max, group: group, practice: named,
                        council: named == nil ? code : nil)
                    people.put(standing, row, sequence: .max)
                    #expect(people.statements(row).last == People.Received(value: standing, sequence: .max))
                    let plain = people.plainDeciding(row, onDay: from.dayNumber)
                    #expect(plain?.commissioner == .max)
                    #expect(plain?.group == group)
                    #expect(plain?.councilPacked == standing.council?.packed ?? 0)
                }
            }
        }
        #expect(people.statementCount(row) == 2)
    }

    @Test("know of each thing by itself whether it was said")
    func said() {
        var people = People(in: ChunkPool())
        let row = people.rowMaking(Self.key(7))
        #expect(people.born(row) == nil && people.sex(row) == nil && people.lastEvent(row) == nil)
        #expect(people.hasNothing(row) && !people.isKnown(row))
        people.note(row)
        #expect(people.isKnown(row) && people.details(row) == nil && people.hasNothing(row))
        for (born, sex) in zip([.min, "1970-01-01", .max] as [CalendarDate], Sex.allCases) {
            people.set(row, born: born, sequence: 5)
            people.set(row, sex: sex, sequence: .max)
            #expect(people.born(row) == People.Received(value: born, sequence: 5))
            #expect(people.sex(row) == People.Received(value: sex, sequence: .max))
        }
        people.setLastEvent(row, 0)
        #expect(people.lastEvent(row) == 0 && !people.hasNothing(row))
        people.setLastEvent(row, nil)
        #expect(people.lastEvent(row) == nil && people.hasNothing(row))
        people.changeDetails(row) { $0.isSpokenOf = true }
        #expect(people.details(row)?.isSpokenOf == true && people.isKnown(row) && !people.hasNothing(row))
        let other = people.rowMaking(Self.key(8))
        people.put(Self.standing(1), other, sequence: 1)
        #expect(!people.hasNothing(other) && people.details(other) == nil)
        people.remove(from: CalendarDate.min.adding(days: 1), other)
        #expect(people.statementCount(other) == 0 && people.hasNothing(other))
    }

    @Test("take no more memory than was reckoned with")
    func sizes() {
        #expect(MemoryLayout<People.Entry>.stride == 48)
        #expect(MemoryLayout<People.Link>.stride == 40)
        #expect(MemoryLayout<PopulationEntry>.stride == 16)
    }

    @Test("can be asked for ahead whether they are there or not")
    func prefetched() {
        var people = People(in: ChunkPool())
        people.prefetch(Self.key(7))
        #expect(people.prefetchCandidate(Self.key(7)) == nil)
        let row = people.rowMaking(Self.key(7))
        let other = people.rowMaking(Self.key(8))
        people.prefetch(Self.key(7))
        #expect(people.prefetchCandidate(Self.key(7)) == row)
        // A candidate may turn out to be another number's row.
        for candidate in [row, other] {
            #expect(people.row(of: Self.key(7), candidate: candidate) == row)
            #expect(people.row(of: Self.key(9), candidate: candidate) == nil)
        }
        people.prefetchStatements(row)
        people.put(Self.standing(1, 3), row, sequence: 1)
        people.prefetchStatements(row)
        #expect(people.latestStatement(row, on: .max) == Self.standing(1, 3))
    }
}
