import ChequebookModel
import Testing

@Suite("An identifier")
struct IdentifierTests {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-".utf8)
    /// On both sides of each word pair that is stored or mixed apart from the next.
    private static let lengths = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 49, 63, 64]

    @Test("of 1 to 64 bytes is written as it was read")
    func roundTrip() throws {
        for length in 1...64 {
            let bytes = (0..<length).map { Self.alphabet[$0 % Self.alphabet.count] }
            let identifier = try #require(reading(bytes) { Identifier(utf8: $0) })
            #expect(identifier.count == length)
            #expect(Array(identifier.description.utf8) == bytes)
            #expect(identifier.withBytes { Array($0) } == bytes)
            #expect(Identifier(identifier.description) == identifier)
        }
    }

    @Test("of 64 bytes is taken; of none and of 65 it is refused")
    func length() {
        #expect(Identifier("") == nil)
        #expect(Identifier(String(repeating: "a", count: 64)) != nil)
        #expect(Identifier(String(repeating: "a", count: 65)) == nil)
        #expect(Identifier(String(repeating: "a", count: 10_000)) == nil)
    }

    @Test("with a shorter bound is taken at it and refused one past it")
    func shorterBound() {
        let bytesMax = Limits.serviceBytesMax
        let longest = [UInt8](repeating: UInt8(ascii: "s"), count: 32)
        #expect(reading(longest) { Identifier(utf8: $0, bytesMax: bytesMax) } != nil)
        #expect(reading(longest + [UInt8(ascii: "s")]) { Identifier(utf8: $0, bytesMax: bytesMax) } == nil)
    }

    @Test("is never longer than 64 bytes, whatever bound is asked for")
    func longerBound() {
        let bytes = [UInt8](repeating: UInt8(ascii: "s"), count: 65)
        #expect(reading(bytes) { Identifier(utf8: $0, bytesMax: 65) } == nil)
    }

    @Test("takes each byte of A-Z a-z 0-9 . _ : - and refuses every other, at every place")
    func alphabet() {
        let allowed = Set(Self.alphabet)
        let wrong = oneByteMutants(of: String(repeating: "a", count: 64)).filter { mutant in
            (reading(mutant) { Identifier(utf8: $0) } != nil) != mutant.allSatisfy(allowed.contains)
        }
        #expect(wrong == [])
        #expect(allowed.count == 66)
    }

    @Test("of every length takes and refuses each byte at every place, as its definition says")
    func everyLength() {
        let allowed = Set(Self.alphabet)
        for length in 0...70 {
            var bytes = [UInt8](repeating: UInt8(ascii: "-"), count: length)
            #expect((reading(bytes) { Identifier(utf8: $0) } != nil) == (1...64).contains(length))
            for index in 0..<length {
                var wrong: [UInt8] = []
                for byte in UInt8.min...UInt8.max {
                    bytes[index] = byte
                    let isTaken = bytes.withUnsafeBytes { Identifier.isIdentifier($0) }
                    if isTaken != (length <= 64 && allowed.contains(byte)) { wrong.append(byte) }
                }
                bytes[index] = UInt8(ascii: "-")
                #expect(wrong == [], "byte \(index) of \(length)")
            }
        }
    }

    @Test("equals and hashes as its own copy does, and differs from every text of its length that differs in one byte")
    func equality() throws {
        for length in Self.lengths {
            let text = String(repeating: "m", count: length)
            let identifier = try #require(Identifier(text))
            let copy = try #require(Identifier(text))
            #expect(identifier == copy)
            #expect(identifier.hashValue == copy.hashValue)
            for index in 0..<length {
                var bytes = Array(text.utf8)
                bytes[index] = UInt8(ascii: "n")
                let other = try #require(reading(bytes) { Identifier(utf8: $0) })
                #expect(other != identifier, "byte \(index) of \(length)")
            }
        }
    }

    @Test("differs from its own beginnings")
    func prefixes() {
        let prefixes = (1...64).compactMap { Identifier(String(repeating: "a", count: $0)) }
        #expect(Set(prefixes).count == 64)
    }

    @Test("knows that it is . or .., which a path would swallow, and that nothing else is")
    func dots() {
        #expect(Identifier(".")?.isDots == true)
        #expect(Identifier("..")?.isDots == true)
        for text in ["...", ".a", "a.", "-", ":", "._", String(repeating: ".", count: 64)] {
            #expect(Identifier(text)?.isDots == false, "\(text)")
        }
    }
}

