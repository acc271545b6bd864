/// The kinds of care that a budget is split into, in the contract's order.
public enum CareSetting: UInt8, CaseIterable, Sendable, Comparable {
    case primary, secondary, community, social, mentalHealth, prescribing, continuingCare, specialised, publicHealth

    public static var count: Int { Int(publicHealth.rawValue) + 1 }

    public static func < (left: CareSetting, right: CareSetting) -> Bool { left.rawValue < right.rawValue }
}

/// The groups that a population is segmented into, in the contract's order.
public enum PatientGroup: UInt8, CaseIterable, Sendable, Comparable, BitwiseCopyable {
    case older, longTermConditions, mentalHealth, mothersAndChildren, generallyHealthy

    public static var count: Int { Int(generallyHealthy.rawValue) + 1 }

    public static func < (left: PatientGroup, right: PatientGroup) -> Bool { left.rawValue < right.rawValue }
}

public enum Sex: UInt8, CaseIterable, Sendable {
    case female, male, unknown

    public static let count = allCases.count
}

/// A value of a closed list that has a kebab-case word on the wire.
public protocol WireWord: CaseIterable, Sendable {
    var word: StaticString { get }

    /// The value whose word the bytes are; nil if there is none.
    init?(utf8 bytes: UnsafeRawBufferPointer)
}

extension WireWord {
    /// The value whose word the bytes are; nil if there is none.
    ///
    /// Inlinable, so that each list gets code of its own: this runs several times for every event.
    @inlinable
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        for value in Self.allCases where value.word.isEqual(to: bytes) {
            self = value
            return
        }
        return nil
    }

    /// All words in order, for messages that say what would be right.
    public static var words: [String] { allCases.map { "\($0.word)" } }
}

extension StaticString {
    @usableFromInline
    func isEqual(to bytes: UnsafeRawBufferPointer) -> Bool {
        ShortText.areEqual(UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount), bytes)
    }
}

extension CareSetting: WireWord {
    /// Every event names a setting, so its word is compared with one that it can be, not with all in turn.
    public init?(utf8 bytes: UnsafeRawBufferPointer) {
        let candidate: CareSetting
        switch bytes.count {
        case 6: candidate = .social
        case 7: candidate = .primary
        case 9: candidate = bytes[0] == UInt8(ascii: "s") ? .secondary : .community
        case 11: candidate = bytes[0] == UInt8(ascii: "p") ? .prescribing : .specialised
        case 13: candidate = bytes[0] == UInt8(ascii: "m") ? .mentalHealth : .publicHealth
        case 15: candidate = .continuingCare
        default: return nil
        }
        guard candidate.word.isEqual(to: bytes) else { return nil }
        self = candidate
    }

    public var word: StaticString {
        switch self {
        case .primary: "primary"
        case .secondary: "secondary"
        case .community: "community"
        case .social: "social"
        case .mentalHealth: "mental-health"
        case .prescribing: "prescribing"
        case .continuingCare: "continuing-care"
        case .specialised: "specialised"
        case .publicHealth: "public-health"
        }
    }
}

extension PatientGroup: WireWord {
    public var word: StaticString {
        switch self {
        case .older: "older"
        case .longTermConditions: "long-term-conditions"
        case .mentalHealth: "mental-health"
        case .mothersAndChildren: "mothers-and-children"
        case .generallyHealthy: "generally-healthy"
        }
    }
}

extension Sex: WireWord {
    public var word: StaticString {
        switch self {
        case .female: "female"
        case .male: "male"
        case .unknown: "unknown"
        }
    }
}
