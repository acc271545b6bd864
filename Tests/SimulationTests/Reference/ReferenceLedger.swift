/// The contract, told as plainly as possible: lists of what was accepted, and every answer reckoned from them anew.
///
/// It keeps no totals and no indexes, so it has nothing that could go stale; the service is checked against it.
/// Items are taken to be well formed. A refusal is returned as its code and leaves no trace.
struct ReferenceLedger: Sendable {
    /// A fact with the day on which it was recorded.
    struct Recorded<Fact: Sendable>: Sendable {
        let fact: Fact
        let day: Day

        init(_ fact: Fact, on day: Day) {
            self.fact = fact
            self.day = day
        }
    }

    struct AcceptedCommissioner: Sendable {
        let code: String
        let body: ReferenceCommissioner
    }

    struct AcceptedCard: Sendable {
        /// Nil for the national card.
        let commissioner: String?
        let year: String
        let card: ReferenceCard
    }

    struct AcceptedListSizes: Sendable {
        let commissioner: String
        let date: Day
        let bands: [ReferenceListSize]
    }

    enum SaidOfPatient: Sendable {
        case statement(commissioner: String, ReferenceStatement)
        /// Said for the patient by a succession, which knows nothing of birth and sex; `received` is the place among all
        /// that was said of the statement that it goes on from.
        case takenOver(commissioner: String, ReferenceStatement, received: Int)
        /// Of the statement that stood under this number.
        case withdrawal(patient: String, from: Day)
        case details(ReferencePatientDetails)

        var patient: String {
            switch self {
            case .statement(_, let statement), .takenOver(_, let statement, _): statement.patient
            case .withdrawal(let patient, _): patient
            case .details(let details): details.patient
            }
        }
    }

    // Each in the order of arrival.
    var commissioners: [Recorded<AcceptedCommissioner>] = []
    var cards: [Recorded<AcceptedCard>] = []
    var listSizes: [Recorded<AcceptedListSizes>] = []
    var patients: [Recorded<SaidOfPatient>] = []
    var events: [Recorded<ReferenceEvent>] = []

    init() {}

    /// Nothing but what had been recorded when the day ended.
    func asOf(_ day: Day) -> ReferenceLedger {
        var ledger = ReferenceLedger()
        ledger.commissioners = commissioners.filter { $0.day <= day }
        ledger.cards = cards.filter { $0.day <= day }
        ledger.listSizes = listSizes.filter { $0.day <= day }
        ledger.patients = patients.filter { $0.day <= day }
        ledger.events = events.filter { $0.day <= day }
        return ledger
    }

    /// The latest said of each commissioner, by code.
    var register: [String: ReferenceCommissioner] {
        commissioners.reduce(into: [:]) { $0[$1.fact.code] = $1.fact.body }
    }

    /// Returns `new` or `stored`.
    @discardableResult
    mutating func putCommissioner(_ code: String, _ body: ReferenceCommissioner, recordedOn today: Day) -> String {
        let isNew = register[code] == nil
        commissioners.append(.init(.init(code: code, body: body), on: today))
        return isNew ? "new" : "stored"
    }
}
