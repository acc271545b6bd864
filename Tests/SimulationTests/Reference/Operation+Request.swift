/// An HTTP request in words that any client can send.
struct ReferenceRequest: Hashable, Sendable {
    let method: String
    /// With the query.
    let path: String
    /// Nil without a body.
    var contentType: String?
    var body: String?
}

extension Operation {
    var request: ReferenceRequest {
        switch self {
        case .putCommissioner(let code, let body): put("/v1/commissioners/\(code)", body.json)
        case .putNationalCard(let year, let card):
            put("/v1/capitation-rates/\(year)", card.json)
        case .putOwnCard(let commissioner, let year, let card):
            put("/v1/commissioners/\(commissioner)/capitation-rates/\(year)", card.json)
        case .putListSizes(let commissioner, let date, let bands):
            put(
                "/v1/commissioners/\(commissioner)/list-sizes/\(date)",
                object([("listSizes", array(bands.map(\.json)))]))
        case .register(let commissioner, let items, let form):
            post(
                "/v1/commissioners/\(commissioner)/registrations", list: "registrations",
                items: items.map { $0.json(spelledOut: form.spelledOut) }, shape: form.shape)
        case .postPatient(let details): post("/v1/patients", list: "", items: [details.json], shape: .single)
        case .succeed(let succession):
            post(
                "/v1/commissioners/\(succession.commissioner)/succession", list: "", items: [succession.json],
                shape: .single)
        case .post(let items, let form): post("/v1/cost-events", items, form)
        case .postAtomically(let items, let form): post("/v1/cost-events?atomic=true", items, form)
        case .askTotals(let commissioner, let question): get("/v1/commissioners/\(commissioner)/totals", question)
        case .askPayerTotals(let payer, let question):
            get("/v1/commissioners/\(payer)/totals", question, extra: ["view=payer"])
        case .askAllTotals(let question): get("/v1/totals", question)
        case .askPatientCosts: request(cursor: nil)
        }
    }

    /// The request for the events that follow an answer with this `nextCursor`; of nil, the first.
    ///
    /// Only what comes in pages has a cursor; for anything else it is ignored.
    func request(cursor: String?) -> ReferenceRequest {
        guard case .askPatientCosts(let patient, let year, let limit) = self else { return request }
        let query =
            ["year=\(year)"] + (limit.map { ["limit=\($0)"] } ?? [])
            + (cursor.map { ["cursor=\(percentEncoded($0))"] } ?? [])
        return ReferenceRequest(method: "GET", path: "/v1/patients/\(patient)/costs?\(query.joined(separator: "&"))")
    }

    private func put(_ path: String, _ body: String) -> ReferenceRequest {
        ReferenceRequest(method: "PUT", path: path, contentType: "application/json", body: body)
    }

    private func post(_ path: String, _ items: [ReferenceEvent], _ form: BodyForm) -> ReferenceRequest {
        post(
            path, list: "events", items: items.map { $0.json(spelledOut: form.spelledOut) }, shape: form.shape)
    }

    private func post(_ path: String, list: String, items: [String], shape: BodyForm.Shape) -> ReferenceRequest {
        let body =
            switch shape {
            case .single: items.joined()
            case .array: object([(list, array(items))])
            case .lines: items.map { $0 + "\n" }.joined()
            }
        let type = shape == .lines ? "application/x-ndjson" : "application/json"
        return ReferenceRequest(method: "POST", path: path, contentType: type, body: body)
    }

    private func get(_ path: String, _ question: ReferenceQuestion, extra: [String] = []) -> ReferenceRequest {
        let query =
            ["year=\(question.year)"] + (question.through.map { ["through=\($0)"] } ?? [])
            + (question.asOf.map { ["asOf=\($0)"] } ?? [])
            + (question.by.isEmpty ? [] : ["by=\(question.by.joined(separator: ","))"])
            + (question.isCurrent ? ["boundaries=current"] : [])
            + (question.hasChildren ? ["include=children"] : []) + extra
        return ReferenceRequest(method: "GET", path: "\(path)?\(query.joined(separator: "&"))")
    }
}

extension ReferenceCommissioner {
    fileprivate var json: String {
        object([
            ("name", quoted(name)), ("kind", quoted("ccg")),
            ("parents", parents.isEmpty ? nil : array(parents.map(\.json))),
            ("successors", successors.isEmpty ? nil : array(successors.map(\.json))),
        ])
    }
}

extension ReferenceCommissioner.Parent {
    fileprivate var json: String {
        object([
            ("code", quoted(code)), ("from", quoted("\(from)")), ("until", until.map { quoted("\($0)") }),
        ])
    }
}

extension ReferenceCommissioner.Successor {
    fileprivate var json: String {
        object([("code", quoted(code)), ("from", quoted("\(from)"))])
    }
}

