extension WorkloadGenerator {
    /// A new description of one of them; half the time of the one that has not been put at the opening.
    mutating func commissionerChange() -> Operation {
        let code = random.chance(percent: 50) ? codes[codes.count - 1] : random.pick(codes)
        return commissioner(code, name: random.pick(["North \"East\" \\ Ö", "South"]))
    }

    /// The same name with other parents and successors, of any of them that has been put at the opening.
    mutating func structureChange() -> Operation {
        let code = random.pick(Array(codes.dropLast()))
        return commissioner(code, name: "Commissioner \(code)")
    }

    mutating func commissioner(_ code: String, name: String) -> Operation {
        var body = ReferenceCommissioner(name: name)
        if features.contains(.structure) {
            body.parents = parents(of: code)
            body.successors = successors(of: code)
        }
        return .putCommissioner(code: code, body)
    }

    /// One, two after or beside each other, or somebody unknown; some change in the middle of a year.
    private mutating func parents(of code: String) -> [ReferenceCommissioner.Parent] {
        let change = random.chance(percent: 50) ? random.pick(edges) : dayOfTheYears()
        let one = relative(of: code)
        let other = relative(of: code)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<25: return []
        case 25..<40: return [.init(code: one, from: "2013-04-01")]
        case 40..<50: return [.init(code: one, from: change)]
        case 50..<57: return [.init(code: one, from: "2013-04-01", until: change)]
        case 57..<80:
            let gap = random.pick([0, 0, 0, 1, 40])
            return [.init(code: one, from: "2013-04-01", until: change), .init(code: other, from: change + gap)]
        case 80..<90:
            // Beside each other for a while: then neither counts, unless they are the same.
            return [
                .init(code: one, from: "2013-04-01"),
                .init(code: other, from: change, until: change + random.pick([1, 30, 200])),
            ].shuffled(using: &random)
        default:
            return [.init(code: Self.unknownCode, from: "2013-04-01", until: change), .init(code: one, from: change)]
        }
    }

    /// Mostly none or one; now and then several, of which only some have begun.
    private mutating func successors(of code: String) -> [ReferenceCommissioner.Successor] {
        let from = random.chance(percent: 70) ? years[0].first : dayOfTheRun()
        let one = relative(of: code)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: return []
        case 30..<70: return [.init(code: one, from: from)]
        case 70..<78: return [.init(code: one, from: from), .init(code: one, from: dayOfTheRun())]
        case 78..<94: return [.init(code: one, from: from), .init(code: relative(of: code), from: dayOfTheRun())]
        default: return [.init(code: Self.unknownCode, from: from)]
        }
    }

    /// Mostly one that comes later in the list, so that circles stay the exception; hardly ever itself.
    private mutating func relative(of code: String) -> String {
        let later = codes.drop { $0 != code }.dropFirst().prefix(2)
        if !later.isEmpty, random.chance(percent: 75) { return random.pick(Array(later)) }
        return random.chance(percent: 5) ? code : random.pick(codes)
    }

    private mutating func dayOfTheYears() -> Day {
        Day(number: Int.random(in: years[0].first.number...years[2].last.number, using: &random))
    }

    private mutating func dayOfTheRun() -> Day {
        Day(number: Int.random(in: firstDay.number...lastDay.number, using: &random)) + random.pick([0, 0, 0, 100])
    }

    /// Some of the bodies into another; seldom not well formed, now and then what was said before.
    mutating func succession() -> Operation {
        if !successions.isEmpty, random.chance(percent: 15) { return .succeed(random.pick(successions)) }
        let commissioner = random.chance(percent: 4) ? Self.unknownCode : random.pick(codes)
        let merged = codes.filter { $0 != commissioner }.shuffled(using: &random)
        var succession = ReferenceSuccession(
            commissioner: commissioner, from: Array(merged.prefix(Int.random(in: 1...3, using: &random))),
            date: anyDay())
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<3: succession.from = []
        case 3..<7: succession.from.append(succession.from[0])
        case 7..<11: succession.from.append(commissioner)
        case 11..<15: succession.from.append(Self.unknownCode)
        default: break
        }
        successions.append(succession)
        // What may be the new body's from now on can be said again and withdrawn by it.
        statements += statements.suffix(12).filter { succession.from.contains($0.commissioner) }.map { said in
            var statement = said.statement
            statement.from = max(statement.from, succession.date)
            return (commissioner, statement)
        }
        return .succeed(succession)
    }
}
