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
        guard bytes.count >= 1, bytes.count <= bytesMax, bytesMax <= Limits.identifierBytesMax else { return nil }
        for byte in bytes where !Self.isAllowed(byte) { return nil }
        count = bytes.count
        withUnsafeMutableBytes(of: &low) { $0.copyMemory(from: .init(rebasing: bytes.prefix(32))) }
        if bytes.count > 32 {
            withUnsafeMutableBytes(of: &high) { $0.copyMemory(from: .init(rebasing: bytes.dropFirst(32))) }
        }
    }

    /// Takes the text over if it is an identifier.
    public init?(_ text: String) {
        guard let identifier = Digits.withBytes(of: text, { Identifier(utf8: $0) }) else { return nil }
        self = identifier
    }

    /// Whether it is `.` or `..`, which a path would swallow.
    public var isDots: Bool {
        (count == 1 && low.0 == 0x2e) || (count == 2 && low.0 == 0x2e2e)
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
        if offset + 8 <= bytes.count { return bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        guard offset < bytes.count else { return 0 }
        if bytes.count >= 8 {
            // The last eight bytes, without those before the offset.
            let last = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
            return (last >> UInt64(8 * (offset + 8 - bytes.count))).littleEndian
        }
        var word: UInt64 = 0
        for index in (offset..<bytes.count).reversed() { word = word << 8 | UInt64(bytes[index]) }
        return word.littleEndian
    }

    public static func == (left: Identifier, right: Identifier) -> Bool {
        left.count == right.count && left.low == right.low && left.high == right.high
    }

    public func hash(into hasher: inout Hasher) {
        var state: UInt64 = 0
        mix(into: &state)
        hasher.combine(state)
    }

    /// Bits of the allowed ASCII bytes from 0 and from 64: a table without a lookup in memory.
    private static let allowedLow: UInt64 = 0x07ff_6000_0000_0000
    private static let allowedHigh: UInt64 = 0x07ff_fffe_87ff_fffe

    @inline(__always)
    private static func isAllowed(_ byte: UInt8) -> Bool {
        let bits = byte < 64 ? allowedLow : allowedHigh
        return byte < 128 && bits >> UInt64(byte & 63) & 1 == 1
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String {
        withBytes { String(decoding: $0, as: UTF8.self) }
    }
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
