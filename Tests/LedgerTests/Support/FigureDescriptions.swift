public import ChequebookLedger
import ChequebookModel
public import Testing

// A failing test shows the cells that have something in them, not the hundreds that have not.

extension CostFigures: CustomTestStringConvertible {
    public var testDescription: String {
        var parts: [String] = []
        for setting in CareSetting.allCases {
            for group in PatientGroup.allCases + [nil] as [PatientGroup?] {
                for month in 0..<12 where self[setting, group, month] != Cell() {
                    let cell = self[setting, group, month]
                    let name = group.map { "\($0)" } ?? "no group"
                    parts.append("\(setting), \(name), month \(month): \(cell.pence) p of \(cell.events)")
                }
            }
        }
        if creditsPence != 0 { parts.append("credits \(creditsPence) p") }
        if withoutPatientPence != 0 { parts.append("without patient \(withoutPatientPence) p") }
        return parts.isEmpty ? "nothing" : parts.joined(separator: "; ")
    }
}

extension BudgetFigures: CustomTestStringConvertible {
    public var testDescription: String {
        var parts = ["\(people) people, \(personDays) days, without rate \(personDaysWithoutRate)"]
        for setting in CareSetting.allCases {
            for group in PatientGroup.allCases + [nil] as [PatientGroup?] {
                for month in 0..<12 where self[setting, group, month] != 0 {
                    let name = group.map { "\($0)" } ?? "no group"
                    parts.append("\(setting), \(name), month \(month): \(self[setting, group, month])")
                }
            }
        }
        return parts.joined(separator: "; ") + "; full year \(fullYearNumerator) over \(denominator)"
    }
}

extension AllFigures: CustomTestStringConvertible {
    var testDescription: String {
        let costs = costs.filter { $0.value != CostFigures() }.map { "\($0.key): \($0.value.testDescription)" }
        let budgets = budgets.filter { $0.value.personDays != 0 }.map { "\($0.key): \($0.value.testDescription)" }
        return (costs.sorted() + budgets.sorted()).joined(separator: "\n")
    }
}
