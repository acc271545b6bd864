import ChequebookModel
import Testing

@Suite("A patient that reaches a log line by mistake")
struct PatientPrivacyTests {
    /// Every way in which Swift turns a value into text.
    private func printed<Value>(_ value: Value) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var debugPrinted = ""
        debugPrint(value, to: &debugPrinted)
        let children = Mirror(reflecting: value).children.map { "\($0.value)" }
        return ["\(value)", String(describing: value), String(reflecting: value), dumped, debugPrinted] + children
    }

    /// In decimal, as the key prints it without its zeros, and in hexadecimal.
    private let secrets = ["9434765919", "2325b1a5f", "s3cret", "81985529216486895", "123456789abcdef"]

    private func expectSilence<Value>(_ value: Value, sourceLocation: SourceLocation = #_sourceLocation) {
        for text in printed(value) {
            let leaked = secrets.filter { text.lowercased().contains($0) }
            #expect(leaked == [], sourceLocation: sourceLocation)
        }
    }

    private func patients() throws -> [Patient] {
        let pseudonym = try #require(Identifier("s3cret-s3cret-s3cret"))
        return [
            try #require(Patient(nhsNumber: 9_434_765_919)),
            try #require(Patient(pseudonym: pseudonym, digest: (0x0123_4567_89ab_cdef, 0x0123_4567_89ab_cdef))),
        ]
    }

    @Test("shows nothing of its number or pseudonym, and neither does its key")
    func alone() throws {
        for patient in try patients() {
            #expect("\(patient)" == "(patient)")
            #expect(String(reflecting: patient.key) == "(patient)")
            expectSilence(patient)
            expectSilence(patient.key)
            expectSilence(Optional(patient))
            expectSilence([patient])
            expectSilence([patient.key: 1])
        }
    }

    @Test("shows nothing of it from inside an event, a statement, a withdrawal or a fact")
    func inside() throws {
        let code = try #require(OrganisationCode("15E"))
        let day = try #require(CalendarDate("2015-06-02"))
        let identity = EventIdentity(source: try #require(Identifier("SUS")), id: try #require(Identifier("1")))
        for patient in try patients() {
            let event = CostEvent(
                identity: identity, subject: .patient(patient), setting: .primary, serviceDate: day, amountPence: 1)
            let statement = Statement(patient: patient, commissioner: code, from: day, born: day, sex: .female)
            let withdrawal = Withdrawal(patient: patient, commissioner: code, from: day)
            expectSilence(event.subject)
            expectSilence(event)
            expectSilence(statement)
            expectSilence(withdrawal)
            expectSilence([Fact.costEvent(event), .statement(statement), .withdrawal(withdrawal)])
        }
    }
}
