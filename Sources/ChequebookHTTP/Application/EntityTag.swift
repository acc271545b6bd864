import NIOCore
import NIOHTTP1

/// A strong entity tag (RFC 9110, 8.8.3), mixed from a media type and a body and from nothing else: the same after a
/// restart, on another machine, and while only other commissioners' figures change.
///
/// It has 128 bits in two lanes of 64. A lane takes eight bytes at a time by a step that can be undone (exclusive or,
/// multiplication by an odd number, exclusive or with its own upper half), so bodies of one length that differ in one
/// such group alone never share a tag. Any other two share one with odds of 1 in 2^128, as far as the steps mix like
/// chance; among a million million bodies of one target that is less than 1 in 10^14. It is not made to withstand
/// somebody who picks bodies: nobody but the ledger writes them, and a tag guards nothing.
struct EntityTag: Equatable {
    /// With its quotes.
    let text: String

    init(_ contentType: ContentType, _ body: ByteBuffer) {
        var mix = Mix()
        contentType.text.withUTF8Buffer { mix.add(UnsafeRawBufferPointer($0)) }
        body.withUnsafeReadableBytes { mix.add($0) }
        text = String(unsafeUninitializedCapacity: 34) { digits in
            digits[0] = UInt8(ascii: "\"")
            for (start, lane) in [(1, mix.first), (17, mix.second)] {
                for place in 0..<16 {
                    let digit = UInt8(truncatingIfNeeded: lane >> UInt64(60 - 4 * place)) & 0xf
                    digits[start + place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
                }
            }
            digits[33] = UInt8(ascii: "\"")
            return 34
        }
    }

    /// Whether `If-None-Match` names this tag, so that the client has the body already (RFC 9110, 13.1.2): `*`, or a
    /// list with it in, by the weak comparison. What follows something malformed counts for nothing.
    func isNamed(in headers: HTTPHeaders) -> Bool {
        guard let first = headers.first(name: "if-none-match") else { return false }
        if first == text { return true }
        return headers["if-none-match"].contains { isNamed(in: $0) }
    }

    private func isNamed(in list: String) -> Bool {
        var rest = list[...].drop(while: Self.isBetween)
        if rest.first == "*" { return rest.dropFirst().allSatisfy(Self.isBetween) }
        while !rest.isEmpty {
            if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return false }
            if rest[...end] == text { return true }
            rest = rest[rest.index(after: end)...].drop(while: Self.isBetween)
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

    private mutating func step(_ word: UInt64) {
        first = (first ^ word) &* 0xff51_afd7_ed55_8ccd
        first ^= first >> 32
        second = (second ^ word) &* 0xbf58_476d_1ce4_e5b9
        second ^= second >> 29
    }
}
