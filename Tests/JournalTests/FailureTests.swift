import ChequebookJournal
import Glibc
import Testing

@Suite("A storage that failed once is not believed again")
struct FailureTests {
    /// The write and the sync of the first header page come before those of the first commit.
    private func open(_ memory: MemoryStorage, _ faults: FaultyStorage.Fault...) throws -> (
        OpenedJournal, FaultyStorage
    ) {
        let faulty = FaultyStorage(memory, faults: faults)
        return (try OpenedJournal(faulty), faulty)
    }

    @Test(
        "after a failed sync nothing is taken, no sync is tried again, and the first reason is told each time",
        arguments: [EIO, ENOSPC, EDQUOT])
    func failedSync(code: Int32) throws {
        let memory = MemoryStorage()
        let (opened, faulty) = try open(memory, .init(.sync, occurrence: 3, code: code))
        try opened.append([[1]])
        let reason = StorageError.failed(operation: .sync, name: Fixture.firstSegment, code: code)
        #expect(journalError { try opened.append([[2]]) } == .storage(reason))
        #expect(opened.journal.failure == reason)
        let syncs = faulty.count(of: .sync)
        for _ in 0..<3 { #expect(journalError { try opened.append([[3]]) } == .failed(reason)) }
        try opened.journal.close()
        #expect(faulty.count(of: .sync) == syncs)
        #expect(opened.journal.lastSequence == 1)
        var generator = SeededGenerator(seed: 3)
        let records = try OpenedJournal(memory.crash(using: &generator)).records
        #expect(records == [[1]] || records == [[1], [2]])
    }

    @Test(
        "a write that ends in the middle leaves a tail that the next start cuts", arguments: [0, 1, 63, 64, 600, 4095],
        [ENOSPC, EDQUOT])
    func shortWrite(bytesWritten: Int, code: Int32) throws {
        let memory = MemoryStorage()
        let (opened, _) = try open(memory, .init(.write, occurrence: 3, code: code, bytesWritten: bytesWritten))
        try opened.append([[1]])
        let reason = StorageError.failed(operation: .write, name: Fixture.firstSegment, code: code)
        #expect(journalError { try opened.append([[2]]) } == .storage(reason))
        #expect(journalError { try opened.append([[3]]) } == .failed(reason))
        let again = try OpenedJournal(memory)
        #expect(again.records == [[1]])
        #expect((again.report.tornTail == nil) == (bytesWritten == 0))
        try again.append([[4]])
        #expect(try OpenedJournal(memory).records == [[1], [4]])
    }

    @Test(
        "a disk with no room for the next segment fails the append that needed it, and loses nothing",
        arguments: [ENOSPC, EDQUOT])
    func fullDisk(code: Int32) throws {
        let memory = MemoryStorage()
        let (opened, _) = try open(memory, .init(.create, occurrence: 2, code: code, thereafter: true))
        for value in UInt8(1)...3 { try opened.append([[value]]) }
        let next = "00000000000000000004.segment"
        #expect(memory.names() == [Fixture.firstSegment])
        let reason = StorageError.failed(operation: .create, name: next, code: code)
        #expect(journalError { try opened.append([[4]]) } == .storage(reason))
        #expect(Set(memory.names()) == [Fixture.firstSegment, next + ".new"])
        let again = try OpenedJournal(memory)
        #expect(again.records == [[1], [2], [3]])
        try again.append([[4]])
        #expect(Set(memory.names()) == [Fixture.firstSegment, next])
    }

    @Test("what a process wrote and never synced is durable before the next one serves it")
    func unsyncedCommitIsWrittenAgain() throws {
        let memory = MemoryStorage()
        let (opened, _) = try open(memory, .init(.sync, occurrence: 2, code: EIO, thereafter: true))
        #expect(journalError { try opened.append([[1]]) } != nil)
        #expect(try OpenedJournal(memory).records == [[1]])
        for seed in UInt64(0)..<50 {
            var generator = SeededGenerator(seed: seed)
            #expect(try OpenedJournal(memory.crash(using: &generator)).records == [[1]])
        }
    }

    @Test("an error while opening names the operation and the file")
    func failedOpening() throws {
        let memory = MemoryStorage()
        try OpenedJournal(memory).append([[1]])
        for operation in [StorageOperation.list, .open, .size, .read, .write, .sync] {
            let error = journalError { _ = try open(memory, .init(operation, occurrence: 1, code: EIO)) }
            let name = operation == .list ? "" : Fixture.firstSegment
            #expect(error == .storage(.failed(operation: operation, name: name, code: EIO)))
        }
    }
}
