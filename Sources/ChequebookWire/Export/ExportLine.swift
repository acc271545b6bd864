import ChequebookModel

/// The object of one line of an export, of which first the fields are read that every line has, in their order.
struct ExportLine {
    let fields: Fields
    private var rest: JSONMembers
    private let tokens: JSONTokens

    init(_ tokens: JSONTokens) throws(WireProblem) {
        self.tokens = tokens
        fields = Fields(tokens)
        rest = try fields.members(at: 0)
    }

    /// What the line that begins an export says: the ledger's identity.
    mutating func beginning() throws(WireProblem) -> [UInt8] {
        let member = try next("fact")
        guard member.value.isText("export-begins") else {
            throw fields.problem("no-beginning", member.valueIndex, "must be export-begins in the first line")
        }
        let format = try next("format")
        guard format.value.isKind(.integer), format.value.integer == ExportFormat.version else {
            throw fields.problem(
                "unknown-format", format.valueIndex,
                "must be \(ExportFormat.version), which is all that this program knows")
        }
        let identity = try next("identity")
        guard let bytes = Hex.bytes(try fields.text(identity)), bytes.count == ExportFormat.identityBytes else {
            throw fields.problem(
                "bad-identity", identity.valueIndex, "must be \(2 * ExportFormat.identityBytes) of 0-9 a-f")
        }
        try end(known: "fact, format, identity")
        return bytes
    }

    /// The head in the line that ends an export; nil for any other line.
    mutating func endingHead() throws(WireProblem) -> String? {
        var members = rest
        guard let first = members.next(), first.key.isText("fact"), first.value.isText("export-ends") else {
            return nil
        }
        rest = members
        let head = String(decoding: try fields.text(try next("head")), as: UTF8.self)
        try end(known: "fact, head")
        return head
    }

    mutating func sequence(_ expected: Int64) throws(WireProblem) {
        let member = try next("sequence")
        guard try fields.integer(member, 1...Int64.max) == expected else {
            throw fields.problem("sequence-gap", member.valueIndex, "must be \(expected): there are no gaps")
        }
    }

    mutating func recordedAt(notBefore last: Instant?) throws(WireProblem) -> Instant {
        let member = try next("recordedAt")
        guard let instant = Instant(utf8: try fields.text(member)) else {
            throw fields.problem(
                "bad-instant", member.valueIndex, "must be an instant in UTC like 2015-06-02T09:30:00.000000Z")
        }
        if let last, instant < last {
            throw fields.problem(
                "instant-goes-back", member.valueIndex, "must be that of the fact before, or later: \(last)")
        }
        return instant
    }

    mutating func word() throws(WireProblem) -> (ExportWord, JSONMember) {
        let member = try next("fact")
        return (try fields.word(member, ExportWord.self), member)
    }

    mutating func createdForm() throws(WireProblem) -> PatientForm {
        let member = try next("patients")
        let text = try fields.text(member)
        guard let form = PatientForm.allCases.first(where: { $0.name.utf8.elementsEqual(text) }) else {
            throw fields.problem("unknown-value", member.valueIndex, "must be nhs-number or pseudonym")
        }
        try end(known: "sequence, recordedAt, fact, patients")
        return form
    }

    /// The bytes of a record as an older program wrote it, where the line has them.
    struct Record {
        let bytes: [UInt8]
        fileprivate let valueIndex: Int
    }

    /// The record that stands in front of the fact's own fields; nil if there is none.
    mutating func record() throws(WireProblem) -> Record? {
        var members = rest
        guard let member = members.next(), member.key.isText("record") else { return nil }
        rest = members
        guard let bytes = Hex.bytes(try fields.text(member)), (1...65_535).contains(bytes.count) else {
            throw fields.problem("bad-record", member.valueIndex, "must be the bytes of a record in digits 0-9 a-f")
        }
        return Record(bytes: bytes, valueIndex: member.valueIndex)
    }

    func check(_ record: Record, says fact: Fact) throws(WireProblem) {
        let said = record.bytes.withUnsafeBytes { bytes in try? RecordDecoder.fact(bytes) }
        guard said == fact else {
            throw fields.problem("other-record", record.valueIndex, "must say what the line's other fields say")
        }
    }

    /// The fact that the fields which are left say.
    mutating func fact(_ word: ExportWord, _ form: PatientForm) throws(WireProblem) -> Fact {
        switch word {
        case .costEvent, .reversal: return try CostEventReader(form: form).fact(tokens.leaving(rest))
        case .registration, .withdrawal:
            let code = try fields.code(try next("commissioner"))
            return try RegistrationReader(form: form, commissioner: code).fact(tokens.leaving(rest))
        case .personDetails:
            return .personDetails(try PersonDetailsReader.details(tokens.leaving(rest), form: form))
        case .commissioner:
            let code = try fields.code(try next("code"))
            return .commissioner(try CommissionerReader.commissioner(tokens.leaving(rest), code: code))
        case .nationalRateCard: return .nationalRateCard(try card(isNational: true))
        case .ownRateCard:
            let code = try fields.code(try next("commissioner"))
            return .ownRateCard(code, try card(isNational: false))
        case .listSizes: return .listSizes(try listSizes())
        case .succession:
            let code = try fields.code(try next("commissioner"))
            return .succession(try SuccessionReader.succession(tokens.leaving(rest), commissioner: code))
        case .atomicList:
            let count = try fields.integer(try next("count"), 1...Int64(Limits.atomicItemsMax))
            try end(known: "sequence, recordedAt, fact, count")
            return .atomicList(count: Int(count))
        case .ledgerCreated, .exportBegins, .exportEnds:
            throw WireProblem(
                code: "out-of-place", pointer: "/fact", detail: "can stand at its one place only, which is not here")
        }
    }

    private mutating func card(isNational: Bool) throws(WireProblem) -> RateCard {
        let member = try next("year")
        guard let year = FinancialYear(utf8: try fields.text(member)) else {
            throw fields.problem("bad-year", member.valueIndex, "must be a financial year like 2015-16")
        }
        let card = try RateCardReader.card(tokens.leaving(rest), year: year, isNational: isNational)
        if let (first, second) = card.overlappingRates() {
            throw WireProblem(
                code: "overlapping-rates", pointer: "/rates/\(second)",
                detail: "could apply to one person on one day with /rates/\(first)")
        }
        return card
    }

    private mutating func listSizes() throws(WireProblem) -> ListSizes {
        let code = try fields.code(try next("commissioner"))
        let date = try fields.date(try next("date"))
        let list = try ListSizesReader.listSizes(tokens.leaving(rest), commissioner: code, date: date)
        if let (first, second) = list.overlappingBands() {
            throw WireProblem(
                code: "overlapping-list-sizes", pointer: "/listSizes/\(second)",
                detail: "could count one person with /listSizes/\(first)")
        }
        return list
    }

    /// The next member, which must be this one.
    private mutating func next(_ name: StaticString) throws(WireProblem) -> JSONMember {
        guard let member = rest.next(), member.key.isText(name) else {
            throw WireProblem(
                code: "missing-field", pointer: "/\(name)", detail: "is required, and at this place in the line")
        }
        return member
    }

    private mutating func end(known: String) throws(WireProblem) {
        if let member = rest.next() { throw fields.unknown(member, known: known) }
    }
}