extension ReferenceSuccession {
    fileprivate var json: String {
        object([("from", array(from.map(quoted))), ("date", quoted("\(date)"))])
    }
}

extension ReferenceCard {
    fileprivate var json: String {
        object([
            ("weight", weight.map(quoted)),
            ("weights", weights.isEmpty ? nil : object(weights.sorted { $0.key < $1.key }.map { ($0, quoted($1)) })),
            ("funders", funders.isEmpty ? nil : object(funders.sorted { $0.key < $1.key }.map { ($0, quoted($1)) })),
            ("rates", array(rates.map(\.json))),
        ])
    }
}

extension ReferenceRate {
    fileprivate var json: String {
        object([
            ("setting", quoted(setting)), ("annualPence", "\(annualPence)"), ("ageFrom", ageFrom.map { "\($0)" }),
            ("ageTo", ageThrough.map { "\($0)" }), ("sex", sex.map(quoted)), ("group", group.map(quoted)),
            ("from", from.map { quoted("\($0)") }), ("until", until.map { quoted("\($0)") }),
        ])
    }
}

extension ReferenceListSize {
    fileprivate var json: String {
        object([
            ("ageFrom", ageFrom.map { "\($0)" }), ("ageTo", ageThrough.map { "\($0)" }), ("sex", sex.map(quoted)),
            ("group", group.map(quoted)), ("people", "\(people)"),
        ])
    }
}

extension ReferenceRegistration {
    fileprivate func json(spelledOut: Bool) -> String {
        switch self {
        case .statement(let statement):
            let absent = spelledOut ? "null" : nil
            let born = "\(statement.born)"
            let tellsGroup = spelledOut || statement.group != "generally-healthy"
            return object([
                ("patient", quoted(statement.patient)), ("from", quoted("\(statement.from)")),
                ("until", statement.until.map { quoted("\($0)") } ?? absent),
                ("born", quoted(!spelledOut && born.hasSuffix("-01") ? String(born.dropLast(3)) : born)),
                ("sex", quoted(statement.sex)), ("group", tellsGroup ? quoted(statement.group) : nil),
                ("practice", statement.practice.map(quoted) ?? absent),
                ("council", statement.council.map(quoted) ?? absent),
            ])
        case .withdrawal(let patient, let from):
            return object([("patient", quoted(patient)), ("from", quoted("\(from)")), ("withdrawn", "true")])
        }
    }
}

extension ReferencePatientDetails {
    fileprivate var json: String {
        object([
            ("patient", quoted(patient)), ("born", born.map { quoted("\($0)") }), ("sex", sex.map(quoted)),
            ("died", died.json { quoted("\($0)") }), ("replacedBy", replacedBy.json(quoted)),
        ])
    }
}

extension ReferenceChange {
    fileprivate func json(_ write: (Value) -> String) -> String? {
        switch self {
        case .unsaid: nil
        case .takenBack: "null"
        case .said(let value): write(value)
        }
    }
}

extension ReferenceEvent {
    fileprivate func json(spelledOut: Bool) -> String {
        switch self {
        case .cost(let cost):
            let absent = spelledOut ? "null" : nil
            return object([
                ("source", quoted(cost.source)), ("id", quoted(cost.id)),
                ("version", spelledOut || cost.version != 1 ? "\(cost.version)" : nil),
                ("patient", cost.patient.map(quoted) ?? absent),
                ("commissioner", cost.commissioner.map(quoted) ?? absent),
                ("withoutPatient", cost.withoutPatient.map(quoted) ?? absent), ("setting", quoted(cost.setting)),
                ("serviceDate", quoted("\(cost.serviceDate)")), ("amountPence", "\(cost.amountPence)"),
                ("kind", spelledOut || cost.kind != "cost" ? quoted(cost.kind) : nil),
                ("provider", cost.provider.map(quoted) ?? absent), ("service", cost.service.map(quoted) ?? absent),
                ("funder", cost.funder.map(quoted) ?? absent),
            ])
        case .reversal(let source, let id, let reverses):
            return object([("source", quoted(source)), ("id", quoted(id)), ("reverses", quoted(reverses))])
        }
    }
}

/// Fields whose values are JSON already; a field without a value is left out.
private func object(_ fields: [(name: String, value: String?)]) -> String {
    "{" + fields.compactMap { field in field.value.map { "\(quoted(field.name)):\($0)" } }.joined(separator: ",") + "}"
}

private func array(_ items: [String]) -> String {
    "[" + items.joined(separator: ",") + "]"
}

/// For texts without control characters.
private func quoted(_ text: String) -> String {
    let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }
    return "\"" + escaped.joined() + "\""
}

/// Everything but letters, digits and `-._~`, which mean themselves in a query.
private func percentEncoded(_ text: String) -> String {
    text.utf8.map { byte in
        let character = Character(UnicodeScalar(byte))
        let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || "-._~".contains(character))
        return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
}
