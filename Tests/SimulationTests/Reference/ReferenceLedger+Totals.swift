extension ReferenceLedger {
    /// The answer for one commissioner.
    ///
    /// - Throws: `as-of-not-closed`, `unknown-commissioner` or `through-outside-year`.
    func totals(
        of code: String, _ question: ReferenceQuestion, today: Day
    ) throws(ReferenceRefusal) -> ReferenceTotals {
        let ledger = try asked(question, today: today)
        guard ledger.names[code] != nil else { throw ReferenceRefusal(code: "unknown-commissioner") }
        return try ReferenceReckoning(ledger, question, today: today).totals(of: code)
    }

    /// The answer for all commissioners, what is unattributed, and everything together.
    ///
    /// - Throws: `as-of-not-closed` or `through-outside-year`.
    func allTotals(_ question: ReferenceQuestion, today: Day) throws(ReferenceRefusal) -> ReferenceAllTotals {
        let ledger = try asked(question, today: today)
        let reckoning = try ReferenceReckoning(ledger, question, today: today)
        return ReferenceAllTotals(
            commissioners: ledger.names.keys.sorted().map(reckoning.totals),
            unattributed: reckoning.cost(of: reckoning.costs(of: nil)), year: reckoning.year)
    }

    /// The facts that the question is about.
    private func asked(_ question: ReferenceQuestion, today: Day) throws(ReferenceRefusal) -> ReferenceLedger {
        guard let day = question.asOf else { return self }
        // Today may still bring more.
        guard day < today else { throw ReferenceRefusal(code: "as-of-not-closed") }
        return asOf(day)
    }
}
