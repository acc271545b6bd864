/// What a totals answer can be broken down by, in the order in which figures are apportioned.
public enum BreakdownDimension: Int, CaseIterable, Sendable, Comparable {
    case setting, group, month

    /// The word of the query.
    public var word: String {
        switch self {
        case .setting: "setting"
        case .group: "group"
        case .month: "month"
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
