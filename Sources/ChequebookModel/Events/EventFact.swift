/// A fact that holds an event's identity. Plain memory, so that events move by the dozen without a reference counted.
public enum EventFact: Hashable, Sendable {
    case costEvent(CostEvent)
    case reversal(Reversal)

    /// Nil for any other fact.
    @inline(__always)
    public init?(_ fact: Fact) {
        switch fact {
        case .costEvent(let event): self = .costEvent(event)
        case .reversal(let reversal): self = .reversal(reversal)
        default: return nil
        }
    }

    /// The same as one of all facts.
    public var fact: Fact {
        switch self {
        case .costEvent(let event): .costEvent(event)
        case .reversal(let reversal): .reversal(reversal)
        }
    }

    /// What it holds for ever.
    public var identity: EventIdentity {
        switch self {
        case .costEvent(let event): event.identity
        case .reversal(let reversal): reversal.identity
        }
    }
}
