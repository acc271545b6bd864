import ChequebookModel

extension Ledger {
    func put(_ said: PersonDetails, _ stamp: RecordStamp) throws -> Outcome {
        guard said.patient.key.form == form else { return .refused(.wrongPatientForm) }
        var other: PatientKey?
        if case .set(let patient) = said.replacedBy {
            guard patient.key.form == form else { return .refused(.wrongPatientForm) }
            guard patient.key != said.patient.key else { return .refused(.replacementCycle) }
            other = patient.key
        }
        let known = people.row(of: said.patient.key)
        let otherKnown = other.flatMap { people.row(of: $0) }
        if let known, let otherKnown, !people.canReplace(known, by: otherKnown) {
            return .refused(.replacementCycle)
        }
        if let born = said.born, let known, let first = people.person(known).statements.first, born > first.from {
            return .refused(.beforeBirth)
        }
        let newCount = (known == nil ? 1 : 0) + (other != nil && otherKnown == nil ? 1 : 0)
        guard newCount == 0 || hasRows(newCount) else { return .refused(.ledgerFull) }
        // Said again it still counts as the latest word, should the number be joined to others later.
        let row = people.rowMaking(said.patient.key)
        let otherRow = other.map { people.rowMaking($0) }
        let oldRow = people.details(row)?.replacedBy
        try restate([row, otherRow, oldRow].compactMap { $0 }, stamp) {
            apply(said, row, otherRow, sequence: stamp.sequence)
        }
        return known == nil ? .created : .replaced
    }

    private func apply(_ said: PersonDetails, _ row: People.Row, _ other: People.Row?, sequence: UInt64) {
        // Whoever was spoken of is known from now on, even if nothing was said.
        people.note(row)
        people.changeDetails(row) { $0.isSpokenOf = true }
        if let born = said.born { people.set(row, born: born, sequence: sequence) }
        if let sex = said.sex { people.set(row, sex: sex, sequence: sequence) }
        switch said.died {
        case .keep: break
        case .clear: people.changeDetails(row) { $0.died = People.Received(value: nil, sequence: sequence) }
        case .set(let day): people.changeDetails(row) { $0.died = People.Received(value: day, sequence: sequence) }
        }
        guard said.replacedBy != .keep else { return }
        if let old = people.details(row)?.replacedBy {
            people.changeDetails(old) { $0.replaces.removeAll { $0 == row } }
        }
        people.changeDetails(row) { details in
            details.replacedBy = other
            details.successor = if case .set(let patient) = said.replacedBy { patient } else { nil }
        }
        if let other { people.changeDetails(other) { $0.replaces.append(row) } }
    }
}
