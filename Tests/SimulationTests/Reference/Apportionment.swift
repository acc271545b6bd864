/// Splits a written figure over exact parts by largest remainder.
///
/// Each part gets the floor of `part × written ÷ sum of parts`; the pennies left over go one each to the largest
/// remainders, the earlier part first where they are equal. Parts that are all nothing get nothing.
func split(_ written: Int128, over parts: [Fraction]) -> [Int128] {
    let common = parts.reduce(1) { leastCommonMultiple($0, $1.denominator) }
    let units = parts.map { UInt128($0.numerator * (common / $0.denominator)) }
    let whole = units.reduce(0, +)
    guard whole > 0 else { return parts.map { _ in 0 } }

    var shares: [Int128] = []
    var remainders: [UInt128] = []
    for unit in units {
        // The product may need 256 bits; quotient and remainder never more than 128.
        let product = unit.multipliedFullWidth(by: UInt128(written))
        let (share, remainder) = whole.dividingFullWidth(product)
        shares.append(Int128(share))
        remainders.append(remainder)
    }
    let left = Int(written - shares.reduce(0, +))
    let order = parts.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for index in order.prefix(left) { shares[index] += 1 }
    return shares
}

/// Splits a written figure down a tree: by the first place of each path, each of those by the second, and so on.
///
/// Siblings are in ascending order of their places, which is what decides between equal remainders.
func apportion<Place: Hashable & Comparable>(
    _ written: Int128, over exact: [[Place]: Fraction], depth: Int = 0
) -> [[Place]: Int128] {
    guard exact.keys.contains(where: { $0.count > depth }) else { return exact.mapValues { _ in written } }
    let branches = Dictionary(grouping: exact) { $0.key[depth] }.sorted { $0.key < $1.key }.map(\.value)
    let parts = split(written, over: branches.map { $0.map(\.value).reduce(.zero, +) })
    var leaves: [[Place]: Int128] = [:]
    for (branch, part) in zip(branches, parts) {
        let below = apportion(
            part, over: Dictionary(uniqueKeysWithValues: branch.map { ($0.key, $0.value) }), depth: depth + 1)
        leaves.merge(below) { _, new in new }
    }
    return leaves
}
