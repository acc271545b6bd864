import ChequebookModel
import ChequebookWire
import Testing

@Suite("A patient on the wire")
struct PatientFieldTests {
    private static func read(_ text: String, _ form: PatientForm) throws(WireProblem) -> Patient? {
        guard case .costEvent(let event) = try Reading.event(body(text), form) else { return nil }
        return event.subject.patient
    }

    private static func body(_ text: String) -> Body { CostEventReaderTests.plain.with("patient", "\"\(text)\"") }

    private static func text(_ count: Int) -> String { String(repeating: "aB3_-", count: 13).prefix(count) + "" }

    @Test("is an NHS number with the right check digit")
    func nhsNumber() throws {
        #expect(try Self.read("9990000018", .nhsNumber)?.key == PatientKey(high: 0, low: 9_990_000_018))
        // 4×10 + 1×8 + 2×6 + 3×5 + 2×4 + 1×3 + 3×2 = 92, which leaves 4 over 11: the check digit is 7.
        #expect(try Self.read("4010232137", .nhsNumber)?.wireForm == "4010232137")
    }

    @Test(
        "is refused as an NHS number with a wrong check digit, equal digits, spaces or another length",
        arguments: [
            "9990000019", "9990000010", "1111111111", "0000000000", "999 000 0018", "999000001", "99900000180",
            "999000001x", "", " 9990000018", "٩990000018",
        ])
    func badNHSNumber(text: String) {
        for form in PatientForm.allCases {
            expectRefused("bad-patient", at: "/patient") { () throws(WireProblem) in try Self.read(text, form) }
        }
    }

    @Test("is a pseudonym of 16 to 64, known by the first 16 bytes of its SHA-256", arguments: [16, 17, 63, 64])
    func pseudonym(count: Int) throws {
        let patient = try Self.read("p:" + Self.text(count), .pseudonym)
        #expect(patient?.wireForm == "p:" + Self.text(count))
        #expect(patient?.key.form == .pseudonym)
    }

    @Test("has the key that another SHA-256 gives, with the top bit set")
    func key() throws {
        let patient = try Self.read("p:0123456789abcdef", .pseudonym)
        #expect(patient?.key == PatientKey(high: 0x9f9f_5111_f7b2_7a78, low: 0x1f1f_1ddd_e5eb_c2dd))
        let other = try Self.read("p:PSEUDONYM-OF-TEST-4", .pseudonym)
        #expect(other?.key == PatientKey(high: 0xb1d4_16df_6d05_15e1, low: 0xc505_4977_750b_ece2))
    }

    @Test("is refused as a pseudonym of 15 or 65, or with another character, or without its p:")
    func badPseudonym() {
        let wrong = [
            "p:" + Self.text(15), "p:" + Self.text(65), "p:" + Self.text(15) + ".", "p:" + Self.text(15) + ":",
            "p:" + Self.text(15) + " ", "p:" + Self.text(15) + "é", "P:" + Self.text(16), Self.text(16), "p:", "p",
        ]
        for text in wrong {
            for form in PatientForm.allCases {
                expectRefused("bad-patient", at: "/patient") { () throws(WireProblem) in try Self.read(text, form) }
            }
        }
    }

    @Test("of the form that the ledger was not created for is refused as such, in events and registrations")
    func wrongForm() {
        let forms: [(String, PatientForm)] = [("p:" + Self.text(16), .nhsNumber), ("9990000018", .pseudonym)]
        for (text, form) in forms {
            expectRefused("wrong-patient-form", at: "/patient") { () throws(WireProblem) in try Self.read(text, form) }
            expectRefused("wrong-patient-form", at: "/patient") { () throws(WireProblem) in
                try Reading.registration(RegistrationReaderTests.plain.with("patient", "\"\(text)\""), form)
            }
        }
    }

    @Test("is text, never a number")
    func wrongType() {
        expectRefused("wrong-type", at: "/patient") { () throws(WireProblem) in
            try Reading.event(CostEventReaderTests.plain.with("patient", "9990000018"))
        }
    }
}
