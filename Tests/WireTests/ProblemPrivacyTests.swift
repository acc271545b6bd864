import ChequebookModel
import ChequebookWire
import Testing

@Suite("A refusal repeats no value that was sent")
struct ProblemPrivacyTests {
    /// Nothing that any message says on its own.
    private static let marker = "QZ-4093746510"

    /// The marker as text, as a number and within a structure.
    private static let markers = [
        "\"\(marker)\"", "\"p:\(marker)\"", "4093746510987654321", "40937465109876543210", "4093746510.5",
        "-4093746510",
        "[\"\(marker)\"]", "{\"a\":\"\(marker)\"}", "\"\(marker)", "\"\(marker)\\q\"",
    ]

    private static func expectSilent<Value>(
        _ json: String, mustFail: Bool = true, _ read: () throws(WireProblem) -> Value
    ) {
        guard let problem = problem(read) else {
            #expect(!mustFail, "\(json)")
            return
        }
        let text = "\(problem.pointer) \(problem.detail) \(problem.code)"
        #expect(!text.contains("4093746510") && !text.contains("QZ"), "\(json)")
    }

    @Test("in any field of an event, of either ledger")
    func events() {
        let names = [
            "source", "id", "version", "patient", "commissioner", "withoutPatient", "setting", "serviceDate",
            "amountPence", "kind", "provider", "service", "funder", "reverses", "unheard",
        ]
        for form in PatientForm.allCases {
            for name in names {
                for marker in Self.markers {
                    let body = CostEventReaderTests.plain.with(name, marker)
                    let mayBeRight = ["source", "id", "service", "reverses"].contains(name)
                    Self.expectSilent(body.json, mustFail: !mayBeRight) { () throws(WireProblem) in
                        try Reading.event(body, form)
                    }
                }
            }
        }
    }

    @Test("in any field of a list's sizes, or of what is said of a person")
    func listsAndPersons() {
        for marker in Self.markers {
            for body in [
                ListSizesReaderTests.plain.with("listSizes", marker), ListSizesReaderTests.plain.adding("x", marker),
            ] {
                Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.listSizes(body) }
            }
            for name in ["ageFrom", "ageTo", "sex", "group", "people", "unheard"] {
                let body = ListSizesReaderTests.band(ListSizesReaderTests.plainBand.with(name, marker))
                Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.listSizes(body) }
            }
            for name in ["patient", "born", "sex", "died", "replacedBy", "unheard"] {
                for form in PatientForm.allCases {
                    let body = PersonDetailsReaderTests.plain.with(name, marker)
                    Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.details(body, form) }
                }
            }
        }
    }

    @Test("in any field of a registration, a commissioner or a card")
    func others() {
        for marker in Self.markers {
            for name in RegistrationReaderTests.plain.names + ["until", "group", "practice", "council", "withdrawn"] {
                let body = RegistrationReaderTests.plain.with(name, marker)
                Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.registration(body) }
            }
            for name in ["kind", "opened", "closed", "parents", "successors"] {
                let body = CommissionerReaderTests.plain.with(name, marker)
                Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.commissioner(body) }
            }
            for name in ["weight", "weights", "funders", "rates"] {
                let body = RateCardReaderTests.plain.with(name, marker)
                Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.card(body) }
            }
            for name in RateCardReaderTests.plainRate.names + ["ageFrom", "ageTo", "sex", "group", "from", "until"] {
                let body = RateCardReaderTests.rate(RateCardReaderTests.plainRate.with(name, marker))
                Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.card(body) }
            }
        }
    }

    @Test(
        "not even where a patient stands in the place of a field's name",
        arguments: ["4093746510", "409 374 6510", "nhs-4093746510", "p:QZ-0123456789", "p:QZaaaaaaaaaaaaaaaa"])
    func patientAsName(key: String) {
        let body = CostEventReaderTests.plain.adding(key, "1")
        Self.expectSilent(body.json) { () throws(WireProblem) in try Reading.event(body) }
        let problem = problem { () throws(WireProblem) in try Reading.event(body) }
        #expect(problem?.code == "unknown-field")
        #expect(problem?.pointer == "")
        let inner = RateCardReaderTests.plain.with("weights", "{\"\(key)\":\"1\"}")
        Self.expectSilent(inner.json) { () throws(WireProblem) in try Reading.card(inner) }
        let broken = Body([key: "["])
        Self.expectSilent(broken.json) { () throws(WireProblem) in try Reading.event(broken) }
    }
}
