extension ReferenceLedger {
    /// The answer for one commissioner.
    ///
    /// - Throws: `as-of-not-closed`, `unknown-commissioner` or `through-outside-year`.
    func totals(
        of code: String, _ question: ReferenceQuestion, today: Day
    ) throws(ReferenceRefusal) -> ReferenceTotals {
        let ledger = try asked(question, of: code, today: today)
        guard question.isGathered else {
            return try ReferenceReckoning(ledger, question, today: today).totals(of: code)
        }
        var gathering = try ReferenceGathering(ledger, question, today: today)
        return try gathering.totals(of: code)
    }

    /// The answer about what one body pays.
    ///
    /// - Throws: `bad-parameter`, `as-of-not-closed`, `unknown-commissioner` or `through-outside-year`.
    func payerTotals(
        of code: String, _ question: ReferenceQuestion, today: Day
    ) throws(ReferenceRefusal) -> ReferencePayerTotals {
        let ledger = try asked(question, of: code, today: today)
        // What a body pays knows no boundaries.
        if question.isGathered { throw ReferenceRefusal(code: "bad-parameter") }
        return try ReferenceReckoning(ledger, question, today: today).payerTotals(of: code)
    }

    /// The answer for all commissioners, what is unattributed, and everything together.
    ///
    /// - Throws: `as-of-not-closed` or `through-outside-year`.
    func allTotals(_ question: ReferenceQuestion, today: Day) throws(ReferenceRefusal) -> ReferenceAllTotals {
        let ledger = try asked(question, today: today)
        let reckoning = try ReferenceReckoning(ledger, question, today: today)
        let rows: [ReferenceTotals]
        if question.isGathered {
            var gathering = try ReferenceGathering(ledger, question, today: today)
            rows = try gathering.rows()
        } else {
            rows = ledger.register.keys.sorted().map(reckoning.totals)
        }
        return ReferenceAllTotals(
            commissioners: rows, unattributed: reckoning.cost(of: reckoning.costs(of: nil)), year: reckoning.year)
    }

    /// The facts that the question is about.
    private func asked(
        _ question: ReferenceQuestion, of code: String? = nil, today: Day
    ) throws(ReferenceRefusal) -> ReferenceLedger {
        // Today may still bring more.
        if let day = question.asOf, day >= today { throw ReferenceRefusal(code: "as-of-not-closed") }
        let ledger = question.asOf.map(asOf) ?? self
        if let code, ledger.register[code] == nil { throw ReferenceRefusal(code: "unknown-commissioner") }
        return ledger
    }
}
