import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Testing

@Suite("A large commit")
struct StepTests {
    private static let count = 600

    /// Asks, while the commit is held at its first record, how many events there are, and lets it go on.
    private static func asked(
        _ submit: (Service, [Fact]) throws -> Receipt
    ) throws -> (eventCount: Int?, outcomes: [Outcome]?) {
        let storage = GatedStorage(MemoryStorage())
        let service = try Service(storage)
        defer { service.engine.stop() }
        try service.book(Facts.commissioner(), Facts.statement(), Facts.event("again"))
        // To see that the same event comes again, the record of the first has to be read back.
        storage.readings.close()
        let receipt = try submit(service, [Facts.event("again")] + (1...count).map { Facts.event("e\($0)") })
        #expect(storage.readings.isReached())
        let answer = Promise<Int?>()
        #expect(service.engine.ask { ledger in answer.set(ledger?.identityCount) })
        storage.readings.open()
        return (answer.wait() ?? nil, receipt.outcomes)
    }

    private static let outcomes: [Outcome] =
        [.duplicate] + [Outcome](repeating: .posted(isUnattributed: false), count: count)

    @Test("keeps a question waiting for a part of it, and what the question sees ends with a record")
    func parts() throws {
        let (eventCount, outcomes) = try Self.asked { service, facts in service.submit(facts) }
        let seen = try #require(eventCount)
        #expect(seen > 1 && seen < 1 + Self.count)
        #expect(outcomes == Self.outcomes)
    }

    @Test("shows a list that is all or nothing as a whole")
    func whole() throws {
        let (eventCount, outcomes) = try Self.asked { service, facts in service.submit(atomically: facts) }
        #expect(eventCount == 1 + Self.count)
        #expect(outcomes == Self.outcomes)
    }
}
