public import ChequebookModel

/// Reads what is said of a person from its JSON object: `POST /v1/patients`.
public enum PersonDetailsReader {
    private static let known = "patient, born, sex, died, replacedBy"

    /// The details that the object says. Here null is told from absent: a null `died` or `replacedBy` takes it back.
    ///
    /// - Parameter form: what the ledger was created for.
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public static func details(_ tokens: JSONTokens, form: PatientForm) throws(WireProblem) -> PersonDetails {
        var fields = Fields(tokens)
        var patient: Patient?
        var born: CalendarDate?
        var sex: Sex?
        var died = Edit<CalendarDate>.keep
        var replacedBy = Edit<Patient>.keep
        for member in try fields.members(at: 0) {
            switch member.key {
            case "patient": if try fields.note(0, member) { patient = try fields.patient(member, form) }
            case "born": if try fields.note(1, member) { born = try fields.birth(member) }
            case "sex": if try fields.note(2, member) { sex = try fields.word(member, Sex.self) }
            case "died": died = try fields.note(3, member) ? .set(try fields.date(member)) : .clear
            case "replacedBy": replacedBy = try fields.note(4, member) ? .set(try fields.patient(member, form)) : .clear
            default: throw fields.unknown(member, known: known)
            }
        }
        guard let patient else { throw fields.missing("patient") }
        return PersonDetails(patient: patient, born: born, sex: sex, died: died, replacedBy: replacedBy)
    }
}
