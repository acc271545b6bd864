import ChequebookModel
import Testing

@Suite("An NHS number")
struct NHSNumberTests {
    @Test(
        "with the right check digit is a patient, written as it was read",
        arguments: ["9434765919", "4010232137", "9990000018", "9990000050"])
    func valid(digits: String) throws {
        let patient = try #require(reading(digits) { Patient(nhsNumber: $0) })
        #expect(patient.wireForm == digits)
        #expect(patient.pseudonym == nil)
        #expect(patient.key.form == .nhsNumber)
        #expect(Patient(nhsNumber: try #require(UInt64(digits))) == patient)
    }

    @Test("keeps its leading zeros")
    func leadingZeros() {
        // 5 × 2 + 1 = 11.
        #expect(Patient(nhsNumber: 51)?.wireForm == "0000000051")
        #expect(reading("0000000051") { Patient(nhsNumber: $0) } == Patient(nhsNumber: 51))
    }

    @Test("whose check digit would be 10 does not exist")
    func checkDigitTen() {
        // 9 × (10 + 9 + 8) = 243 leaves 1 over 11.
        for digit in 0...9 {
            #expect(reading("999000000\(digit)") { Patient(nhsNumber: $0) } == nil)
        }
    }

    @Test("of ten equal digits is refused, though its check digit is right", arguments: 0...9)
    func equalDigits(digit: Int) {
        let digits = String(repeating: "\(digit)", count: 10)
        #expect(weightedSum(digits) % 11 == 0)
        #expect(reading(digits) { Patient(nhsNumber: $0) } == nil)
        #expect(Patient(nhsNumber: UInt64(digit) * 1_111_111_111) == nil)
    }

    @Test("has exactly one check digit, or none")
    func oneCheckDigit() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let nine = randomDigits(9, using: &generator)
            let taken = (0...9).filter { digit in reading("\(nine)\(digit)") { Patient(nhsNumber: $0) } != nil }
            #expect(taken == (0...9).filter { weightedSum("\(nine)\($0)") % 11 == 0 })
        }
    }

    @Test("is any ten digits that its definition takes, as text and as a number")
    func definition() {
        var generator = SeededGenerator(seed: 9)
        let smallest = (0...99).map { "00000000\($0 / 10)\($0 % 10)" }
        let numbers = smallest + (0..<20_000).map { _ in randomDigits(10, using: &generator) }
        let wrong = numbers.filter { text in
            let isTaken = weightedSum(text) % 11 == 0 && Set(text).count > 1
            let number = reading(text) { Patient.nhsNumber(utf8: $0) }
            return number != (isTaken ? UInt64(text) : nil)
                || (UInt64(text).flatMap { Patient(nhsNumber: $0) } != nil) != isTaken
        }
        #expect(wrong == [])
    }

    @Test("with one wrong digit is refused")
    func singleDigitErrors() {
        for number in randomValidNumbers() {
            let taken = oneByteMutants(of: number).filter { reading($0) { Patient(nhsNumber: $0) } != nil }
            #expect(taken == [])
        }
    }

    @Test("with two different neighbouring digits exchanged is refused")
    func transpositions() {
        for number in randomValidNumbers() {
            let digits = Array(number.utf8)
            for index in 0..<9 where digits[index] != digits[index + 1] {
                var exchanged = digits
                exchanged.swapAt(index, index + 1)
                #expect(reading(exchanged) { Patient(nhsNumber: $0) } == nil)
            }
        }
    }

    @Test(
        "is refused in any other form",
        arguments: [
            "", "943476591", "94347659190", "943 476 5919", "943-476-5919", " 9434765919", "943476591X", "-434765919",
            "９434765919", "p:9434765919", "9434765919\0",
        ])
    func otherForms(text: String) {
        #expect(reading(text) { Patient(nhsNumber: $0) } == nil)
    }

    @Test("that a record holds is refused when it is wrong, has eleven digits or fills the word")
    func fromRecord() {
        #expect(Patient(nhsNumber: 9_434_765_919) != nil)
        #expect(Patient(nhsNumber: 9_434_765_918) == nil)
        #expect(Patient(nhsNumber: 19_434_765_919) == nil)
        #expect(Patient(nhsNumber: 10_000_000_000) == nil)
        #expect(Patient(nhsNumber: .max) == nil)
    }

    /// Weights 10 to 1, the check digit with weight 1: a multiple of 11 exactly if the check digit is right.
    private func weightedSum(_ digits: String) -> Int {
        zip(digits, 0...).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * (10 - $1.1) }
    }

    private func randomDigits(_ count: Int, using generator: inout SeededGenerator) -> String {
        (0..<count).map { _ in "\(Int.random(in: 0...9, using: &generator))" }.joined()
    }

    private func randomValidNumbers() -> [String] {
        var generator = SeededGenerator(seed: 8)
        var numbers: [String] = []
        while numbers.count < 200 {
            let number = randomDigits(10, using: &generator)
            if weightedSum(number) % 11 == 0, Set(number).count > 1 { numbers.append(number) }
        }
        return numbers
    }
}

@Suite("A pseudonym")
struct PseudonymTests {
    @Test("of 16 and of 64 characters is a patient; of 15 and of 65 it is not")
    func length() {
        #expect(patient(String(repeating: "a", count: 15)) == nil)
        #expect(patient(String(repeating: "a", count: 16)) != nil)
        #expect(patient(String(repeating: "a", count: 64)) != nil)
        #expect(patient(String(repeating: "a", count: 65)) == nil)
    }

    @Test("takes each of A-Z a-z 0-9 _ - and no other byte, at every place")
    func alphabet() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".utf8)
        for text in [String(repeating: "a", count: 16), String(repeating: "a", count: 64)] {
            let wrong = oneByteMutants(of: text).filter { mutant in
                let taken = reading(mutant) { Identifier(utf8: $0) }.flatMap { Patient(pseudonym: $0, digest: (1, 2)) }
                return (taken != nil) != mutant.allSatisfy(allowed.contains)
            }
            #expect(wrong == [])
        }
    }

    @Test("is written behind p:")
    func wireForm() {
        #expect(patient("abcdefghijklmnop")?.wireForm == "p:abcdefghijklmnop")
    }

    @Test("never has the key of an NHS number, whatever its digest is")
    func keys() throws {
        let zero = try #require(patient("abcdefghijklmnop", digest: (0, 9_434_765_919)))
        #expect(zero.key == PatientKey(high: 1 << 63, low: 9_434_765_919))
        #expect(zero.key.form == .pseudonym)
        #expect(patient("abcdefghijklmnop", digest: (.max, .max))?.key.form == .pseudonym)
        #expect(Patient(nhsNumber: 9_434_765_919)?.key == PatientKey(high: 0, low: 9_434_765_919))
    }

    private func patient(_ text: String, digest: (UInt64, UInt64) = (1, 2)) -> Patient? {
        Identifier(text).flatMap { Patient(pseudonym: $0, digest: digest) }
    }
}
