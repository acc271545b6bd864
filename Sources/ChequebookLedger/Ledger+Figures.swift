public import ChequebookModel

/// Everything that a totals answer about one commissioner and year is made from, exact.
public struct CommissionerFigures: Sendable {
    public let commissioner: Commissioner
    public let year: FinancialYear
    /// The last day that counts; nil for a year not begun.
    public let through: CalendarDate?
    public let cost: CostFigures
    /// Cost by provider and funder too; empty unless asked for.
    public let costLines: [CostLine]
    public let budget: BudgetFigures
    public let lastChange: LastChange
}

/// Cost of one setting, group, month, provider and funder.
public struct CostLine: Equatable, Sendable {
    public let setting: CareSetting
    public let group: PatientGroup?
    /// 0 for April to 11 for March.
    public let month: Int
    public let provider: OrganisationCode?
    /// Nil for a cost that belongs to nobody and whose funder was not stated.
    public let funder: OrganisationCode?
    public let isCredit: Bool
    public let isWithoutPatient: Bool
    public let cell: CostFigures.Cell
}

extension Ledger {
    /// The row number of a commissioner, by which changes are told; nil for an unknown one.
    public func commissionerIndex(_ code: OrganisationCode) -> UInt16? { register.index(of: code) }

    /// The commissioners registered after the first `count`, in the order in which they were, each with its row number
    /// and the day.
    public func commissioners(
        after count: Int
    ) -> [(code: OrganisationCode, index: UInt16, registeredOn: CalendarDate)] {
        register.bodies(after: count)
    }

    /// A registered body.
    public func commissioner(_ code: OrganisationCode, at moment: Moment = .now) -> Commissioner? {
        register.index(of: code).flatMap { register.body(at: $0, moment) }
    }

    /// All registered bodies, sorted by code.
    public func commissioners(at moment: Moment = .now) -> [Commissioner] {
        register.sortedIndices.compactMap { register.body(at: $0, moment) }
    }

    /// The last record that changed any body's entry in the register.
    public func registerChange(at moment: Moment) -> LastChange { registerChange.value(at: moment) ?? LastChange() }

    /// The national card of a year, or a commissioner's own.
    public func rateCard(_ code: OrganisationCode?, _ year: FinancialYear) -> RateCard? {
        guard let code else { return cards.national(year) }
        return register.index(of: code).flatMap { cards.own($0, year) }
    }

    /// A commissioner's list of a day; nil if none was put on that very day.
    public func listSizes(_ code: OrganisationCode, _ date: CalendarDate) -> ListSizes? {
        register.index(of: code).flatMap { listSizes[Int($0)].bands(date) }
            .map { ListSizes(commissioner: code, date: date, bands: $0) }
    }

    /// One commissioner's figures for a year through a day of it; nil for a commissioner unknown at the moment.
    ///
    /// - Parameters:
    ///   - through: a day of the year; nil for a year not begun, when every figure is 0.
    ///   - isDetailed: whether cost is wanted by provider and funder.
    public func figures(
        _ code: OrganisationCode, _ year: FinancialYear, through: CalendarDate?, at moment: Moment = .now,
        isDetailed: Bool = false
    ) -> CommissionerFigures? {
        guard let index = register.index(of: code), let body = register.body(at: index, moment) else { return nil }
        let dayEnd = Self.dayEnd(year, through)
        let (cost, lines) = cost(index, year, before: dayEnd, at: moment, isDetailed: isDetailed)
        return CommissionerFigures(
            commissioner: body, year: year, through: through, cost: cost,
            costLines: lines.map { line in
                costLine(line) { cardFunder(index, body.code, year, line.key.setting, council: $0, at: moment) }
            },
            budget: budget(index, code, year, dayEnd, at: moment),
            lastChange: lastChange(index, year, at: moment))
    }

    /// The cost that belongs to nobody yet.
    public func unattributedCost(
        _ year: FinancialYear, through: CalendarDate?, at moment: Moment = .now
    ) -> CostFigures {
        cost(CommissionerRegister.unattributed, year, before: Self.dayEnd(year, through), at: moment, isDetailed: false)
            .figures
    }

