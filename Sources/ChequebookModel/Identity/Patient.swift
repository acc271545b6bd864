/// Which of the two forms of patient a ledger is created for.
public enum PatientForm: UInt8, Sendable, CaseIterable {
    case nhsNumber = 0
    case pseudonym = 1

    /// The word of the command line and the wire.
    public var name: String {
        switch self {
        case .nhsNumber: "nhs-number"
        case .pseudonym: "pseudonym"
        }
    }
}

/// What the ledger knows a patient by: 16 bytes that say nothing of the person's name or address.
///
/// An NHS number is held as it is; of a pseudonym the first 16 bytes of its SHA-256, top bit set.
public struct PatientKey: Hashable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public var form: PatientForm { high == 0 ? .nhsNumber : .pseudonym }
}

/// A patient as a sender named it. It prints as `(patient)`, so that no log line can show it; `wireForm` tells who it is.
public struct Patient: Hashable, Sendable {
    public let key: PatientKey
    /// The pseudonym without its `p:`; nil for an NHS number.
    public let pseudonym: Identifier?

    /// Reads ten digits; nil unless the modulus 11 check digit is right and the digits are not all equal.
    ///
    /// Weights 10 to 2, check digit 11 − remainder, 11 read as 0, 10 never issued (NHS Data Dictionary, NHS NUMBER).
    public init?(nhsNumber bytes: UnsafeRawBufferPointer) {
        guard let number = Self.nhsNumber(utf8: bytes) else { return nil }
        self.init(uncheckedKey: PatientKey(high: 0, low: number), pseudonym: nil)
    }

    /// The patient of a key that one of the other ways gave, and of the pseudonym that it is the digest of.
    package init(uncheckedKey key: PatientKey, pseudonym: Identifier?) {
        (self.key, self.pseudonym) = (key, pseudonym)
    }

    /// The number that ten digits are, as ``init(nhsNumber:)-(UnsafeRawBufferPointer)`` has it.
    ///
    /// Every event has one, so the first eight digits are weighted and read as one word. In each product the sum of four
    /// digits by their weights comes to lie in the top 16 bits; none is more than 9 × (10 + 8 + 6 + 4) = 252.
    package static func nhsNumber(utf8 bytes: UnsafeRawBufferPointer) -> UInt64? {
        guard bytes.count == 10 else { return nil }
        let word = ShortText.word(bytes, at: 0)
        let ninth = UInt64(bytes[8] &- UInt8(ascii: "0"))
        let check = UInt64(bytes[9] &- UInt8(ascii: "0"))
        guard let pairs = Digits.pairs(word), ninth <= 9, check <= 9 else { return nil }
        let digits = word & ByteLanes.all(0x0f)
        let first = ((digits & 0x00ff_00ff_00ff_00ff) &* 0x000a_0008_0006_0004) >> 48
        let second = ((digits >> 8 & 0x00ff_00ff_00ff_00ff) &* 0x0009_0007_0005_0003) >> 48
        let fours = (pairs & 0xff_0000_00ff) &* 100 &+ (pairs >> 16 & 0xff_0000_00ff)
        let number = ((fours & 0xffff) * 10_000 + fours >> 32) * 100 + ninth * 10 + check
        // A check digit of 10 is never issued, and no single digit makes up for it. Ten equal digits are a multiple of
        // 1,111,111,111.
        guard (first + second + ninth * 2 + check) % 11 == 0, number % 1_111_111_111 != 0 else { return nil }
        return number
    }

    /// An NHS number as an integer; nil if it is none.
    public init?(nhsNumber number: UInt64) {
        guard number < 10_000_000_000 else { return nil }
        let check = number % 10
        var rest = number / 10
        var sum: UInt64 = 0
        for weight in 2...10 as ClosedRange<UInt64> {
            sum += rest % 10 * weight
            rest /= 10
        }
        let expected = (11 - sum % 11) % 11
        // Ten equal digits are a multiple of 1,111,111,111.
        guard expected == check, number % 1_111_111_111 != 0 else { return nil }
        key = PatientKey(high: 0, low: number)
        pseudonym = nil
    }

    /// A pseudonym of 16 to 64 of `A-Z a-z 0-9 _ -` with the first 16 bytes of its SHA-256 as two words; nil if it has
    /// another form.
    public init?(pseudonym: Identifier, digest: (UInt64, UInt64)) {
        let isPlain = pseudonym.withBytes { bytes in
            bytes.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: ":") }
        }
        guard isPlain, pseudonym.count >= 16 else { return nil }
        key = PatientKey(high: digest.0 | 1 << 63, low: digest.1)
        self.pseudonym = pseudonym
    }

    /// The form that the wire shows: ten digits, or `p:` and the pseudonym.
    public var wireForm: String { text }
}

extension Patient: PlainText {
    /// Writes the form that the wire shows.
    public func write(to target: UnsafeMutableRawPointer) -> Int {
        guard let pseudonym else {
            Digits.write(Int(truncatingIfNeeded: key.low), places: 10, to: target)
            return 10
        }
        target.put(UInt8(ascii: "p"), at: 0)
        target.put(UInt8(ascii: ":"), at: 1)
        return 2 + pseudonym.write(to: target + 2)
    }
}

// Without these, printing reflects over the stored properties, inside events and statements too.
extension PatientKey: CustomStringConvertible, CustomReflectable {
    public var description: String { "(patient)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Patient: CustomStringConvertible, CustomReflectable {
    public var description: String { "(patient)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
