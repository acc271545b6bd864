/// The name of a request or of a chain of requests in answers and logs.
///
/// A made-up one stays two integers until it is written, so that a request costs no string.
public struct RequestID: Sendable, Hashable, CustomStringConvertible {
    private enum Form: Hashable {
        case made(UInt64, UInt64)
        case given(String)
    }

    private let form: Form

    init(high: UInt64, low: UInt64) {
        form = .made(high, low)
    }

    /// Takes a client's id if it is 1 to 128 characters of `[A-Za-z0-9._:/+=@-]`; nil for any other, so that
    /// nothing that a client sends can break a header, a log line or a page.
    init?(given text: String) {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        form = .given(text)
    }

    /// The id as it stands in the header: the client's own text, or 32 hexadecimal digits.
    public var description: String {
        switch form {
        case .given(let text): text
        case .made: String(unsafeUninitializedCapacity: 32) { writeDigits(into: UnsafeMutableRawBufferPointer($0)) }
        }
    }

    /// Calls with the client's own text; nil if the id is made up.
    var given: String? {
        if case .given(let text) = form { text } else { nil }
    }

    /// Writes the digits of a made-up id; 0 for a given one.
    func writeDigits(into bytes: UnsafeMutableRawBufferPointer) -> Int {
        guard case .made(let high, let low) = form else { return 0 }
        for (offset, half) in [(0, high), (16, low)] {
            for digit in 0..<16 {
                let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * digit)) & 0xF
                bytes[offset + digit] = value < 10 ? 0x30 + value : 0x57 + value
            }
        }
        return 32
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        // `.`, `/` and the digits, then `:`; they are neighbours.
        case UInt8(ascii: ".")...UInt8(ascii: ":"): true
        case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

/// Makes up request ids: unique for all practical purposes, not secret.
///
/// Two SplitMix64 streams (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014), seeded from the
/// system once for each event loop.
struct RequestIDGenerator {
    private var high: UInt64
    private var low: UInt64

    init(using generator: inout some RandomNumberGenerator) {
        high = generator.next()
        low = generator.next()
    }

    mutating func next() -> RequestID {
        RequestID(high: Self.step(&high), low: Self.step(&low))
    }

    private static func step(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
