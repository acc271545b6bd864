/// The SHA-256 that a commit adds to the chain of a ledger's commits: it stands for all of history up to there.
public struct CommitHash: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes a hash has.
    public static let byteCount = 32

    // The 32 bytes as words with the first byte highest, so that none of them needs memory of its own.
    private let first, second, third, fourth: UInt64

    /// The hash with these bytes, of which there are 32.
    init(_ bytes: UnsafeRawBufferPointer) {
        func word(_ index: Int) -> UInt64 { bytes.integer(UInt64.self, at: 8 * index).byteSwapped }
        (first, second, third, fourth) = (word(0), word(1), word(2), word(3))
    }

    /// The hash that 64 hexadecimal digits spell; nil for any other text.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 0, to: digits.count, by: 16) {
            var word: UInt64 = 0
            for digit in digits[start..<start + 16] {
                let character = Character(UnicodeScalar(digit))
                guard let value = character.isASCII ? character.hexDigitValue : nil else { return nil }
                word = word << 4 | UInt64(value)
            }
            words.append(word)
        }
        (first, second, third, fourth) = (words[0], words[1], words[2], words[3])
    }

    /// Writes the 32 bytes to the beginning of `bytes`.
    func write(to bytes: UnsafeMutableRawBufferPointer) {
        for (index, word) in [first, second, third, fourth].enumerated() {
            bytes.put(word.byteSwapped, at: 8 * index)
        }
    }

    /// 64 hexadecimal digits, the letters small.
    public var description: String {
        [first, second, third, fourth].map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }
}
