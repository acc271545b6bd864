import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Testing

@Suite("A ledger that is opened again")
struct ReplayTests {
    private static func open(_ storage: MemoryStorage) throws -> LedgerCore {
        try LedgerCore.open(
            storage: storage, configuration: Workload.configuration, form: nil, newIdentity: Service.identity,
            now: TestClock.start)
    }

    /// Every answer that the ledger can give about what a workload names, as text.
    private static func answers(_ core: LedgerCore) throws -> [String] {
        let ledger = core.ledger
        var answers = ["\(ledger.lastSequence) \(ledger.identityCount) \(ledger.commissioners())"]
        for startYear in 2013...2016 {
            let year = try #require(FinancialYear(startYear: startYear))
            for through in [year.firstDay.adding(days: 100), year.lastDay] {
                for code in Workload.codes {
                    answers.append("\(code) \(ledger.figures(code, year, through: through) as Any)")
                    let then = ledger.figures(code, year, through: through, at: .asOf(TestClock.start.londonDay))
                    answers.append("\(then as Any)")
                }
                answers.append("\(ledger.unattributedCost(year, through: through))")
            }
            for code in Workload.codes { answers.append("\(ledger.rateCard(code, year) as Any)") }
            answers.append("\(ledger.rateCard(nil, year) as Any)")
        }
        for patient in Workload.patients {
            answers.append("\(ledger.patient(patient.key) as Any)")
            answers.append("\(try ledger.patientCosts(patient.key, Facts.year, after: nil, limit: 5) as Any)")
        }
        answers.append("\(try ledger.reconciliation(Facts.year))")
        #expect(try ledger.reconciliation(Facts.year).agrees)
        for id in Workload.ids { answers.append("\(try ledger.event(Facts.identity(id)) as Any)") }
        return answers
    }

    @Test(
        "gives the answers of one that never was closed, and decides what comes next alike",
        arguments: Array(UInt64(1)...6))
    func sameAnswers(seed: UInt64) throws {
        let memory = MemoryStorage()
        var core = try Self.open(memory)
        let twin = try Self.open(MemoryStorage())
        var workload = Workload(seed: seed)
        var kinds: Set<String> = []
        for _ in 0..<3 {
            for _ in 0..<80 {
                let facts = workload.commit()
                let outcomes = try core.commit(facts, at: TestClock.start)
                #expect(try twin.commit(facts, at: TestClock.start) == outcomes)
                kinds.formUnion(outcomes.map { "\($0)" })
            }
            try core.journal.close()
            core = try Self.open(memory)
            #expect(try Self.answers(core) == Self.answers(twin))
        }
        let wanted = [
            "posted(isUnattributed: false)", "posted(isUnattributed: true)", "reposted(isUnattributed: false)",
            "duplicate", "superseded", "registered", "unchanged", "created", "replaced", "notBooked",
        ]
        for kind in wanted { #expect(kinds.contains(kind), "no \(kind) in the workload") }
        let refusals = [
            "conflictingDuplicate", "unknownOriginal", "alreadyReversed", "noSuchRegistration", "overlappingListSizes",
            "replacementCycle",
        ]
        for refusal in refusals {
            #expect(kinds.contains { $0.contains(refusal) }, "no \(refusal) in the workload")
        }
    }

    @Test("by an engine has the figures, numbers and sequence that it had, after an end and after a power cut")
    func engine() throws {
        let memory = MemoryStorage()
        let service = try Service(memory)
        try service.book(Facts.commissioner(), Facts.commissioner(Facts.other), Facts.statement(Facts.other))
        try service.book(Facts.event("e-1"), Facts.event("e-2", nil), Facts.event("e-1", pence: 7, version: 2))
        try service.book(Facts.event("e-3"), Facts.reversal("r-3", of: "e-3"))
        let published = service.engine.published
        let indices = [Facts.home, Facts.other].map { published.index(of: $0) }
        var random = SeededGenerator(seed: 5)
        let cut = memory.crash(using: &random)
        service.engine.stop()
        for storage in [memory, cut] {
            let again = try Service(storage)
            #expect(again.engine.published.sequence == published.sequence)
            #expect([Facts.home, Facts.other].map { again.engine.published.index(of: $0) } == indices)
            #expect(again.engine.patientForm == .nhsNumber)
            let (home, other) = (try #require(again.cost()), try #require(again.cost(Facts.other)))
            #expect((home.pence, home.events) == (7, 1))
            #expect((other.pence, other.events) == (100, 1))
            #expect(try again.book(Facts.event("e-2", nil)) == [.duplicate])
            #expect(try again.book(Facts.event("e-3", version: 2)) == [.refused(.alreadyReversed)])
            again.engine.stop()
        }
    }

    @Test("is refused, with the sequence, when a list that is all or nothing is not whole in its commit")
    func brokenList() throws {
        let memory = MemoryStorage()
        let core = try Self.open(memory)
        #expect(throws: EngineError.brokenList(sequence: 2)) {
            try core.commit([.atomicList(count: 2), Facts.event("a")], at: TestClock.start)
        }
        try core.journal.close()
        #expect(throws: EngineError.brokenList(sequence: 2)) { try Self.open(memory) }
        #expect(EngineError.brokenList(sequence: 2).description.contains("sequence 2 "))
    }
}
