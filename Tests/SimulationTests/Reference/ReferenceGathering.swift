/// Answers in which bodies count for others: for their successors, for those above them, or both.
///
/// What a body brings for some days in a row is the difference of two written answers of its own: the one through the
/// last of the days less the one through the day before the first. So nothing is rounded twice, and pennies stay.
struct ReferenceGathering {
    private struct Stretch {
        let body: String
        let first: Day
        var last: Day
        /// For whom it counts on these days; the last of them counts it alone.
        let holders: [String]
    }

    private let ledger: ReferenceLedger
    private let question: ReferenceQuestion
    private let today: Day
    private let structure: ReferenceStructure
    private let stretches: [Stretch]
    /// By the last day reckoned, each with the answers asked of it so far.
    private var reckonings: [Day: (reckoning: ReferenceReckoning, figures: [String: ReferenceFigures])] = [:]
    /// The one that was asked for.
    let whole: ReferenceReckoning

    /// - Throws: `through-outside-year`.
    init(_ ledger: ReferenceLedger, _ question: ReferenceQuestion, today: Day) throws(ReferenceRefusal) {
        self.ledger = ledger
        self.question = question
        self.today = today
        structure = ReferenceStructure(
            register: ledger.register, successionsThrough: question.isCurrent ? question.asOf ?? today : nil,
            hasChildren: question.hasChildren)
        whole = try ReferenceReckoning(ledger, question, today: today)
        stretches = Self.stretches(of: ledger.register.keys.sorted(), in: whole.year, structure)
    }

    /// A body's own answer: everything that counts for it, whoever else counts it too.
    mutating func totals(of code: String) throws(ReferenceRefusal) -> ReferenceTotals {
        try totals(of: code, stretches.filter { $0.holders.contains(code) })
    }

    /// One answer for each body that counts something alone, by code. Each figure is in just one of them.
    mutating func rows() throws(ReferenceRefusal) -> [ReferenceTotals] {
        var rows: [ReferenceTotals] = []
        for code in Set(stretches.compactMap(\.holders.last)).sorted() {
            rows.append(try totals(of: code, stretches.filter { $0.holders.last == code }))
        }
        return rows
    }

    private mutating func totals(of code: String, _ stretches: [Stretch]) throws(ReferenceRefusal) -> ReferenceTotals {
        let current = structure.current(code)
        let bodies = Set(stretches.map(\.body)).sorted()
        var sum = ReferenceFigures()
        for stretch in stretches { sum = sum + (try brought(by: stretch)) }

        var totals = whole.unreckoned(code)
        totals.gathered = .init(
            isCurrent: question.isCurrent, hasChildren: question.hasChildren,
            countedUnder: current == code ? nil : current, bodies: bodies)
        let bases = Set(bodies.map { ledger.basis(of: $0, year: whole.year) })
        if let basis = bases.first { totals.population.basis = bases.count > 1 ? "mixed" : basis }
        totals.population.people = sum.people
        totals.population.personDays = sum.personDays
        totals.cost = sum.cost
        totals.budget = sum.budget
        if !question.by.isEmpty { totals.breakdown = sum.breakdown }
        totals.reckonRatios(in: whole.year)
        return totals
    }

    private mutating func brought(by stretch: Stretch) throws(ReferenceRefusal) -> ReferenceFigures {
        // Nothing is told of a year that has not begun.
        guard let through = whole.through else { return ReferenceFigures() }
        let before = stretch.first > whole.year.first ? stretch.first - 1 : nil
        let after = try written(stretch.body, through: min(stretch.last, through))
        var brought = try after - written(stretch.body, through: before.map { min($0, through) })
        brought.people = stretch.first <= through && through <= stretch.last ? after.people : 0
        brought.budget.fullYearPence =
            try written(stretch.body, through: stretch.last).budget.totalPence
            - written(stretch.body, through: before).budget.totalPence
        return brought
    }

    /// The body's own answer to the same question through another day; of nil, which is before all, nothing.
    private mutating func written(_ body: String, through day: Day?) throws(ReferenceRefusal) -> ReferenceFigures {
        guard let day else { return ReferenceFigures() }
        if let known = reckonings[day]?.figures[body] { return known }
        if reckonings[day] == nil {
            var question = question
            question.through = day
            reckonings[day] = (try ReferenceReckoning(ledger, question, today: today), [:])
        }
        let figures = reckonings[day].map { ReferenceFigures($0.reckoning.totals(of: body)) } ?? ReferenceFigures()
        reckonings[day]?.figures[body] = figures
        return figures
    }

    private static func stretches(
        of bodies: [String], in year: ReferenceYear, _ structure: ReferenceStructure
    ) -> [Stretch] {
        let changes = structure.changes(in: year)
        let ends = changes.dropFirst().map { $0 - 1 } + [year.last]
        var stretches: [Stretch] = []
        for body in bodies {
            for (first, last) in zip(changes, ends) {
                let holders = structure.holders(of: body, on: first)
                if let before = stretches.last, before.body == body, before.holders == holders {
                    stretches[stretches.count - 1].last = last
                } else {
                    stretches.append(Stretch(body: body, first: first, last: last, holders: holders))
                }
            }
        }
        return stretches
    }
}
