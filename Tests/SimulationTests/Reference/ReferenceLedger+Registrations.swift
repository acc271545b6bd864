/// A patient as the statements that stand describe them.
struct ReferencePerson: Sendable {
    struct Holding: Sendable {
        let commissioner: String
        let statement: ReferenceStatement
    }

    /// As the latest statement received has it, even if it has been withdrawn since.
    var born: Day
    var sex: String
    /// Oldest first.
    var holdings: [Holding]

    /// The statement that decides on the day: the one with the latest `from` on or before it, unless it has ended.
    func holding(on day: Day) -> Holding? {
        var latest: Int?
        for index in holdings.indices where holdings[index].statement.from <= day { latest = index }
        guard let latest else { return nil }
        if let until = holdings[latest].statement.until, until <= day { return nil }
        return holdings[latest]
    }
}

extension ReferenceLedger {
    /// Returns `registered`, `unchanged`, or the code of the refusal.
    ///
    /// A withdrawal that took something away is `registered` too: the reply counts each item in one of three ways.
    @discardableResult
    mutating func register(commissioner: String, item: ReferenceRegistration) -> String {
        guard names[commissioner] != nil else { return "unknown-commissioner" }
        let person = person(item.patient)
        let outcome =
            switch item {
            case .statement(let statement): outcome(of: statement, by: commissioner, about: person)
            case .withdrawal(_, let from): outcome(ofWithdrawalFrom: from, by: commissioner, about: person)
            }
        if outcome == "registered" { registrations.append(.init(commissioner: commissioner, item: item)) }
        return outcome
    }

    /// Nil for a patient never heard of.
    func person(_ patient: String) -> ReferencePerson? {
        var person: ReferencePerson?
        for registration in registrations where registration.item.patient == patient {
            switch registration.item {
            case .statement(let statement):
                var holdings = person?.holdings ?? []
                holdings.removeAll { $0.statement.from == statement.from }
                holdings.append(.init(commissioner: registration.commissioner, statement: statement))
                person = ReferencePerson(born: statement.born, sex: statement.sex, holdings: holdings)
            case .withdrawal(_, let from):
                person?.holdings.removeAll { $0.statement.from == from }
            }
        }
        person?.holdings.sort { $0.statement.from < $1.statement.from }
        return person
    }

    private func outcome(
        of statement: ReferenceStatement, by commissioner: String, about person: ReferencePerson?
    ) -> String {
        if let until = statement.until, until <= statement.from { return "ends-before-it-begins" }
        let standing = person?.holdings ?? []
        let begins = standing.map(\.statement.from) + [statement.from]
        if begins.contains(where: { statement.born > $0 }) { return "before-birth" }

        guard let person, let same = standing.first(where: { $0.statement.from == statement.from }) else {
            return "registered"
        }
        // Born and sex belong to the patient, so the repetition must agree with what is known of the patient now.
        var known = same.statement
        known.born = person.born
        known.sex = person.sex
        return same.commissioner == commissioner && known == statement ? "unchanged" : "registered"
    }

    private func outcome(
        ofWithdrawalFrom from: Day, by commissioner: String, about person: ReferencePerson?
    ) -> String {
        let stands = person?.holdings.contains { $0.commissioner == commissioner && $0.statement.from == from }
        return stands == true ? "registered" : "no-such-registration"
    }
}
