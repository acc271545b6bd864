public import ChequebookModel

/// Reads a commissioner from its JSON object (section 2 of the contract).
public enum CommissionerReader {
    /// The body that the object describes, under the code of its path.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public static func commissioner(
        _ tokens: JSONTokens, code: OrganisationCode
    ) throws(WireProblem) -> Commissioner {
        var fields = Fields(tokens)
        var name: String?
        var kind: CommissionerKind?
        var opened: CalendarDate?
        var closed: CalendarDate?
        var parents: [Commissioner.Parent] = []
        var successors: [Commissioner.Successor] = []
        for member in try fields.members(at: 0) {
            switch member.key {
            case "name": if try fields.note(0, member) { name = try self.name(member, fields) }
            case "kind": if try fields.note(1, member) { kind = try fields.word(member, CommissionerKind.self) }
            case "opened": if try fields.note(2, member) { opened = try fields.date(member) }
            case "closed": if try fields.note(3, member) { closed = try fields.date(member) }
            case "parents":
                if try fields.note(4, member) {
                    for index in try fields.elements(member, countMax: Limits.relationsMax) {
                        parents.append(try parent(tokens, index))
                    }
                }
            case "successors":
                if try fields.note(5, member) {
                    for index in try fields.elements(member, countMax: Limits.relationsMax) {
                        successors.append(try successor(tokens, index))
                    }
                }
            default: throw fields.unknown(member, known: "name, kind, opened, closed, parents, successors")
            }
        }
        guard let name else { throw fields.missing("name") }
        guard let kind else { throw fields.missing("kind") }
        if let opened, let closed, closed < opened {
            throw WireProblem(
                code: "ends-before-it-begins", pointer: "/closed",
                detail: "is the last day open and must not be before opened")
        }
        return Commissioner(
            code: code, name: name, kind: kind, opened: opened, closed: closed, parents: parents,
            successors: successors)
    }

    private static func name(_ member: JSONMember, _ fields: Fields) throws(WireProblem) -> String {
        let name = String(decoding: try fields.text(member), as: UTF8.self)
        guard Commissioner.isName(name) else {
            throw fields.problem(
                "bad-name", member.valueIndex,
                "must be 1 to \(Limits.nameBytesMax) bytes of UTF-8 without control characters")
        }
        return name
    }

    private static func parent(_ tokens: JSONTokens, _ index: Int) throws(WireProblem) -> Commissioner.Parent {
        var fields = Fields(tokens)
        var code: OrganisationCode?
        var from: CalendarDate?
        var until: CalendarDate?
        for member in try fields.members(at: index) {
            switch member.key {
            case "code": if try fields.note(0, member) { code = try fields.code(member) }
            case "from": if try fields.note(1, member) { from = try fields.date(member) }
            case "until": if try fields.note(2, member) { until = try fields.date(member) }
            default: throw fields.unknown(member, known: "code, from, until")
            }
        }
        guard let code else { throw fields.missing("code", at: index) }
        guard let from else { throw fields.missing("from", at: index) }
        if let until, until <= from {
            throw fields.problem("ends-before-it-begins", index, "must have an until after its from")
        }
        return Commissioner.Parent(code: code, from: from, until: until)
    }

    private static func successor(_ tokens: JSONTokens, _ index: Int) throws(WireProblem) -> Commissioner.Successor {
        var fields = Fields(tokens)
        var code: OrganisationCode?
        var from: CalendarDate?
        for member in try fields.members(at: index) {
            switch member.key {
            case "code": if try fields.note(0, member) { code = try fields.code(member) }
            case "from": if try fields.note(1, member) { from = try fields.date(member) }
            default: throw fields.unknown(member, known: "code, from")
            }
        }
        guard let code else { throw fields.missing("code", at: index) }
        guard let from else { throw fields.missing("from", at: index) }
        return Commissioner.Successor(code: code, from: from)
    }
}

extension Commissioner {
    /// Whether the text can be a body's name: of bounded length and without control characters (C0, delete and C1).
    static func isName(_ text: String) -> Bool {
        (1...Limits.nameBytesMax).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
    }
}
