import ChequebookLedger
import ChequebookModel

/// The part of a cube of figures in which some dimensions have a given value, the others any.
///
/// Values are places: of a setting in the contract's order, of a group (the one behind the last means none), of a month
/// from April.
typealias Slice = [BreakdownDimension: Int]

extension BreakdownDimension {
    /// All values in order; groups end with none.
    var places: Range<Int> {
        switch self {
        case .setting: 0..<CareSetting.count
        case .group: 0..<PatientGroup.count + 1
        case .month: 0..<12
        }
    }

    fileprivate func places(in slice: Slice) -> Range<Int> {
        slice[self].map { $0..<$0 + 1 } ?? places
    }
}

extension CostFigures {
    /// The sum of all cells of a slice.
    func sum(_ slice: Slice) -> Cell {
        var sum = Cell()
        for setting in BreakdownDimension.setting.places(in: slice) {
            for group in BreakdownDimension.group.places(in: slice) {
                for month in BreakdownDimension.month.places(in: slice) {
                    sum += self[CareSetting.allCases[setting], Self.group(at: group), month]
                }
            }
        }
        return sum
    }

    static func group(at place: Int) -> PatientGroup? { PatientGroup(rawValue: UInt8(place)) }
}

extension CommissionerFigures {
    /// The exact budget of a slice, over the budget's denominator. Nobody registered is without a group.
    func exactBudget(_ slice: Slice) -> Int128 {
        var sum: Int128 = 0
        for setting in BreakdownDimension.setting.places(in: slice) {
            for place in BreakdownDimension.group.places(in: slice) {
                guard let group = CostFigures.group(at: place) else { continue }
                for month in BreakdownDimension.month.places(in: slice) {
                    sum += budget[CareSetting.allCases[setting], group, month]
                }
            }
        }
        return sum
    }
}
