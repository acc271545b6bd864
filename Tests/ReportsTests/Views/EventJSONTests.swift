import ChequebookModel
import ChequebookReports
import Testing

@testable import ChequebookLedger

@Suite("An event is written")
struct EventJSONTests {
    private static func view(
        _ event: EventFact, commissioner: OrganisationCode? = "15E",
        attribution: EventView.AttributionKind? = .registered,
        funder: OrganisationCode? = "15E", reversedBy: Identifier? = nil, isAfterDeath: Bool = false
    ) -> EventView {
        EventView(
            event: event, sequence: 42, recordedAt: Instant(microseconds: 0), commissioner: commissioner,
            attribution: attribution, funder: funder, reversedBy: reversedBy, isAfterDeath: isAfterDeath)
    }

    private static let identity = EventIdentity(source: "pas", id: "a.b:c-1")

    @Test("with every field that it was sent with, and where it counts")
    func full() {
        let event = CostEvent(
            identity: Self.identity, version: 3, subject: .patient("9990000018"), commissioner: "15E",
            setting: .continuingCare, serviceDate: "2016-02-29", amountPence: 1_000_000_000_000_000, kind: .credit,
            provider: "RXA", service: "HRG:1", funder: "X24")
        let view = Self.view(.costEvent(event), attribution: .stated, funder: "X24", reversedBy: "r1")
        let expected = """
            {"source":"pas","id":"a.b:c-1","version":3,"patient":"9990000018","setting":"continuing-care",\
            "serviceDate":"2016-02-29","amountPence":1000000000000000,"kind":"credit","provider":"RXA",\
            "service":"HRG:1","commissioner":"15E","attribution":"stated","funder":"X24","reversedBy":"r1",\
            "sequence":42,"recordedAt":"1970-01-01T00:00:00.000000Z"}

            """
        #expect(text(EventAnswer(view).json) == expected)
    }

    @Test("without what it was sent without, and with null for what is not yet so")
    func minimal() {
        let event = CostEvent(
            identity: Self.identity, subject: .patient("9990000018"), setting: .primary, serviceDate: "2015-06-02",
            amountPence: 0)
        let view = Self.view(.costEvent(event), commissioner: nil, attribution: .unattributed, funder: nil)
        let expected = """
            {"source":"pas","id":"a.b:c-1","version":1,"patient":"9990000018","setting":"primary",\
            "serviceDate":"2015-06-02","amountPence":0,"kind":"cost","commissioner":null,\
            "attribution":"unattributed","funder":null,"reversedBy":null,\
            "sequence":42,"recordedAt":"1970-01-01T00:00:00.000000Z"}

            """
        #expect(text(EventAnswer(view).json) == expected)
    }

    @Test("with the reason in place of the patient", arguments: WithoutPatient.allCases)
    func withoutPatient(_ reason: WithoutPatient) {
        let event = CostEvent(
            identity: Self.identity, subject: .without(reason), commissioner: "15E", setting: .primary,
            serviceDate: "2015-06-02", amountPence: 5)
        let json = text(EventAnswer(Self.view(.costEvent(event))).json)
        #expect(json.contains(#""version":1,"withoutPatient":"\#(reason.word)","setting":"primary""#))
        #expect(!json.contains("\"patient\""))
    }

    @Test("with the pseudonym as it was sent")
    func pseudonym() throws {
        let patient = try #require(Patient(pseudonym: "sixteen-letters-", digest: (1, 2)))
        let event = CostEvent(
            identity: Self.identity, subject: .patient(patient), setting: .primary, serviceDate: "2015-06-02",
            amountPence: 5)
        #expect(text(EventAnswer(Self.view(.costEvent(event))).json).contains(#""patient":"p:sixteen-letters-""#))
    }

    @Test("after what became of it, where that is not plain")
    func outcome() {
        let event = CostEvent(
            identity: Self.identity, subject: .without(.block), commissioner: "15E", setting: .primary,
            serviceDate: "2015-06-02", amountPence: 5)
        let json = text(EventAnswer(Self.view(.costEvent(event)), outcome: "duplicate").json)
        #expect(json.hasPrefix(#"{"outcome":"duplicate","source":"pas","#))
    }

    @Test("as a reversal with the event that it takes out")
    func reversal() {
        let fact = EventFact.reversal(Reversal(identity: Self.identity, reverses: "e1"))
        let expected = """
            {"source":"pas","id":"a.b:c-1","reverses":"e1","sequence":42,\
            "recordedAt":"1970-01-01T00:00:00.000000Z"}

            """
        let view = Self.view(fact, commissioner: nil, attribution: nil, funder: nil)
        #expect(text(EventAnswer(view).json) == expected)
    }
}
