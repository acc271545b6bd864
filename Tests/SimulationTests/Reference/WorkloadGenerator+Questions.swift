extension WorkloadGenerator {
    mutating func totalsQuestion() -> Operation {
        let year = random.pick(years)
        return .askTotals(
            commissioner: commissioner(), .init(year: year.name, through: through(in: year), by: dimensions()))
    }

    mutating func allTotalsQuestion() -> Operation {
        let year = random.pick(years)
        return .askAllTotals(.init(year: year.name, through: through(in: year), by: dimensions()))
    }

    /// About the ledger as it stood on an earlier day, often one that was asked about before.
    mutating func asOfQuestion() -> Operation {
        if !asOfQuestions.isEmpty, random.chance(percent: 35) { return random.pick(asOfQuestions) }
        let year = random.pick(years)
        if random.chance(percent: 6) {
            // Refused for this alone: everything else about the question is right.
            let open = today + random.pick([0, 0, 1, 30])
            return .askTotals(commissioner: codes[0], .init(year: year.name, asOf: open))
        }
        let question = ReferenceQuestion(
            year: year.name, through: random.chance(percent: 60) ? nil : through(in: year), asOf: closedDay(),
            by: dimensions())
        let operation: Operation =
            random.chance(percent: 60)
            ? .askTotals(commissioner: commissioner(), question) : .askAllTotals(question)
        asOfQuestions.append(operation)
        return operation
    }

    mutating func payerQuestion() -> Operation {
        let year = random.pick(years)
        var question = ReferenceQuestion(year: year.name, through: through(in: year), by: dimensions())
        if random.chance(percent: 20) { question.asOf = closedDay() }
        if random.chance(percent: 6) {
            // Refused for this alone.
            let isCurrent = random.chance(percent: 50)
            question = ReferenceQuestion(year: year.name, isCurrent: isCurrent, hasChildren: !isCurrent)
            return .askPayerTotals(payer: codes[0], question)
        }
        return .askPayerTotals(payer: random.pick(codes), question)
    }

    mutating func closingQuestions() -> [Operation] {
        let dimensions = ["month", "group", "setting"] + (features.contains(.funders) ? ["funder"] : [])
        var questions: [Operation] = years.map { .askAllTotals(.init(year: $0.name, by: dimensions)) }
        if features.contains(.providers) {
            questions += years.map { .askAllTotals(.init(year: $0.name, by: ["provider", "setting"])) }
        }
        if features.contains(.structure) { questions += closingStructureQuestions() }
        if features.contains(.payers) {
            questions += codes.dropLast().map { .askPayerTotals(payer: $0, .init(year: years[1].name, by: ["group"])) }
        }
        if features.contains(.patientCosts) { questions += closingPatientCostsQuestions() }
        return questions + asOfQuestions
    }

    /// A day before today; seldom one before anything was recorded.
    mutating func closedDay() -> Day {
        if today == firstDay || random.chance(percent: 4) { return firstDay - 1 }
        if random.chance(percent: 20) { return today - 1 }
        return Day(number: Int.random(in: firstDay.number..<today.number, using: &random))
    }

    /// Mostly the default; seldom a day outside the year.
    mutating func through(in year: ReferenceYear) -> Day? {
        if random.chance(percent: 45) { return nil }
        if random.chance(percent: 5) { return random.pick([year.first - 1, year.last + 1]) }
        return random.pick(edges.filter(year.contains) + [year.last])
    }

    mutating func dimensions() -> [String] {
        let known =
            ["setting", "group", "month"] + (features.contains(.funders) ? ["funder"] : [])
            + (features.contains(.providers) ? ["provider"] : [])
        let count = Int.random(in: 0...known.count, using: &random)
        return Array(known.shuffled(using: &random).prefix(count))
    }
}
