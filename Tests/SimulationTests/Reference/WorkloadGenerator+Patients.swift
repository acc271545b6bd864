extension WorkloadGenerator {
    /// In few events to a page or in many; seldom about somebody of whom nothing was ever said.
    mutating func patientCostsQuestion() -> Operation {
        let patient = random.chance(percent: 5) ? newNHSNumber() : random.pick(patients).number
        return .askPatientCosts(
            patient: patient, year: random.pick(years).name, limit: random.pick([nil, 1, 2, 3, 1_000]))
    }

    /// Every year of some of the patients.
    func closingPatientCostsQuestions() -> [Operation] {
        patients.prefix(6).flatMap { patient in
            years.map { .askPatientCosts(patient: patient.number, year: $0.name, limit: 2) }
        }
    }

    /// One thing about somebody: a death, a new number, or that either was a mistake.
    mutating func patientChange() -> Operation {
        if random.chance(percent: 6) {
            patients.append(
                Patient(number: newNHSNumber(), born: randomBirthday(), sex: random.pick(Self.sexes)))
            return .postPatient(ReferencePatientDetails(patient: patients[patients.count - 1].number))
        }
        let place = Int.random(in: patients.indices, using: &random)
        var details = ReferencePatientDetails(patient: patients[place].number)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<32: details.died = .said(max(patients[place].born, min(anyDay(), today)))
        case 32..<44: details.died = .takenBack
        case 44..<66: replace(&details)
        case 66..<80:
            if !replacedNumbers.isEmpty { details.patient = random.pick(replacedNumbers).old }
            details.replacedBy = .takenBack
        case 80..<92:
            patients[place].born = randomBirthday()
            details.born = patients[place].born
        default:
            patients[place].sex = random.pick(Self.sexes)
            details.sex = patients[place].sex
        }
        return .postPatient(details)
    }

    /// A number that once was, or still is, the same person's; itself without one.
    mutating func otherNumber(of patient: String) -> String {
        let others = replacedNumbers.compactMap { pair in
            pair.old == patient ? pair.new : pair.new == patient ? pair.old : nil
        }
        return others.isEmpty ? patient : random.pick(others)
    }

    private mutating func replace(_ details: inout ReferencePatientDetails) {
        if !replacedNumbers.isEmpty, random.chance(percent: 20) {
            // Back again, which is refused while the first still holds.
            let pair = random.pick(replacedNumbers)
            details.patient = pair.new
            details.replacedBy = .said(pair.old)
            return
        }
        let number = random.pick(patients).number
        details.replacedBy = .said(number)
        if number != details.patient { replacedNumbers.append((details.patient, number)) }
    }
}
