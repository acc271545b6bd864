import ChequebookModel
import Testing

@testable import ChequebookReports

@Suite("A decimal")
struct DecimalTests {
    @Test(
        "has all its places, halves away from zero, and is never a negative zero",
        arguments: [
            (0, 1, 2, "0.00"), (1, 8, 2, "0.13"), (-1, 8, 2, "-0.13"), (3, 8, 2, "0.38"), (1, 200, 2, "0.01"),
            (-1, 200, 2, "-0.01"), (1, 201, 2, "0.00"), (-1, 201, 2, "0.00"), (-1, 1_000, 2, "0.00"),
            (-4, 1_000, 2, "0.00"), (-5, 1_000, 2, "-0.01"), (199, 200, 2, "1.00"), (-199, 200, 2, "-1.00"),
            (9_995, 1_000, 2, "10.00"), (1, 3, 3, "0.333"), (2, 3, 3, "0.667"), (-2, 3, 3, "-0.667"),
            // The contract's example: 264,000 person-days in a year of 366.
            (264_000, 366, 3, "721.311"), (1, 366, 3, "0.003"), (366, 366, 3, "1.000"), (1, 2_000, 3, "0.001"),
        ] as [(Int128, Int128, Int, String)])
    func byHand(numerator: Int128, denominator: Int128, places: Int, expected: String) {
        #expect(Decimal.text(numerator, over: denominator, places: places) == expected)
    }

    @Test("holds figures beyond 64 bits")
    func large() {
        let most: Int128 = 10_000_000_000_000_000_000_000_000
        #expect(Decimal.text(most, over: 3, places: 2) == "3333333333333333333333333.33")
        #expect(Decimal.text(-most * 2, over: 3, places: 2) == "-6666666666666666666666666.67")
    }

    @Test(
        "of millionths has the places that it needs",
        arguments: [
            (0, "0"), (1, "0.000001"), (1_000_000, "1"), (1_053_200, "1.0532"), (1_347_000, "1.347"),
            (10_000_000, "10"), (100_000_000, "100"), (99_999_999, "99.999999"), (500_000, "0.5"), (10_100_000, "10.1"),
        ] as [(Int64, String)])
    func millionths(value: Int64, expected: String) {
        #expect(Decimal.text(millionths: value) == expected)
    }

    @Test("of millionths reads back as the same weight")
    func readBack() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let value = Int64.random(in: 0...Limits.weightMillionthsMax, using: &generator)
            let parts = Decimal.text(millionths: value).split(separator: ".")
            let fraction = parts.count > 1 ? parts[1] : ""
            #expect(fraction.count <= 6)
            let digits = parts[0] + fraction + String(repeating: "0", count: 6 - fraction.count)
            #expect(Int64(digits) == value)
        }
    }
}
