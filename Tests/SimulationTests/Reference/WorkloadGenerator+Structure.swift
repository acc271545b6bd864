extension WorkloadGenerator {
    /// By today's boundaries, with children, or both, of one body or all; now and then about an earlier day, often asked
    /// before, when the register may have said something else.
    mutating func structureQuestion() -> Operation {
        if !structureQuestions.isEmpty, random.chance(percent: 30) { return random.pick(structureQuestions) }
        let year = random.chance(percent: 85) ? random.pick(Array(years.prefix(2))) : years[2]
        var question = question(year.name, random.pick(Self.kinds))
        question.through = through(in: year)
        question.by = dimensions()
        if random.chance(percent: 25) { question.asOf = closedDay() }
        let operation: Operation =
            random.chance(percent: 65)
            ? .askTotals(commissioner: bodyOfStructure(), question) : .askAllTotals(question)
        structureQuestions.append(operation)
        if question.asOf != nil { asOfQuestions.append(operation) }
        return operation
    }

    /// Of the year that has figures, every kind of all bodies and of one, through a day and as of one.
    mutating func closingStructureQuestions() -> [Operation] {
        let year = years[1]
        return Self.kinds.flatMap { kind -> [Operation] in
            var all = question(year.name, kind)
            all.by = ["month", "setting"]
            var one = question(year.name, kind)
            one.through = through(in: year)
            one.by = dimensions()
            var earlier = one
            earlier.asOf = closedDay()
            return [
                .askAllTotals(all), .askTotals(commissioner: bodyOfStructure(), one),
                .askTotals(commissioner: bodyOfStructure(), earlier), .askAllTotals(earlier),
            ]
        }
    }

    private static let kinds = [(isCurrent: true, hasChildren: false), (false, true), (true, true)]

    private func question(_ year: String, _ kind: (isCurrent: Bool, hasChildren: Bool)) -> ReferenceQuestion {
        ReferenceQuestion(year: year, isCurrent: kind.isCurrent, hasChildren: kind.hasChildren)
    }

    /// Mostly one to which others lead.
    private mutating func bodyOfStructure() -> String {
        random.chance(percent: 60) ? random.pick(Array(codes.dropFirst(2))) : random.pick(codes)
    }
}