    /// The same figures through the year's last day.
    public func fullYearFigures(_ figures: CommissionerFigures, at moment: Moment) -> CommissionerFigures {
        guard let through = figures.through, through != figures.year.lastDay else { return figures }
        return self.figures(figures.commissioner.code, figures.year, through: figures.year.lastDay, at: moment)
            ?? figures
    }

    /// The cost that belongs to nobody yet, by provider and stated funder too.
    public func unattributedLines(
        _ year: FinancialYear, through: CalendarDate?, at moment: Moment
    ) -> (lines: [CostLine], lastChange: LastChange) {
        let index = CommissionerRegister.unattributed
        let dayEnd = Self.dayEnd(year, through)
        let lines = cost(index, year, before: dayEnd, at: moment, isDetailed: true).lines
        let change = costs.year(index, year)?.changes.value(at: moment) ?? LastChange()
        return (lines.map { line in costLine(line) { _ in nil } }, change)
    }

    /// Days of the year that count; 0 for a year not begun.
    private static func dayEnd(_ year: FinancialYear, _ through: CalendarDate?) -> Int {
        through.map { Int($0.dayNumber - year.firstDay.dayNumber) + 1 } ?? 0
    }

    private func budget(
        _ index: CommissionerIndex, _ code: OrganisationCode, _ year: FinancialYear, _ dayEnd: Int, at moment: Moment
    ) -> BudgetFigures {
        guard dayEnd > 0 else {
            let isListed = listSizes[Int(index)].inForce(year, at: moment) != nil
            return BudgetFigures(year: year, basis: isListed ? .listSize : .registered)
        }
        func reckon() -> BudgetFigures {
            BudgetReckoning(
                cards: cards, lists: listSizes[Int(index)], commissioner: index, body: code, year: year,
                dayEnd: dayEnd, at: moment
            ).figures(of: populations[Int(index)].changes(at: moment), codes: codes)
        }
        guard moment == .now else { return reckon() }
        let editions = BudgetMemory.Editions(
            population: populations[Int(index)].edition, lists: listSizes[Int(index)].edition, cards: cards.edition)
        return budgets.figures(index, year, dayEnd: dayEnd, editions, reckon: reckon)
    }

    private func cost(
        _ index: CommissionerIndex, _ year: FinancialYear, before dayEnd: Int, at moment: Moment, isDetailed: Bool
    ) -> (figures: CostFigures, lines: [CostYear.Line]) {
        guard dayEnd > 0, let book = costs.year(index, year) else { return (CostFigures(), []) }
        if moment == .now && !isDetailed { return (book.figures(before: dayEnd), []) }
        let (figures, lines) = book.detailedFigures(before: dayEnd, at: moment)
        return (figures, isDetailed ? lines : [])
    }

    /// - Parameter cardFunder: who funds what states no funder, given the council of the registration.
    private func costLine(
        _ line: CostYear.Line, cardFunder: (OrganisationCode?) -> OrganisationCode?
    ) -> CostLine {
        let payer = codes.code(line.key.payer)
        return CostLine(
            setting: line.key.setting, group: line.key.group, month: line.month,
            provider: codes.code(line.key.provider), funder: line.key.payerIsStated ? payer : cardFunder(payer),
            isCredit: line.key.isCredit, isWithoutPatient: line.key.isWithoutPatient, cell: line.cell)
    }

    /// The funder that the card in use names for a setting: a council is the registration's, and whoever is not named
    /// is the commissioner itself.
    func cardFunder(
        _ index: CommissionerIndex, _ body: OrganisationCode, _ year: FinancialYear, _ setting: CareSetting,
        council: OrganisationCode?, at moment: Moment = .now
    ) -> OrganisationCode {
        Self.funder(cards.pair(index, year, at: moment).funder(setting), body, council: council)
    }

    static func funder(_ named: Funder?, _ body: OrganisationCode, council: OrganisationCode?) -> OrganisationCode {
        switch named {
        case nil: body
        case .organisation(let code): code
        case .council: council ?? body
        }
    }

    private func lastChange(_ index: CommissionerIndex, _ year: FinancialYear, at moment: Moment) -> LastChange {
        let body = bodyChanges[Int(index)].value(at: moment) ?? LastChange()
        let cost = costs.year(index, year)?.changes.value(at: moment) ?? LastChange()
        return LastChange.later(body, LastChange.later(cost, cards.lastChange(index, year, at: moment)))
    }
}
