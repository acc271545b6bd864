/// What a commissioner is.
public enum CommissionerKind: UInt8, WireWord {
    case ccg, subICB, icb, localAuthority, nhsEngland, other

    public var word: StaticString {
        switch self {
        case .ccg: "ccg"
        case .subICB: "sub-icb"
        case .icb: "icb"
        case .localAuthority: "local-authority"
        case .nhsEngland: "nhs-england"
        case .other: "other"
        }
    }
}

/// A body that is responsible for a population's care, as registered.
public struct Commissioner: Hashable, Sendable {
    /// A body that this one belongs to from a day on, until another (exclusive) or for good.
    public struct Parent: Hashable, Sendable {
        public let code: OrganisationCode
        public let from: CalendarDate
        public let until: CalendarDate?

        public init(code: OrganisationCode, from: CalendarDate, until: CalendarDate?) {
            (self.code, self.from, self.until) = (code, from, until)
        }
    }

    /// A body that takes over from this one on a day.
    public struct Successor: Hashable, Sendable {
        public let code: OrganisationCode
        public let from: CalendarDate

        public init(code: OrganisationCode, from: CalendarDate) {
            (self.code, self.from) = (code, from)
        }
    }

    public let code: OrganisationCode
    public let name: String
    public let kind: CommissionerKind
    public let opened: CalendarDate?
    /// The last day open.
    public let closed: CalendarDate?
    public let parents: [Parent]
    public let successors: [Successor]

    public init(
        code: OrganisationCode, name: String, kind: CommissionerKind, opened: CalendarDate? = nil,
        closed: CalendarDate? = nil, parents: [Parent] = [], successors: [Successor] = []
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.opened = opened
        self.closed = closed
        self.parents = parents
        self.successors = successors
    }
}
