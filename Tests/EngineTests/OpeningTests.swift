import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Testing

@Suite("A ledger is opened")
struct OpeningTests {
    private static func open(
        _ storage: any Storage, form: PatientForm? = nil, identity: [UInt8] = Service.identity
    ) throws -> LedgerCore {
        try LedgerCore.open(
            storage: storage, configuration: Service.small, form: form, newIdentity: identity, now: TestClock.start)
    }

    private static func ledger(_ form: PatientForm? = nil) throws -> MemoryStorage {
        let memory = MemoryStorage()
        try open(memory, form: form).journal.close()
        return memory
    }

    @Test("for NHS numbers unless it is told, and for what it was created for from then on")
    func form() throws {
        for (asked, created) in [(nil, .nhsNumber), (.pseudonym, .pseudonym)] as [(PatientForm?, PatientForm)] {
            let memory = try Self.ledger(asked)
            #expect(try StoredCommit.all(in: memory).map(\.facts) == [[.ledgerCreated(created)]])
            for again in [nil, created] {
                let core = try Self.open(memory, form: again)
                #expect(core.ledger.patientForm == created)
                #expect(core.journal.lastSequence == 1)
                try core.journal.close()
            }
        }
    }

    @Test("never for the other form of patient: the refusal says which is which")
    func otherForm() throws {
        let error = EngineError.otherPatientForm(ledger: .nhsNumber, asked: .pseudonym)
        #expect(error.description == "this ledger was created with --patients nhs-number, not pseudonym")
        let memory = try Self.ledger()
        #expect(throws: error) { try Self.open(memory, form: .pseudonym) }
        #expect(throws: error) { try Service(memory, form: .pseudonym) }
        #expect(try StoredCommit.all(in: memory).map(\.facts) == [[.ledgerCreated(.nhsNumber)]])
    }

    @Test("by its identity file: missing beside segments or of another length it is refused, and nothing is changed")
    func identity() throws {
        let memory = try Self.ledger()
        #expect(memory.contents(of: "identity") == Service.identity)
        for bytes in [[], Array(Service.identity.dropLast()), Service.identity + [0]] as [[UInt8]] {
            let damaged = memory.copy()
            damaged.replace("identity", with: bytes)
            #expect(throws: EngineError.identityMalformed) { try Self.open(damaged) }
            #expect(damaged.contents(of: "identity") == bytes)
        }
        let lost = memory.copy()
        try lost.remove("identity")
        #expect(throws: EngineError.identityMissing) { try Self.open(lost) }
        #expect(!lost.names().contains("identity"))
        let foreign = memory.copy()
        foreign.replace("identity", with: Array("identity of else".utf8))
        #expect(throws: JournalError.self) { try Self.open(foreign) }
        #expect(throws: EngineError.identityMalformed) { try Self.open(MemoryStorage(), identity: [1, 2, 3]) }
    }

    @Test("again after a crash between its identity and its first record")
    func halfMade() throws {
        let memory = MemoryStorage()
        memory.replace("identity", with: Service.identity)
        let core = try Self.open(memory, form: .pseudonym, identity: Array("never used here.".utf8))
        #expect(core.ledger.patientForm == .pseudonym)
        try core.journal.close()
        #expect(memory.contents(of: "identity") == Service.identity)
    }

    @Test("by an engine that says why it cannot, takes nothing and answers nothing")
    func failedEngine() throws {
        let memory = try Self.ledger()
        try memory.remove("identity")
        let engine = Engine(clock: TestClock(), configuration: Service.small)
        let opened = Promise<Bool>()
        engine.start(
            storage: { memory }, form: nil, newIdentity: Service.identity,
            opened: { result in opened.set((try? result.get()) == nil) })
        #expect(opened.wait() == true)
        #expect(engine.state == .failed(reason: EngineError.identityMissing.description))
        #expect(engine.submit(Service.submission([Facts.commissioner()], Receipt())) == .unavailable)
        #expect(!engine.ask { _ in Issue.record("asked") })
        #expect(engine.patientForm == nil)
        engine.stop()
    }

    @Test("behind a door that is shut until replay is complete")
    func replaying() throws {
        let memory = try Self.ledger()
        let engine = Engine(clock: TestClock(), configuration: Service.small)
        let door = Gate()
        door.close()
        let opened = Promise<Bool>()
        engine.start(
            storage: {
                door.pass()
                return memory
            }, form: nil, newIdentity: Service.identity,
            opened: { result in opened.set((try? result.get()) != nil) })
        #expect(door.isReached())
        #expect(engine.state == .replaying(0))
        #expect(engine.submit(Service.submission([Facts.commissioner()], Receipt())) == .unavailable)
        #expect(!engine.ask { _ in Issue.record("asked") })
        #expect(engine.patientForm == nil)
        door.open()
        #expect(opened.wait() == true)
        #expect(engine.state == .ready)
        #expect(engine.patientForm == .nhsNumber)
        engine.stop()
    }
}

@Suite("A commit's instant")
struct InstantTests {
    @Test("is later than the one before, by a microsecond, when the clock stands still or goes back")
    func rises() throws {
        let memory = MemoryStorage()
        let service = try Service(memory)
        let start = TestClock.start.microseconds
        try service.book(Facts.commissioner())
        try service.book(Facts.event("e-1"))
        service.clock.set(microseconds: start - 3_600_000_000)
        try service.book(Facts.event("e-2"))
        service.clock.set(microseconds: start + 1_000)
        try service.book(Facts.event("e-3"))
        service.engine.stop()
        let again = try Service(memory, clock: TestClock(Instant(microseconds: -1)))
        try again.book(Facts.event("e-4"))
        again.engine.stop()
        let instants = try StoredCommit.all(in: memory).map { $0.recordedAtMicroseconds - start }
        #expect(instants == [0, 1, 2, 3, 1_000, 1_001])
    }

    @Test("decides what today is, so that a clock that went back does not make yesterday of a recorded day")
    func today() throws {
        let memory = MemoryStorage()
        let service = try Service(memory)
        try service.book(Facts.commissioner())
        #expect(service.engine.today == Facts.day("2016-06-01"))
        service.clock.set(microseconds: TestClock.start.microseconds - 86_400_000_000)
        #expect(service.engine.today == Facts.day("2016-06-01"))
        #expect(try service.book(Facts.event("e-1", on: "2016-06-01")) == [.posted(isUnattributed: false)])
        #expect(try service.book(Facts.event("e-2", on: "2016-06-02")) == [.refused(.futureServiceDate)])
        service.clock.set(microseconds: TestClock.start.microseconds + 86_400_000_000)
        #expect(service.engine.today == Facts.day("2016-06-02"))
        service.engine.stop()
    }
}
