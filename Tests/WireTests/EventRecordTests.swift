import ChequebookModel
import ChequebookWire
import Testing

@Suite("The record that an event's object becomes without a fact between them")
struct EventRecordTests {
    private static func body(_ event: CostEvent) -> Body {
        func quoted(_ text: some CustomStringConvertible) -> String { "\"\(text)\"" }
        var body = Body([
            "source": quoted(event.identity.source), "id": quoted(event.identity.id), "version": "\(event.version)",
            "setting": quoted(event.setting.word), "serviceDate": quoted(event.serviceDate),
            "amountPence": "\(event.amountPence)", "kind": quoted(event.kind.word),
        ])
        switch event.subject {
        case .patient(let patient): body = body.with("patient", quoted(patient.wireForm))
        case .without(let reason): body = body.with("withoutPatient", quoted(reason.word))
        }
        if let code = event.commissioner { body = body.with("commissioner", quoted(code)) }
        if let code = event.provider { body = body.with("provider", quoted(code)) }
        if let code = event.funder { body = body.with("funder", quoted(code)) }
        if let service = event.service { body = body.with("service", quoted(service)) }
        return body
    }

    @Test("is that of the fact, for events of every form", arguments: [1, 2, 3] as [UInt64])
    func sameRecord(seed: UInt64) throws {
        var random = RandomFacts(seed: seed)
        for _ in 0..<500 {
            let event = random.event()
            let form = event.subject.patient?.key.form ?? .nhsNumber
            // A key from elsewhere is not the digest of its pseudonym, so only the wire's own fact is compared with.
            let fact = try Reading.event(Self.body(event), form)
            var expected = RecordBatchBuilder()
            expected.append(fact)
            #expect(try Reading.eventRecord(Self.body(event), form) == expected.take())
            let read = try CostEventReaderTests.event(Self.body(event), form)
            #expect(read.identity == event.identity && read.amountPence == event.amountPence)
            #expect(read.serviceDate == event.serviceDate && read.service == event.service)
            #expect(read.subject.patient?.wireForm == event.subject.patient?.wireForm)
        }
    }

    @Test("is that of the fact, for a reversal")
    func reversal() throws {
        var expected = RecordBatchBuilder()
        expected.append(try Reading.event(CostEventReaderTests.reversal))
        #expect(try Reading.eventRecord(CostEventReaderTests.reversal, .nhsNumber) == expected.take())
    }

    @Test("is refused as the fact is, and then adds nothing", arguments: CostEventRefusalTests.refused)
    func sameProblem(refused: Refused) {
        let body = CostEventReaderTests.plain.with(refused.name, refused.value)
        let fact = problem { () throws(WireProblem) in try Reading.event(body) }
        #expect(fact != nil)
        #expect(problem { () throws(WireProblem) in try Reading.eventRecord(body, .nhsNumber) } == fact)
    }

    @Test("knows each field by its name, and no name that differs in one letter")
    func names() {
        let known = [
            "source", "id", "version", "patient", "commissioner", "withoutPatient", "setting", "serviceDate",
            "amountPence", "kind", "provider", "service", "funder", "reverses",
        ]
        for name in known {
            // Null, so that nothing but the name can be wrong; behind a field of the same name it is a duplicate.
            let twice = Body([name: "null"]).adding(name, "null")
            expectRefused("duplicate-field", at: "/\(name)") { () throws(WireProblem) in try Reading.event(twice) }
            for index in name.indices {
                for letter in "abcdefghijklmnopqrstuvwxyzDP" where letter != name[index] {
                    let other = name[..<index] + "\(letter)" + name[name.index(after: index)...]
                    let body = Body([String(other): "null"])
                    expectRefused("unknown-field", at: "/\(other)") { () throws(WireProblem) in
                        try Reading.event(body)
                    }
                }
            }
            for other in [String(name.dropLast()), name + "s", name.uppercased()] {
                let body = Body([other: "null"])
                let problem = problem { () throws(WireProblem) in try Reading.event(body) }
                #expect(problem?.code == "unknown-field", "\(other)")
            }
        }
    }
}
