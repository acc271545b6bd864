import ChequebookEngine
import ChequebookJournal
import Testing

@Suite("The head that is published")
struct HeadTests {
    /// The heads of all commits that a power cut now would leave for certain.
    private func durableHeads(_ memory: MemoryStorage) throws -> [JournalHead] {
        var heads: [JournalHead] = []
        _ = try Journal.open(
            storage: memory.copy(), configuration: Service.small,
            ledgerIdentity: #require(LedgerIdentity(bytes: Service.identity))
        ) { heads.append($0.head) }
        return heads
    }

    @Test("is that of the last commit that was applied, which is on disk, and the same after a restart")
    func follows() throws {
        let memory = MemoryStorage()
        let service = try Service(memory)
        #expect(service.engine.published.head?.sequence == 1)
        for number in 1...5 {
            try service.book(Facts.commissioner(name: "Name \(number)"))
            let head = try #require(service.engine.published.head)
            #expect(head.sequence == service.engine.published.sequence)
            #expect(try durableHeads(memory).contains { ($0.sequence, "\($0.hash)") == head })
        }
        let last = try #require(service.engine.published.head)
        service.engine.stop()
        let again = try Service(memory)
        #expect(try #require(again.engine.published.head) == last)
        again.engine.stop()
    }

    @Test("never names a commit that is not on disk: not while its sync waits, and not when it fails")
    func notBefore() throws {
        let memory = MemoryStorage()
        let service = try Service(FaultyStorage(memory, faults: [.init(.sync, occurrence: 4, code: 5)]))
        try service.book(Facts.commissioner())
        let before = try #require(service.engine.published.head)
        let receipt = service.submit([Facts.event("e-1")])
        #expect(receipt.notBooked == .journalFailed)
        #expect(try #require(service.engine.published.head) == before)
        service.engine.stop()
    }

    @Test("is not known before the ledger is open")
    func closed() {
        #expect(Engine(clock: TestClock()).published.head == nil)
    }
}
