import ChequebookModel

extension Ledger {
    func register(_ statement: Statement, _ stamp: RecordStamp) throws -> Outcome {
        guard statement.patient.key.form == form else { return .refused(.wrongPatientForm) }
        guard let index = register.index(of: statement.commissioner) else { return .refused(.unknownCommissioner) }
        if let until = statement.until, until <= statement.from { return .refused(.endsBeforeItBegins) }
        guard statement.born <= statement.from else { return .refused(.beforeBirth) }
        guard codes.hasRoom(for: [statement.council]) else { return .refused(.tooManyOrganisations) }
        let standing = People.Standing(
            from: statement.from, until: statement.until, commissioner: index, group: statement.group,
            practice: statement.practice, council: statement.council)
        if let row = people.row(of: statement.patient.key) {
            let person = people.person(row)
            if let first = person.statements.first, statement.born > first.from { return .refused(.beforeBirth) }
            let held = people.held(row, from: statement.from)
            if held?.number == row, held?.statement.value == standing, person.born == statement.born,
                person.sex == statement.sex
            {
                return .unchanged
            }
            if held?.number != row, people.statementCount(row) >= Limits.statementsInPatientMax {
                return .refused(.tooManyStatements)
            }
        } else if !hasRows() {
            return .refused(.ledgerFull)
        }
        let row = people.rowMaking(statement.patient.key)
        if people.hasNothing(row) {
            // Nothing rests yet on what is said of most of whom anything is said for the first time.
            people.note(row)
            people.put(standing, row, sequence: stamp.sequence)
            people.set(row, born: statement.born, sequence: stamp.sequence)
            people.set(row, sex: statement.sex, sequence: stamp.sequence)
            count(span(standing, until: standing.until, born: statement.born, sex: statement.sex), 1, stamp)
            return .registered
        }
        try restate([row], stamp) {
            people.note(row)
            people.put(standing, row, sequence: stamp.sequence)
            people.set(row, born: statement.born, sequence: stamp.sequence)
            people.set(row, sex: statement.sex, sequence: stamp.sequence)
        }
        return .registered
    }

    func withdraw(_ withdrawal: Withdrawal, _ stamp: RecordStamp) throws -> Outcome {
        guard withdrawal.patient.key.form == form else { return .refused(.wrongPatientForm) }
        guard let index = register.index(of: withdrawal.commissioner) else { return .refused(.unknownCommissioner) }
        guard let row = people.row(of: withdrawal.patient.key),
            let held = people.held(row, from: withdrawal.from), held.statement.value.commissioner == index
        else { return .refused(.noSuchRegistration) }
        try restate([row], stamp) { people.remove(from: withdrawal.from, held.number) }
        return .registered
    }

    /// Changes what is known of the persons behind some numbers, and moves the person-days and the costs that rest on
    /// it.
    func restate(_ rows: [People.Row], _ stamp: RecordStamp, _ change: () -> Void) throws {
        let before = persons(of: rows)
        let numbers = before.flatMap { people.numbers(of: $0) }
        let resting = numbers.flatMap { number in
            self.events(of: number).map { event in
                (event: event, number: number, before: people.deciding(number, on: events.serviceDate(event)))
            }
        }
        let spans = before.flatMap { self.spans(of: $0) }
        change()
        recount(spans, as: persons(of: rows).flatMap { self.spans(of: $0) }, stamp)
        for (event, number, before) in resting {
            let after = people.deciding(number, on: events.serviceDate(event))
            // Another practice or end moves no cost, so such records are not read.
            guard Attribution(before) != Attribution(after),
                case .costEvent(let stored) = try reader.fact(at: events.position(event)).fact
            else { continue }
            let (old, new) = (attribution(of: stored, deciding: before), attribution(of: stored, deciding: after))
            guard old != new else { continue }
            post(stored, old, times: -1, stamp)
            post(stored, new, times: 1, stamp)
        }
    }

    /// One number of each person behind the numbers.
    private func persons(of rows: [People.Row]) -> [People.Row] {
        if rows.count == 1, !people.hasDetails(rows[0]) { return rows }
        return Set(rows.map { people.numbers(of: $0)[0] }).sorted()
    }

    /// The days on which one statement decides, and as whom the patient is counted on them.
    private struct Span: Equatable {
        let standing: People.Standing
        let until: CalendarDate?
        let profile: Population.Profile
    }

    private func spans(of row: People.Row) -> [Span] {
        let person = people.person(row)
        guard let born = person.born else { return [] }
        let afterDeath = person.died?.adding(days: 1)
        let statements = person.statements
        return statements.indices.compactMap { place in
            let standing = statements[place]
            let next = place + 1 < statements.count ? statements[place + 1].from : nil
            let until = [standing.until, next, afterDeath].compactMap { $0 }.min()
            if let until, until <= standing.from { return nil }
            return span(standing, until: until, born: born, sex: person.sex)
        }
    }

    private func span(
        _ standing: People.Standing, until: CalendarDate?, born: CalendarDate, sex: Sex
    ) -> Span {
        Span(
            standing: standing, until: until,
            profile: Population.Profile(
                born: born, sex: sex, group: standing.group, council: codes.number(standing.council)))
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
        populations[Int(index)].add(
            people, span.profile, from: span.standing.from, until: span.until, recordedOn: stamp.recordedOn)
        note(index, stamp)
    }
}
