/// Bodies that have merged into one, whose registrations go on as that one's from a day on.
struct ReferenceSuccession: Hashable, Sendable {
    /// Into which they merged.
    var commissioner: String
    var from: [String]
    var date: Day

    /// What is wrong with its form, and where; nil if nothing is.
    var fault: (code: String, pointer: String)? {
        if from.isEmpty { return ("empty-list", "/from") }
        for (index, code) in from.enumerated() {
            if code == commissioner { return ("succeeds-itself", "/from/\(index)") }
            if from[..<index].contains(code) { return ("repeated-code", "/from/\(index)") }
        }
        return nil
    }

    func lines(moved: Int) -> [ReferenceLine] {
        [ReferenceLine("commissioner", commissioner)]
            + from.enumerated().map { ReferenceLine("from[\($0)]", $1) }
            + [ReferenceLine("date", "\(date)"), ReferenceLine("moved", "\(moved)")]
    }
}

extension ReferenceLedger {
    /// Returns how many people had a statement put.
    ///
    /// - Throws: the fault of its form, or `unknown-commissioner`; then everything is as it was.
    @discardableResult
    mutating func succeed(_ succession: ReferenceSuccession, recordedOn today: Day) throws(ReferenceRefusal) -> Int {
        let named = [succession.commissioner] + succession.from
        if let fault = succession.fault { throw ReferenceRefusal(code: fault.code) }
        guard named.allSatisfy({ register[$0] != nil }) else { throw ReferenceRefusal(code: "unknown-commissioner") }
        let people = people().values.map { holdings(of: $0, after: succession) }.filter { !$0.isEmpty }
        for holding in people.joined() {
            let said = SaidOfPatient.takenOver(
                commissioner: holding.commissioner, holding.statement, received: holding.received)
            patients.append(.init(said, on: today))
        }
        return people.count
    }

    /// What is put about one person, each under the number of the statement that it goes on from.
    private func holdings(
        of person: ReferencePerson, after succession: ReferenceSuccession
    ) -> [ReferencePerson.Holding] {
        // The dead have been registered with somebody too.
        var undying = person
        undying.died = nil
        let current = undying.holding(on: succession.date)
        let later = person.holdings.filter { $0.statement.from > succession.date }
        return ([current].compactMap(\.self) + later).filter { succession.from.contains($0.commissioner) }.map {
            holding in
            var statement = holding.statement
            statement.from = max(statement.from, succession.date)
            return .init(commissioner: succession.commissioner, statement: statement, received: holding.received)
        }
    }
}
