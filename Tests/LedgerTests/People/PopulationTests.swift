import ChequebookModel
import Testing

@testable import ChequebookLedger

extension Population {
    /// Recorded on one day, where it does not matter which.
    fileprivate mutating func add(
        _ people: Int32, _ profile: Profile, from: CalendarDate, until: CalendarDate?
    ) {
        add(people, profile, from: from, until: until, recordedOn: "2016-06-01")
    }
}

extension Population.Profile {
    /// Of no council.
    fileprivate init(born: CalendarDate, sex: Sex, group: PatientGroup) {
        self.init(born: born, sex: sex, group: group, council: 0)
    }
}

@Suite("A population")
struct PopulationTests {
    private struct Stay {
        let profile: Population.Profile
        let from: CalendarDate
        let until: CalendarDate?
    }

    private static func stays(_ count: Int, _ generator: inout SeededGenerator) -> [Stay] {
        (0..<count).map { _ in
            let from = CalendarDate.min.adding(days: .random(in: 0..<60, using: &generator))
            let length = Int.random(in: 0...30, using: &generator)
            return Stay(
                profile: Population.Profile(
                    born: CalendarDate.min, sex: Bool.random(using: &generator) ? .female : .male,
                    group: Bool.random(using: &generator) ? .older : .mentalHealth,
                    council: Bool.random(using: &generator) ? 0 : 7),
                from: from, until: length == 0 ? nil : from.adding(days: length))
        }
    }

    /// The changes of each kind as plain values.
    private static func state(_ population: Population) -> [Population.Profile: [[Int32]]] {
        population.changes.mapValues { $0.map { [$0.day, $0.people] } }
    }

    @Test("is the same whatever the order of arrivals, and empty again when all are taken away in any order")
    func anyOrder() {
        for seed in 0..<50 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let stays = Self.stays(100, &generator)
            var (first, second) = (Population(), Population())
            for stay in stays { first.add(1, stay.profile, from: stay.from, until: stay.until) }
            for stay in stays.shuffled(using: &generator) {
                second.add(1, stay.profile, from: stay.from, until: stay.until)
            }
            #expect(Self.state(first) == Self.state(second))
            for stay in stays.shuffled(using: &generator) {
                first.add(-1, stay.profile, from: stay.from, until: stay.until)
            }
            #expect(first.changes.isEmpty)
        }
    }

    @Test("counts on each day those who are there")
    func daily() {
        var generator = SeededGenerator(seed: 3)
        let stays = Self.stays(200, &generator)
        var population = Population()
        for stay in stays { population.add(1, stay.profile, from: stay.from, until: stay.until) }
        for day in 0..<100 {
            let date = CalendarDate.min.adding(days: day)
            for profile in Set(stays.map(\.profile)) {
                let counted = population.changes[profile, default: []].filter { $0.day <= date.dayNumber }
                    .reduce(0) { $0 + Int($1.people) }
                let there = stays.count { stay in
                    stay.profile == profile && stay.from <= date && stay.until.map { date < $0 } ?? true
                }
                #expect(counted == there)
            }
        }
    }

    @Test("keeps nothing of a move that cancels out, and counts that it was touched")
    func cancelled() {
        let profile = Population.Profile(born: "1960-01-01", sex: .male, group: .older)
        var population = Population()
        population.add(1, profile, from: "2015-04-01", until: "2015-05-01")
        population.add(1, profile, from: "2015-05-01", until: nil)
        #expect(Self.state(population)[profile]?.count == 1)
        #expect(population.edition == 2)
    }

    @Test(
        "knows the age on 1 April: the birthday counts on the day itself, and 29 February like any other",
        arguments: [
            ("2014-03-31", 1), ("2014-04-01", 1), ("2014-04-02", 0), ("2015-03-31", 0), ("2015-04-01", 0),
            ("2015-04-02", 0), ("2015-12-31", 0), ("2016-03-31", 0), ("1950-04-01", 65), ("1950-04-02", 64),
            ("1950-03-31", 65), ("1996-02-29", 19), ("1900-01-01", 115),
        ] as [(CalendarDate, Int)])
    func age(born: CalendarDate, years: Int) {
        #expect(Population.Profile(born: born, sex: .female, group: .older).ageYears(in: "2015-16") == years)
    }

    @Test("has one kind of people for births between two 1 Aprils")
    func cohorts() {
        func profile(_ born: CalendarDate) -> Population.Profile {
            Population.Profile(born: born, sex: .female, group: .older)
        }
        #expect(profile("2014-04-02") == profile("2015-04-01"))
        #expect(profile("2014-04-01") != profile("2014-04-02"))
    }
}
