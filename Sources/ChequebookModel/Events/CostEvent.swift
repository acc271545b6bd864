public enum EventKind: UInt8, WireWord {
    case cost, credit

    public var word: StaticString { self == .cost ? "cost" : "credit" }
}

/// Why a cost names no patient.
public enum WithoutPatient: UInt8, WireWord {
    case block, practice, withheld, newborn, unknown

    public var word: StaticString {
        switch self {
        case .block: "block"
        case .practice: "practice"
        case .withheld: "withheld"
        case .newborn: "newborn"
        case .unknown: "unknown"
        }
    }
}

/// The sending system and its id for an event: together the event's identity, for ever.
public struct EventIdentity: Hashable, Sendable {
    public let source: Identifier
    public let id: Identifier

    public init(source: Identifier, id: Identifier) {
        (self.source, self.id) = (source, id)
    }

    /// 64 bits for tables, the same in every run.
    public var fingerprint: UInt64 {
        var state = Self.fingerprintSeed
        source.mix(into: &state)
        id.mix(into: &state)
        return state
    }

    /// The same of texts that were not made identifiers: 1 to 64 bytes each.
    @inline(__always)
    public static func fingerprint(source: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer) -> UInt64 {
        var state = fingerprintSeed
        Identifier.mix(source, into: &state)
        Identifier.mix(id, into: &state)
        return state
    }

    @usableFromInline
    static var fingerprintSeed: UInt64 { 0x2545_f491_4f6c_dd1d }
}

/// Whom a cost was caused by: a patient, or nobody that the sender may name.
public enum CostSubject: Hashable, Sendable {
    case patient(Patient)
    case without(WithoutPatient)

    public var patient: Patient? {
        if case .patient(let patient) = self { return patient }
        return nil
    }
}

/// One cost (or credit) that a person's care caused.
public struct CostEvent: Hashable, Sendable {
    public let identity: EventIdentity
    /// 1 to 2^31 − 1; a higher one replaces the event.
    public let version: Int32
    public let subject: CostSubject
    /// The responsible body as the sender determined it; always there without a patient.
    public let commissioner: OrganisationCode?
    public let setting: CareSetting
    public let serviceDate: CalendarDate
    /// 0 to 10^15.
    public let amountPence: Int64
    public let kind: EventKind
    public let provider: OrganisationCode?
    public let service: Identifier?
    public let funder: OrganisationCode?

    public init(
        identity: EventIdentity, version: Int32 = 1, subject: CostSubject, commissioner: OrganisationCode? = nil,
        setting: CareSetting, serviceDate: CalendarDate, amountPence: Int64, kind: EventKind = .cost,
        provider: OrganisationCode? = nil, service: Identifier? = nil, funder: OrganisationCode? = nil
    ) {
        self.identity = identity
        self.version = version
        self.subject = subject
        self.commissioner = commissioner
        self.setting = setting
        self.serviceDate = serviceDate
        self.amountPence = amountPence
        self.kind = kind
        self.provider = provider
        self.service = service
        self.funder = funder
    }

    /// What it adds to a cost: negative for a credit.
    public var signedPence: Int64 { kind == .cost ? amountPence : -amountPence }
}

/// Takes an event out of every total and count.
public struct Reversal: Hashable, Sendable {
    public let identity: EventIdentity
    /// The id of the event to take out, of the same source.
    public let reverses: Identifier

    public init(identity: EventIdentity, reverses: Identifier) {
        (self.identity, self.reverses) = (identity, reverses)
    }

    public var original: EventIdentity { EventIdentity(source: identity.source, id: reverses) }
}
