extension ReferenceLedger {
    /// Returns `registered`, `unchanged`, or the code of the refusal.
    ///
    /// A withdrawal that took something away is `registered` too: the reply counts each item in one of three ways.
    @discardableResult
    mutating func register(
        commissioner: String, item: ReferenceRegistration, recordedOn today: Day
    ) -> String {
        guard register[commissioner] != nil else { return "unknown-commissioner" }
        let person = person(item.patient)
        switch item {
        case .statement(let statement):
            let outcome = outcome(of: statement, by: commissioner, about: person)
            if outcome == "registered" {
                patients.append(.init(.statement(commissioner: commissioner, statement), on: today))
            }
            return outcome
        case .withdrawal(_, let from):
            let standing = person?.holdings.first { $0.commissioner == commissioner && $0.statement.from == from }
            guard let standing else { return "no-such-registration" }
            // It may have been said under another number of the same person.
            patients.append(.init(.withdrawal(patient: standing.statement.patient, from: from), on: today))
            return "registered"
        }
    }

    private func outcome(
        of statement: ReferenceStatement, by commissioner: String, about person: ReferencePerson?
    ) -> String {
        if let until = statement.until, until <= statement.from { return "ends-before-it-begins" }
        let standing = person?.holdings ?? []
        let begins = standing.map(\.statement.from) + [statement.from]
        if begins.contains(where: { statement.born > $0 }) { return "before-birth" }

        guard let same = standing.first(where: { $0.statement.from == statement.from }) else { return "registered" }
        // Born and sex belong to the patient, so the repetition must agree with what is known of the patient now.
        var known = same.statement
        known.born = person?.born ?? known.born
        known.sex = person?.sex ?? known.sex
        return same.commissioner == commissioner && known == statement ? "unchanged" : "registered"
    }
}
