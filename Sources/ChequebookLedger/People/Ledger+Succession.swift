import ChequebookModel

extension Ledger {
    /// Moves the open registrations of merged bodies to the one that takes over.
    ///
    /// Of each person the statement that decides on the day goes on under the successor, and those that begin later
    /// become the successor's. Death is not looked at: should it be taken back, the person is where the others are.
    func move(_ succession: Succession, _ stamp: RecordStamp) throws -> Outcome {
        guard let successor = register.index(of: succession.commissioner) else {
            return .refused(.unknownCommissioner)
        }
        let indices = succession.from.compactMap { register.index(of: $0) }
        guard indices.count == succession.from.count else { return .refused(.unknownCommissioner) }
        let merged = Set(indices)
        var moves: [Move] = []
        for row in people.persons(statedBy: merged) {
            let replacements = self.moves(of: row, merged, to: successor, on: succession.date)
            guard !replacements.isEmpty else { continue }
            guard replacements.allSatisfy({ hasRoom(for: $0) }) else { return .refused(.tooManyStatements) }
            moves.append(Move(row: row, replacements: replacements))
        }
        // Nothing was changed so far: the step is done whole or not at all.
        for move in moves {
            try restate([move.row], stamp) {
                for (number, statement) in move.replacements {
                    people.put(statement.value, number, sequence: statement.sequence)
                }
            }
        }
        return moves.isEmpty ? .unchanged : .moved(people: moves.count)
    }

    /// The statements to be put for one person.
    private struct Move {
        let row: People.Row
        let replacements: [Replacement]
    }

    /// A statement keeps the sequence at which it was received: of two numbers that are joined later, the one received
    /// later still holds.
    private typealias Replacement = (number: People.Row, statement: People.Received<People.Standing>)

    private func moves(
        of row: People.Row, _ merged: Set<CommissionerIndex>, to successor: CommissionerIndex, on date: CalendarDate
    ) -> [Replacement] {
        let statements = people.person(row).statements
        let decides = statements.lastIndex { $0.from <= date }
        return statements.indices.compactMap { place in
            var standing = statements[place]
            guard merged.contains(standing.commissioner) else { return nil }
            if standing.from <= date {
                guard place == decides, standing.isInEffect(on: date) else { return nil }
            }
            guard let (number, held) = people.held(row, from: standing.from) else { return nil }
            standing.from = max(standing.from, date)
            standing.commissioner = successor
            return (number, People.Received(value: standing, sequence: held.sequence))
        }
    }

    /// Whether the number can have the statement: at most one of a move is more than stands already.
    private func hasRoom(for move: Replacement) -> Bool {
        people.statementCount(move.number) < Limits.statementsInPatientMax
            || people.held(move.number, from: move.statement.value.from)?.number == move.number
    }
}
