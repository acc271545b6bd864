/// Where something stands in one level of the tree; siblings are in this order.
enum ReferencePlace: Hashable, Comparable, Sendable {
    /// By its place in the contract's order, or a month by its place in the year.
    case ordinal(Int)
    case code(String)
    /// For what has no such thing; after all others.
    case none
}

/// What a part of the budget or a cost is about, in every dimension that can be asked for.
struct ReferenceCell: Hashable, Sendable {
    /// In the order of the tree.
    static let dimensions = ["setting", "funder", "group", "month", "provider"]

    let setting: Int
    let funder: String
    let group: Int?
    let month: Int
    /// A budget has none.
    var provider: String?

    /// Just the dimensions asked for, in the order of the tree.
    func path(_ asked: [String]) -> [ReferencePlace] {
        let places: [ReferencePlace] = [
            .ordinal(setting), .code(funder), group.map { .ordinal($0) } ?? .none, .ordinal(month),
            provider.map { .code($0) } ?? .none,
        ]
        return zip(Self.dimensions, places).filter { asked.contains($0.0) }.map(\.1)
    }
}