@Suite("The fingerprint of an event identity")
struct EventFingerprintTests {
    @Test(
        "is the same on every machine and in every run",
        arguments: [
            // Worked out apart from this code, in integers without bounds.
            ("SUS", "1", 0x6bae_ffd8_bcaf_8e52),
            ("pharmacy:claims", "2015-06-02.000000000000001", 0xc8b4_503f_124f_f360),
            (String(repeating: "x", count: 33), String(repeating: "y", count: 64), 0xb758_c37f_f3fc_56f4),
        ] as [(String, String, UInt64)])
    func golden(source: String, id: String, fingerprint: UInt64) throws {
        #expect(try identity(source, id).fingerprint == fingerprint)
    }

    @Test("differs when a byte moves between source and id")
    func boundary() throws {
        let text = String(repeating: "a", count: 65)
        let fingerprints = try (1...64).map { length in
            try identity(String(text.prefix(length)), String(text.dropFirst(length))).fingerprint
        }
        #expect(Set(fingerprints).count == 64)
    }

    @Test("differs when source and id change places")
    func order() throws {
        #expect(try identity("a", "b").fingerprint != identity("b", "a").fingerprint)
    }

    @Test("differs in each byte of source and id, on both sides of each word")
    func everyByte() throws {
        for length in [8, 9, 16, 17, 32, 33, 64] {
            let plain = String(repeating: "a", count: length)
            var fingerprints: Set<UInt64> = [try identity(plain, plain).fingerprint]
            for index in 0..<length {
                let changed = String(repeating: "a", count: index) + "b" + plain.dropFirst(index + 1)
                fingerprints.insert(try identity(changed, plain).fingerprint)
                fingerprints.insert(try identity(plain, changed).fingerprint)
            }
            #expect(fingerprints.count == 2 * length + 1, "length \(length)")
        }
    }

    @Test("spreads consecutive ids evenly over a table, by its upper and by its lower bits")
    func spread() throws {
        var byUpperBits = [Int](repeating: 0, count: 256)
        var byLowerBits = [Int](repeating: 0, count: 256)
        var fingerprints: Set<UInt64> = []
        for id in 1...65_536 {
            let fingerprint = try identity("hospital-a", "\(id)").fingerprint
            fingerprints.insert(fingerprint)
            byUpperBits[Int(fingerprint >> 56)] += 1
            byLowerBits[Int(fingerprint & 255)] += 1
        }
        #expect(fingerprints.count == 65_536)
        // 256 are expected in a slot; six standard deviations are 96.
        #expect(byUpperBits.allSatisfy { (160...352).contains($0) })
        #expect(byLowerBits.allSatisfy { (160...352).contains($0) })
    }

    private func identity(_ source: String, _ id: String) throws -> EventIdentity {
        EventIdentity(source: try #require(Identifier(source)), id: try #require(Identifier(id)))
    }
}

@Suite("The fingerprint of an identity that is still text")
struct FingerprintOfTextTests {
    @Test("is the same of texts and of the identifiers made of them, at every length")
    func texts() throws {
        var seen: Set<UInt64> = []
        let letters = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._:".utf8)
        for count in 1...64 {
            let text = Array(letters.prefix(count))
            let other = Array(letters.suffix(65 - count).prefix(64))
            let source = try #require(text.withUnsafeBytes { Identifier(utf8: $0) })
            let id = try #require(other.withUnsafeBytes { Identifier(utf8: $0) })
            let fingerprint = text.withUnsafeBytes { text in
                other.withUnsafeBytes { EventIdentity.fingerprint(source: text, id: $0) }
            }
            #expect(fingerprint == EventIdentity(source: source, id: id).fingerprint)
            seen.insert(fingerprint)
        }
        #expect(seen.count == 64)
    }
}
