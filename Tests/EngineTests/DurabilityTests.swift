import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Foundation
import Glibc
import Testing

@Suite("What is seen and answered is on disk")
struct DurabilityTests {
    @Test("until the sync is done nobody is answered and every question sees what was there before; then both")
    func nothingBeforeSync() throws {
        let storage = GatedStorage(MemoryStorage())
        let service = try Service(storage)
        try service.book(Facts.commissioner(), Facts.event("e-1"))
        let published = service.engine.published
        let index = try #require(published.index(of: Facts.home))
        let (sequence, edition) = (published.sequence, published.edition(index))

        storage.syncs.close()
        let receipt = service.submit([Facts.event("e-2"), Facts.commissioner(Facts.other)])
        #expect(storage.syncs.isReached())
        #expect(service.eventCount() == 1)
        #expect(service.eventCount(Facts.other) == nil)
        #expect(published.sequence == sequence)
        #expect(published.edition(index) == edition)
        #expect(published.index(of: Facts.other) == nil)
        #expect(receipt.count == 0)

        storage.syncs.open()
        #expect(receipt.outcomes == [.posted(isUnattributed: false), .created])
        #expect(service.eventCount() == 2)
        #expect(service.eventCount(Facts.other) == 0)
        #expect(published.sequence == sequence + 2)
        #expect(published.edition(index) > edition)
        #expect(receipt.count == 1)
        service.engine.stop()
    }

    @Test("what waits while the disk is busy shares one sync")
    func groupCommit() throws {
        let faulty = FaultyStorage(MemoryStorage(), faults: [])
        let storage = GatedStorage(faulty)
        let service = try Service(storage)
        try service.book(Facts.commissioner())
        storage.syncs.close()
        let first = service.submit([Facts.event("first")])
        #expect(storage.syncs.isReached())
        let before = faulty.count(of: .sync)
        let rest = (0..<50).map { service.submit([Facts.event("e-\($0)")]) }
        storage.syncs.open()
        for receipt in [first] + rest { #expect(receipt.outcomes == [.posted(isUnattributed: false)]) }
        #expect(faulty.count(of: .sync) == before + 2)
        service.engine.stop()
    }

    @Test("a failed sync: everybody who waits is told, nothing more is taken, what was durable is still served")
    func failedSync() throws {
        func start(_ faults: [FaultyStorage.Fault]) throws -> (Service, FaultyStorage, GatedStorage, MemoryStorage) {
            let memory = MemoryStorage()
            let faulty = FaultyStorage(memory, faults: faults)
            let gated = GatedStorage(faulty)
            // Three records in a commit, so that those who wait are in several.
            let configuration = JournalConfiguration(
                segmentBytesMax: 256 << 10, commitBytesMax: 64 << 10, recordsInCommitMax: 3)
            let service = try Service(gated, configuration: configuration)
            try service.book(Facts.commissioner(), Facts.event("e-0"))
            return (service, faulty, gated, memory)
        }
        let (dry, counted, _, _) = try start([])
        dry.engine.stop()
        // Closing syncs once more, which the engine that is to fail has not yet done.
        let syncs = counted.count(of: .sync) - 1

        let (service, faulty, gated, memory) = try start([.init(.sync, occurrence: syncs + 1, code: EIO)])
        gated.syncs.close()
        let first = service.submit([Facts.event("e-1")])
        #expect(gated.syncs.isReached())
        let rest = (0..<10).map { service.submit([Facts.event("w-\($0)")]) }
        gated.syncs.open()
        for receipt in [first] + rest { #expect(receipt.notBooked == .journalFailed) }
        #expect([first.count] + rest.map(\.count) == Array(repeating: 1, count: 11))

        #expect(service.engine.isReadOnly)
        guard case .readOnly(let reason) = service.engine.state else { return }
        #expect(reason.contains("sync"))
        #expect(service.engine.submit(Service.submission([Facts.event("late")], Receipt())) == .unavailable)
        #expect(service.eventCount() == 1)
        #expect(faulty.count(of: .sync) == syncs + 1)
        service.engine.stop()
        #expect(service.engine.state == .stopped)

        // The commit whose sync failed may be there or not; nothing behind it is.
        let again = try Service(memory)
        let events = try #require(again.eventCount())
        #expect([1, 2].contains(events))
        #expect(try again.book(Facts.event("w-0")) == [.posted(isUnattributed: false)])
        again.engine.stop()
    }

    @Test("stop books what waits, even when the ledger is behind and must read records back")
    func stopBooksWhatWaits() throws {
        let memory = MemoryStorage()
        let storage = GatedStorage(memory)
        let service = try Service(storage)
        try service.book(Facts.commissioner(), Facts.event("e-1"))

        let ledger = Gate()
        ledger.close()
        #expect(service.engine.ask { _ in ledger.pass() })
        #expect(ledger.isReached())
        storage.syncs.close()
        // A repeat can be told from a conflict only by reading the first one back.
        let receipts = [service.submit([Facts.event("e-1")]), service.submit([Facts.event("e-1", pence: 7)])]
        #expect(storage.syncs.isReached())
        let stopped = Promise<Void>()
        Thread.detachNewThread {
            service.engine.stop()
            stopped.set(())
        }
        var late: [Receipt] = []
        var admission = Engine.Admission.admitted
        while admission == .admitted {
            late.append(Receipt())
            admission = service.engine.submit(Service.submission([Facts.event("e-1")], late[late.count - 1]))
        }
        #expect(admission == .unavailable)
        storage.syncs.open()
        // Time enough for a journal that does not wait for the ledger to close under it.
        Thread.sleep(forTimeInterval: 0.05)
        #expect(stopped.count == 0)
        ledger.open()
        #expect(receipts[0].outcomes == [.duplicate])
        #expect(receipts[1].outcomes == [.refused(.conflictingDuplicate)])
        for receipt in late.dropLast() { #expect(receipt.outcomes == [.duplicate]) }
        #expect(stopped.wait() != nil)
        #expect(service.engine.state == .stopped)
        #expect(!service.engine.ask { _ in Issue.record("asked after the end") })
        #expect(try StoredCommit.all(in: memory).flatMap(\.facts).count == 4 + late.count)
    }
}
