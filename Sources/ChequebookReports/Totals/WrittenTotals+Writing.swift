import ChequebookModel

extension WrittenTotals {
    func writePopulation(to sink: inout some AnswerSink & ~Copyable, _ year: FinancialYear) {
        sink.key("population")
        sink.object { sink in
            sink.member("basis", basis ?? "registered")
            sink.member("people", people)
            sink.member("personDays", personDays)
            sink.decimalMember("personYears", personYears(year))
        }
    }

    func writeCost(to sink: inout some AnswerSink & ~Copyable) {
        sink.key("cost")
        sink.object { sink in
            sink.member("totalPence", costPence)
            sink.member("creditsPence", creditsPence)
            sink.member("withoutPatientPence", withoutPatientPence)
            sink.member("events", events)
            Self.write("bySetting", costBySettingPence, to: &sink)
        }
    }

    /// - Parameter hasPersonDays: whether days without a rate are known; a payer has no days of its own.
    func writeBudgetAndVariance(to sink: inout some AnswerSink & ~Copyable, hasPersonDays: Bool = true) {
        sink.key("budget")
        sink.object { sink in
            sink.member("totalPence", budgetPence)
            sink.member("fullYearPence", fullYearPence)
            Self.write("bySetting", budgetBySettingPence, to: &sink)
            if hasPersonDays { Self.write("personDaysWithoutRate", personDaysWithoutRate, to: &sink) }
        }
        let variance = variance
        sink.key("variance")
        sink.object { sink in
            sink.member("totalPence", variance.totalPence)
            sink.decimalMember("percent", variance.percent)
            sink.member("position", variance.position)
            Self.write("bySetting", variance.bySettingPence, to: &sink)
        }
    }

    private static func write(_ name: StaticString, _ bySetting: [Int128], to sink: inout some AnswerSink & ~Copyable) {
        sink.key(name)
        sink.object { sink in
            for setting in CareSetting.allCases { sink.member(setting.word, bySetting[Int(setting.rawValue)]) }
        }
    }
}

extension Breakdown {
    func write(to sink: inout some AnswerSink & ~Copyable, _ year: FinancialYear) {
        let months = year.months
        sink.key("breakdown")
        sink.array { sink in
            for row in rows {
                sink.object { sink in
                    for (dimension, place) in zip(dimensions, row.places) {
                        sink.member(dimension.word, row.word(place, dimension, months))
                    }
                    sink.member("costPence", row.costPence)
                    sink.member("events", row.events)
                    if let budgetPence = row.budgetPence { sink.member("budgetPence", budgetPence) }
                }
            }
        }
    }
}
