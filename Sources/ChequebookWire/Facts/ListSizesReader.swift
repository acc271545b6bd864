public import ChequebookModel

/// Reads a commissioner's list sizes on a day from their JSON object (section 3 of the contract).
public enum ListSizesReader {
    /// The list that the object describes, for the commissioner and the date of its path.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public static func listSizes(
        _ tokens: JSONTokens, commissioner: OrganisationCode, date: CalendarDate
    ) throws(WireProblem) -> ListSizes {
        var fields = Fields(tokens)
        var bands: [ListSizeBand]?
        for member in try fields.members(at: 0) {
            switch member.key {
            case "listSizes": if try fields.note(0, member) { bands = try self.bands(member, fields) }
            default: throw fields.unknown(member, known: "listSizes")
            }
        }
        guard let bands else { throw fields.missing("listSizes") }
        return ListSizes(commissioner: commissioner, date: date, bands: bands)
    }

    private static func bands(_ member: JSONMember, _ fields: Fields) throws(WireProblem) -> [ListSizeBand] {
        var bands: [ListSizeBand] = []
        for index in try fields.elements(member, countMax: Limits.bandsInListMax) {
            bands.append(try band(fields.tokens, index))
        }
        return bands
    }

    private static func band(_ tokens: JSONTokens, _ index: Int) throws(WireProblem) -> ListSizeBand {
        var fields = Fields(tokens)
        var ageFrom: Int?
        var ageTo: Int?
        var sex: Sex?
        var group: PatientGroup?
        var people: Int64?
        for member in try fields.members(at: index) {
            switch member.key {
            case "ageFrom": if try fields.note(0, member) { ageFrom = try fields.age(member) }
            case "ageTo": if try fields.note(1, member) { ageTo = try fields.age(member) }
            case "sex": if try fields.note(2, member) { sex = try fields.word(member, Sex.self) }
            case "group": if try fields.note(3, member) { group = try fields.word(member, PatientGroup.self) }
            case "people":
                if try fields.note(4, member) { people = try fields.integer(member, 0...Limits.peopleInBandMax) }
            default: throw fields.unknown(member, known: "ageFrom, ageTo, sex, group, people")
            }
        }
        guard let people else { throw fields.missing("people", at: index) }
        if let ageFrom, let ageTo, ageTo < ageFrom {
            throw fields.problem("ends-before-it-begins", index, "must have an ageTo that is not below its ageFrom")
        }
        return ListSizeBand(ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group, people: people)
    }
}
