public import ChequebookModel

/// Reads a cost event or a reversal from its JSON object, exactly as section 5 of the contract has it.
public struct CostEventReader: Sendable {
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
        var fields = Fields(tokens)
        var source: Identifier?
        var id: Identifier?
        var reverses: Identifier?
        var version: Int32?
        var patient: Patient?
        var without: WithoutPatient?
        var commissioner: OrganisationCode?
        var setting: CareSetting?
        var serviceDate: CalendarDate?
        var amountPence: Int64?
        var kind: EventKind?
        var provider: OrganisationCode?
        var service: Identifier?
        var funder: OrganisationCode?
        var notOfReversal: Int?

        for member in try fields.members(at: 0) {
            let isThere: Bool
            switch member.key {
            case "source":
                isThere = try fields.note(0, member)
                if isThere { source = try fields.identifier(member) }
                continue
            case "id":
                isThere = try fields.note(1, member)
                if isThere { id = try fields.identifier(member) }
                continue
            case "reverses":
                isThere = try fields.note(2, member)
                if isThere { reverses = try fields.identifier(member) }
                continue
            case "patient":
                isThere = try fields.note(3, member)
                if isThere { patient = try fields.patient(member, form) }
            case "setting":
                isThere = try fields.note(4, member)
                if isThere { setting = try fields.word(member, CareSetting.self) }
            case "serviceDate":
                isThere = try fields.note(5, member)
                if isThere { serviceDate = try fields.date(member) }
            case "amountPence":
                isThere = try fields.note(6, member)
                if isThere { amountPence = try fields.integer(member, 0...Limits.amountPenceMax) }
            case "provider":
                isThere = try fields.note(7, member)
                if isThere { provider = try fields.code(member) }
            case "service":
                isThere = try fields.note(8, member)
                if isThere { service = try fields.identifier(member, bytesMax: Limits.serviceBytesMax) }
            case "kind":
                isThere = try fields.note(9, member)
                if isThere { kind = try fields.word(member, EventKind.self) }
            case "version":
                isThere = try fields.note(10, member)
                if isThere { version = Int32(try fields.integer(member, 1...Limits.eventVersionMax)) }
            case "commissioner":
                isThere = try fields.note(11, member)
                if isThere { commissioner = try fields.code(member) }
            case "withoutPatient":
                isThere = try fields.note(12, member)
                if isThere { without = try fields.word(member, WithoutPatient.self) }
            case "funder":
                isThere = try fields.note(13, member)
                if isThere { funder = try fields.code(member) }
            default: throw fields.unknown(member, known: Self.known)
            }
            if isThere, notOfReversal == nil { notOfReversal = member.valueIndex }
        }

        guard let source else { throw fields.missing("source") }
        guard let id else { throw fields.missing("id") }
        let identity = EventIdentity(source: source, id: id)
        if let reverses {
            if let notOfReversal {
                throw fields.problem(
                    "field-not-allowed", notOfReversal,
                    "cannot stand beside reverses: a reversal has source, id, reverses")
            }
            return .reversal(Reversal(identity: identity, reverses: reverses))
        }
        let subject = try subject(patient, without, commissioner, fields)
        guard let setting else { throw fields.missing("setting") }
        guard let serviceDate else { throw fields.missing("serviceDate") }
        guard let amountPence else { throw fields.missing("amountPence") }
        return .costEvent(
            CostEvent(
                identity: identity, version: version ?? 1, subject: subject, commissioner: commissioner,
                setting: setting, serviceDate: serviceDate, amountPence: amountPence, kind: kind ?? .cost,
                provider: provider, service: service, funder: funder))
    }

    private func subject(
        _ patient: Patient?, _ without: WithoutPatient?, _ commissioner: OrganisationCode?, _ fields: Fields
    ) throws(WireProblem) -> CostSubject {
        switch (patient, without) {
        case (let patient?, nil): return .patient(patient)
        case (nil, let without?):
            guard commissioner != nil else {
                throw WireProblem(
                    code: "missing-field", pointer: "/commissioner",
                    detail: "is required for a cost without a patient")
            }
            return .without(without)
        case (nil, nil):
            throw WireProblem(
                code: "missing-field", pointer: "/patient",
                detail: "is required, or withoutPatient with a commissioner that says why there is none")
        default:
            throw WireProblem(
                code: "field-not-allowed", pointer: "/withoutPatient", detail: "cannot stand beside a patient")
        }
    }
}
