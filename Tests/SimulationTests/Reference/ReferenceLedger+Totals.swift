extension ReferenceLedger {
    /// The answer for one commissioner.
    ///
    /// - Throws: `unknown-commissioner` or `through-outside-year`.
    func totals(
        of code: String, year: String, through: Day? = nil, today: Day, by dimensions: [String] = []
    ) throws(ReferenceRefusal) -> ReferenceTotals {
        guard names[code] != nil else { throw ReferenceRefusal(code: "unknown-commissioner") }
        return try Reckoning(ledger: self, year: year, through: through, today: today, dimensions: dimensions)
            .totals(of: code)
    }

    /// The answer for all commissioners, what is unattributed, and everything together.
    ///
    /// - Throws: `through-outside-year`.
    func allTotals(
        year: String, through: Day? = nil, today: Day, by dimensions: [String] = []
    ) throws(ReferenceRefusal) -> ReferenceAllTotals {
        let reckoning = try Reckoning(
            ledger: self, year: year, through: through, today: today, dimensions: dimensions)
        return ReferenceAllTotals(
            commissioners: names.keys.sorted().map(reckoning.totals),
            unattributed: reckoning.cost(of: reckoning.costs(of: nil)), year: reckoning.year)
    }
}

/// One question, with the facts that stand when it is asked.
private struct Reckoning {
    let ledger: ReferenceLedger
    let year: ReferenceYear
    /// Nil for a year that has not begun.
    let through: Day?
    let dimensions: [String]
    let people: [String: ReferencePerson]
    /// Those that count in the year: on or before the last day reckoned.
    let costs: [ReferenceCost]

    init(
        ledger: ReferenceLedger, year name: String, through asked: Day?, today: Day, dimensions: [String]
    ) throws(ReferenceRefusal) {
        guard let year = ReferenceYear(name) else { preconditionFailure("not a year: \(name)") }
        if let asked, !year.contains(asked) { throw ReferenceRefusal(code: "through-outside-year") }
        let through = today < year.first ? nil : asked ?? min(today, year.last)
        self.ledger = ledger
        self.year = year
        self.through = through
        self.dimensions = dimensions
        people = Set(ledger.registrations.map(\.item.patient)).reduce(into: [:]) { $0[$1] = ledger.person($1) }
        costs = ledger.standingCosts().filter { cost in
            through.map { year.first <= cost.serviceDate && cost.serviceDate <= $0 } ?? false
        }
    }

    func totals(of code: String) -> ReferenceTotals {
        let costs = costs(of: code)
        var totals = ReferenceTotals(
            commissioner: code, name: ledger.names[code] ?? "", year: year.name, through: through)
        if !dimensions.isEmpty { totals.breakdown = [] }
        guard let through else { return totals }

        let accrual = ledger.accrual(of: code, year: year, through: through, people: Array(people.values))
        let days = Int128(accrual.personDays)
        totals.population = .init(
            people: accrual.people, personDays: accrual.personDays,
            personYears: Fraction(days, over: Int128(year.dayCount)).decimal(places: 3))
        totals.cost = cost(of: costs)
        totals.budget.totalPence = accrual.budget.values.reduce(.zero, +).rounded
        totals.budget.fullYearPence = accrual.fullYear.rounded
        totals.budget.personDaysWithoutRate = accrual.personDaysWithoutRate
        for (path, pence) in apportioned(totals.budget.totalPence, accrual, by: ["setting"]) {
            totals.budget.bySettingPence[path[0]] = pence
        }
        if days > 0 {
            totals.costPerHeadPence = Fraction(totals.cost.totalPence * Int128(year.dayCount), over: days).rounded
        }
        if !dimensions.isEmpty {
            totals.breakdown = rows(
                costs: costs, budget: apportioned(totals.budget.totalPence, accrual, by: dimensions))
        }
        return totals
    }

    /// The costs that count for a commissioner; of nil, those that are unattributed.
    func costs(of code: String?) -> [ReferenceCost] {
        costs.filter { ($0.commissioner ?? registration(of: $0)?.commissioner) == code }
    }

    func cost(of costs: [ReferenceCost]) -> ReferenceTotals.Cost {
        var sum = ReferenceTotals.Cost()
        for cost in costs {
            sum.totalPence += cost.signedPence
            if cost.kind == "credit" { sum.creditsPence += cost.signedPence }
            if cost.withoutPatient != nil { sum.withoutPatientPence += cost.signedPence }
            sum.events += 1
            sum.bySettingPence[cell(of: cost).setting] += cost.signedPence
        }
        return sum
    }

    /// Where the patient is registered on the service date.
    private func registration(of cost: ReferenceCost) -> ReferencePerson.Holding? {
        guard let patient = cost.patient else { return nil }
        return people[patient]?.holding(on: cost.serviceDate)
    }

    private func cell(of cost: ReferenceCost) -> ReferenceCell {
        let group = registration(of: cost)?.statement.group
        return ReferenceCell(
            setting: ReferenceWords.settingPlace(of: cost.setting),
            group: group.map(ReferenceWords.groupPlace) ?? ReferenceWords.groups.count,
            month: year.months.count { $0.last < cost.serviceDate })
    }

    private func apportioned(
        _ written: Int128, _ accrual: ReferenceAccrual, by dimensions: [String]
    ) -> [[Int]: Int128] {
        var exact: [[Int]: Fraction] = [:]
        for (cell, pence) in accrual.budget {
            let path = cell.path(dimensions)
            exact[path] = exact[path, default: .zero] + pence
        }
        return apportion(written, over: exact)
    }

    /// One row for each place in the tree with anything written in it, in the tree's order.
    private func rows(costs: [ReferenceCost], budget: [[Int]: Int128]) -> [ReferenceTotals.Row] {
        let costsByPath = Dictionary(grouping: costs) { cell(of: $0).path(dimensions) }
        let paths = Set(costsByPath.keys).union(budget.filter { $0.value != 0 }.keys)
        return paths.sorted { $0.lexicographicallyPrecedes($1) }.map { path in
            var places = path[...]
            let setting = dimensions.contains("setting") ? ReferenceWords.settings[places.removeFirst()] : nil
            let group = dimensions.contains("group") ? (ReferenceWords.groups + ["null"])[places.removeFirst()] : nil
            let month = dimensions.contains("month") ? year.months[places.removeFirst()].name : nil
            let costs = costsByPath[path] ?? []
            return ReferenceTotals.Row(
                setting: setting, group: group, month: month,
                costPence: costs.map(\.signedPence).reduce(0, +), events: costs.count, budgetPence: budget[path] ?? 0)
        }
    }
}
