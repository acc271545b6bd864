import ChequebookModel

/// What a line of an export says that it is, in its field `fact`.
enum ExportWord: UInt8, WireWord {
    case costEvent, registration, reversal, withdrawal, personDetails, commissioner, listSizes
    case nationalRateCard, ownRateCard, succession, atomicList, ledgerCreated
    case exportBegins, exportEnds

    init(_ fact: Fact) {
        switch fact {
        case .ledgerCreated: self = .ledgerCreated
        case .commissioner: self = .commissioner
        case .statement: self = .registration
        case .withdrawal: self = .withdrawal
        case .personDetails: self = .personDetails
        case .nationalRateCard: self = .nationalRateCard
        case .ownRateCard: self = .ownRateCard
        case .listSizes: self = .listSizes
        case .succession: self = .succession
        case .costEvent: self = .costEvent
        case .reversal: self = .reversal
        case .atomicList: self = .atomicList
        }
    }

    var word: StaticString {
        switch self {
        case .costEvent: "cost-event"
        case .registration: "registration"
        case .reversal: "reversal"
        case .withdrawal: "withdrawal"
        case .personDetails: "person-details"
        case .commissioner: "commissioner"
        case .listSizes: "list-sizes"
        case .nationalRateCard: "national-rate-card"
        case .ownRateCard: "own-rate-card"
        case .succession: "succession"
        case .atomicList: "atomic-list"
        case .ledgerCreated: "ledger-created"
        case .exportBegins: "export-begins"
        case .exportEnds: "export-ends"
        }
    }

    /// Whether an HTTP list that is all or nothing may have it.
    var mayBeInList: Bool {
        switch self {
        case .costEvent, .reversal: true
        default: false
        }
    }
}
