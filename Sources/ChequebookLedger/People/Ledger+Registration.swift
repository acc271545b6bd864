import ChequebookModel

extension Ledger {
    func register(_ statement: Statement, _ stamp: RecordStamp) throws -> Outcome {
        guard statement.patient.key.form == form else { return .refused(.wrongPatientForm) }
        guard let index = register.index(of: statement.commissioner) else { return .refused(.unknownCommissioner) }
        if let until = statement.until, until <= statement.from { return .refused(.endsBeforeItBegins) }
        guard statement.born <= statement.from else { return .refused(.beforeBirth) }
        let standing = People.Standing(
            from: statement.from, until: statement.until, commissioner: index, group: statement.group,
            practice: statement.practice, council: statement.council)
        if let row = people.row(of: statement.patient.key) {
            let before = people.statements(row)
            if let first = before.first, statement.born > first.from { return .refused(.beforeBirth) }
            let same = before.first { $0.from == statement.from }
            if same == standing, people.born(row) == statement.born, people.sex(row) == statement.sex {
                return .unchanged
            }
            if same == nil, people.statementCount(row) >= Limits.statementsInPatientMax {
                return .refused(.tooManyStatements)
            }
        }
        let row = people.rowMaking(statement.patient.key)
        try restate(row, stamp) {
            people.put(standing, row)
            people.set(row, born: statement.born, sex: statement.sex)
        }
        return .registered
    }

    func withdraw(_ withdrawal: Withdrawal, _ stamp: RecordStamp) throws -> Outcome {
        guard withdrawal.patient.key.form == form else { return .refused(.wrongPatientForm) }
        guard let index = register.index(of: withdrawal.commissioner) else { return .refused(.unknownCommissioner) }
        guard let row = people.row(of: withdrawal.patient.key),
            people.statements(row).contains(where: { $0.from == withdrawal.from && $0.commissioner == index })
        else { return .refused(.noSuchRegistration) }
        try restate(row, stamp) { people.remove(from: withdrawal.from, row) }
        return .registered
    }

    /// Changes a patient's statements, and moves the person-days and the costs that rest on them.
    ///
    /// Everything that may throw is read before anything is changed.
    private func restate(_ row: People.Row, _ stamp: RecordStamp, _ change: () -> Void) throws {
        let postings = try restingPostings(of: row)
        count(row, -1, stamp)
        change()
        count(row, 1, stamp)
        for (event, before) in postings {
            let after = attribution(of: event)
            guard after != before else { continue }
            post(event, before, times: -1, stamp)
            post(event, after, times: 1, stamp)
        }
    }

    /// Adds the patient's registered days to the populations of their commissioners, or with −1 takes them away.
    private func count(_ row: People.Row, _ people: Int32, _ stamp: RecordStamp) {
        guard let born = self.people.born(row) else { return }
        let statements = self.people.statements(row)
        for (place, statement) in statements.enumerated() {
            let next = place + 1 < statements.count ? statements[place + 1].from : nil
            let until = [statement.until, next].compactMap { $0 }.min()
            let profile = Population.Profile(born: born, sex: self.people.sex(row), group: statement.group)
            populations[Int(statement.commissioner)].add(people, profile, from: statement.from, until: until)
            note(statement.commissioner, stamp)
        }
    }

    /// The patient's events that stand, with where they are posted now.
    private func restingPostings(of row: People.Row) throws -> [(CostEvent, Attribution)] {
        var postings: [(CostEvent, Attribution)] = []
        var next = people.lastEvent(row)
        while let event = next {
            next = events.previous(event)
            guard !events.isReversed(event) else { continue }
            guard case .costEvent(let stored) = try reader.fact(at: events.position(event)).fact else { continue }
            postings.append((stored, attribution(of: stored)))
        }
        return postings
    }
}
