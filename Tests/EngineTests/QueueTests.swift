import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Foundation
import Testing

@Suite("The queue")
struct QueueTests {
    /// A service whose journal's thread stands at the gate with one commit, and whose queue is empty.
    private static func held(queueBytesMax: Int) throws -> (Service, GatedStorage, Receipt) {
        let storage = GatedStorage(MemoryStorage())
        let service = try Service(storage, queueBytesMax: queueBytesMax)
        try service.book(Facts.commissioner())
        storage.syncs.close()
        let first = service.submit([Facts.filler(byteCount: 16)])
        #expect(storage.syncs.isReached())
        #expect(service.engine.queueByteCount == 0)
        return (service, storage, first)
    }

    @Test("takes bytes up to its limit and not one more, and takes again when it is emptied")
    func limit() throws {
        let (service, storage, first) = try Self.held(queueBytesMax: 400)
        let engine = service.engine
        func offer(_ byteCount: Int) -> (Engine.Admission, Receipt) {
            let receipt = Receipt()
            return (engine.submit(Service.submission([Facts.filler(byteCount: byteCount)], receipt)), receipt)
        }
        let (admission, second) = offer(200)
        #expect(admission == .admitted)
        #expect(engine.queueByteCount == 200 && !engine.isQueueCrowded)
        let (onePast, refused) = offer(201)
        #expect(onePast == .full)
        let (atLimit, third) = offer(200)
        #expect(atLimit == .admitted)
        #expect(engine.queueByteCount == 400 && engine.isQueueCrowded)
        #expect(offer(16).0 == .full)

        storage.syncs.open()
        for receipt in [first, second, third] { #expect(receipt.outcomes == [.refused(.unknownOriginal)]) }
        #expect(refused.count == 0)
        #expect(engine.queueByteCount == 0 && !engine.isQueueCrowded)
        let (again, fourth) = offer(201)
        #expect(again == .admitted)
        #expect(fourth.outcomes == [.refused(.unknownOriginal)])
        engine.stop()
    }

    @Test("takes any submission that a commit can hold when nothing waits, even one beyond its limit")
    func largeWhenEmpty() throws {
        let (service, storage, _) = try Self.held(queueBytesMax: 100)
        let large = service.submit([Facts.filler(byteCount: 205), Facts.filler(byteCount: 205)])
        #expect(service.engine.submit(Service.submission([Facts.filler(byteCount: 16)], Receipt())) == .full)
        storage.syncs.open()
        #expect(large.outcomes?.count == 2)
        service.engine.stop()
    }

    @Test("a submission that no commit can hold is not booked, and those before and behind it are")
    func tooLargeForCommit() throws {
        let memory = MemoryStorage()
        let configuration = JournalConfiguration(
            segmentBytesMax: 256 << 10, commitBytesMax: 64 << 10, recordsInCommitMax: 10)
        let service = try Service(memory, configuration: configuration)
        try service.book(Facts.commissioner())
        let most = service.submit((0..<10).map { Facts.event("a-\($0)") })
        let tooMany = service.submit((0..<11).map { Facts.event("b-\($0)") })
        #expect(most.outcomes?.count == 10)
        #expect(tooMany.notBooked == .journalFailed)
        #expect(service.engine.state == .ready)
        #expect(try service.book(Facts.event("c")) == [.posted(isUnattributed: false)])
        #expect(service.eventCount() == 11)
        service.engine.stop()
    }

    @Test("takes 16,384 questions while the ledger is busy and not one more, and asks each of them once")
    func questions() throws {
        let service = try Service(MemoryStorage())
        let ledger = Gate()
        ledger.close()
        #expect(service.engine.ask { _ in ledger.pass() })
        #expect(ledger.isReached())
        let asked = Promise<Void>()
        let taken = (0..<16_384).filter { _ in service.engine.ask { _ in asked.set(()) } }
        #expect(taken.count == 16_384)
        #expect(!service.engine.ask { _ in asked.set(()) })
        ledger.open()
        service.engine.stop()
        #expect(asked.count == 16_384)
    }
}

@Suite("Submissions from many threads")
struct ConcurrencyTests {
    @Test("are booked once each, and answered once each with their outcomes in their own order")
    func manyThreads() throws {
        let memory = MemoryStorage()
        let service = try Service(memory)
        try service.book(Facts.commissioner())
        let (threads, rounds) = (8, 40)
        let finished = Promise<[UInt64]>()
        for thread in 0..<threads {
            Thread.detachNewThread {
                var sequences: [UInt64] = []
                for round in 0..<rounds {
                    let id = "t\(thread)-\(round)"
                    let receipt = service.submit([
                        Facts.event(id, pence: 3), Facts.event(id, pence: 3), Facts.event(id, pence: 4),
                        Facts.event(id, pence: 5, version: 2), Facts.event(id, pence: 3),
                        Facts.reversal("r-" + id, of: "none"), Facts.event("x-" + id, OrganisationCode("0A0")),
                    ])
                    let expected: [Outcome] = [
                        .posted(isUnattributed: false), .duplicate, .refused(.conflictingDuplicate),
                        .reposted(isUnattributed: false), .superseded, .refused(.unknownOriginal),
                        .refused(.unknownCommissioner),
                    ]
                    #expect(receipt.outcomes == expected)
                    #expect(receipt.count == 1)
                    sequences.append(receipt.booked?.lastSequence ?? 0)
                }
                #expect(sequences == sequences.sorted() && Set(sequences).count == rounds)
                finished.set(sequences)
            }
        }
        while finished.count < threads { Thread.sleep(forTimeInterval: 0.002) }
        let cost = try #require(service.cost())
        #expect(cost.events == threads * rounds)
        #expect(cost.pence == Int128(5 * threads * rounds))
        service.engine.stop()
        let facts = try StoredCommit.all(in: memory).flatMap(\.facts)
        #expect(facts.count == 2 + 7 * threads * rounds)
    }

    @Test("with the same event book it once, and all the others are told that it is a duplicate")
    func sameEvent() throws {
        let service = try Service(MemoryStorage())
        try service.book(Facts.commissioner())
        let threads = 16
        let outcomes = Promise<Outcome?>()
        let posted = Promise<Void>()
        let start = Gate()
        start.close()
        for _ in 0..<threads {
            Thread.detachNewThread {
                start.pass()
                let outcome = service.submit([Facts.event("same")]).outcomes?.first
                if outcome == .posted(isUnattributed: false) { posted.set(()) } else { #expect(outcome == .duplicate) }
                outcomes.set(outcome)
            }
        }
        start.open()
        while outcomes.count < threads { Thread.sleep(forTimeInterval: 0.002) }
        #expect(posted.count == 1)
        #expect(service.eventCount() == 1)
        service.engine.stop()
    }
}
