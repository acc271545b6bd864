import ChequebookModel

/// Exact decimals for print, from integers.
enum Decimal {
    /// `numerator ÷ denominator` with `places` decimals, halves away from zero, never a negative zero. The denominator
    /// is above zero; `numerator × 10^places` must fit 128 bits.
    static func text(_ numerator: Int128, over denominator: Int128, places: Int) -> String {
        let scale = (0..<places).reduce(Int128(1)) { scale, _ in scale * 10 }
        return text(scaled: ExactPence.rounded(numerator * scale, over: denominator), places: places)
    }

    /// An integer count of `10^-places` as a decimal with all its places.
    static func text(scaled: Int128, places: Int) -> String {
        let digits = String(scaled.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return (scaled < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// Millionths as a decimal without trailing zeros: `1.0532`, `2`.
    static func text(millionths: Int64) -> String {
        var text = text(scaled: Int128(millionths), places: 6)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
