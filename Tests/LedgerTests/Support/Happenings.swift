import ChequebookLedger
import ChequebookModel

/// Everything that can happen to a ledger, at random, so often to the same few that it all meets.
struct Happenings {
    static let bodies: [OrganisationCode] = ["15E", "05L", "99C"]
    static let patients: [Patient] = [.ann, .bob, .cat, "9990000042"]

    private var generator: SeededGenerator
    private var count = 0

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func happen(_ books: Books) {
        count += 1
        let (patient, body) = (pick(Self.patients), pick(Self.bodies))
        switch Int.random(in: 0..<32, using: &generator) {
        case 0: books.add(body, name: pick(["NHS A", "NHS B"]))
        case 1: books.setRates(weight: nil, funders: funders(), rates())
        case 2: books.setRates(of: body, weight: pick([nil, 0, 1_500_000]), funders: funders(), rates())
        case 3, 4: books.list(body, pick(["2014-12-01", "2015-04-01", "2015-10-16"]), ListSizeBand(people: number(9)))
        case 5: books.say(of: patient, died: pick([.keep, .clear, .set(day())]))
        case 6: books.say(of: patient, replacedBy: pick([.clear, .set(pick(Self.patients))]))
        case 7: books.say(of: patient, born: pick([nil, "1950-04-01", "1960-06-15"]), sex: pick([nil, .male]))
        case 8: books.withdraw(patient, from: day(), by: body)
        case 9: books.succeed(body, Self.bodies.filter { $0 != body }, on: day())
        case 10..<16:
            let from = day()
            books.register(
                patient, with: body, from: from, until: pick([nil, from.adding(days: 40)]),
                group: pick(PatientGroup.allCases), council: pick([nil, "E06", "E07"]))
        case 16..<20: books.reverse(id("e", number(60)), by: id("r", number(60)))
        default: books.post(event(patient, body))
        }
    }

    /// An event for one of the patients, or of nobody.
    mutating func anyEvent() -> CostEvent { event(pick(Self.patients), pick(Self.bodies)) }

    /// A new event, a higher version of an old one, or one that was sent before.
    private mutating func event(_ patient: Patient, _ body: OrganisationCode) -> CostEvent {
        let isBlock = number(5) == 0
        return cost(
            id("e", number(60)), number(1_000), for: isBlock ? nil : patient, on: day(),
            version: Int32(number(3)) + 1, setting: pick([.secondary, .social, .primary]),
            commissioner: isBlock ? body : pick([nil, nil, nil, body]), kind: pick([.cost, .cost, .credit]),
            provider: pick([nil, "RXA", "RXB"]), funder: pick([nil, nil, "X25"]))
    }

    private mutating func funders() -> [CareSetting: Funder] {
        [.secondary: pick([.council, .organisation("X24")]), .social: .council]
    }

    private mutating func rates() -> [CapitationRate] {
        [
            CapitationRate(setting: .secondary, annualPence: number(50_000)),
            CapitationRate(setting: pick([.social, .primary]), annualPence: number(50_000), until: "2015-10-01"),
        ]
    }

    /// One of a few days, so that statements meet.
    private mutating func day() -> CalendarDate {
        pick(["2014-06-01", "2015-04-01", "2015-04-15", "2015-06-01", "2015-08-01", "2015-10-16", "2016-01-01"])
    }

    private mutating func id(_ letter: String, _ number: Int64) -> Identifier {
        Identifier("\(letter)\(number)") ?? "e"
    }

    private mutating func number(_ end: Int64) -> Int64 { .random(in: 0..<end, using: &generator) }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &generator)]
    }
}
