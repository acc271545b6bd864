import ChequebookJournal
import ChequebookModel

/// Random commits over a few identities, patients and commissioners, so that they meet in every way.
struct Workload {
    static let codes = ["15E", "13T", "99M"].map { OrganisationCode($0)! }
    static let ids = (0..<40).map { "e-\($0)" } + (0..<40).map { "r-\($0)" }
    static let patients = [9_990_000_018, 9_990_000_026, 9_990_000_034, 4_010_232_137].map {
        Patient(nhsNumber: UInt64($0))!
    }

    /// Segments of a few commits, so that records are read back from several.
    static let configuration = JournalConfiguration(segmentBytesMax: 128 << 10, commitBytesMax: 64 << 10)

    private var random: SeededGenerator
    private var sent: [Fact] = []

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// One commit: some facts that stand alone, or a list that is all or nothing.
    mutating func commit() -> [Fact] {
        let count = Int.random(in: 1...6, using: &random)
        guard Int.random(in: 0..<4, using: &random) == 0 else { return (0..<count).map { _ in fact() } }
        let list = (0..<count).map { _ in Bool.random(using: &random) ? event() : reversal() }
        return [.atomicList(count: count)] + list
    }

    private mutating func fact() -> Fact {
        switch Int.random(in: 0..<24, using: &random) {
        case 0: .commissioner(Commissioner(code: pick(Self.codes), name: pick(["A", "B"]), kind: .ccg))
        case 1: .nationalRateCard(card())
        case 2: .ownRateCard(pick(Self.codes), card())
        case 3...6: .statement(statement())
        case 7: .withdrawal(Withdrawal(patient: pick(Self.patients), commissioner: pick(Self.codes), from: day()))
        case 8...10: reversal()
        case 11: .listSizes(listSizes())
        case 12, 13: .personDetails(personDetails())
        default: event()
        }
    }

    /// A new event, or one that was sent before.
    private mutating func event() -> Fact {
        if !sent.isEmpty, Int.random(in: 0..<4, using: &random) == 0 { return pick(sent) }
        sent.append(newEvent())
        return sent[sent.count - 1]
    }

    private mutating func newEvent() -> Fact {
        let stated: OrganisationCode? = pick([nil, nil, pick(Self.codes)])
        let isBlock = Int.random(in: 0..<5, using: &random) == 0
        return .costEvent(
            CostEvent(
                identity: Facts.identity("e-\(Int.random(in: 0..<40, using: &random))"),
                version: pick([1, 1, 1, 2, 3]),
                subject: isBlock ? .without(.block) : .patient(pick(Self.patients)),
                commissioner: isBlock ? pick(Self.codes) : stated, setting: pick([.primary, .social]),
                serviceDate: day(), amountPence: pick([0, 1, 250]), kind: pick([.cost, .cost, .credit])))
    }

    private mutating func reversal() -> Fact {
        let original = Int.random(in: 0..<40, using: &random)
        return Facts.reversal("r-\(Int.random(in: 0..<40, using: &random))", of: "e-\(original)")
    }

    private mutating func statement() -> Statement {
        let from = day()
        return Statement(
            patient: pick(Self.patients), commissioner: pick(Self.codes), from: from,
            until: pick([nil, from.adding(days: 200)]), born: pick(["1950-07-15", "2014-04-01"].map(Facts.day)),
            sex: pick(Sex.allCases), group: pick(PatientGroup.allCases))
    }

    private mutating func listSizes() -> ListSizes {
        ListSizes(
            commissioner: pick(Self.codes), date: day(),
            bands: [
                ListSizeBand(ageTo: 64, people: pick([0, 10])), ListSizeBand(ageFrom: pick([64, 65]), people: 5),
            ])
    }

    private mutating func personDetails() -> PersonDetails {
        PersonDetails(
            patient: pick(Self.patients), born: pick([nil, Facts.day("1950-07-15")]), sex: pick([nil, .male]),
            died: pick([.keep, .clear, .set(day())]),
            replacedBy: pick([.keep, .clear, .set(pick(Self.patients))]))
    }

    private mutating func card() -> RateCard {
        RateCard(
            year: pick([2014, 2015].compactMap(FinancialYear.init(startYear:))),
            weightMillionths: pick([nil, 1_053_200]),
            rates: [CapitationRate(setting: pick([.primary, .social]), annualPence: pick([0, 14_200, 36_500]))])
    }

    /// One of a few days around the beginning of two years.
    private mutating func day() -> CalendarDate {
        pick(["2014-03-31", "2014-04-01", "2015-03-31", "2015-04-01", "2015-10-01", "2016-02-29"].map(Facts.day))
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014), so that a seed repeats a run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
