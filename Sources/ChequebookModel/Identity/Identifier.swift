/// 1 to 64 of `A-Z a-z 0-9 . _ : -`, held inline: the form of sources, event ids, service codes and pseudonyms.
///
/// It is plain memory, so that a batch of events moves without an allocation or a reference count per field.
public struct Identifier: Hashable, Sendable {
    private typealias Word4 = (UInt64, UInt64, UInt64, UInt64)
    private var low: Word4 = (0, 0, 0, 0)
    private var high: Word4 = (0, 0, 0, 0)
    /// Length in bytes.
    public private(set) var count: Int

    /// Takes the bytes over if they are an identifier of at most `bytesMax`; nil if not.
    public init?(utf8 bytes: UnsafeRawBufferPointer, bytesMax: Int = Limits.identifierBytesMax) {
        guard Self.isIdentifier(bytes, bytesMax: bytesMax) else { return nil }
        self.init(uncheckedUTF8: bytes)
    }

    /// Takes over bytes of which ``isIdentifier(_:bytesMax:)`` has said that they are an identifier.
    package init(uncheckedUTF8 bytes: UnsafeRawBufferPointer) {
        @inline(__always)
        func word(_ index: Int) -> UInt64 { Self.word(bytes, at: index * 8) }
        count = bytes.count
        (low.0, low.1) = (word(0), word(1))
        if bytes.count > 16 { (low.2, low.3) = (word(2), word(3)) }
        if bytes.count > 32 { high = (word(4), word(5), word(6), word(7)) }
    }

    /// Takes the text over if it is an identifier.
    public init?(_ text: String) {
        guard let identifier = Digits.withBytes(of: text, { Identifier(utf8: $0) }) else { return nil }
        self = identifier
    }

    /// Whether it is `.` or `..`, which a path would swallow.
    public var isDots: Bool { withBytes(Self.isDots) }

    /// Whether the bytes of an identifier are `.` or `..`.
    @inline(__always)
    package static func isDots(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count <= 2 && bytes.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    /// Runs `body` on the bytes.
    @inline(__always)
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        if count <= 32 {
            return try withUnsafeBytes(of: low) { try body(.init(rebasing: $0.prefix(count))) }
        }
        return try withUnsafeBytes(of: (low, high)) { try body(.init(rebasing: $0.prefix(count))) }
    }

    /// Mixes the bytes into `state`; the same on every machine and in every run.
    @inline(__always)
    public func mix(into state: inout UInt64) {
        state = Mixing.step(state, low.0 &+ UInt64(count), low.1)
        if count > 16 { state = Mixing.step(state, low.2, low.3) }
        if count > 32 {
            state = Mixing.step(state, high.0, high.1)
            state = Mixing.step(state, high.2, high.3)
        }
    }

    /// Mixes the bytes of an identifier's text into `state`, as the identifier would.
    @inline(__always)
    public static func mix(_ bytes: UnsafeRawBufferPointer, into state: inout UInt64) {
        func word(_ index: Int) -> UInt64 { Self.word(bytes, at: index * 8) }
        state = Mixing.step(state, word(0) &+ UInt64(bytes.count), word(1))
        if bytes.count > 16 { state = Mixing.step(state, word(2), word(3)) }
        if bytes.count > 32 {
            state = Mixing.step(state, word(4), word(5))
            state = Mixing.step(state, word(6), word(7))
        }
    }

    /// Eight bytes from an offset on as they lie in memory, zeros behind the end.
    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        ShortText.word(bytes, at: offset).littleEndian
    }

    public static func == (left: Identifier, right: Identifier) -> Bool {
        left.count == right.count && left.low == right.low && left.high == right.high
    }

    public func hash(into hasher: inout Hasher) {
        var state: UInt64 = 0
        mix(into: &state)
        hasher.combine(state)
    }

    /// Whether the bytes are an identifier of at most `bytesMax`.
    @inline(__always)
    package static func isIdentifier(
        _ bytes: UnsafeRawBufferPointer, bytesMax: Int = Limits.identifierBytesMax
    ) -> Bool {
        let count = bytes.count
        guard count >= 1, count <= bytesMax, bytesMax <= Limits.identifierBytesMax else { return false }
        // Behind the end of the only word stands a letter; the last of several words overlaps the one before it.
        guard count >= 8 else {
            let letters = ByteLanes.all(UInt8(ascii: "a")) &<< UInt64(8 * count)
            return strangers(in: ShortText.word(bytes, at: 0) | letters) == 0
        }
        var found = strangers(in: ShortText.word(bytes, at: count - 8))
        for offset in stride(from: 0, to: count - 8, by: 8) {
            found |= strangers(in: ShortText.word(bytes, at: offset))
        }
        return found == 0
    }

    /// The top bits of those of eight bytes that no identifier may have.
    @inline(__always)
    private static func strangers(in word: UInt64) -> UInt64 {
        let ascii = word & ~ByteLanes.topBits
        let letters = ByteLanes.within(ascii | ByteLanes.all(0x20), UInt8(ascii: "a"), UInt8(ascii: "z"))
        let digitsAndColon = ByteLanes.within(ascii, UInt8(ascii: "0"), UInt8(ascii: ":"))
        let dashAndDot = ByteLanes.within(ascii, UInt8(ascii: "-"), UInt8(ascii: "."))
        let underscore = ByteLanes.within(ascii, UInt8(ascii: "_"), UInt8(ascii: "_"))
        return (word | ~(letters | digitsAndColon | dashAndDot | underscore)) & ByteLanes.topBits
    }
}

extension Identifier: PlainText, CustomStringConvertible {
    /// Writes the text as it was sent.
    @inline(__always)
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        withBytes { ShortText.copy($0, to: target) }
        return count
    }

    /// The text as it was sent.
    public var description: String { text }
}

/// A fast mixing of words into 64 bits for tables; not for secrets.
public enum Mixing {
    /// Folds the 128-bit product of the two words, each made odd by a constant of its own.
    @inline(__always)
    public static func step(_ state: UInt64, _ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = (first ^ 0x9e37_79b9_7f4a_7c15 ^ state).multipliedFullWidth(
            by: second ^ 0xd1b5_4a32_d192_ed03 &+ state)
        return product.high ^ product.low
    }
}
