import NIOCore
import NIOHTTP1

/// A strong entity tag (RFC 9110, 8.8.3), mixed from a media type and a body and from nothing else: the same after a
/// restart, on another machine, and while only other commissioners' figures change.
///
/// It has 128 bits in two lanes of 64. A lane takes eight bytes at a time by a step that can be undone (exclusive or,
/// multiplication by an odd number, exclusive or with its own upper half), so bodies of one length that differ in one
/// such group alone never share a tag; of a long body each group goes through one of four such pairs of lanes, and those
/// through one by the same steps. Any other two share one with odds of 1 in 2^128, as far as the steps mix like
/// chance; among a million million bodies of one target that is less than 1 in 10^14. It is not made to withstand
/// somebody who picks bodies: nobody but the ledger writes them, and a tag guards nothing.
struct EntityTag: Equatable {
    private static let byteCount = 34
    private let lanes: (UInt64, UInt64)

    init(_ contentType: ContentType, _ body: ByteBuffer) {
        var mix = Mix()
        contentType.text.withUTF8Buffer { mix.add(UnsafeRawBufferPointer($0)) }
        body.withUnsafeReadableBytes { mix.add($0) }
        lanes = (mix.first, mix.second)
    }

    /// With its quotes.
    var text: String {
        String(unsafeUninitializedCapacity: Self.byteCount) { write(to: UnsafeMutableRawBufferPointer($0)) }
    }

    /// Writes the text to where there is room for it, and returns its length in bytes.
    func write(to bytes: UnsafeMutableRawBufferPointer) -> Int {
        bytes[0] = UInt8(ascii: "\"")
        Self.write(lanes.0, to: bytes, at: 1)
        Self.write(lanes.1, to: bytes, at: 17)
        bytes[33] = UInt8(ascii: "\"")
        return Self.byteCount
    }

    private static func write(_ lane: UInt64, to bytes: UnsafeMutableRawBufferPointer, at start: Int) {
        for place in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: lane >> UInt64(60 - 4 * place)) & 0xf
            bytes[start + place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
        }
    }

    static func == (left: EntityTag, right: EntityTag) -> Bool { left.lanes == right.lanes }

    /// Whether `If-None-Match` names this tag, so that the client has the body already (RFC 9110, 13.1.2): `*`, or a
    /// list with it in, by the weak comparison. What follows something malformed counts for nothing.
    func isNamed(in headers: HTTPHeaders) -> Bool {
        guard let first = headers.first(name: "if-none-match") else { return false }
        let text = text
        if first == text { return true }
        return headers["if-none-match"].contains { Self.isNamed(text, in: $0) }
    }

    private static func isNamed(_ text: String, in list: String) -> Bool {
        var rest = list[...].drop(while: isBetween)
        if rest.first == "*" { return rest.dropFirst().allSatisfy(isBetween) }
        while !rest.isEmpty {
            if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return false }
            if rest[...end] == text { return true }
            rest = rest[rest.index(after: end)...].drop(while: isBetween)
        }
        return false
    }

    private static func isBetween(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == ","
    }
}

/// Two lanes that start, multiply and shift differently, so that what meets in one does not meet in the other.
private struct Mix {
    private(set) var first: UInt64 = 0x9e37_79b9_7f4a_7c15
    private(set) var second: UInt64 = 0xc2b2_ae3d_27d4_eb4f

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        if let base = bytes.baseAddress {
            if bytes.count >= Self.stripedBytesMin { start = addStriped(base, bytes.count) }
            while start + 8 <= bytes.count {
                step(UInt64(littleEndian: base.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
                start += 8
            }
        }
        var last: UInt64 = 0
        for byte in bytes[start...].reversed() { last = last << 8 | UInt64(byte) }
        step(last)
        step(UInt64(bytes.count))
    }

    /// From so many bytes on they go through four pairs of lanes side by side, which then go through one.
    private static let stripedBytesMin = 256

    /// Each step waits for the one before it in its lane, so eight lanes take as long as two. Returns how many bytes went
    /// in: all but those of the last incomplete row.
    private mutating func addStriped(_ base: UnsafeRawPointer, _ count: Int) -> Int {
        var (a, b, c, d) = (self, self, self, self)
        var start = 0
        while start + 32 <= count {
            func word(_ place: Int) -> UInt64 {
                UInt64(littleEndian: base.loadUnaligned(fromByteOffset: start + place * 8, as: UInt64.self))
            }
            a.step(word(0))
            b.step(word(1))
            c.step(word(2))
            d.step(word(3))
            start += 32
        }
        // One after the other, so that the same change in two of them does not cancel out.
        for lanes in [a, b, c, d] {
            first = Self.firstStep(first, lanes.first)
            second = Self.secondStep(second, lanes.second)
        }
        return start
    }

    @inline(__always)
    private mutating func step(_ word: UInt64) {
        first = Self.firstStep(first, word)
        second = Self.secondStep(second, word)
    }

    @inline(__always)
    private static func firstStep(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        let product = (lane ^ word) &* 0xff51_afd7_ed55_8ccd
        return product ^ product >> 32
    }

    @inline(__always)
    private static func secondStep(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        let product = (lane ^ word) &* 0xbf58_476d_1ce4_e5b9
        return product ^ product >> 29
    }
}
