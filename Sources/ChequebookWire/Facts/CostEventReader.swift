public import ChequebookModel

/// Reads a cost event or a reversal from its JSON object, exactly as section 5 of the contract has it.
public struct CostEventReader: ItemReader, Sendable {
    private static let known = """
        source, id, version, patient, commissioner, withoutPatient, setting, serviceDate, amountPence, kind, \
        provider, service, funder, reverses
        """

    private let form: PatientForm

    /// - Parameter form: what the ledger was created for.
    public init(form: PatientForm) {
        self.form = form
    }

    /// The fact that the object says.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public func fact(_ tokens: JSONTokens) throws(WireProblem) -> Fact {
        try fields(tokens).fact
    }

    /// Adds the record of what the object says, and nothing if it throws. It is what ``fact(_:)`` gives, without the
    /// fact: a bulk load has millions of them, each of some 400 bytes.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public func append(_ tokens: JSONTokens, to records: inout RecordBatchBuilder) throws(WireProblem) {
        records.append(try fields(tokens))
    }

    @inline(__always)
    private func fields(_ tokens: JSONTokens) throws(WireProblem) -> CostEventFields {
        var fields = Fields(tokens)
        var event = CostEventFields()
        var present: UInt32 = 0
        var notOfReversal: Int?
        for member in try fields.members(at: 0) {
            guard let field = EventField.named(member.key) else { throw fields.unknown(member, known: Self.known) }
            guard try fields.note(field.rawValue, member) else { continue }
            present |= field.bit
            if !field.isOfReversal, notOfReversal == nil { notOfReversal = member.valueIndex }
            switch field {
            case .source: event.source = try fields.identifier(member)
            case .id: event.id = try fields.identifier(member)
            case .reverses: event.reverses = try fields.identifier(member)
            case .patient: (event.patient, event.pseudonym) = try fields.patientKey(member, form)
            case .setting: event.setting = try fields.word(member, CareSetting.self)
            case .serviceDate: event.serviceDay = try fields.date(member).dayNumber
            case .amountPence: event.amountPence = try fields.integer(member, 0...Limits.amountPenceMax)
            case .provider: event.provider = try fields.code(member).packed
            case .service: event.service = try fields.identifier(member, bytesMax: Limits.serviceBytesMax)
            case .kind: event.kind = try fields.word(member, EventKind.self)
            case .version: event.version = Int32(try fields.integer(member, 1...Limits.eventVersionMax))
            case .commissioner: event.commissioner = try fields.code(member).packed
            case .withoutPatient: event.without = try fields.word(member, WithoutPatient.self)
            case .funder: event.funder = try fields.code(member).packed
            }
        }

        @inline(__always)
        func require(_ field: EventField, _ name: String) throws(WireProblem) {
            guard present & field.bit != 0 else { throw fields.missing(name) }
        }
        try require(.source, "source")
        try require(.id, "id")
        if event.isReversal {
            if let notOfReversal {
                throw fields.problem(
                    "field-not-allowed", notOfReversal,
                    "cannot stand beside reverses: a reversal has source, id, reverses")
            }
            return event
        }
        try checkSubject(event)
        try require(.setting, "setting")
        try require(.serviceDate, "serviceDate")
        try require(.amountPence, "amountPence")
        return event
    }

    /// A cost has a patient, or a reason for having none and a commissioner.
    @inline(__always)
    private func checkSubject(_ event: CostEventFields) throws(WireProblem) {
        if event.patient != nil {
            guard event.without == nil else {
                throw WireProblem(
                    code: "field-not-allowed", pointer: "/withoutPatient", detail: "cannot stand beside a patient")
            }
            return
        }
        guard event.without != nil else {
            throw WireProblem(
                code: "missing-field", pointer: "/patient",
                detail: "is required, or withoutPatient with a commissioner that says why there is none")
        }
        guard event.commissioner != 0 else {
            throw WireProblem(
                code: "missing-field", pointer: "/commissioner", detail: "is required for a cost without a patient")
        }
    }
}
