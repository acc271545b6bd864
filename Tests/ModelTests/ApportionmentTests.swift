import ChequebookModel
import Testing

@Suite("Exact pence, apportioned")
struct ApportionmentTests {
    @Test("split in the proportion of the parts, the odd pennies to the largest remainders, ties to the earlier")
    func byHand() {
        #expect(ExactPence.apportioned(10, to: [1, 1, 1]) == [4, 3, 3])
        #expect(ExactPence.apportioned(11, to: [1, 1, 1]) == [4, 4, 3])
        #expect(ExactPence.apportioned(12, to: [1, 1, 1]) == [4, 4, 4])
        // 0.5, 1.5, 3: one penny is left for two equal remainders.
        #expect(ExactPence.apportioned(5, to: [1, 3, 6]) == [1, 1, 3])
        // 14.29, 28.57, 57.14: the second has the largest remainder.
        #expect(ExactPence.apportioned(100, to: [1, 2, 4]) == [14, 29, 57])
        // 0.99, 0.01: a part under a penny may get it whole.
        #expect(ExactPence.apportioned(1, to: [1, 99]) == [0, 1])
        #expect(ExactPence.apportioned(1, to: [1, 1]) == [1, 0])
        #expect(ExactPence.apportioned(7, to: [42]) == [7])
    }

    @Test("give nothing to a part of nothing")
    func zeroParts() {
        #expect(ExactPence.apportioned(10, to: [0, 5, 0, 5]) == [0, 5, 0, 5])
        #expect(ExactPence.apportioned(1, to: [0, 0, 3]) == [0, 0, 1])
        #expect(ExactPence.apportioned(0, to: [1, 2]) == [0, 0])
        #expect(ExactPence.apportioned(0, to: [0, 0]) == [0, 0])
        #expect(ExactPence.apportioned(0, to: []) == [])
    }

    @Test("are the same over any common denominator")
    func commonDenominator() {
        // 309.4, 0, 91, 527.8, 72.8: two pennies are left.
        let parts: [Int128] = [17, 0, 5, 29, 4]
        for scale in [1, 366, 366_000_000, 1 << 100] as [Int128] {
            #expect(ExactPence.apportioned(1_001, to: parts.map { $0 * scale }) == [309, 0, 91, 528, 73])
        }
    }

    @Test("are what handing out the left-over pennies one by one gives")
    func pennyByPenny() {
        var generator = SeededGenerator(seed: 10)
        for round in 0..<2_000 {
            let parts = randomParts(upTo: round % 2 == 0 ? 12 : 1 << 56, using: &generator)
            let written = Int128.random(in: 0...(round % 3 == 0 ? 40 : 1 << 60), using: &generator)
            guard parts.contains(where: { $0 > 0 }) else { continue }
            #expect(ExactPence.apportioned(written, to: parts) == handedOut(written, to: parts), "round \(round)")
        }
    }

    @Test("add up to the written figure, each within a penny of its exact share, up to the edge of 128 bits")
    func addUp() {
        var generator = SeededGenerator(seed: 11)
        for round in 0..<2_000 {
            let count = Int.random(in: 1...40, using: &generator)
            let width = Int.random(in: 1...126, using: &generator)
            let bound = (Int128.max / Int128(count)) >> Int128(126 - width)
            let parts = (0..<count).map { _ in Int128.random(in: 0...bound, using: &generator) }
            let written = Int128.random(in: 0...(.max >> Int.random(in: 0...126, using: &generator)), using: &generator)
            let whole = parts.reduce(0, +)
            guard whole > 0 else { continue }
            let shares = ExactPence.apportioned(written, to: parts)
            #expect(shares.reduce(0, +) == written, "round \(round)")
            let isNear = zip(shares, parts).allSatisfy { share, part in
                isWithinOne(share, of: written, times: part, over: whole)
            }
            #expect(isNear, "round \(round)")
        }
    }

    @Test("hold at the largest figures of 128 bits")
    func extremes() {
        let most = Int128.max
        #expect(ExactPence.apportioned(most, to: [most]) == [most])
        #expect(ExactPence.apportioned(most, to: [most - 1, 1]) == [most - 1, 1])
        #expect(ExactPence.apportioned(most, to: [1, 1]) == [most / 2 + 1, most / 2])
        #expect(ExactPence.apportioned(1, to: [most / 2, most / 2 + 1]) == [0, 1])
        #expect(ExactPence.apportioned(most, to: [0, most, 0]) == [0, most, 0])
    }

