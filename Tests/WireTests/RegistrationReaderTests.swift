import ChequebookModel
import ChequebookWire
import Testing

@Suite("A registration is read")
struct RegistrationReaderTests {
    static let plain = Body([
        "patient": #""9990000018""#, "from": #""2015-04-01""#, "born": #""1950-07-15""#, "sex": #""female""#,
    ])

    static let withdrawal = Body(["patient": #""9990000018""#, "from": #""2015-04-01""#, "withdrawn": "true"])

    static func statement(_ body: Body) throws -> Statement {
        guard case .statement(let statement) = try Reading.registration(body) else {
            throw WireProblem(code: "no-statement", pointer: "", detail: "the fact is no statement")
        }
        return statement
    }

    @Test("with its fewest fields: with no end, and generally healthy")
    func fewestFields() throws {
        let expected = Statement(
            patient: Reading.nhsNumber(9_990_000_018), commissioner: Reading.code("15E"),
            from: Reading.day("2015-04-01"), until: nil, born: Reading.day("1950-07-15"), sex: .female,
            group: .generallyHealthy, practice: nil, council: nil)
        #expect(try Self.statement(Self.plain) == expected)
        var nulls = Self.plain
        for name in ["until", "group", "practice", "council", "withdrawn"] { nulls = nulls.with(name, "null") }
        #expect(try Self.statement(nulls) == expected)
        #expect(try Self.statement(Self.plain.with("withdrawn", "false")) == expected)
    }

    @Test("with every field")
    func everyField() throws {
        let body = Self.plain.with("until", #""2015-09-30""#).with("group", #""older""#)
            .with("practice", #""B81001""#).with("council", #""00CN""#).with("sex", #""unknown""#)
        let expected = Statement(
            patient: Reading.nhsNumber(9_990_000_018), commissioner: Reading.code("15E"),
            from: Reading.day("2015-04-01"), until: Reading.day("2015-09-30"), born: Reading.day("1950-07-15"),
            sex: .unknown, group: .older, practice: Reading.code("B81001"), council: Reading.code("00CN"))
        #expect(try Self.statement(body) == expected)
    }

    @Test("in each group and sex")
    func words() throws {
        for group in PatientGroup.allCases {
            #expect(try Self.statement(Self.plain.with("group", "\"\(group.word)\"")).group == group)
        }
        for sex in Sex.allCases {
            #expect(try Self.statement(Self.plain.with("sex", "\"\(sex.word)\"")).sex == sex)
        }
    }

    @Test("with a month of birth as its first day", arguments: ["1900-01", "1950-07", "2016-02", "2199-12"])
    func monthOfBirth(month: String) throws {
        let statement = try Self.statement(Self.plain.with("born", "\"\(month)\""))
        #expect(statement.born.description == month + "-01")
    }

    @Test("with an end before its beginning and a birth after it, which the ledger judges")
    func ledgerJudges() throws {
        #expect(try Self.statement(Self.plain.with("until", #""2015-04-01""#)).until == Reading.day("2015-04-01"))
        #expect(try Self.statement(Self.plain.with("born", #""2015-04-02""#)).born == Reading.day("2015-04-02"))
    }

    @Test("as a withdrawal when it says so")
    func withdrawn() throws {
        let expected = Withdrawal(
            patient: Reading.nhsNumber(9_990_000_018), commissioner: Reading.code("15E"),
            from: Reading.day("2015-04-01"))
        #expect(try Reading.registration(Self.withdrawal) == .withdrawal(expected))
        #expect(try Reading.registration(Self.withdrawal.with("born", "null")) == .withdrawal(expected))
    }
}

@Suite("A registration is refused")
struct RegistrationRefusalTests {
    static let refused: [Refused] = [
        Refused("from", #""1899-12-31""#, "bad-date"), Refused("from", #""2200-01-01""#, "bad-date"),
        Refused("from", #""2015-04""#, "bad-date"), Refused("until", #""2015-09""#, "bad-date"),
        Refused("until", "20150930", "wrong-type"),
        Refused("born", #""1950-13""#, "bad-date"), Refused("born", #""1950-00""#, "bad-date"),
        Refused("born", #""1899-12""#, "bad-date"), Refused("born", #""2200-01""#, "bad-date"),
        Refused("born", #""1950-7-""#, "bad-date"), Refused("born", #""1950""#, "bad-date"),
        Refused("born", #""1950-07-32""#, "bad-date"), Refused("born", "1950", "wrong-type"),
        Refused("sex", #""f""#, "unknown-value"), Refused("sex", "0", "wrong-type"),
        Refused("group", #""healthy""#, "unknown-value"), Refused("group", "[]", "wrong-type"),
        Refused("practice", #""b81001""#, "bad-organisation-code"), Refused("practice", "81001", "wrong-type"),
        Refused("council", #""council""#, "bad-organisation-code"), Refused("council", "{}", "wrong-type"),
        Refused("withdrawn", #""true""#, "wrong-type"), Refused("withdrawn", "1", "wrong-type"),
        Refused("patient", #""9990000019""#, "bad-patient"), Refused("patient", "9990000018", "wrong-type"),
        Refused("commissioner", #""15E""#, "unknown-field"), Refused("sexx", "null", "unknown-field"),
    ]

    @Test("where one value is wrong, with the field named", arguments: refused)
    func values(refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.registration(RegistrationReaderTests.plain.with(refused.name, refused.value))
        }
    }

    @Test("with a field missing, null where it must be there, or twice")
    func missing() {
        let plain = RegistrationReaderTests.plain
        for name in plain.names {
            for body in [plain.without(name), plain.with(name, "null")] {
                expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
                    try Reading.registration(body)
                }
            }
        }
        for name in plain.names + ["until", "group", "practice", "council", "withdrawn"] {
            expectRefused("duplicate-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.registration(plain.with(name, "null").adding(name, "null"))
            }
        }
    }

    @Test("as a withdrawal with any other field beside it, and without its patient or its day")
    func withdrawalWithMore() {
        let others = [
            "until": #""2015-09-30""#, "born": #""1950-07-15""#, "sex": #""male""#, "group": #""older""#,
            "practice": #""B81001""#, "council": #""00CN""#,
        ]
        let withdrawal = RegistrationReaderTests.withdrawal
        for (name, value) in others {
            expectRefused("field-not-allowed", at: "/\(name)") { () throws(WireProblem) in
                try Reading.registration(withdrawal.with(name, value))
            }
        }
        for name in ["patient", "from"] {
            expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.registration(withdrawal.without(name))
            }
        }
    }
}
