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
        guard bytes.count == 10, let number = Digits.value(bytes, 0..<10) else { return nil }
        self.init(nhsNumber: UInt64(number))
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
    public var wireForm: String {
        if let pseudonym { return "p:\(pseudonym)" }
        return String(String(key.low + 10_000_000_000).dropFirst())
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
