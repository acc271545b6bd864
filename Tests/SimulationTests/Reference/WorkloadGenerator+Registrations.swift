extension WorkloadGenerator {
    /// From the range that is never given to a person.
    mutating func newNHSNumber() -> String {
        while true {
            let digits = [9, 9, 9] + (0..<6).map { _ in Int.random(in: 0...9, using: &random) }
            let sum = zip(digits, (2...10).reversed()).map(*).reduce(0, +)
            let check = (11 - sum % 11) % 11
            let number = (digits + [check]).map(String.init).joined()
            if check < 10, number != "9999999999", !patients.contains(where: { $0.number == number }) { return number }
        }
    }

    /// Round the ages at which rates change, on 29 February, within the years, or anywhere.
    mutating func randomBirthday() -> Day {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3:
            let year = ReferenceYear(start: random.pick(years).start - random.pick([1, 17, 18, 64, 65]))
            return year.first + random.pick([-1, 0, 1])
        case 3: return random.pick(["1952-02-29", "2000-02-29", "2012-02-29"])
        case 4..<6: return anyDay()
        default:
            return Day(number: Int.random(in: Day.daysBefore(year: 1925)..<Day.daysBefore(year: 2015), using: &random))
        }
    }

    mutating func registrations() -> Operation {
        let commissioner = commissioner()
        let count = random.chance(percent: 55) ? 1 : Int.random(in: 2...6, using: &random)
        let items = (0..<count).map { _ in registration(by: commissioner) }
        return .register(commissioner: commissioner, items: items, form: form(items: count))
    }

    private mutating func registration(by commissioner: String) -> ReferenceRegistration {
        let item: ReferenceRegistration =
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<12: withdrawal(by: commissioner)
            case 12..<20: .statement(repetition(by: commissioner))
            case 20..<35: .statement(replacement())
            default: .statement(freshStatement())
            }
        if case .statement(let statement) = item { statements.append((commissioner, statement)) }
        return item
    }

    private mutating func withdrawal(by commissioner: String) -> ReferenceRegistration {
        let own = statements.filter { $0.commissioner == commissioner }
        let candidates = own.isEmpty || random.chance(percent: 20) ? statements : own
        guard !candidates.isEmpty else { return .withdrawal(patient: random.pick(patients).number, from: anyDay()) }
        let statement = random.pick(candidates).statement
        let patient = replacedNumbers.isEmpty ? statement.patient : otherNumber(of: statement.patient)
        return .withdrawal(patient: patient, from: statement.from)
    }

    /// Something this commissioner said before, word for word.
    private mutating func repetition(by commissioner: String) -> ReferenceStatement {
        let own = statements.filter { $0.commissioner == commissioner }
        return own.isEmpty ? freshStatement() : random.pick(own.suffix(6)).statement
    }

    /// For the patient and day of a statement made before, perhaps by another commissioner.
    private mutating func replacement() -> ReferenceStatement {
        guard !statements.isEmpty else { return freshStatement() }
        let earlier = random.pick(statements).statement
        var statement = freshStatement()
        statement.patient = earlier.patient
        statement.from = earlier.from
        statement.born = earlier.born
        statement.until = earlier.until
        return statement
    }

    private mutating func freshStatement() -> ReferenceStatement {
        let place = Int.random(in: patients.indices, using: &random)
        if random.chance(percent: 6) { patients[place].born = randomBirthday() }
        if random.chance(percent: 6) { patients[place].sex = random.pick(Self.sexes) }
        let patient = patients[place]
        var from = anyDay()
        // Left as it is now and then, to be refused.
        if from < patient.born, random.chance(percent: 80) { from = patient.born + random.pick([0, 0, 1, 30]) }
        var statement = ReferenceStatement(
            patient: patient.number, from: from, until: end(after: from), born: patient.born, sex: patient.sex,
            group: random.pick(ReferenceWords.groups),
            practice: random.chance(percent: 20) ? "M85001" : nil,
            council: random.chance(percent: 20) ? "E08000025" : nil)
        if features.contains(.funders) { statement.council = random.pick(["E08000025", "E06000001", nil]) }
        return statement
    }

    private mutating func end(after from: Day) -> Day? {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<70: return nil
        case 70..<73: return from - random.pick([0, 0, 1, 400])
        case 73..<78: return from + 1
        default:
            let later = edges.filter { $0 > from }
            return later.isEmpty ? from + 60 : random.pick(later)
        }
    }
}
