/// One thing that a client asks of the service, as plain values.
enum Operation: Hashable, Sendable {
    case putCommissioner(code: String, name: String)
    case putNationalCard(year: String, card: ReferenceCard)
    case putOwnCard(commissioner: String, year: String, card: ReferenceCard)
    case register(commissioner: String, items: [ReferenceRegistration], form: BodyForm)
    case post(items: [ReferenceEvent], form: BodyForm)
    case askTotals(commissioner: String, year: String, through: Day?, by: [String])
    case askAllTotals(year: String, through: Day?, by: [String])
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
    /// The whole request is refused with this code.
    case refusal(String)
}

extension ReferenceLedger {
    mutating func perform(_ operation: Operation, today: Day) -> ReferenceReply {
        do throws(ReferenceRefusal) {
            switch operation {
            case .putCommissioner(let code, let name):
                return .outcomes([putCommissioner(code, name: name)])
            case .putNationalCard(let year, let card):
                return .outcomes([putNationalCard(year: year, card: card)])
            case .putOwnCard(let commissioner, let year, let card):
                return .outcomes([putOwnCard(commissioner: commissioner, year: year, card: card)])
            case .register(let commissioner, let items, _):
                guard names[commissioner] != nil else { return .refusal("unknown-commissioner") }
                return .outcomes(items.map { register(commissioner: commissioner, item: $0) })
            case .post(let items, _):
                return .outcomes(items.map { post($0, recordedOn: today) })
            case .askTotals(let commissioner, let year, let through, let by):
                return .answer(try totals(of: commissioner, year: year, through: through, today: today, by: by).lines)
            case .askAllTotals(let year, let through, let by):
                return .answer(try allTotals(year: year, through: through, today: today, by: by).lines)
            }
        } catch {
            return .refusal(error.code)
        }
    }
}

extension Operation {
    /// The counts and errors of the reply to a list with these outcomes; empty for anything but a list.
    func listReplyLines(outcomes: [String]) -> [ReferenceLine] {
        let counted: [(field: String, outcome: String)]
        switch self {
        case .register: counted = [("registered", "registered"), ("unchanged", "unchanged")]
        case .post:
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
