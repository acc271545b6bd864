/// Exact money that is written in whole pence only at the end.
public enum ExactPence {
    /// `numerator ÷ denominator` to the nearest integer, halves away from zero. The denominator is above zero.
    public static func rounded(_ numerator: Int128, over denominator: Int128) -> Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        // |remainder| ≥ denominator − |remainder| instead of doubling, which could overflow.
        let size = remainder.magnitude
        guard size >= denominator.magnitude - size, size > 0 else { return quotient }
        return numerator < 0 ? quotient - 1 : quotient + 1
    }

    /// Splits a written figure in proportion to exact parts, so that the written parts add up to it.
    ///
    /// Each part gets the floor of its share, and the pennies left over go one each to the largest remainders, ties to
    /// the earlier part (largest remainder, or Hare–Niemeyer, method). Parts are zero or above, over any one common
    /// denominator; if all are zero the written figure must be zero too, and all get zero.
    public static func apportioned(_ written: Int128, to parts: [Int128]) -> [Int128] {
        let whole = parts.reduce(Int128(0), +)
        guard whole > 0, written > 0 else { return parts.map { _ in 0 } }
        var shares: [Int128] = []
        var remainders: [(size: UInt128, index: Int)] = []
        var left = written
        for (index, part) in parts.enumerated() {
            let product = written.magnitude.multipliedFullWidth(by: part.magnitude)
            let (share, remainder) = whole.magnitude.dividingFullWidth((product.high, product.low))
            shares.append(Int128(share))
            remainders.append((remainder, index))
            left -= Int128(share)
        }
        remainders.sort { $0.size != $1.size ? $0.size > $1.size : $0.index < $1.index }
        for entry in remainders.prefix(Int(left)) { shares[entry.index] += 1 }
        return shares
    }
}
