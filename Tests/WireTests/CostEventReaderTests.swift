import ChequebookModel
import ChequebookWire
import Testing

@Suite("A cost event is read")
struct CostEventReaderTests {
    /// The fewest fields that make an event.
    static let plain = Body([
        "source": #""trust-rxk""#, "id": #""e-1""#, "patient": #""9990000018""#, "setting": #""secondary""#,
        "serviceDate": #""2015-06-02""#, "amountPence": "12345",
    ])

    static let block = plain.without("patient").with("commissioner", #""15E""#).with("withoutPatient", #""block""#)

    static let reversal = Body(["source": #""trust-rxk""#, "id": #""r-1""#, "reverses": #""e-1""#])

    static func event(_ body: Body, _ form: PatientForm = .nhsNumber) throws -> CostEvent {
        guard case .costEvent(let event) = try Reading.event(body, form) else {
            throw WireProblem(code: "no-event", pointer: "", detail: "the fact is no cost event")
        }
        return event
    }

    @Test("with its fewest fields: a cost of version 1 that names nothing else")
    func fewestFields() throws {
        let expected = CostEvent(
            identity: EventIdentity(source: Identifier("trust-rxk")!, id: Identifier("e-1")!), version: 1,
            subject: .patient(Reading.nhsNumber(9_990_000_018)), commissioner: nil, setting: .secondary,
            serviceDate: Reading.day("2015-06-02"), amountPence: 12_345, kind: .cost, provider: nil, service: nil,
            funder: nil)
        #expect(try Self.event(Self.plain) == expected)
    }

    @Test("with every field, in any order")
    func everyField() throws {
        let body = Body([
            "funder": #""X24""#, "service": #""A-and-E""#, "provider": #""RXK""#, "kind": #""credit""#,
            "amountPence": "1", "serviceDate": #""1999-12-31""#, "setting": #""public-health""#,
            "commissioner": #""13T""#, "patient": #""9990000018""#, "version": "7", "id": #""e:1""#,
            "source": #""GP_1.x""#,
        ])
        let expected = CostEvent(
            identity: EventIdentity(source: Identifier("GP_1.x")!, id: Identifier("e:1")!), version: 7,
            subject: .patient(Reading.nhsNumber(9_990_000_018)), commissioner: Reading.code("13T"),
            setting: .publicHealth, serviceDate: Reading.day("1999-12-31"), amountPence: 1, kind: .credit,
            provider: Reading.code("RXK"), service: Identifier("A-and-E")!, funder: Reading.code("X24"))
        #expect(try Self.event(body) == expected)
    }

    @Test("with null for a field that may be absent as if it were absent")
    func nullIsAbsent() throws {
        var body = Self.plain
        for name in ["version", "commissioner", "withoutPatient", "kind", "provider", "service", "funder", "reverses"] {
            body = body.with(name, "null")
        }
        #expect(try Self.event(body) == Self.event(Self.plain))
    }

    @Test("with null for a field that must be there as if it were absent")
    func nullIsNotThere() {
        for name in ["source", "id", "patient", "setting", "serviceDate", "amountPence"] {
            expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.event(Self.plain.with(name, "null"))
            }
            expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.event(Self.plain.without(name))
            }
        }
    }

    @Test("in each care setting", arguments: CareSetting.allCases)
    func settings(setting: CareSetting) throws {
        #expect(try Self.event(Self.plain.with("setting", "\"\(setting.word)\"")).setting == setting)
    }

    @Test("with amounts from nothing to 10^15 pence", arguments: [0, 1, 999_999_999_999_999, 1_000_000_000_000_000])
    func amounts(pence: Int64) throws {
        #expect(try Self.event(Self.plain.with("amountPence", "\(pence)")).amountPence == pence)
    }

    @Test("with minus zero, which is an integer of JSON, as nothing")
    func minusZero() throws {
        #expect(try Self.event(Self.plain.with("amountPence", "-0")).amountPence == 0)
    }

    @Test("with versions from 1 to 2^31 - 1", arguments: [1, 2, 2_147_483_647])
    func versions(version: Int32) throws {
        #expect(try Self.event(Self.plain.with("version", "\(version)")).version == version)
    }

    @Test("with service dates from 1900 to 2199", arguments: ["1900-01-01", "2000-02-29", "2199-12-31"])
    func dates(date: String) throws {
        #expect(try Self.event(Self.plain.with("serviceDate", "\"\(date)\"")).serviceDate.description == date)
    }

    @Test("with identifiers of 1 to 64 and services of 1 to 32")
    func lengths() throws {
        for (name, length) in [("source", 1), ("source", 64), ("id", 1), ("id", 64), ("service", 1), ("service", 32)] {
            let text = String(repeating: "a", count: length)
            let event = try Self.event(Self.plain.with(name, "\"\(text)\""))
            let read = ["source": event.identity.source, "id": event.identity.id, "service": event.service]
            #expect(read[name] == Identifier(text))
        }
        #expect(try Self.event(Self.plain.with("id", #""...""#)).identity.id == Identifier("..."))
    }

    @Test("with organisation codes of 2 to 12", arguments: ["00", "ZZ", "0A1B2C3D4E5F", "ZZZZZZZZZZZZ"])
    func codes(text: String) throws {
        for name in ["commissioner", "provider", "funder"] {
            let event = try Self.event(Self.plain.with(name, "\"\(text)\""))
            let read = ["commissioner": event.commissioner, "provider": event.provider, "funder": event.funder]
            #expect(read[name] == OrganisationCode(text))
        }
    }

    @Test("with escapes in names and values as if they were written plainly")
    func escapes() throws {
        let body = Self.plain.without("amountPence").adding(#"amount\u0050ence"#, "12345")
            .with("id", #""\u0065-1""#)
        #expect(try Self.event(body) == Self.event(Self.plain))
    }

    @Test("without a patient, for each reason that the contract knows", arguments: WithoutPatient.allCases)
    func withoutPatient(reason: WithoutPatient) throws {
        let event = try Self.event(Self.block.with("withoutPatient", "\"\(reason.word)\""))
        #expect(event.subject == .without(reason))
        #expect(event.commissioner == Reading.code("15E"))
    }

    @Test("as a reversal when it names what it reverses")
    func reverses() throws {
        let expected = Reversal(
            identity: EventIdentity(source: Identifier("trust-rxk")!, id: Identifier("r-1")!),
            reverses: Identifier("e-1")!)
        #expect(try Reading.event(Self.reversal) == .reversal(expected))
        #expect(try Reading.event(Self.reversal.with("amountPence", "null")) == .reversal(expected))
    }
}
