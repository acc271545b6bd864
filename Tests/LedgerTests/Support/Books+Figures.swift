import ChequebookLedger
import ChequebookModel
import Testing

/// Every figure of every body in the years around the tests' year, for comparing before and after.
struct AllFigures: Equatable {
    var costs: [String: CostFigures] = [:]
    var budgets: [String: BudgetFigures] = [:]
}

extension CostFigures {
    /// The sum of the cells that are asked for; without a filter, of all.
    func sum(setting: CareSetting? = nil, group: PatientGroup?? = nil, month: Int? = nil) -> Cell {
        var sum = Cell()
        for cellSetting in CareSetting.allCases where setting == nil || cellSetting == setting {
            for cellGroup in PatientGroup.allCases + [nil] as [PatientGroup?] where group == nil || cellGroup == group {
                for cellMonth in 0..<12 where month == nil || cellMonth == month {
                    sum += self[cellSetting, cellGroup, cellMonth]
                }
            }
        }
        return sum
    }
}

extension BudgetFigures {
    /// The exact budget of a setting, a group (nil: people of no named group) and a month, whoever funds it.
    subscript(setting: CareSetting, group: PatientGroup?, month: Int) -> Int128 {
        parts.reduce(0) { $0 + ($1.setting == setting ? $1[group, month] : 0) }
    }

    /// The exact budget by setting, then group (people of no named group last), then month, whoever funds it.
    var numerators: [Int128] {
        CareSetting.allCases.flatMap { setting in
            (PatientGroup.allCases + [nil]).flatMap { group in (0..<12).map { self[setting, group, $0] } }
        }
    }

    /// The whole budget in pence, where it is a whole number of them.
    var pence: Int128 { whole(numerators.reduce(0, +)) }

    var fullYearPence: Int128 { whole(fullYearNumerator) }

    func pence(_ setting: CareSetting) -> Int128 {
        var sum: Int128 = 0
        for group in PatientGroup.allCases + [nil] {
            for month in 0..<12 { sum += self[setting, group, month] }
        }
        return whole(sum)
    }

    private func whole(_ numerator: Int128) -> Int128 {
        #expect(numerator % denominator == 0, "a fraction of a penny")
        return numerator / denominator
    }
}

extension Books {
    static let year: FinancialYear = "2015-16"

    /// A commissioner's cost figures through the year's last day, or an earlier one.
    func costs(
        _ code: OrganisationCode, year: FinancialYear = Books.year, through: CalendarDate? = nil,
        at moment: Moment = .now
    ) -> CostFigures {
        guard let figures = ledger.figures(code, year, through: through ?? year.lastDay, at: moment) else {
            Issue.record("\(code) is unknown")
            return CostFigures()
        }
        return figures.cost
    }

    func costPence(
        _ code: OrganisationCode, year: FinancialYear = Books.year, through: CalendarDate? = nil,
        at moment: Moment = .now
    ) -> Int128 {
        costs(code, year: year, through: through, at: moment).sum().pence
    }

    func eventCount(_ code: OrganisationCode) -> Int { costs(code).sum().events }

    var unattributed: CostFigures { ledger.unattributedCost(Books.year, through: Books.year.lastDay) }

    func budget(
        _ code: OrganisationCode, year: FinancialYear = Books.year, through: CalendarDate? = nil,
        at moment: Moment = .now
    ) -> BudgetFigures {
        guard let figures = ledger.figures(code, year, through: through ?? year.lastDay, at: moment) else {
            Issue.record("\(code) is unknown")
            return BudgetFigures(year: year, basis: .registered)
        }
        return figures.budget
    }

    /// The last record that could change an answer about a commissioner.
    func lastChange(_ code: OrganisationCode, year: FinancialYear = Books.year) -> UInt64 {
        ledger.figures(code, year, through: year.lastDay)?.lastChange.sequence ?? 0
    }

    var everything: AllFigures {
        var all = AllFigures()
        for year in ["2014-15", "2015-16", "2016-17"] as [FinancialYear] {
            all.costs["nobody \(year)"] = ledger.unattributedCost(year, through: year.lastDay)
            for body in ledger.commissioners() {
                all.costs["\(body.code) \(year)"] = costs(body.code, year: year)
                all.budgets["\(body.code) \(year)"] = budget(body.code, year: year)
            }
        }
        return all
    }

    /// The event as it stands.
    func event(_ id: Identifier, source: Identifier = "pas") -> EventView? {
        do {
            return try ledger.event(EventIdentity(source: source, id: id))
        } catch {
            Issue.record(error)
            return nil
        }
    }
}

/// Patients of the range that is kept for tests.
extension Patient {
    static let ann: Patient = "9990000018"
    static let bob: Patient = "9990000026"
    static let cat: Patient = "9990000034"
}
