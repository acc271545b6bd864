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

    struct NamedCommissioner: Sendable {
        let code: String
        let name: String
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
        /// Of the statement that stood under this number.
        case withdrawal(patient: String, from: Day)
        case details(ReferencePatientDetails)

        var patient: String {
            switch self {
            case .statement(_, let statement): statement.patient
            case .withdrawal(let patient, _): patient
            case .details(let details): details.patient
            }
        }
    }

    // Each in the order of arrival.
    var commissioners: [Recorded<NamedCommissioner>] = []
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

    /// The latest name of each commissioner, by code.
    var names: [String: String] {
        commissioners.reduce(into: [:]) { $0[$1.fact.code] = $1.fact.name }
    }

    /// Returns `new` or `stored`.
    @discardableResult
    mutating func putCommissioner(_ code: String, name: String, recordedOn today: Day) -> String {
        let isNew = names[code] == nil
        commissioners.append(.init(.init(code: code, name: name), on: today))
        return isNew ? "new" : "stored"
    }
}
