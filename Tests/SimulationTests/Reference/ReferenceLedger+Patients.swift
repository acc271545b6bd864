extension ReferenceLedger {
    /// Returns `stored`, `replacement-cycle` or `before-birth`.
    @discardableResult
    mutating func putPatient(_ details: ReferencePatientDetails, recordedOn today: Day) -> String {
        if case .said(let number) = details.replacedBy {
            // What the patient's own number leads to now is about to be given up, so it must not count.
            var replacements = replacements
            replacements[details.patient] = nil
            if Self.last(of: number, replacements) == details.patient { return "replacement-cycle" }
        }
        let standing = person(details.patient)?.holdings ?? []
        if let born = details.born, standing.contains(where: { born > $0.statement.from }) { return "before-birth" }
        patients.append(.init(.details(details), on: today))
        return "stored"
    }

    /// Nil for somebody of whom nothing was said under any number.
    ///
    /// Each number has its own statements; of one person's, those with the same `from` are settled by the later
    /// received. So taking a replacement back leaves each number with its own.
    func person(_ patient: String) -> ReferencePerson? {
        let replacements = replacements
        let last = Self.last(of: patient, replacements)
        let said = patients.map(\.fact).enumerated().filter { Self.last(of: $0.element.patient, replacements) == last }
        guard !said.isEmpty else { return nil }

        var person = ReferencePerson()
        var holdings: [ReferencePerson.Holding] = []
        for (place, fact) in said {
            switch fact {
            case .statement(let commissioner, let statement):
                holdings.removeAll { $0.statement.from == statement.from && $0.statement.patient == statement.patient }
                holdings.append(.init(commissioner: commissioner, statement: statement, received: place))
                person.born = statement.born
                person.sex = statement.sex
            case .takenOver(let commissioner, let statement, let received):
                holdings.removeAll { $0.statement.from == statement.from && $0.statement.patient == statement.patient }
                holdings.append(.init(commissioner: commissioner, statement: statement, received: received))
            case .withdrawal(let number, let from):
                holdings.removeAll { $0.statement.from == from && $0.statement.patient == number }
            case .details(let details):
                person.born = details.born ?? person.born
                person.sex = details.sex ?? person.sex
                person.died = details.died.applied(to: person.died)
            }
        }
        for holding in holdings.sorted(by: { $0.received < $1.received }) {
            person.holdings.removeAll { $0.statement.from == holding.statement.from }
            person.holdings.append(holding)
        }
        person.holdings.sort { $0.statement.from < $1.statement.from }
        return person
    }

    /// Everybody of whom something was said, by the last of their numbers.
    func people() -> [String: ReferencePerson] {
        Set(patients.map { lastNumber(of: $0.fact.patient) }).reduce(into: [:]) { $0[$1] = person($1) }
    }

    /// The number at the end of the chain: two numbers are one person's if they have the same one.
    func lastNumber(of patient: String) -> String {
        Self.last(of: patient, replacements)
    }

    /// Each number that is replaced, with the one that replaces it.
    private var replacements: [String: String] {
        var replacements: [String: String] = [:]
        for said in patients {
            guard case .details(let details) = said.fact else { continue }
            replacements[details.patient] = details.replacedBy.applied(to: replacements[details.patient])
        }
        return replacements
    }

    private static func last(of patient: String, _ replacements: [String: String]) -> String {
        var last = patient
        while let next = replacements[last] { last = next }
        return last
    }
}

extension ReferenceChange {
    func applied(to value: Value?) -> Value? {
        switch self {
        case .unsaid: value
        case .takenBack: nil
        case .said(let new): new
        }
    }
}
