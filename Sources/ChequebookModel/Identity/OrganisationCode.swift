/// An ODS organisation code: 2 to 12 of `A-Z0-9`.
///
/// The code is one word in base 37, left-aligned, so that the integer order is the order of the text.
public struct OrganisationCode: Hashable, Comparable, Sendable {
    /// 1 to 10 for a digit, 11 to 36 for a letter, 0 behind the end, twelve places.
    public let packed: UInt64

    /// Reads a code; nil if it does not match `^[A-Z0-9]{2,12}$`.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 2, bytes.count <= Limits.organisationCodeBytesMax else { return nil }
        var packed: UInt64 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): packed = packed * 37 + UInt64(byte) - 47
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): packed = packed * 37 + UInt64(byte) - 54
            default: return nil
            }
        }
        // The places behind the end, by the binary digits of their number: most codes have three to six of the twelve.
        let rest = Limits.organisationCodeBytesMax - bytes.count
        if rest & 1 != 0 { packed *= 37 }
        if rest & 2 != 0 { packed *= 37 * 37 }
        if rest & 4 != 0 { packed *= 37 * 37 * 37 * 37 }
        if rest & 8 != 0 { packed *= 37 * 37 * 37 * 37 * 37 * 37 * 37 * 37 }
        self.packed = packed
    }

    /// Reads a code.
    public init?(_ text: String) {
        guard let code = Digits.withBytes(of: text, { OrganisationCode(utf8: $0) }) else { return nil }
        self = code
    }

    /// The code that `packed` stands for; nil if no code packs to it.
    public init?(packed: UInt64) {
        // Most codes have at most four places, and every event that is read back has some.
        let isShort = packed % Self.lastEightPlaces == 0
        let placesMax = isShort ? Limits.organisationCodeBytesMax - 8 : Limits.organisationCodeBytesMax
        var rest = isShort ? packed / Self.lastEightPlaces : packed
        var places = 0
        var ended = true
        for place in 0..<placesMax {
            let digit = rest % 37
            rest /= 37
            if digit == 0 {
                guard ended else { return nil }
            } else {
                if ended { places = placesMax - place }
                ended = false
            }
        }
        guard rest == 0, places >= 2 else { return nil }
        self.packed = packed
    }

    /// The code of a word that was taken from an `OrganisationCode`.
    ///
    /// Only for tables that keep codes as plain integers: reading all twelve places again would cost more than finding
    /// the row.
    package init(uncheckedPacked: UInt64) {
        packed = uncheckedPacked
    }

    public static func < (left: OrganisationCode, right: OrganisationCode) -> Bool {
        left.packed < right.packed
    }
}

extension OrganisationCode: PlainText, CustomStringConvertible {
    private static var lastEightPlaces: UInt64 { 37 * 37 * 37 * 37 * 37 * 37 * 37 * 37 }

    /// Writes the code as it was sent.
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        var rest = packed
        var places = Limits.organisationCodeBytesMax
        // Answers are full of codes, and most have at most four places.
        if rest % Self.lastEightPlaces == 0 {
            rest /= Self.lastEightPlaces
            places -= 8
        }
        var count = 0
        for place in (0..<places).reversed() {
            let digit = UInt8(truncatingIfNeeded: rest % 37)
            rest /= 37
            guard digit > 0 else { continue }
            target.put(digit <= 10 ? digit + 47 : digit + 54, at: place)
            count = max(count, place + 1)
        }
        return count
    }

    /// The code as it was sent. It fits a string without memory of its own.
    public var description: String { text }
}
