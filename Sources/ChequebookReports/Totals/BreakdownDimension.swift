/// What a totals answer can be broken down by, in the order in which figures are apportioned and rows are sorted.
public enum BreakdownDimension: Int, CaseIterable, Sendable, Comparable {
    case setting, funder, group, month, provider

    /// The word of the query.
    public var word: StaticString {
        switch self {
        case .setting: "setting"
        case .funder: "funder"
        case .group: "group"
        case .month: "month"
        case .provider: "provider"
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Set<BreakdownDimension> {
    /// Whether cost is needed by more than setting, group and month.
    var isDetailed: Bool { contains(.funder) || contains(.provider) }
}
