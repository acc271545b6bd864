import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import Glibc
import Testing

@testable import ChequebookEngine

@Suite("A ledger with checkpoints")
struct CheckpointTests {
    private static func open(_ storage: any Storage, usesCheckpoints: Bool = true, bytesMin: Int) throws -> LedgerCore {
        try LedgerCore.open(
            storage: storage, configuration: Workload.configuration, form: nil, newIdentity: Service.identity,
            now: TestClock.start, usesCheckpoints: usesCheckpoints, checkpointBytesMin: bytesMin)
    }

    private static func checkpoints(_ storage: MemoryStorage) -> [String] {
        storage.names().filter { $0.hasSuffix(".checkpoint") }.sorted()
    }

    /// A ledger of a random workload with a checkpoint every few commits.
    private static func ledger(seed: UInt64, commits: Int = 120) throws -> MemoryStorage {
        let memory = MemoryStorage()
        let core = try open(memory, bytesMin: 40_000)
        var workload = Workload(seed: seed)
        for _ in 0..<commits { try core.commit(workload.commit(), at: TestClock.start) }
        try core.journal.close()
        return memory
    }

    /// Expects that two ways of opening come to the same ledger, to the byte of its image.
    private static func expectSame(_ storage: MemoryStorage, unusable: Int = 0) throws {
        let (short, long) = (
            try open(storage.copy(), bytesMin: .max), try open(storage.copy(), usesCheckpoints: false, bytesMin: .max)
        )
        #expect(short.report.unusableCheckpoints.count == unusable)
        #expect(short.report.lastSequence == long.report.lastSequence)
        #expect(short.ledger.image().firstDifference(from: long.ledger.image()) == nil)
        #expect(try short.ledger.reconciliation(Facts.year) == long.ledger.reconciliation(Facts.year))
        #expect(long.report.checkpointSequence == nil)
    }

    @Test("begins with the newest and comes to what the whole journal comes to", arguments: Array(UInt64(1)...8))
    func same(seed: UInt64) throws {
        let memory = try Self.ledger(seed: seed)
        #expect(Self.checkpoints(memory).count == 2)
        try Self.expectSame(memory)
        let core = try Self.open(memory, bytesMin: .max)
        let newest = try #require(Self.checkpoints(memory).last)
        #expect(newest.contains("\(try #require(core.report.checkpointSequence)).checkpoint"))
        #expect(core.report.records < core.report.lastSequence)
    }

    @Test("goes on from one as if it had never ended, and makes more", arguments: Array(UInt64(1)...4))
    func goesOn(seed: UInt64) throws {
        let memory = MemoryStorage()
        let twin = try Self.open(MemoryStorage(), usesCheckpoints: false, bytesMin: .max)
        var workload = Workload(seed: seed)
        for _ in 0..<4 {
            let core = try Self.open(memory, bytesMin: 40_000)
            for _ in 0..<60 {
                let facts = workload.commit()
                #expect(
                    try core.commit(facts, at: TestClock.start) == (try twin.commit(facts, at: TestClock.start)))
            }
            try core.journal.close()
            #expect(core.ledger.image().firstDifference(from: twin.ledger.image()) == nil)
        }
    }

    @Test("falls back to the one before a damaged one, then to the journal alone, and says so")
    func damaged() throws {
        let memory = try Self.ledger(seed: 1)
        var names = Self.checkpoints(memory)
        var unusable = 0
        while let name = names.popLast() {
            var bytes = try #require(memory.contents(of: name))
            bytes[bytes.count / 2] ^= 1
            memory.replace(name, with: bytes)
            unusable += 1
            try Self.expectSame(memory, unusable: unusable)
            let core = try Self.open(memory.copy(), bytesMin: .max)
            #expect(core.report.unusableCheckpoints[unusable - 1].hasPrefix(name))
            #expect(core.report.checkpointSequence.map { $0 > 0 } == (names.isEmpty ? nil : true))
        }
    }

    @Test("is never ahead of its journal: a start is refused when commits are missing that a checkpoint has")
    func ahead() throws {
        let memory = try Self.ledger(seed: 2)
        let segments = memory.names().filter { $0.hasSuffix(".segment") }.sorted()
        #expect(segments.count > 1)
        for segment in segments.dropFirst() { try memory.remove(segment) }
        // Else the note of a clean end would tell as well.
        try memory.remove("closed")
        let error = #expect(throws: JournalError.self) { try Self.open(memory, bytesMin: .max) }
        #expect("\(try #require(error))".contains("which a checkpoint stands for"))
    }

    @Test(
        "tells when one could not be made, keeps serving, and makes the next",
        arguments: [EIO, ENOSPC, EDQUOT, ENOMEM], [1, 2])
    func failing(code: Int32, occurrence: Int) throws {
        let memory = MemoryStorage()
        // A checkpoint has two steps: it is begun, and it is finished.
        let fault = FaultyStorage.Fault(.capture, occurrence: occurrence, code: code)
        let core = try Self.open(FaultyStorage(memory, faults: [fault]), bytesMin: 1)
        try core.commit([Facts.commissioner()], at: TestClock.start)
        #expect(core.checkpoints.told().failure?.contains("errno \(code)") == true)
        #expect(Self.checkpoints(memory).isEmpty)
        for number in 0..<8 {
            let outcomes = try core.commit([Facts.event("e-\(number)")], at: TestClock.start)
            #expect(outcomes == [.posted(isUnattributed: false)])
        }
        #expect(core.checkpoints.told().failure == nil)
        #expect(core.checkpoints.told().lastSequence.map { $0 > 2 } == true)
        #expect(!Self.checkpoints(memory).isEmpty)
    }

    @Test("of an engine are made while it serves, and by the time it has stopped they are whole")
    func engine() throws {
        let memory = MemoryStorage()
        let engine = Engine(configuration: Service.small, checkpointBytesMin: 10_000)
        let opened = Promise<Bool>()
        engine.start(storage: { memory }, form: nil, newIdentity: Service.identity, opened: { _ in opened.set(true) })
        #expect(opened.wait() == true)
        for number in 0..<20 {
            let receipt = Receipt()
            #expect(engine.submit(Service.submission([Facts.event("e-\(number)", nil)], receipt)) == .admitted)
            #expect(receipt.outcomes == [.posted(isUnattributed: true)])
        }
        engine.stop()
        #expect(Self.checkpoints(memory).count == 2)
        #expect(engine.checkpointState.lastSequence.map { $0 > 10 } == true)
        try Self.expectSame(memory)
    }
}
