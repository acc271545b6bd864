import ChequebookModel

extension WrittenTotals {
    func writePopulation(to writer: inout JSONWriter, _ year: FinancialYear, basis: String) {
        writer.key("population")
        writer.object { writer in
            writer.member("basis", basis)
            writer.member("people", people)
            writer.member("personDays", personDays)
            writer.member("personYears", personYears(year))
        }
    }

    func writeCost(to writer: inout JSONWriter) {
        writer.key("cost")
        writer.object { writer in
            writer.member("totalPence", costPence)
            writer.member("creditsPence", creditsPence)
            writer.member("withoutPatientPence", withoutPatientPence)
            writer.member("events", events)
            Self.write("bySetting", costBySettingPence, to: &writer)
        }
    }

    func writeBudgetAndVariance(to writer: inout JSONWriter) {
        writer.key("budget")
        writer.object { writer in
            writer.member("totalPence", budgetPence)
            writer.member("fullYearPence", fullYearPence)
            Self.write("bySetting", budgetBySettingPence, to: &writer)
            Self.write("personDaysWithoutRate", personDaysWithoutRate, to: &writer)
        }
        let variance = variance
        writer.key("variance")
        writer.object { writer in
            writer.member("totalPence", variance.totalPence)
            writer.member("percent", variance.percent)
            writer.member("position", variance.position)
            Self.write("bySetting", variance.bySettingPence, to: &writer)
        }
    }

    private static func write(_ name: StaticString, _ bySetting: [Int128], to writer: inout JSONWriter) {
        writer.key(name)
        writer.object { writer in
            for setting in CareSetting.allCases { writer.member(setting.word, bySetting[Int(setting.rawValue)]) }
        }
    }
}

extension Breakdown {
    func write(to writer: inout JSONWriter, _ year: FinancialYear) {
        let months = year.months
        writer.key("breakdown")
        writer.array { writer in
            for row in rows {
                writer.object { writer in
                    if let setting = row.setting { writer.member("setting", "\(setting.word)") }
                    if dimensions.contains(.group) { writer.member("group", row.group.map { "\($0.word)" }) }
                    if let month = row.month { writer.member("month", months[month].name) }
                    writer.member("costPence", row.costPence)
                    writer.member("events", row.events)
                    writer.member("budgetPence", row.budgetPence)
                }
            }
        }
    }
}
