import ChequebookLedger
import ChequebookModel

/// Where a piece of cost or budget stands in every dimension, each as a number that sorts as the rows do.
struct Coordinates {
    /// Behind every code, group and provider: those that have none.
    static let none = UInt64.max

    let setting: CareSetting
    let funder: OrganisationCode?
    let group: PatientGroup?
    let month: Int
    var provider: OrganisationCode?

    func place(_ dimension: BreakdownDimension) -> UInt64 {
        switch dimension {
        case .setting: UInt64(setting.rawValue)
        case .funder: funder?.packed ?? Self.none
        case .group: group.map { UInt64($0.rawValue) } ?? Self.none
        case .month: UInt64(month)
        case .provider: provider?.packed ?? Self.none
        }
    }
}

/// A piece of cost or of exact budget.
struct Piece {
    let coordinates: Coordinates
    var cost = CostFigures.Cell()
    /// Over the budget's denominator.
    var numerator: Int128 = 0
}

extension CostLine {
    var coordinates: Coordinates {
        Coordinates(setting: setting, funder: funder, group: group, month: month, provider: provider)
    }
}

extension CommissionerFigures {
    /// All pieces with something in them. Cost names provider and funder only if the figures are detailed.
    func pieces() -> [Piece] {
        var pieces = costLines.map { Piece(coordinates: $0.coordinates, cost: $0.cell) }
        if costLines.isEmpty {
            forEachCell { setting, group, month in
                let cell = cost[setting, group, month]
                guard cell != CostFigures.Cell() else { return }
                let coordinates = Coordinates(setting: setting, funder: nil, group: group, month: month)
                pieces.append(Piece(coordinates: coordinates, cost: cell))
            }
        }
        for part in budget.parts {
            for group in PatientGroup.allCases + [nil] {
                for month in 0..<12 where part[group, month] != 0 {
                    let coordinates = Coordinates(
                        setting: part.setting, funder: part.funder, group: group, month: month)
                    pieces.append(Piece(coordinates: coordinates, numerator: part[group, month]))
                }
            }
        }
        return pieces
    }

    private func forEachCell(_ body: (CareSetting, PatientGroup?, Int) -> Void) {
        for setting in CareSetting.allCases {
            for group in PatientGroup.allCases + [nil] {
                for month in 0..<12 { body(setting, group, month) }
            }
        }
    }

    /// The exact budget of each setting, over the budget's denominator.
    var exactBudgetBySetting: [Int128] {
        var exact = [Int128](repeating: 0, count: CareSetting.count)
        for part in budget.parts {
            for group in PatientGroup.allCases + [nil] {
                for month in 0..<12 { exact[Int(part.setting.rawValue)] += part[group, month] }
            }
        }
        return exact
    }
}
