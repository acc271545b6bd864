public import ChequebookModel

/// Reads a statement of registration, or its withdrawal, from its JSON object (section 3 of the contract).
public struct RegistrationReader: ItemReader, Sendable {
    private static let known = "patient, from, until, born, sex, group, practice, council, withdrawn"

    private let form: PatientForm
    private let commissioner: OrganisationCode

    /// - Parameters:
    ///   - form: what the ledger was created for.
    ///   - commissioner: the body whose statement it is.
    public init(form: PatientForm, commissioner: OrganisationCode) {
        self.form = form
        self.commissioner = commissioner
    }

    /// The fact that the object says.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public func fact(_ tokens: JSONTokens) throws(WireProblem) -> Fact {
        var fields = Fields(tokens)
        var patient: Patient?
        var from: CalendarDate?
        var until: CalendarDate?
        var born: CalendarDate?
        var sex: Sex?
        var group: PatientGroup?
        var practice: OrganisationCode?
        var council: OrganisationCode?
        var isWithdrawn = false
        var notOfWithdrawal: Int?

        for member in try fields.members(at: 0) {
            let isThere: Bool
            switch member.key {
            case "patient":
                if try fields.note(0, member) { patient = try fields.patient(member, form) }
                continue
            case "from":
                if try fields.note(1, member) { from = try fields.date(member) }
                continue
            case "withdrawn":
                if try fields.note(2, member) { isWithdrawn = try fields.boolean(member) }
                continue
            case "until":
                isThere = try fields.note(3, member)
                if isThere { until = try fields.date(member) }
            case "born":
                isThere = try fields.note(4, member)
                if isThere { born = try fields.birth(member) }
            case "sex":
                isThere = try fields.note(5, member)
                if isThere { sex = try fields.word(member, Sex.self) }
            case "group":
                isThere = try fields.note(6, member)
                if isThere { group = try fields.word(member, PatientGroup.self) }
            case "practice":
                isThere = try fields.note(7, member)
                if isThere { practice = try fields.code(member) }
            case "council":
                isThere = try fields.note(8, member)
                if isThere { council = try fields.code(member) }
            default: throw fields.unknown(member, known: Self.known)
            }
            if isThere, notOfWithdrawal == nil { notOfWithdrawal = member.valueIndex }
        }

        guard let patient else { throw fields.missing("patient") }
        guard let from else { throw fields.missing("from") }
        if isWithdrawn {
            if let notOfWithdrawal {
                throw fields.problem(
                    "field-not-allowed", notOfWithdrawal,
                    "cannot stand beside withdrawn: a withdrawal has patient, from, withdrawn")
            }
            return .withdrawal(Withdrawal(patient: patient, commissioner: commissioner, from: from))
        }
        guard let born else { throw fields.missing("born") }
        guard let sex else { throw fields.missing("sex") }
        return .statement(
            Statement(
                patient: patient, commissioner: commissioner, from: from, until: until, born: born, sex: sex,
                group: group ?? .generallyHealthy, practice: practice, council: council))
    }
}
