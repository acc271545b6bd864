public import ChequebookModel

/// Reads which bodies a commissioner takes over from, and when: `POST /v1/commissioners/{code}/succession`.
public enum SuccessionReader {
    /// The succession that the object describes, for the commissioner of its path.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public static func succession(
        _ tokens: JSONTokens, commissioner: OrganisationCode
    ) throws(WireProblem) -> Succession {
        var fields = Fields(tokens)
        var from: [OrganisationCode]?
        var date: CalendarDate?
        for member in try fields.members(at: 0) {
            switch member.key {
            case "from":
                if try fields.note(0, member) { from = try merged(member, fields, into: commissioner) }
            case "date": if try fields.note(1, member) { date = try fields.date(member) }
            default: throw fields.unknown(member, known: "from, date")
            }
        }
        guard let from else { throw fields.missing("from") }
        guard let date else { throw fields.missing("date") }
        return Succession(commissioner: commissioner, from: from, date: date)
    }

    private static func merged(
        _ member: JSONMember, _ fields: Fields, into successor: OrganisationCode
    ) throws(WireProblem) -> [OrganisationCode] {
        var codes: [OrganisationCode] = []
        for index in try fields.elements(member, countMax: Limits.relationsMax) {
            let code = try fields.code(at: index)
            guard code != successor else {
                throw fields.problem("succeeds-itself", index, "must not be the commissioner of the path")
            }
            guard !codes.contains(code) else {
                throw fields.problem("repeated-code", index, "stands in the list more than once")
            }
            codes.append(code)
        }
        guard !codes.isEmpty else {
            throw fields.problem("empty-list", member.valueIndex, "must name at least one merged body")
        }
        return codes
    }
}
