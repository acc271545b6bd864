import ChequebookModel

/// Every problem the service can answer with as a whole: its code on the wire, its status and its title.
///
/// Problems of one field or line have codes of their own in `errors`; a single item's problem takes its field's code.
enum ProblemCode: String, CaseIterable {
    case badRequest = "bad-request"
    case missingParameter = "missing-parameter"
    case badParameter = "bad-parameter"
    case unknownParameter = "unknown-parameter"
    case throughOutsideYear = "through-outside-year"
    case unknownPath = "unknown-path"
    case unknownCommissioner = "unknown-commissioner"
    case unknownPatient = "unknown-patient"
    case unknownEvent = "unknown-event"
    case unknownYear = "unknown-year"
    case noRateCard = "no-rate-card"
    case unknownProblem = "unknown-problem"
    case unknownOriginal = "unknown-original"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case conflictingDuplicate = "conflicting-duplicate"
    case alreadyReversed = "already-reversed"
    case reversesAReversal = "reverses-a-reversal"
    case overlappingRates = "overlapping-rates"
    case overlappingListSizes = "overlapping-list-sizes"
    case bodyTooLarge = "body-too-large"
    case tooManyItems = "too-many-items"
    case unsupportedMediaType = "unsupported-media-type"
    case unsupportedCoding = "unsupported-content-coding"
    case wrongPatientForm = "wrong-patient-form"
    case asOfNotClosed = "as-of-not-closed"
    case noListSizes = "no-list-sizes"
    case unknownDate = "unknown-date"
    case tooManyOrganisations = "too-many-organisations"
    case ledgerFull = "ledger-full"
    case tooManyCommissioners = "too-many-commissioners"
    case endsBeforeItBegins = "ends-before-it-begins"
    case beforeBirth = "before-birth"
    case noSuchRegistration = "no-such-registration"
    case tooManyStatements = "too-many-statements"
    case replacementCycle = "replacement-cycle"
    case futureServiceDate = "future-service-date"
    case badOrganisationCode = "bad-organisation-code"
    case listNotBooked = "list-not-booked"
    case queueFull = "queue-full"
    case replaying = "replaying"
    case journalUnavailable = "journal-unavailable"
    case stopping = "stopping"

    var status: Int {
        switch self {
        case .badRequest, .missingParameter, .badParameter, .unknownParameter, .throughOutsideYear: 400
        case .unknownPath, .unknownCommissioner, .unknownPatient, .unknownEvent, .unknownYear, .unknownDate,
            .noRateCard, .noListSizes, .unknownProblem, .unknownOriginal:
            404
        case .methodNotAllowed: 405
        case .notAcceptable: 406
        case .conflictingDuplicate, .alreadyReversed, .reversesAReversal, .overlappingRates, .overlappingListSizes: 409
        case .bodyTooLarge: 413
        case .unsupportedMediaType, .unsupportedCoding: 415
        case .asOfNotClosed, .wrongPatientForm, .tooManyCommissioners, .tooManyOrganisations, .ledgerFull,
            .endsBeforeItBegins,
            .beforeBirth, .noSuchRegistration,
            .tooManyStatements, .replacementCycle, .futureServiceDate, .badOrganisationCode, .listNotBooked,
            .tooManyItems:
            422
        case .queueFull, .replaying, .journalUnavailable, .stopping: 503
        }
    }

