import ChequebookModel
import Testing

@Suite("An organisation code")
struct OrganisationCodeTests {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    @Test("is written as it was read", arguments: ["15E", "X24", "QHL", "00", "ZZ", "E08000025", "A0B1C2D3E4F5"])
    func roundTrip(text: String) throws {
        let code = try #require(OrganisationCode(text))
        #expect(code.description == text)
        #expect(OrganisationCode(packed: code.packed) == code)
    }

    @Test("of random characters is written as it was read, and its word gives it back")
    func randomRoundTrips() {
        let wrong = randomTexts(count: 5_000, seed: 4).filter { text in
            guard let code = OrganisationCode(text) else { return true }
            return code.description != text || OrganisationCode(packed: code.packed) != code
        }
        #expect(wrong == [])
    }

    @Test("sorts as its text does, a shorter one before a longer one that begins with it")
    func order() {
        // Few characters, so that many codes share a beginning.
        let texts = randomTexts(count: 3_000, seed: 5, alphabet: ["0", "9", "A", "Z"]) + ["15", "15E", "15E0", "1A"]
        let expected = Set(texts).map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        let codes = Set(texts.compactMap { OrganisationCode($0) }).sorted()
        #expect(codes.map { Array($0.description.utf8) } == expected)
    }

    @Test("is one word in base 37, left-aligned in twelve places")
    func packed() {
        #expect(OrganisationCode("00")?.packed == 182_726_206_151_878_262)
        #expect(OrganisationCode("ZZZZZZZZZZZZ")?.packed == 6_582_952_005_840_035_280)
        #expect(OrganisationCode("000000000000")?.packed == 182_859_777_940_000_980)
    }

    @Test("is 2 to 12 characters long, not one less or more")
    func length() {
        #expect(OrganisationCode("") == nil)
        #expect(OrganisationCode("1") == nil)
        #expect(OrganisationCode("15") != nil)
        #expect(OrganisationCode(String(repeating: "Z", count: 12)) != nil)
        #expect(OrganisationCode(String(repeating: "Z", count: 13)) == nil)
        #expect(OrganisationCode(String(repeating: "0", count: 100)) == nil)
    }

    @Test("takes each of A to Z and 0 to 9, and refuses every other byte, at every place")
    func alphabet() {
        let allowed = Set(Self.alphabet.compactMap(\.asciiValue))
        let wrong = oneByteMutants(of: "A0B1C2D3E4F5").filter { mutant in
            (reading(mutant) { OrganisationCode(utf8: $0) } != nil) != mutant.allSatisfy(allowed.contains)
        }
        #expect(wrong == [])
    }

    @Test("is not made from a word that no code packs to")
    func strayWords() {
        let places = (0..<12).map { place in (0..<11 - place).reduce(UInt64(1)) { power, _ in power * 37 } }
        #expect(OrganisationCode(packed: 0) == nil)
        #expect(OrganisationCode(packed: 5 * places[0]) == nil, "one character")
        #expect(OrganisationCode(packed: 5 * places[0] + places[2]) == nil, "a gap")
        #expect(OrganisationCode(packed: 5 * places[1] + places[2]) == nil, "not left-aligned")
        #expect(OrganisationCode(packed: 1) == nil)
        #expect(OrganisationCode(packed: 37 * places[0]) == nil, "one past the last code")
        #expect(OrganisationCode(packed: .max) == nil)
        #expect(OrganisationCode(packed: 5 * places[0] + places[1])?.description == "40")
    }

    @Test("is made from a random word only if it is read back from its own text")
    func randomWords() {
        var generator = SeededGenerator(seed: 6)
        let wrong = (0..<20_000).map { _ in generator.next() >> 1 }.filter { word in
            guard let code = OrganisationCode(packed: word) else { return false }
            return OrganisationCode(code.description)?.packed != word
        }
        #expect(wrong == [])
    }

    private func randomTexts(count: Int, seed: UInt64, alphabet: [Character] = Self.alphabet) -> [String] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let length = Int.random(in: 2...12, using: &generator)
            return String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
        }
    }
}
