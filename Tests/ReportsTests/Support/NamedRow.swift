import ChequebookLedger
import ChequebookModel

@testable import ChequebookReports

/// A row of a breakdown with its places by name; nil in a dimension that was not asked for, or that the row has none of.
struct NamedRow: Equatable {
    var setting: CareSetting?
    var funder: OrganisationCode?
    var group: PatientGroup?
    /// 0 for April to 11 for March.
    var month: Int?
    var provider: OrganisationCode?
    let costPence: Int128
    let events: Int
    let budgetPence: Int128?

    fileprivate init(_ row: Breakdown.Row, _ dimensions: [BreakdownDimension]) {
        (costPence, events, budgetPence) = (row.costPence, row.events, row.budgetPence)
        for (dimension, place) in zip(dimensions, row.places) where place != Coordinates.none {
            switch dimension {
            case .setting: setting = CareSetting.allCases[Int(place)]
            case .funder: funder = OrganisationCode(packed: place)
            case .group: group = PatientGroup.allCases[Int(place)]
            case .month: month = Int(place)
            case .provider: provider = OrganisationCode(packed: place)
            }
        }
    }
}

extension Breakdown {
    var named: [NamedRow] { rows.map { NamedRow($0, dimensions) } }
}

extension [NamedRow] {
    var costPence: Int128 { reduce(0) { $0 + $1.costPence } }

    var events: Int { reduce(0) { $0 + $1.events } }

    /// Nil if any row has no budget.
    var budgetPence: Int128? {
        let budgets = compactMap(\.budgetPence)
        return budgets.count == count ? budgets.reduce(0, +) : nil
    }
}
