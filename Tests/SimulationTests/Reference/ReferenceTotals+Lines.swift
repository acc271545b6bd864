/// One scalar of an answer: where it is and what it says.
///
/// A path is field names with points between, `cost.bySetting.primary`; a row of a list has what tells it from its
/// neighbours in brackets, `breakdown[setting=primary,month=2015-04].events`. Numbers are as written, texts are
/// without their quotes, and what is null says `null`.
struct ReferenceLine: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let value: String

    init(_ path: String, _ value: String) {
        self.path = path
        self.value = value
    }

    var description: String { "\(path): \(value)" }
}

extension ReferenceTotals {
    /// Every figure of the answer, in the order of the contract's example, the breakdown last.
    var lines: [ReferenceLine] {
        [
            ReferenceLine("commissioner", commissioner),
            ReferenceLine("name", name),
            ReferenceLine("year", year),
            ReferenceLine("through", through?.description ?? "null"),
            ReferenceLine("asOf", asOf?.description ?? "null"),
        ] + (gathered?.lines ?? []) + population.lines + cost.lines + budget.lines + variance.lines
            + [ReferenceLine("costPerHeadPence", costPerHeadPence?.description ?? "null")]
            + (breakdown ?? []).flatMap(\.lines)
    }

    fileprivate static func bySetting(_ path: String, _ figures: [Int128]) -> [ReferenceLine] {
        zip(ReferenceWords.settings, figures).map { ReferenceLine("\(path).\($0)", "\($1)") }
    }
}

extension ReferenceAllTotals {
    /// Every figure of the answer, each commissioner's under `commissioners[15E].`.
    var lines: [ReferenceLine] {
        commissioners.flatMap { row in row.lines.map { $0.under("commissioners[\(row.commissioner)]") } }
            + unattributed.lines.map { $0.under("unattributed") }
            + (population.lines + cost.lines + budget.lines + variance.lines).map { $0.under("total") }
    }
}

extension ReferenceTotals.Gathered {
    fileprivate var lines: [ReferenceLine] {
        (isCurrent ? [ReferenceLine("boundaries", "current")] : [])
            + (hasChildren ? [ReferenceLine("include", "children")] : [])
            + (countedUnder.map { [ReferenceLine("countedUnder", $0)] } ?? [])
            + bodies.enumerated().map { ReferenceLine("bodies[\($0)]", $1) }
    }
}

extension ReferenceLine {
    fileprivate func under(_ parent: String) -> ReferenceLine {
        ReferenceLine("\(parent).\(path)", value)
    }
}

extension ReferenceTotals.Population {
    fileprivate var lines: [ReferenceLine] {
        [
            ReferenceLine("population.basis", basis),
            ReferenceLine("population.people", "\(people)"),
            ReferenceLine("population.personDays", "\(personDays)"),
            ReferenceLine("population.personYears", personYears),
        ]
    }
}

extension ReferenceTotals.Cost {
    var lines: [ReferenceLine] {
        [
            ReferenceLine("cost.totalPence", "\(totalPence)"),
            ReferenceLine("cost.creditsPence", "\(creditsPence)"),
            ReferenceLine("cost.withoutPatientPence", "\(withoutPatientPence)"),
            ReferenceLine("cost.events", "\(events)"),
        ] + ReferenceTotals.bySetting("cost.bySetting", bySettingPence)
    }
}

extension ReferenceTotals.Budget {
    var lines: [ReferenceLine] {
        [
            ReferenceLine("budget.totalPence", "\(totalPence)"),
            ReferenceLine("budget.fullYearPence", "\(fullYearPence)"),
        ] + ReferenceTotals.bySetting("budget.bySetting", bySettingPence)
            + ReferenceTotals.bySetting("budget.personDaysWithoutRate", personDaysWithoutRate)
    }
}

extension ReferenceTotals.Variance {
    var lines: [ReferenceLine] {
        [
            ReferenceLine("variance.totalPence", "\(totalPence)"),
            ReferenceLine("variance.percent", percent ?? "null"),
            ReferenceLine("variance.position", position),
        ] + ReferenceTotals.bySetting("variance.bySetting", bySettingPence)
    }
}

extension ReferenceTotals.Row {
    var lines: [ReferenceLine] {
        let names = [
            ("setting", setting), ("funder", funder), ("group", group), ("month", month), ("provider", provider),
        ]
        let key = names.compactMap { dimension, name in name.map { "\(dimension)=\($0)" } }.joined(separator: ",")
        return [
            ReferenceLine("breakdown[\(key)].costPence", "\(costPence)"),
            ReferenceLine("breakdown[\(key)].events", "\(events)"),
        ] + (budgetPence.map { [ReferenceLine("breakdown[\(key)].budgetPence", "\($0)")] } ?? [])
    }
}
