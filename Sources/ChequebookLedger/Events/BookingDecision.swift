import ChequebookModel

/// An event that holds an identity already.
struct ExistingEvent {
    var fact: Fact
    var isReversed: Bool
}

/// What is to become of an event, decided from what stands and from nothing else.
///
/// The order of checks is the contract's: identity, original, then the rest.
enum BookingDecision: Equatable {
    case post
    /// In place of an older version.
    case replace
    case duplicate
    case superseded
    case refuse(Refusal)

    static func decide(
        _ event: CostEvent, existing: ExistingEvent?, isKnown: (OrganisationCode) -> Bool, today: CalendarDate
    ) -> BookingDecision {
        if let existing {
            guard case .costEvent(let standing) = existing.fact else { return .refuse(.conflictingDuplicate) }
            if event.version == standing.version {
                return event == standing ? .duplicate : .refuse(.conflictingDuplicate)
            }
            if event.version < standing.version { return .superseded }
            if existing.isReversed { return .refuse(.alreadyReversed) }
        }
        guard event.serviceDate <= today else { return .refuse(.futureServiceDate) }
        if let stated = event.commissioner, !isKnown(stated) { return .refuse(.unknownCommissioner) }
        return existing == nil ? .post : .replace
    }

    static func decide(_ reversal: Reversal, existing: ExistingEvent?, original: ExistingEvent?) -> BookingDecision {
        if let existing {
            return existing.fact == .reversal(reversal) ? .duplicate : .refuse(.conflictingDuplicate)
        }
        guard let original else { return .refuse(.unknownOriginal) }
        guard case .costEvent = original.fact else { return .refuse(.reversesAReversal) }
        return original.isReversed ? .refuse(.alreadyReversed) : .post
    }
}
