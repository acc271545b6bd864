import ChequebookModel
import ChequebookWire
import Testing

@Suite("What is said of a person")
struct PersonDetailsReaderTests {
    static let plain = Body(["patient": #""9990000018""#])

    private static let ann = Reading.nhsNumber(9_990_000_018)

    @Test("may be nothing but who it is")
    func fewestFields() throws {
        #expect(try Reading.details(Self.plain) == PersonDetails(patient: Self.ann))
        #expect(try Reading.details(Self.plain).died == .keep)
        #expect(try Reading.details(Self.plain).replacedBy == .keep)
    }

    @Test("is read with every field")
    func everyField() throws {
        let body = Self.plain.with("born", #""1950-07-15""#).with("sex", #""female""#)
            .with("died", #""2015-06-02""#).with("replacedBy", #""9990000026""#)
        #expect(
            try Reading.details(body)
                == PersonDetails(
                    patient: Self.ann, born: Reading.day("1950-07-15"), sex: .female,
                    died: .set(Reading.day("2015-06-02")), replacedBy: .set(Reading.nhsNumber(9_990_000_026))))
        let month = try Reading.details(Self.plain.with("born", #""1950-07""#))
        #expect(month.born == Reading.day("1950-07-01"))
    }

    @Test("takes back with null a death and a replacement, which absent it leaves as they are; others it leaves alone")
    func nulls() throws {
        let died = try Reading.details(Self.plain.with("died", "null"))
        #expect(died == PersonDetails(patient: Self.ann, died: .clear))
        let replacedBy = try Reading.details(Self.plain.with("replacedBy", "null"))
        #expect(replacedBy == PersonDetails(patient: Self.ann, replacedBy: .clear))
        let others = try Reading.details(Self.plain.with("born", "null").with("sex", "null"))
        #expect(others == PersonDetails(patient: Self.ann))
    }

    @Test("names pseudonyms in a ledger of pseudonyms, and nobody of the other form")
    func forms() throws {
        let pseudonym = #""p:0123456789abcdef""#
        let patient = "p:0123456789abcdef".withBytes { PatientReader.patient($0) }
        let details = try Reading.details(
            Body(["patient": pseudonym, "replacedBy": #""p:fedcba9876543210""#]), .pseudonym)
        #expect(details.patient == patient)
        #expect(details.replacedBy != .keep && details.replacedBy != .clear)
        for (form, body, field) in [
            (.nhsNumber, Self.plain.with("patient", pseudonym), "/patient"),
            (.nhsNumber, Self.plain.with("replacedBy", pseudonym), "/replacedBy"),
            (.pseudonym, Self.plain, "/patient"),
        ] as [(PatientForm, Body, String)] {
            expectRefused("wrong-patient-form", at: field) { () throws(WireProblem) in
                try Reading.details(body, form)
            }
        }
    }

    static let refused: [Refused] = [
        Refused("patient", "null", "missing-field"), Refused("patient", "9990000018", "wrong-type"),
        Refused("patient", #""9990000019""#, "bad-patient"), Refused("born", #""1950-02-30""#, "bad-date"),
        Refused("born", #""1950""#, "bad-date"), Refused("born", "1950", "wrong-type"),
        Refused("sex", #""other""#, "unknown-value"), Refused("sex", "1", "wrong-type"),
        Refused("died", #""2015-06""#, "bad-date"), Refused("died", "false", "wrong-type"),
        Refused("died", #""""#, "bad-date"), Refused("replacedBy", #""9990000019""#, "bad-patient"),
        Refused("replacedBy", "false", "wrong-type"), Refused("replacedBy", #""""#, "bad-patient"),
        Refused("replaces", #""9990000026""#, "unknown-field"), Refused("from", #""2015-04-01""#, "unknown-field"),
    ]

    @Test("is refused where one value is wrong, with the field named", arguments: refused)
    func values(refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.details(Self.plain.with(refused.name, refused.value))
        }
    }

    @Test("is refused without a patient, as no object, and with a field twice, even if both are null")
    func shape() {
        expectRefused("missing-field", at: "/patient") { () throws(WireProblem) in
            try Reading.details(Body(["born": #""1950-07-15""#]))
        }
        expectRefused("wrong-type", at: "") { () throws(WireProblem) in
            try Reading.tokens("[]") { (tokens) throws(WireProblem) in
                try PersonDetailsReader.details(tokens, form: .nhsNumber)
            }
        }
        for name in ["patient", "born", "sex", "died", "replacedBy"] {
            expectRefused("duplicate-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.details(Self.plain.with(name, "null").adding(name, "null"))
            }
        }
    }
}
