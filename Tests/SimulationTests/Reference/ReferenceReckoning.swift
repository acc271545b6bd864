/// One question, with the facts that stand for it.
struct ReferenceReckoning {
    /// A cost with what the statements and cards say of it.
    struct PlacedCost {
        let cost: ReferenceCost
        /// Nil when it is unattributed.
        let commissioner: String?
        let cell: ReferenceCell
    }

    let year: ReferenceYear
    let ledger: ReferenceLedger
    let question: ReferenceQuestion
    /// Nil for a year that has not begun.
    let through: Day?
    /// By the last of their numbers.
    private let people: [String: ReferencePerson]
    /// Those that count in the year: on or before the last day reckoned.
    let costs: [PlacedCost]

    /// - Throws: `through-outside-year`.
    init(_ ledger: ReferenceLedger, _ question: ReferenceQuestion, today: Day) throws(ReferenceRefusal) {
        guard let year = ReferenceYear(question.year) else { preconditionFailure("not a year: \(question.year)") }
        if let asked = question.through, !year.contains(asked) {
            throw ReferenceRefusal(code: "through-outside-year")
        }
        let now = question.asOf ?? today
        let through = now < year.first ? nil : question.through ?? min(now, year.last)
        let people = ledger.people()
        self.year = year
        self.ledger = ledger
        self.question = question
        self.through = through
        self.people = people
        costs = ledger.standingCosts().compactMap { cost in
            guard let through, year.first <= cost.serviceDate, cost.serviceDate <= through else { return nil }
            let person = cost.patient.flatMap { people[ledger.lastNumber(of: $0)] }
            let holding = person?.holding(ofServiceOn: cost.serviceDate)
            return Self.place(cost, holding: holding, year: year, in: ledger)
        }
    }

    func totals(of code: String) -> ReferenceTotals {
        let costs = costs(of: code)
        var totals = unreckoned(code)
        guard let accrual = accrual(of: code) else { return totals }

        totals.population.people = accrual.people
        totals.population.personDays = accrual.personDays
        totals.cost = cost(of: costs)
        totals.reckonRatios(in: year)
        totals.budget.totalPence = accrual.budget.values.reduce(.zero, +).rounded
        totals.budget.fullYearPence = accrual.fullYearBudget.values.reduce(.zero, +).rounded
        totals.budget.personDaysWithoutRate = accrual.personDaysWithoutRate
        let bySetting = apportioned(totals.budget.totalPence, accrual.budget, by: ["setting"])
        for setting in ReferenceWords.settings.indices {
            totals.budget.bySettingPence[setting] = bySetting[[.ordinal(setting)]] ?? 0
        }
        if !question.by.isEmpty {
            let hasBudget = !question.by.contains("provider")
            totals.breakdown = rows(
                costs: costs,
                budget: hasBudget ? apportioned(totals.budget.totalPence, accrual.budget, by: question.by) : nil)
        }
        return totals
    }

    /// The answer of a year that has not begun.
    func unreckoned(_ code: String) -> ReferenceTotals {
        var totals = ReferenceTotals(
            commissioner: code, name: ledger.register[code]?.name ?? "", year: year.name, through: through,
            asOf: question.asOf)
        totals.population.basis = ledger.basis(of: code, year: year)
        if !question.by.isEmpty { totals.breakdown = [] }
        return totals
    }

    /// Nil for a year that has not begun.
    func accrual(of code: String) -> ReferenceAccrual? {
        guard let through else { return nil }
        var accrual = ReferenceAccrual(of: code, year: year, through: through, in: ledger)
        if ledger.basis(of: code, year: year) == "list-size" {
            accrual.addListSizes(ledger.listSizes(of: code))
        } else {
            accrual.addRegistered(Array(people.values))
        }
        return accrual
    }

    /// The costs that count for a commissioner; of nil, those that are unattributed.
    func costs(of code: String?) -> [PlacedCost] {
        costs.filter { $0.commissioner == code }
    }

    func cost(of costs: [PlacedCost]) -> ReferenceTotals.Cost {
        var sum = ReferenceTotals.Cost()
        for placed in costs {
            let cost = placed.cost
            sum.totalPence += cost.signedPence
            if cost.kind == "credit" { sum.creditsPence += cost.signedPence }
            if cost.withoutPatient != nil { sum.withoutPatientPence += cost.signedPence }
            sum.events += 1
            sum.bySettingPence[placed.cell.setting] += cost.signedPence
        }
        return sum
    }

    private static func place(
        _ cost: ReferenceCost, holding: ReferencePerson.Holding?, year: ReferenceYear, in ledger: ReferenceLedger
    ) -> PlacedCost {
        let commissioner = cost.commissioner ?? holding?.commissioner
        // An unattributed cost has no breakdown, so what stands for its funder is never seen.
        var funder = commissioner ?? ""
        if let commissioner,
            let card = ledger.cardInUse(commissioner: commissioner, year: year.name, setting: cost.setting)
        {
            funder = card.funder(
                of: cost.setting, council: holding?.statement.council, commissioner: commissioner)
        }
        return PlacedCost(
            cost: cost, commissioner: commissioner,
            cell: ReferenceCell(
                setting: ReferenceWords.settingPlace(of: cost.setting), funder: cost.funder ?? funder,
                group: (holding?.statement.group).map(ReferenceWords.groupPlace),
                month: year.months.count { $0.last < cost.serviceDate }, provider: cost.provider))
    }

    func apportioned(
        _ written: Int128, _ budget: [ReferenceCell: Fraction], by dimensions: [String]
    ) -> [[ReferencePlace]: Int128] {
        var exact: [[ReferencePlace]: Fraction] = [:]
        for (cell, pence) in budget {
            let path = cell.path(dimensions)
            exact[path] = exact[path, default: .zero] + pence
        }
        return apportion(written, over: exact)
    }

    /// One row for each place in the tree with anything written in it, in the tree's order.
    func rows(costs: [PlacedCost], budget: [[ReferencePlace]: Int128]?) -> [ReferenceTotals.Row] {
        let costsByPath = Dictionary(grouping: costs) { $0.cell.path(question.by) }
        let paths = Set(costsByPath.keys).union((budget ?? [:]).filter { $0.value != 0 }.keys)
        let asked = ReferenceCell.dimensions.filter(question.by.contains)
        return paths.sorted { $0.lexicographicallyPrecedes($1) }.map { path in
            let names = Dictionary(uniqueKeysWithValues: zip(asked, zip(asked, path).map(name)))
            let costs = costsByPath[path] ?? []
            return ReferenceTotals.Row(
                setting: names["setting"], funder: names["funder"], group: names["group"], month: names["month"],
                provider: names["provider"], costPence: costs.map(\.cost.signedPence).reduce(0, +),
                events: costs.count, budgetPence: budget.map { $0[path] ?? 0 })
        }
    }

    private func name(of dimension: String, at place: ReferencePlace) -> String {
        switch place {
        case .ordinal(let index) where dimension == "setting": ReferenceWords.settings[index]
        case .ordinal(let index) where dimension == "group": ReferenceWords.groups[index]
        case .ordinal(let index): year.months[index].name
        case .code(let code): code
        case .none: "null"
        }
    }
}
