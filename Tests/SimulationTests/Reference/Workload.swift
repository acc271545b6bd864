/// Random operations that dwell on the days and repetitions that people get wrong; a seed always gives the same.
struct Workload: Sendable {
    struct Step: Hashable, Sendable {
        /// The day of recording or of the question; it never goes back.
        let today: Day
        let operation: Operation
    }

    let seed: UInt64
    let steps: [Step]

    /// - Parameters:
    ///   - days: the first and the last `today`. A run against a real clock gives one day, the real one.
    init(
        seed: UInt64, stepCount: Int = 150, days: ClosedRange<Day> = "2017-02-20"..."2017-05-20",
        features: WorkloadFeatures = []
    ) {
        self.seed = seed
        var generator = WorkloadGenerator(seed: seed, days: days, features: features)
        var steps: [Step] = []
        for operation in generator.openingOperations() {
            steps.append(Step(today: days.lowerBound, operation: operation))
        }
        while steps.count < stepCount {
            let operation = generator.nextOperation()
            steps.append(Step(today: generator.today, operation: operation))
            generator.advanceClock(share: steps.count, of: stepCount)
        }
        for operation in generator.closingQuestions() {
            steps.append(Step(today: generator.today, operation: operation))
        }
        self.steps = steps
    }
}

/// What has been said so far, and what to say next.
struct WorkloadGenerator {
    struct Patient {
        let number: String
        var born: Day
        var sex: String
    }

    static let codes = ["15E", "14L", "QHL", "X24", "E08000025", "05"]
    /// In well-formed requests, but never put.
    static let unknownCode = "ZZ99"
    static let sexes = ["female", "male", "unknown"]

    let features: WorkloadFeatures
    var random: SplitMix64
    var today: Day
    let firstDay: Day
    let lastDay: Day
    /// The year before that of the first day, that year, and the one after, which may not have begun.
    let years: [ReferenceYear]
    /// The days round which things go wrong.
    let edges: [Day]
    let codes: [String]
    var patients: [Patient] = []
    /// Everything said, whether it was accepted or not.
    var statements: [(commissioner: String, statement: ReferenceStatement)] = []
    var events: [ReferenceEvent] = []
    var replacedNumbers: [(old: String, new: String)] = []
    var successions: [ReferenceSuccession] = []
    var structureQuestions: [Operation] = []
    var asOfQuestions: [Operation] = []

    init(seed: UInt64, days: ClosedRange<Day>, features: WorkloadFeatures = []) {
        self.features = features
        random = SplitMix64(seed: seed)
        today = days.lowerBound
        firstDay = days.lowerBound
        lastDay = days.upperBound
        let start = ReferenceYear(containing: days.lowerBound).start
        years = (start - 1...start + 1).map(ReferenceYear.init(start:))
        edges = years.flatMap { year in
            // 1 April and its neighbours, the last days of February and the first of March, the half-year.
            [
                year.first - 1, year.first, year.first + 1, year.last - 32, year.last - 31, year.last - 30,
                year.first + 183,
            ]
        }
        codes = Array(Self.codes.shuffled(using: &random).prefix(Int.random(in: 4...6, using: &random)))
        for _ in 0..<Int.random(in: 10...20, using: &random) {
            let number = newNHSNumber()
            patients.append(Patient(number: number, born: randomBirthday(), sex: random.pick(Self.sexes)))
        }
    }

    mutating func advanceClock(share: Int, of whole: Int) {
        guard today < lastDay, random.chance(percent: 20) else { return }
        let pace = (lastDay.number - today.number) * 6 / max(1, whole - share) + 1
        today = min(lastDay, today + Int.random(in: 1...pace, using: &random))
    }

    /// Enough to make the first figures more than nothing; the last commissioner arrives later, if at all.
    mutating func openingOperations() -> [Operation] {
        codes.dropLast().map { commissioner($0, name: "Commissioner \($0)") }
            + years.prefix(2).map { .putNationalCard(year: $0.name, card: nationalCard(of: $0)) }
    }

    mutating func nextOperation() -> Operation {
        if let operation = featureOperation() { return operation }
        return switch Int.random(in: 0..<100, using: &random) {
        case 0..<36: registrations()
        case 36..<76: costEvents()
        case 76..<80: nationalCardChange()
        case 80..<87: ownCardChange()
        case 87..<90: commissionerChange()
        case 90..<97: totalsQuestion()
        default: allTotalsQuestion()
        }
    }

    /// Nil, and no number drawn, for a workload without features.
    private mutating func featureOperation() -> Operation? {
        let known: [WorkloadFeatures] = [
            .listSizes, .asOf, .patientCosts, .patients, .successions, .structure, .structure, .payers, .atomicLists,
        ]
        let asked = known.filter(features.contains)
        guard !asked.isEmpty, random.chance(percent: min(8 * asked.count, 56)) else { return nil }
        switch random.pick(asked) {
        case .listSizes: return listSizesChange()
        case .asOf: return asOfQuestion()
        case .patients: return patientChange()
        case .successions: return succession()
        case .structure: return random.chance(percent: 40) ? structureChange() : structureQuestion()
        case .payers: return payerQuestion()
        case .atomicLists: return atomicCostEvents()
        default: return patientCostsQuestion()
        }
    }

    /// An edge more often than not, else any day of the years.
    mutating func anyDay() -> Day {
        if random.chance(percent: 60) { return random.pick(edges) }
        return Day(number: Int.random(in: years[0].first.number...years[2].last.number, using: &random))
    }

    /// Now and then one that nobody knows.
    mutating func commissioner() -> String {
        random.chance(percent: 4) ? Self.unknownCode : random.pick(codes)
    }

    mutating func form(items count: Int) -> BodyForm {
        let shape: BodyForm.Shape =
            count == 1 ? random.pick([.single, .array, .lines]) : random.pick([.array, .lines])
        return BodyForm(shape: shape, spelledOut: random.chance(percent: 30))
    }
}