    /// What it says of any occurrence: a sentence without a full stop.
    var title: String {
        switch self {
        case .badRequest: "The request is not well formed"
        case .missingParameter: "A query parameter is missing"
        case .badParameter: "A query parameter has a value that it cannot have"
        case .unknownParameter: "A query parameter is not known here"
        case .throughOutsideYear: "The parameter through is outside the year"
        case .unknownPath: "There is nothing at this path"
        case .unknownCommissioner: "No commissioner with this code is registered"
        case .unknownPatient: "No statement about this patient was ever registered"
        case .unknownEvent: "No event with this source and id is stored"
        case .unknownYear: "The path names no financial year"
        case .noRateCard: "No rate card is set for this year"
        case .unknownProblem: "There is no problem with this code"
        case .unknownOriginal: "The event to be reversed is not stored"
        case .methodNotAllowed: "The method is not allowed here"
        case .notAcceptable: "None of the media types that the service has is acceptable"
        case .conflictingDuplicate: "The identity is taken by an event with other content"
        case .alreadyReversed: "The event has been reversed"
        case .reversesAReversal: "A reversal cannot be reversed"
        case .overlappingRates: "Two rates could both apply to one person on one day in one setting"
        case .overlappingListSizes: "One person could be counted in two bands of the list"
        case .asOfNotClosed: "The day of asOf is not over"
        case .noListSizes: "No list sizes are set for this date"
        case .unknownDate: "The path names no date"
        case .tooManyOrganisations: "Too many organisations have been named"
        case .ledgerFull: "The ledger has as many identities as it can have"
        case .bodyTooLarge: "The body is too long"
        case .tooManyItems: "The list has too many items"
        case .unsupportedMediaType: "The media type of the body is not supported"
        case .unsupportedCoding: "The content coding of the body is not supported"
        case .wrongPatientForm: "The ledger was created for the other form of patient"
        case .tooManyCommissioners: "No more commissioners can be registered"
        case .endsBeforeItBegins: "It ends before it begins"
        case .beforeBirth: "The patient was born after a registration begins"
        case .noSuchRegistration: "There is no such statement of registration to withdraw"
        case .tooManyStatements: "The patient has too many statements of registration"
        case .replacementCycle: "A number would replace itself"
        case .futureServiceDate: "The service date is after today"
        case .badOrganisationCode: "The path names no organisation code"
        case .listNotBooked: "Nothing of the list was booked"
        case .queueFull: "Too much is waiting to be written"
        case .replaying: "The journal is being replayed"
        case .journalUnavailable: "The journal takes no writes"
        case .stopping: "The service is stopping"
        }
    }
}

extension ChequebookModel.Refusal {
    /// The refusal as a problem: its code and status in the contract's words.
    var code: ProblemCode {
        switch self {
        case .wrongPatientForm: .wrongPatientForm
        case .unknownCommissioner: .unknownCommissioner
        case .tooManyCommissioners: .tooManyCommissioners
        case .endsBeforeItBegins: .endsBeforeItBegins
        case .beforeBirth: .beforeBirth
        case .noSuchRegistration: .noSuchRegistration
        case .tooManyStatements: .tooManyStatements
        case .replacementCycle: .replacementCycle
        case .overlappingRates: .overlappingRates
        case .overlappingListSizes: .overlappingListSizes
        case .tooManyOrganisations: .tooManyOrganisations
        case .ledgerFull: .ledgerFull
        case .conflictingDuplicate: .conflictingDuplicate
        case .unknownOriginal: .unknownOriginal
        case .alreadyReversed: .alreadyReversed
        case .reversesAReversal: .reversesAReversal
        case .futureServiceDate: .futureServiceDate
        }
    }

    /// What would be right, for this occurrence.
    var detail: String {
        switch self {
        case .wrongPatientForm: "patient must be of the form that the ledger was created for"
        case .unknownCommissioner: "commissioner must be a code that is registered with PUT /v1/commissioners/{code}"
        case .tooManyCommissioners: "at most \(Limits.commissionersMax) commissioners can be registered"
        case .endsBeforeItBegins: "until must be after from"
        case .beforeBirth: "born must not be after any from of the patient's standing statements"
        case .noSuchRegistration: "a withdrawal needs a standing statement of this commissioner with this from"
        case .tooManyStatements: "a patient can have at most \(Limits.statementsInPatientMax) statements"
        case .replacementCycle: "replacedBy must not lead back to the patient; null takes a replacement back"
        case .overlappingListSizes: "one person could be counted in two bands"
        case .ledgerFull: "at most \(Limits.rowsMax) events and as many patients fit one ledger"
        case .tooManyOrganisations:
            "at most \(Limits.organisationsNamedMax) providers, funders and councils can be named in all"
        case .overlappingRates: "two rates could both apply to one person on one day in one setting"
        case .conflictingDuplicate: "the identity is taken; send the same content, or a higher version to replace it"
        case .unknownOriginal: "reverses must be the id of a stored event of the same source"
        case .alreadyReversed: "the event has been reversed; send a new cost under a new id"
        case .reversesAReversal: "reverses must name a cost or credit; to undo a reversal send the cost under a new id"
        case .futureServiceDate: "serviceDate must not be after today in Europe/London"
        }
    }
}
