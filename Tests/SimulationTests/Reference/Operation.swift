/// One thing that a client asks of the service, as plain values.
enum Operation: Hashable, Sendable {
    case putCommissioner(code: String, ReferenceCommissioner)
    case putNationalCard(year: String, card: ReferenceCard)
    case putOwnCard(commissioner: String, year: String, card: ReferenceCard)
    case putListSizes(commissioner: String, date: Day, bands: [ReferenceListSize])
    case register(commissioner: String, items: [ReferenceRegistration], form: BodyForm)
    case succeed(ReferenceSuccession)
    case postPatient(ReferencePatientDetails)
    case post(items: [ReferenceEvent], form: BodyForm)
    /// All of them or none.
    case postAtomically(items: [ReferenceEvent], form: BodyForm)
    case askTotals(commissioner: String, ReferenceQuestion)
    case askPayerTotals(payer: String, ReferenceQuestion)
    case askAllTotals(ReferenceQuestion)
    /// - Parameter limit: events a page; nil for the default of 100.
    case askPatientCosts(patient: String, year: String, limit: Int?)
}

/// What a totals answer is to be about.
struct ReferenceQuestion: Hashable, Sendable {
    var year: String
    var through: Day?
    var asOf: Day?
    /// In the order of the request, which changes nothing.
    var by: [String] = []
    /// `boundaries=current`: every body under the one that has come in its place.
    var isCurrent = false
    /// `include=children`: bodies with all below them.
    var hasChildren = false

    /// Whether bodies may count for others.
    var isGathered: Bool { isCurrent || hasChildren }
}

/// How the items of a body are written; it changes nothing about what they mean.
struct BodyForm: Hashable, Sendable {
    enum Shape: Hashable, Sendable {
        /// One object; for exactly one item.
        case single
        /// An object with one array.
        case array
        /// Newline-delimited JSON.
        case lines
    }

    var shape: Shape
    /// Whether defaults are written out and what is absent is written as null.
    var spelledOut: Bool
}

/// What the reference answers to an operation.
enum ReferenceReply: Equatable, Sendable {
    /// One for each item, in order; one for a PUT.
    case outcomes([String])
    case answer([ReferenceLine])
    /// The answer to the request, and those to the requests for what follows it, up to one without `nextCursor`.
    case pages([[ReferenceLine]])
    /// The whole request is refused with this code.
    case refusal(String)
    /// The whole request is refused with this code for what is at this place of its body.
    case fault(String, pointer: String)
    /// None of a list is booked; each item that could not be, by its line, with why.
    case notBooked([Int: String])
}

extension ReferenceLedger {
    mutating func perform(_ operation: Operation, today: Day) -> ReferenceReply {
        do throws(ReferenceRefusal) {
            switch operation {
            case .putCommissioner(let code, let body):
                return .outcomes([putCommissioner(code, body, recordedOn: today)])
            case .putNationalCard(let year, let card):
                return .outcomes([putNationalCard(year: year, card: card, recordedOn: today)])
            case .putOwnCard(let commissioner, let year, let card):
                return .outcomes([putOwnCard(commissioner: commissioner, year: year, card: card, recordedOn: today)])
            case .putListSizes(let commissioner, let date, let bands):
                return .outcomes([
                    putListSizes(commissioner: commissioner, date: date, bands: bands, recordedOn: today)
                ])
            case .register(let commissioner, let items, _):
                guard register[commissioner] != nil else { return .refusal("unknown-commissioner") }
                return .outcomes(items.map { register(commissioner: commissioner, item: $0, recordedOn: today) })
            case .succeed(let succession):
                guard register[succession.commissioner] != nil else { return .refusal("unknown-commissioner") }
                if let fault = succession.fault { return .fault(fault.code, pointer: fault.pointer) }
                return .answer(succession.lines(moved: try succeed(succession, recordedOn: today)))
            case .postPatient(let details):
                return .outcomes([putPatient(details, recordedOn: today)])
            case .post(let items, _):
                return .outcomes(items.map { post($0, recordedOn: today) })
            case .postAtomically(let items, _):
                return postAtomically(items, recordedOn: today)
            case .askTotals(let commissioner, let question):
                return .answer(try totals(of: commissioner, question, today: today).lines)
            case .askPayerTotals(let payer, let question):
                return .answer(try payerTotals(of: payer, question, today: today).lines)
            case .askAllTotals(let question):
                return .answer(try allTotals(question, today: today).lines)
            case .askPatientCosts(let patient, let year, let limit):
                return .pages(try costs(ofPatient: patient, year: year).pages(limit: limit ?? 100))
            }
        } catch {
            return .refusal(error.code)
        }
    }
}

extension Operation {
    var isSuccession: Bool { if case .succeed = self { true } else { false } }

    /// The counts and errors of the reply to a list with these outcomes; empty for anything but a list.
    func listReplyLines(outcomes: [String]) -> [ReferenceLine] {
        let counted: [(field: String, outcome: String)]
        switch self {
        case .register: counted = [("registered", "registered"), ("unchanged", "unchanged")]
        case .post, .postAtomically:
            counted = [
                ("posted", "posted"), ("replaced", "replaced"), ("duplicates", "duplicate"),
                ("superseded", "superseded"),
            ]
        default: return []
        }
        let accepted = Set(counted.map(\.outcome))
        let refused = outcomes.enumerated().filter { !accepted.contains($0.element) }
        return [ReferenceLine("received", "\(outcomes.count)")]
            + counted.map { field, outcome in
                ReferenceLine(field, "\(outcomes.count { $0 == outcome })")
            }
            + [ReferenceLine("rejected", "\(refused.count)")]
            + refused.map { ReferenceLine("errors[line=\($0.offset + 1)].code", $0.element) }
    }
}
