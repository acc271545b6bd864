/// What a record of the journal says: the only thing that can change the ledger.
public enum Fact: Hashable, Sendable {
    /// The first record of a ledger.
    case ledgerCreated(PatientForm)
    case commissioner(Commissioner)
    case statement(Statement)
    case withdrawal(Withdrawal)
    case personDetails(PersonDetails)
    case nationalRateCard(RateCard)
    case ownRateCard(OrganisationCode, RateCard)
    case listSizes(ListSizes)
    case succession(Succession)
    case costEvent(CostEvent)
    case reversal(Reversal)
    /// The next `count` records, in the same commit, are all or nothing. 1 to `Limits.atomicItemsMax`.
    case atomicList(count: Int)
}

/// What became of a fact.
public enum Outcome: Hashable, Sendable {
    case created
    case registered
    /// A succession moved the registrations of so many people.
    case moved(people: Int)
    case unchanged
    /// A commissioner or a card took the place of one that stood.
    case replaced
    /// An event or a reversal was booked.
    case posted(isUnattributed: Bool)
    /// A higher version took the place of an event.
    case reposted(isUnattributed: Bool)
    case duplicate
    case superseded
    case refused(Refusal)
    /// Part of a list that is all or nothing, none of which was booked.
    case notBooked

    public var refusal: Refusal? {
        if case .refused(let refusal) = self { return refusal }
        return nil
    }
}

/// Why the ledger did not take a well-formed fact.
public enum Refusal: UInt8, Hashable, Sendable, CaseIterable {
    case wrongPatientForm
    case unknownCommissioner
    case tooManyCommissioners
    case endsBeforeItBegins
    case beforeBirth
    case noSuchRegistration
    case replacementCycle
    case tooManyStatements
    case overlappingRates
    case overlappingListSizes
    case tooManyOrganisations
    case ledgerFull
    case conflictingDuplicate
    case unknownOriginal
    case alreadyReversed
    case reversesAReversal
    case futureServiceDate
}

extension Fact {
    /// The identity that a cost event or a reversal holds; nil for other facts.
    public var eventIdentity: EventIdentity? {
        switch self {
        case .costEvent(let event): event.identity
        case .reversal(let reversal): reversal.identity
        default: nil
        }
    }
}
