import ChequebookEngine
import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import Foundation
import Testing

@Suite("A look at the ledger")
struct LookTests {
    private static func costs(_ lookup: LedgerLookup) throws -> String {
        "\(try lookup.patientCosts(Facts.patient.key, Facts.year, after: nil, limit: 9) as Any)"
    }

    /// What the ledger's own thread answers.
    private static func asked(_ service: Service, _ question: @escaping @Sendable (LedgerLookup) throws -> String)
        -> String?
    {
        let answer = Promise<String?>()
        guard service.engine.ask({ ledger in answer.set(ledger.flatMap { try? question($0.lookup) }) }) else {
            return nil
        }
        return answer.wait() ?? nil
    }

    @Test("says what the ledger's thread would have said, after every booking")
    func sameAnswers() throws {
        let service = try Service(MemoryStorage())
        defer { service.engine.stop() }
        try service.book(Facts.commissioner(), Facts.statement())
        for number in 0..<20 {
            try service.book(Facts.event("e\(number)", pence: Int64(number)))
            if number % 5 == 4 { try service.book(Facts.reversal("r\(number)", of: "e\(number - 1)")) }
            let looked = service.engine.look(Self.costs)
            #expect(looked != nil)
            #expect(looked == Self.asked(service, Self.costs))
        }
        #expect(service.engine.look { $0.patient(Facts.patient.key)?.statements.count } == 1)
        let event = service.engine.look { try $0.event(Facts.identity("e3"))?.reversedBy }
        #expect(event == Identifier("r4"))
    }

    @Test("is refused while a commit is applied, and nobody waits for it")
    func refusedWhileApplying() throws {
        let storage = GatedStorage(MemoryStorage())
        let service = try Service(storage)
        defer { service.engine.stop() }
        try service.book(Facts.commissioner(), Facts.statement(), Facts.event("e1"))
        let isThere: (LedgerLookup) -> Bool = { $0.patient(Facts.patient.key) != nil }
        #expect(service.engine.look(isThere) == true)
        // To see that the same event comes again, the record of the first has to be read back.
        storage.readings.close()
        let receipt = service.submit([Facts.event("e1")])
        #expect(storage.readings.isReached())
        #expect(service.engine.look(isThere) == nil)
        storage.readings.open()
        #expect(receipt.outcomes == [.duplicate])
        #expect(service.engine.look(isThere) == true)
    }

    @Test("that needs a record which is not in memory is none, and the ledger's thread knows")
    func notInMemory() throws {
        let service = try Service(GatedStorage(MemoryStorage()))
        defer { service.engine.stop() }
        try service.book(Facts.commissioner(), Facts.statement(), Facts.event("e1"))
        #expect(service.engine.look(Self.costs) == nil)
        #expect(Self.asked(service, Self.costs)?.contains("e1") == true)
        // What needs no record is there all the same.
        #expect(service.engine.look { $0.patient(Facts.patient.key) != nil } == true)
    }

    @Test("at a patient with more events than one may look through is none, and the ledger's thread knows")
    func manyEvents() throws {
        let service = try Service(MemoryStorage())
        defer { service.engine.stop() }
        try service.book(Facts.commissioner(), Facts.statement())
        for first in stride(from: 0, to: 501, by: 167) {
            #expect(service.engine.look(Self.costs) != nil)
            #expect(service.submit((first..<first + 167).map { Facts.event("e\($0)") }).outcomes?.count == 167)
        }
        #expect(service.engine.look(Self.costs) == nil)
        #expect(Self.asked(service, Self.costs) != nil)
    }

    @Test("goes through again and again while commits are applied, each time at a ledger that is whole")
    func besideCommits() async throws {
        let service = try Service(MemoryStorage())
        defer { service.engine.stop() }
        try service.book(Facts.commissioner(), Facts.statement())
        let looking = Task {
            var (count, last) = (0, 0)
            while last < 300 {
                guard
                    let costs = service.engine.look({ lookup in
                        try lookup.patientCosts(Facts.patient.key, Facts.year, after: nil, limit: 400)
                    })
                else { continue }
                let events = costs?.eventCount ?? 0
                #expect(events >= last && costs?.events.count == events && costs?.totalPence == Int128(events))
                (count, last) = (count + 1, events)
            }
            return count
        }
        for number in 0..<300 { try service.book(Facts.event("e\(number)", pence: 1)) }
        #expect(await looking.value > 0)
    }

    @Test("before the ledger is open and after it was closed is none")
    func closed() throws {
        #expect(Engine().look { _ in true } == nil)
        let service = try Service(MemoryStorage())
        try service.book(Facts.commissioner(), Facts.statement(), Facts.event("e1"))
        service.engine.stop()
        #expect(service.engine.look(Self.costs) == nil)
    }
}