    private func randomParts(upTo bound: Int128, using generator: inout SeededGenerator) -> [Int128] {
        (0..<Int.random(in: 1...12, using: &generator)).map { _ in .random(in: 0...bound, using: &generator) }
    }

    /// For figures whose products fit in 128 bits.
    private func handedOut(_ written: Int128, to parts: [Int128]) -> [Int128] {
        let whole = parts.reduce(0, +)
        var shares = parts.map { written * $0 / whole }
        var remainders = parts.map { written * $0 % whole }
        while shares.reduce(0, +) < written {
            guard let largest = remainders.max(), let place = remainders.firstIndex(of: largest) else { break }
            shares[place] += 1
            remainders[place] = -1
        }
        return shares
    }

    /// Whether |share × whole − written × part| < whole, in 256 bits.
    private func isWithinOne(_ share: Int128, of written: Int128, times part: Int128, over whole: Int128) -> Bool {
        let given = share.magnitude.multipliedFullWidth(by: whole.magnitude)
        let exact = written.magnitude.multipliedFullWidth(by: part.magnitude)
        let isMore = (given.high, given.low) >= (exact.high, exact.low)
        let (larger, smaller) = isMore ? (given, exact) : (exact, given)
        let (low, borrows) = larger.low.subtractingReportingOverflow(smaller.low)
        return larger.high - smaller.high - (borrows ? 1 : 0) == 0 && low < whole.magnitude
    }
}

@Suite("Exact pence, rounded")
struct RoundingTests {
    @Test(
        "go to the nearest penny, halves away from zero",
        arguments: [
            (0, 2, 0), (1, 2, 1), (-1, 2, -1), (3, 2, 2), (-3, 2, -2), (5, 2, 3), (-5, 2, -3), (1, 3, 0), (-1, 3, 0),
            (2, 3, 1), (-2, 3, -1), (4, 4, 1), (49, 100, 0), (50, 100, 1), (51, 100, 1), (-49, 100, 0), (-50, 100, -1),
            (150, 100, 2), (250, 100, 3), (7, 1, 7), (-7, 1, -7), (182, 365, 0), (183, 365, 1), (183, 366, 1),
            (-183, 366, -1), (182, 366, 0),
        ] as [(Int128, Int128, Int128)])
    func byHand(numerator: Int128, denominator: Int128, rounded: Int128) {
        #expect(ExactPence.rounded(numerator, over: denominator) == rounded)
    }

    @Test("hold at the edges of 128 bits")
    func extremes() {
        let most = Int128.max
        let least = Int128.min
        // 2^127 − 1 is odd: its half is 2^126 − ½.
        #expect(ExactPence.rounded(most, over: 2) == 1 << 126)
        #expect(ExactPence.rounded(least, over: 2) == -(1 << 126))
        #expect(ExactPence.rounded(least + 1, over: 2) == -(1 << 126))
        #expect(ExactPence.rounded(most, over: 1) == most)
        #expect(ExactPence.rounded(least, over: 1) == least)
        #expect(ExactPence.rounded(most, over: most) == 1)
        #expect(ExactPence.rounded(least, over: most) == -1)
        #expect(ExactPence.rounded(1 << 126, over: most) == 1)
        #expect(ExactPence.rounded((1 << 126) - 1, over: most) == 0)
        #expect(ExactPence.rounded(-(1 << 126), over: most) == -1)
    }

    @Test("are the nearest by trial, for random fractions")
    func random() {
        var generator = SeededGenerator(seed: 12)
        for _ in 0..<20_000 {
            let denominator = Int128.random(in: 1...40, using: &generator)
            let numerator = Int128.random(in: -2_000...2_000, using: &generator)
            let size = numerator.magnitude
            // The first whole number of which the next half is above the fraction.
            let nearest = (UInt128(0)...2_000).first { (2 * $0 + 1) * denominator.magnitude > 2 * size }
            let expected = Int128(nearest ?? 0) * numerator.signum()
            #expect(ExactPence.rounded(numerator, over: denominator) == expected, "\(numerator)/\(denominator)")
        }
    }
}
