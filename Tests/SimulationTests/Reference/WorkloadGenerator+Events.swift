extension WorkloadGenerator {
    mutating func costEvents() -> Operation {
        let count = random.chance(percent: 50) ? 1 : Int.random(in: 2...6, using: &random)
        var items = (0..<count).map { _ in event() }
        // A reversal that arrives just before what it reverses.
        if random.chance(percent: 4) {
            let cost = freshCost()
            items += [.reversal(source: cost.source, id: cost.id + ".r", reverses: cost.id), .cost(cost)]
        }
        events += items
        return .post(items: items, form: form(items: items.count))
    }

    /// Few to a list, so that often all can be booked; a list of one is still a list.
    mutating func atomicCostEvents() -> Operation {
        var items = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            random.chance(percent: 50) ? .cost(freshCost()) : event()
        }
        if random.chance(percent: 25) {
            // Upon an item of the same list.
            let cost = freshCost()
            items += [.cost(cost), .reversal(source: cost.source, id: cost.id + ".r", reverses: cost.id)]
        }
        events += items
        return .postAtomically(
            items: items,
            form: BodyForm(shape: random.pick([.array, .lines]), spelledOut: random.chance(percent: 30)))
    }

    private var costsSaid: [ReferenceCost] {
        events.compactMap { if case .cost(let cost) = $0 { cost } else { nil } }
    }

    private mutating func event() -> ReferenceEvent {
        let costs = costsSaid
        guard !costs.isEmpty else { return .cost(freshCost()) }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: return random.pick(events)
        case 10..<16:
            var other = random.pick(costs)
            change(&other)
            return .cost(other)
        case 16..<30:
            var higher = random.pick(costs)
            higher.version += random.pick([1, 1, 1, 2, 10])
            for _ in 0..<Int.random(in: 0...3, using: &random) { change(&higher) }
            return .cost(higher)
        case 30..<33:
            var lower = random.pick(costs)
            lower.version = 1
            return .cost(lower)
        case 33..<44:
            let original = random.pick(costs)
            return .reversal(source: original.source, id: freshID(), reverses: original.id)
        case 44..<46: return .reversal(source: random.pick(Self.sources), id: freshID(), reverses: "no.such-event")
        case 46..<50: return clash(with: costs)
        default: return .cost(freshCost())
        }
    }

    /// Reversals of reversals, and identities that mean a cost here and a reversal there.
    private mutating func clash(with costs: [ReferenceCost]) -> ReferenceEvent {
        let reversals = events.filter { if case .reversal = $0 { true } else { false } }
        let cost = random.pick(costs)
        guard !reversals.isEmpty, random.chance(percent: 80) else {
            return .reversal(source: cost.source, id: cost.id, reverses: random.pick(costs).id)
        }
        let reversal = random.pick(reversals)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return .reversal(source: reversal.source, id: freshID(), reverses: reversal.id)
        case 1: return .reversal(source: reversal.source, id: reversal.id, reverses: cost.id)
        default:
            var taking = cost
            taking.source = reversal.source
            taking.id = reversal.id
            return .cost(taking)
        }
    }

    private static let sources = ["pas", "GP:claims_1"]

    private mutating func freshID() -> String {
        // A few low numbers come up twice, in one source or in both.
        "e\(Int.random(in: 1...2_000, using: &random))"
    }

    private mutating func freshCost() -> ReferenceCost {
        var cost = ReferenceCost(
            source: random.pick(Self.sources), id: freshID(), version: random.chance(percent: 10) ? 3 : 1,
            setting: random.pick(ReferenceWords.settings), serviceDate: serviceDate(), amountPence: amountPence(),
            kind: random.chance(percent: 15) ? "credit" : "cost",
            provider: random.chance(percent: 30) ? "RRK" : nil, service: random.chance(percent: 20) ? "100" : nil)
        choosePatient(&cost)
        if features.contains(.funders), random.chance(percent: 25) { cost.funder = random.pick(["X24", "15E", "RRK"]) }
        if features.contains(.providers) { cost.provider = random.pick(["RRK", "RQ3", "05", nil]) }
        return cost
    }

    private mutating func choosePatient(_ cost: inout ReferenceCost) {
        let withoutPatient = random.chance(percent: 12)
        cost.patient = withoutPatient ? nil : random.pick(patients).number
        cost.withoutPatient =
            withoutPatient ? random.pick(["block", "practice", "withheld", "newborn", "unknown"]) : nil
        cost.commissioner = withoutPatient || random.chance(percent: 15) ? commissioner() : nil
    }

    /// One field takes a new value, or by chance its old one.
    private mutating func change(_ cost: inout ReferenceCost) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: cost.serviceDate = serviceDate()
        case 1: cost.setting = random.pick(ReferenceWords.settings)
        case 2: choosePatient(&cost)
        case 3: cost.amountPence = amountPence()
        case 4: cost.kind = cost.kind == "cost" ? "credit" : "cost"
        case 5: cost.provider = random.pick(["RRK", "RQ3", nil])
        case 6: cost.service = random.pick(["100", "a.b:c-1", nil])
        default: cost.funder = random.pick(["X24", "15E", nil])
        }
    }

    /// Seldom after today; more often today itself.
    private mutating func serviceDate() -> Day {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<3: return today + random.pick([1, 1, 30])
        case 3..<8: return today
        default:
            let day = anyDay()
            return day <= today ? day : years[1].first + random.pick([-1, 0, 1])
        }
    }

    private mutating func amountPence() -> Int128 {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: 0
        case 1: random.pick([1, 1_000_000_000_000_000])
        default: Int128.random(in: 1...500_000, using: &random)
        }
    }
}
