import ChequebookModel
import ChequebookWire
import Testing

@Suite("A commissioner")
struct CommissionerReaderTests {
    static let plain = Body(["name": #""NHS Birmingham CrossCity CCG""#, "kind": #""ccg""#])

    private static let first = #"{"code":"Q77","from":"2013-04-01","until":"2015-04-01"}"#
    private static let second = #"{"until":null,"from":"2015-04-01","code":"Q60"}"#

    private static func list(_ item: String, count: Int) -> String {
        "[" + Array(repeating: item, count: count).joined(separator: ",") + "]"
    }

    @Test("is read with its fewest fields, null being the same as absent")
    func fewestFields() throws {
        let expected = Commissioner(
            code: Reading.code("15E"), name: "NHS Birmingham CrossCity CCG", kind: .ccg, opened: nil, closed: nil,
            parents: [], successors: [])
        #expect(try Reading.commissioner(Self.plain) == expected)
        var nulls = Self.plain
        for name in ["opened", "closed", "parents", "successors"] { nulls = nulls.with(name, "null") }
        #expect(try Reading.commissioner(nulls) == expected)
    }

    @Test("is read with every field, its relations in the order in which they were sent")
    func everyField() throws {
        let body = Self.plain.with("opened", #""2013-04-01""#).with("closed", #""2018-03-31""#)
            .with("parents", "[\(Self.first),\(Self.second)]")
            .with("successors", #"[{"code":"15F","from":"2018-04-01"}]"#)
        let expected = Commissioner(
            code: Reading.code("15E"), name: "NHS Birmingham CrossCity CCG", kind: .ccg,
            opened: Reading.day("2013-04-01"), closed: Reading.day("2018-03-31"),
            parents: [
                .init(code: Reading.code("Q77"), from: Reading.day("2013-04-01"), until: Reading.day("2015-04-01")),
                .init(code: Reading.code("Q60"), from: Reading.day("2015-04-01"), until: nil),
            ],
            successors: [.init(code: Reading.code("15F"), from: Reading.day("2018-04-01"))])
        #expect(try Reading.commissioner(body) == expected)
    }

    @Test("is of each kind that the contract knows", arguments: CommissionerKind.allCases)
    func kinds(kind: CommissionerKind) throws {
        #expect(try Reading.commissioner(Self.plain.with("kind", "\"\(kind.word)\"")).kind == kind)
    }

    @Test("has a name of 1 to 200 bytes, whatever its letters")
    func names() throws {
        let long = String(repeating: "é", count: 100)
        for name in ["x", "Ynys Môn", long] {
            #expect(try Reading.commissioner(Self.plain.with("name", "\"\(name)\"")).name == name)
        }
    }

    @Test("is refused with a name that is empty, too long or holds a control character")
    func badNames() {
        let wrong = [
            "", String(repeating: "é", count: 100) + "x", String(repeating: "a", count: 201), #"a\u0000b"#, #"a\nb"#,
            #"a\u001fb"#, #"a\u007fb"#, #"a\u0080b"#, #"a\u0085b"#, #"a\u009fb"#,
        ]
        for name in wrong {
            expectRefused("bad-name", at: "/name") { () throws(WireProblem) in
                try Reading.commissioner(Self.plain.with("name", "\"\(name)\""))
            }
        }
    }

    @Test("is open for at least one day")
    func openDays() throws {
        let body = Self.plain.with("opened", #""2013-04-01""#)
        #expect(try Reading.commissioner(body.with("closed", #""2013-04-01""#)).closed == Reading.day("2013-04-01"))
        expectRefused("ends-before-it-begins", at: "/closed") { () throws(WireProblem) in
            try Reading.commissioner(body.with("closed", #""2013-03-31""#))
        }
    }

    @Test("has at most 100 parents and 100 successors")
    func relationLimits() throws {
        let relation = #"{"code":"Q77","from":"2013-04-01"}"#
        let full = Self.plain.with("parents", Self.list(relation, count: 100))
            .with("successors", Self.list(relation, count: 100))
        #expect(try Reading.commissioner(full).parents.count == 100)
        #expect(try Reading.commissioner(full).successors.count == 100)
        for name in ["parents", "successors"] {
            expectRefused("too-many-items", at: "/\(name)") { () throws(WireProblem) in
                try Reading.commissioner(Self.plain.with(name, Self.list(relation, count: 101)))
            }
        }
    }

    static let refused: [Refused] = [
        Refused("name", "7", "wrong-type"), Refused("kind", #""CCG""#, "unknown-value"),
        Refused("kind", "0", "wrong-type"), Refused("opened", #""2013-04""#, "bad-date"),
        Refused("closed", #""2200-01-01""#, "bad-date"), Refused("code", #""15E""#, "unknown-field"),
        Refused("parents", "{}", "wrong-type"), Refused("successors", #""15F""#, "wrong-type"),
        Refused("parents", "[1]", "wrong-type", at: "/parents/0"),
        Refused("parents", #"[{"from":"2013-04-01"}]"#, "missing-field", at: "/parents/0/code"),
        Refused("parents", #"[{"code":"Q77"}]"#, "missing-field", at: "/parents/0/from"),
        Refused("parents", #"[{"code":"q77","from":"2013-04-01"}]"#, "bad-organisation-code", at: "/parents/0/code"),
        Refused("parents", #"[{"code":"Q77","from":"2013-4-1"}]"#, "bad-date", at: "/parents/0/from"),
        Refused("parents", #"[{"code":"Q77","from":"2013-04-01","to":""}]"#, "unknown-field", at: "/parents/0/to"),
        Refused("parents", #"[{"code":"Q77","code":"Q77"}]"#, "duplicate-field", at: "/parents/0/code"),
        Refused(
            "parents", #"[{"code":"Q77","from":"2013-04-01"},{"code":"Q77","from":"2013-04-01","until":"2013-04-01"}]"#,
            "ends-before-it-begins", at: "/parents/1"),
        Refused("successors", "[null]", "wrong-type", at: "/successors/0"),
        Refused("successors", #"[{"code":"15F"}]"#, "missing-field", at: "/successors/0/from"),
        Refused("successors", #"[{"from":"2018-04-01"}]"#, "missing-field", at: "/successors/0/code"),
        Refused(
            "successors", #"[{"code":"15F","from":"2018-04-01","until":null}]"#, "unknown-field",
            at: "/successors/0/until"),
    ]

    @Test("is refused where one value is wrong, with the field named", arguments: refused)
    func values(refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.commissioner(Self.plain.with(refused.name, refused.value))
        }
    }

    @Test("is refused without its name or kind, or with a field twice")
    func missing() {
        for name in Self.plain.names {
            expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.commissioner(Self.plain.without(name))
            }
        }
        for name in Self.plain.names + ["opened", "closed", "parents", "successors"] {
            expectRefused("duplicate-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.commissioner(Self.plain.with(name, "null").adding(name, "null"))
            }
        }
    }
}
