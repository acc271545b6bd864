/// An exact fraction in lowest terms. Arithmetic that leaves 128 bits stops the test: it never rounds.
struct Fraction: Hashable, Sendable {
    let numerator: Int128
    /// Always positive.
    let denominator: Int128

    init(_ numerator: Int128, over denominator: Int128 = 1) {
        precondition(denominator > 0, "a denominator is positive")
        let common = greatestCommonDivisor(numerator, denominator)
        self.numerator = numerator / common
        self.denominator = denominator / common
    }

    /// Reads digits with at most one point among them: `1.0532`.
    init?(decimal text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard parts.allSatisfy({ !$0.isEmpty }), digits.allSatisfy({ ("0"..."9").contains($0) }),
            let numerator = Int128(digits)
        else { return nil }
        self.init(numerator, over: powerOfTen(parts.count == 2 ? parts[1].count : 0))
    }

    static let zero = Fraction(0)

    static func + (left: Fraction, right: Fraction) -> Fraction {
        let common = leastCommonMultiple(left.denominator, right.denominator)
        return Fraction(
            left.numerator * (common / left.denominator) + right.numerator * (common / right.denominator), over: common)
    }

    static func * (left: Fraction, right: Fraction) -> Fraction {
        // Cancelling crosswise first keeps the products small.
        let first = Fraction(left.numerator, over: right.denominator)
        let second = Fraction(right.numerator, over: left.denominator)
        return Fraction(first.numerator * second.numerator, over: first.denominator * second.denominator)
    }

    /// The nearest integer; a half goes away from zero.
    var rounded: Int128 {
        let magnitude = numerator < 0 ? -numerator : numerator
        let nearest = (2 * magnitude + denominator) / (2 * denominator)
        return numerator < 0 ? -nearest : nearest
    }

    /// With exactly this many decimal places, half away from zero; nothing is written as minus zero.
    func decimal(places: Int) -> String {
        let scaled = (self * Fraction(powerOfTen(places))).rounded
        var digits = String(scaled.magnitude)
        while digits.count <= places { digits = "0" + digits }
        return (scaled < 0 ? "-" : "") + digits.dropLast(places) + "." + digits.suffix(places)
    }
}

func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
    var (left, right) = (left < 0 ? -left : left, right < 0 ? -right : right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
}

func leastCommonMultiple(_ left: Int128, _ right: Int128) -> Int128 {
    left / greatestCommonDivisor(left, right) * right
}

func powerOfTen(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
}
