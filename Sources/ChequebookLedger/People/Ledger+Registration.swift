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
    private func restate(_ row: People.Row, _ stamp: RecordStamp, _ change: () -> Void) throws {
        let resting = restingEvents(of: row).map { event in
            (event: event, before: people.deciding(row, on: events.serviceDate(event)))
        }
        let spans = spans(of: row)
        change()
        recount(spans, as: self.spans(of: row), stamp)
        for (event, before) in resting {
            let after = people.deciding(row, on: events.serviceDate(event))
            guard before?.commissioner != after?.commissioner || before?.group != after?.group,
                case .costEvent(let stored) = try reader.fact(at: events.position(event)).fact
            else { continue }
            let (old, new) = (attribution(of: stored, deciding: before), attribution(of: stored, deciding: after))
            guard old != new else { continue }
            post(stored, old, times: -1, stamp)
            post(stored, new, times: 1, stamp)
        }
    }

    /// The days on which one statement decides, and as whom the patient is counted on them.
    private struct Span: Equatable {
        let standing: People.Standing
        let until: CalendarDate?
        let profile: Population.Profile
    }

    private func spans(of row: People.Row) -> [Span] {
        guard let born = people.born(row) else { return [] }
        let sex = people.sex(row)
        let statements = people.statements(row)
        return statements.indices.map { place in
            let standing = statements[place]
            let next = place + 1 < statements.count ? statements[place + 1].from : nil
            return Span(
                standing: standing, until: [standing.until, next].compactMap { $0 }.min(),
                profile: Population.Profile(born: born, sex: sex, group: standing.group))
        }
    }

    /// Takes the person-days of the spans that no longer hold away, and adds those of the new ones.
    ///
    /// What is the same at both ends stays untouched, so that nothing is noted of a commissioner that is not concerned.
    private func recount(_ before: [Span], as after: [Span], _ stamp: RecordStamp) {
        let start = zip(before, after).prefix { $0 == $1 }.count
        let gone = before.dropFirst(start)
        let come = after.dropFirst(start)
        let end = zip(gone.reversed(), come.reversed()).prefix { $0 == $1 }.count
        for span in gone.dropLast(end) { count(span, -1, stamp) }
        for span in come.dropLast(end) { count(span, 1, stamp) }
    }

    private func count(_ span: Span, _ people: Int32, _ stamp: RecordStamp) {
        let index = span.standing.commissioner
        populations[Int(index)].add(people, span.profile, from: span.standing.from, until: span.until)
        note(index, stamp)
    }

    /// The patient's events that stand.
    private func restingEvents(of row: People.Row) -> [EventIndex.Row] {
        var resting: [EventIndex.Row] = []
        var next = people.lastEvent(row)
        while let event = next {
            if !events.isReversed(event) { resting.append(event) }
            next = events.previous(event)
        }
        return resting
    }
}
