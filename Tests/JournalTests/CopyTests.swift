import ChequebookJournal
import Glibc
import Testing

@Suite("A copy of a journal")
struct CopyTests {
    private static let marker = ".backup"

    /// A journal of `count` commits of one to three records, over several segments.
    private static func journal(_ count: Int, in memory: MemoryStorage, seed: UInt64 = 1) throws -> OpenedJournal {
        var generator = SeededGenerator(seed: seed)
        let opened = try OpenedJournal(memory)
        if !memory.names().contains(LedgerIdentity.fileName) { try Fixture.identity.store(in: memory) }
        for _ in 0..<count {
            let records = (0..<Int.random(in: 1...3, using: &generator)).map { _ in generator.record(bytesMax: 1500) }
            try opened.append(records)
        }
        return opened
    }

    /// Everything that a journal has, and where.
    private struct Contents: Equatable {
        var commits: [OpenedJournal.Commit] = []
        var positions: [JournalPosition] = []
        var head: JournalHead

        init(of storage: any Storage) throws {
            var commits: [OpenedJournal.Commit] = []
            var positions: [JournalPosition] = []
            let (journal, _) = try Journal.open(
                storage: storage, configuration: Fixture.small, ledgerIdentity: Fixture.identity, access: .readOnly
            ) { batch in
                commits.append(OpenedJournal.commit(batch))
                batch.forEachRecord { positions.append($0.position) }
            }
            (self.commits, self.positions, head) = (commits, positions, journal.head)
        }
    }

    @discardableResult
    private static func copy(
        _ source: any Storage, to target: any Storage, _ purpose: JournalCopy.Purpose = .backup,
        pause: () -> Void = {}
    ) throws -> JournalCopy.Report {
        try JournalCopy.run(
            from: source, to: target, purpose: purpose, ledgerIdentity: Fixture.identity, pause: pause)
    }

    private static func segments(_ memory: MemoryStorage) -> [String] {
        memory.names().filter { $0.hasSuffix(".segment") }.sorted()
    }

    @Test("has every commit in its place, with the same chain, and no space that was never used")
    func same() throws {
        let memory = MemoryStorage()
        let opened = try Self.journal(40, in: memory)
        let backup = MemoryStorage()
        let report = try Self.copy(memory, to: backup)
        #expect(report.commits == 40)
        #expect(report.head == opened.journal.head)
        #expect(try Contents(of: backup) == Contents(of: memory))
        #expect(Self.segments(backup) == Self.segments(memory) && Self.segments(backup).count > 3)
        for name in Self.segments(backup) {
            let bytes = try #require(backup.contents(of: name))
            #expect(bytes.last == 0xA5)
            #expect(try #require(memory.contents(of: name)).starts(with: bytes))
        }
    }

    @Test("of an empty ledger is empty, and is gone on with")
    func empty() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(0, in: memory)
        let backup = MemoryStorage()
        #expect(try Self.copy(memory, to: backup).head == nil)
        #expect(try Contents(of: backup).commits == [])
        _ = try Self.journal(2, in: memory)
        #expect(try Self.copy(memory, to: backup).commits == 2)
        #expect(try Contents(of: backup) == Contents(of: memory))
    }

    @Test("made again takes what is new and nothing twice, wherever in a segment it had ended")
    func incremental() throws {
        let memory = MemoryStorage()
        let backup = MemoryStorage()
        for count in [3, 1, 7, 0, 2, 12, 1] {
            _ = try Self.journal(count, in: memory, seed: UInt64(count) + 9)
            let written = FaultyStorage(backup, faults: [])
            let report = try Self.copy(memory, to: written)
            #expect(report.commits == count)
            #expect(try Contents(of: backup) == Contents(of: memory))
            #expect(backup.names().filter { $0.hasSuffix(Self.marker) }.count == 1)
            if count == 0 { #expect(written.count(of: .write) == 0) }
        }
    }

    @Test("to go on with is not written by anybody else")
    func notServed() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(3, in: memory)
        let backup = MemoryStorage()
        try Self.copy(memory, to: backup)
        #expect(journalError { _ = try OpenedJournal(backup) } == .isBackup)
    }

    @Test("goes nowhere where there is something else, and is not gone on with from another history")
    func refuses() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(5, in: memory)
        let other = MemoryStorage()
        _ = try Self.journal(5, in: other, seed: 2)
        let shorter = MemoryStorage()
        _ = try Self.journal(2, in: shorter)
        for purpose in [JournalCopy.Purpose.backup, .ledger, .repair] {
            #expect(journalError { try Self.copy(memory, to: other, purpose) } == .notEmpty)
            #expect(journalError { try Self.copy(memory, to: memory, purpose) } == .notEmpty)
        }
        let backup = MemoryStorage()
        try Self.copy(memory, to: backup)
        let before = try Contents(of: backup)
        for source in [other, shorter] {
            #expect(
                journalError { try Self.copy(source, to: backup) }
                    == .otherHistory(copiedSequence: before.head.sequence))
        }
        let error = journalError {
            _ = try JournalCopy.run(
                from: memory, to: backup, purpose: .backup, ledgerIdentity: Fixture.otherIdentity)
        }
        #expect(error == .otherHistory(copiedSequence: before.head.sequence))
        #expect(try Contents(of: backup) == before)
    }

    @Test("restored is a ledger with the same chain, closed, whose next commit begins a segment")
    func restored() throws {
        let memory = MemoryStorage()
        let opened = try Self.journal(9, in: memory)
        let backup = MemoryStorage()
        try Self.copy(memory, to: backup)
        let ledger = MemoryStorage()
        try Self.copy(backup, to: ledger, .ledger)
        #expect(ledger.contents(of: LedgerIdentity.fileName) == Fixture.identity.bytes)
        #expect(!ledger.names().contains { $0.hasSuffix(Self.marker) })
        let again = try OpenedJournal(ledger)
        #expect(again.report.wasClosed)
        #expect(again.journal.head == opened.journal.head)
        let batch = try again.append([[1]])
        #expect(Int(batch.end.segmentOrdinal) == Self.segments(memory).count + 1)
        try again.journal.close()
        #expect(try OpenedJournal(ledger).records == opened.records + memoryRecords(memory) + [[1]])
    }

    private func memoryRecords(_ memory: MemoryStorage) throws -> [[UInt8]] {
        try Contents(of: memory).commits.flatMap(\.records)
    }

    @Test("that a power cut ends at any call to its disk still reaches as far as before, and is then gone on with")
    func everyCall() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(6, in: memory)
        let base = MemoryStorage()
        try Self.copy(memory, to: base)
        let before = try Contents(of: base)
        _ = try Self.journal(9, in: memory, seed: 3)
        let after = try Contents(of: memory)
        var generator = SeededGenerator(seed: 4)
        for operation in [StorageOperation.create, .open, .write, .sync, .remove, .list] {
            var occurrence = 1
            while true {
                let disk = base.copy()
                let fault = FaultyStorage.Fault(
                    operation, occurrence: occurrence, code: EIO, bytesWritten: 700, thereafter: true)
                let faulty = FaultyStorage(disk, faults: [fault])
                let failed = journalError { try Self.copy(memory, to: faulty) }
                if faulty.count(of: operation) < occurrence { break }
                let found = disk.crash(using: &generator)
                let reached = try Contents(of: found)
                let count = reached.commits.count
                #expect(count >= before.commits.count, "\(operation) \(occurrence)")
                #expect(reached.commits == Array(after.commits.prefix(count)), "\(operation) \(occurrence)")
                #expect(failed != nil || reached == after, "\(operation) \(occurrence)")
                try Self.copy(memory, to: found)
                #expect(try Contents(of: found) == after, "\(operation) \(occurrence)")
                occurrence += 1
            }
            #expect(occurrence > 1)
        }
    }

    @Test("begun by an attempt that ended early is never a ledger, and is gone on with")
    func firstAttempt() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(15, in: memory)
        let after = try Contents(of: memory)
        for operation in [StorageOperation.create, .write, .sync] {
            for occurrence in 1...4 {
                let disk = MemoryStorage()
                let fault = FaultyStorage.Fault(operation, occurrence: occurrence, code: EIO, thereafter: true)
                #expect(journalError { try Self.copy(memory, to: FaultyStorage(disk, faults: [fault])) } != nil)
                if disk.names().contains(where: { $0.hasSuffix(".segment") }) {
                    #expect(journalError { _ = try OpenedJournal(disk) } == .isBackup)
                }
                try Self.copy(memory, to: disk)
                #expect(try Contents(of: disk) == after)
            }
        }
    }

    @Test("has nothing that the source could still lose in a power cut")
    func sourceIsSynced() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(5, in: memory)
        // The first sync comes before the last segment is read, the second behind its last commit.
        for occurrence in 1...2 {
            let fault = FaultyStorage.Fault(.sync, occurrence: occurrence, code: EIO)
            let backup = MemoryStorage()
            let source = FaultyStorage(memory, faults: [fault])
            let name = try #require(Self.segments(memory).last)
            let failed = StorageError.failed(operation: .sync, name: name, code: EIO)
            #expect(journalError { try Self.copy(source, to: backup) } == .storage(failed))
            #expect(try Contents(of: backup).commits.count < 5)
        }
    }

    @Test("tells a failure of its own disk from one of the source's")
    func whoseFailure() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(5, in: memory)
        let target = FaultyStorage(MemoryStorage(), faults: [FaultyStorage.Fault(.sync, occurrence: 1, code: EIO)])
        let failed = StorageError.failed(operation: .sync, name: Fixture.firstSegment, code: EIO)
        let error = journalError { try Self.copy(memory, to: target) }
        #expect(error == .copy(failed))
        #expect("\(JournalError.copy(failed))".hasPrefix("in the copy, "))
    }

    @Test("goes on where the writer begins a segment, archives one or takes a file away meanwhile")
    func changesMeanwhile() throws {
        let memory = MemoryStorage()
        let opened = try Self.journal(8, in: memory)
        try opened.journal.close()
        // The file that says that it is closed is listed, and gone before it is opened.
        let backup = MemoryStorage()
        let gone = FaultyStorage(memory, faults: [FaultyStorage.Fault(.open, occurrence: 1, code: ENOENT)])
        var pauses = 0
        try Self.copy(gone, to: backup) { pauses += 1 }
        #expect(pauses == 1)
        #expect(try Contents(of: backup) == Contents(of: memory))
        // The last segment is in work when it is read, and a later one is there when it is looked at again.
        let again = try Self.journal(1, in: memory, seed: 5)
        let name = try #require(Self.segments(memory).last)
        let whole = try #require(memory.contents(of: name))
        var half = whole
        let end = try #require(whole.lastIndex { $0 != 0 }) + 1
        half[end - 1] = 0x11
        memory.replace(name, with: half)
        pauses = 0
        try Self.copy(memory, to: backup) {
            pauses += 1
            memory.replace(name, with: whole)
            _ = try? Self.journal(6, in: memory, seed: 6)
        }
        #expect(pauses == 1)
        #expect(again.journal.head.sequence > 0)
        #expect(try Contents(of: backup) == Contents(of: memory))
    }

    @Test("of a source that is met in the middle of a write ends before that, or waits for its end")
    func beside() throws {
        let memory = MemoryStorage()
        let opened = try Self.journal(2, in: memory)
        let before = try Contents(of: memory)
        let batch = try opened.append([[UInt8](repeating: 7, count: 6000)])
        let name = try #require(Self.segments(memory).last)
        let whole = try #require(memory.contents(of: name))
        let end = Int(batch.end.byteOffset)
        let start = end - batch.frameByteCount
        for written in stride(from: 0, to: batch.frameByteCount, by: 256) {
            // Whole pages or not, what the writer has not reached is still zero.
            memory.replace(
                name,
                with: Array(whole[..<(start + written)]) + [UInt8](repeating: 0, count: whole.count - start - written))
            let backup = MemoryStorage()
            var pauses = 0
            try Self.copy(memory, to: backup) {
                pauses += 1
                memory.replace(name, with: whole)
            }
            let found = try Contents(of: backup)
            memory.replace(name, with: whole)
            #expect(pauses == 0 && found == before, "\(written)")
        }
        // The header is there and its sector is not.
        var half = whole
        half.replaceSubrange((start + 30)..<(start + 512), with: [UInt8](repeating: 0, count: 482))
        memory.replace(name, with: half)
        var pauses = 0
        let backup = MemoryStorage()
        try Self.copy(memory, to: backup) {
            pauses += 1
            memory.replace(name, with: whole)
        }
        #expect(pauses == 1)
        #expect(try Contents(of: backup) == Contents(of: memory))
    }

    @Test("of a source that is damaged says where, and keeps what it had")
    func damaged() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(4, in: memory)
        let backup = MemoryStorage()
        try Self.copy(memory, to: backup)
        let before = try Contents(of: backup)
        _ = try Self.journal(8, in: memory, seed: 7)
        let name = try #require(Self.segments(memory).last)
        let sound = try #require(memory.contents(of: name))
        var bytes = sound
        bytes[4096 + 100] ^= 1
        memory.replace(name, with: bytes)
        var pauses = 0
        let error = journalError { try Self.copy(memory, to: backup) { pauses += 1 } }
        guard case .damaged(let damage) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(damage.name == name && damage.byteOffset == 4096)
        // The first look comes to the place, and ten more find it as it was.
        #expect(pauses == 10)
        #expect(try Contents(of: backup).head.sequence >= before.head.sequence)
        memory.replace(name, with: sound)
        try Self.copy(memory, to: backup)
        #expect(try Contents(of: backup) == Contents(of: memory))
    }

    @Test("to repair has what is sound in front of a damaged place, and what is behind can be told by its headers")
    func repair() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        try Fixture.identity.store(in: memory)
        for value in UInt8(1)...9 { try opened.append([[value], [value, value]]) }
        // Three commits, each a page, are in a segment: the fifth is the second one of the second segment.
        let name = Self.segments(memory)[1]
        var bytes = try #require(memory.contents(of: name))
        bytes[2 * 4096 + 80] ^= 0x10
        memory.replace(name, with: bytes)
        let repaired = MemoryStorage()
        let report = try Self.copy(memory, to: repaired, .repair)
        let damage = try #require(report.damages.last)
        #expect(report.damages.count == 1)
        #expect(damage.name == name && damage.byteOffset == 8192)
        #expect(report.head?.sequence == 8)
        let remains = try Remains(in: memory, behind: damage, lastSequence: 8)
        #expect(remains.commits == 5 && remains.records == 10)
        #expect(remains.sequences == 9...18)
        #expect(remains.lastRecordedAtMicroseconds == 9)
        let ledger = try OpenedJournal(repaired)
        #expect(ledger.records == (UInt8(1)...4).flatMap { [[$0], [$0, $0]] })
        try ledger.append([[42]])
        try ledger.journal.close()
        #expect(try OpenedJournal(repaired).records.last == [42])
        #expect(memory.contents(of: name) == bytes)
    }

    @Test("to repair is whole where only the file that says how the ledger was closed is damaged")
    func repairClosed() throws {
        let memory = MemoryStorage()
        let opened = try Self.journal(6, in: memory)
        try opened.journal.close()
        let before = try Contents(of: memory)
        memory.replace("closed", with: [0x31, 0x30])
        #expect(journalError { _ = try Contents(of: memory) } != nil)
        let repaired = MemoryStorage()
        let report = try Self.copy(memory, to: repaired, .repair)
        #expect(report.damages.map(\.name) == ["closed"])
        #expect(try Contents(of: repaired) == before)
    }

    @Test("that was not finished is not served, and is begun again, wherever it ended")
    func unfinished() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(9, in: memory)
        for operation in [StorageOperation.create, .open, .write, .sync, .remove, .list] {
            var occurrence = 1
            while true {
                let disk = MemoryStorage()
                let fault = FaultyStorage.Fault(operation, occurrence: occurrence, code: EIO, thereafter: true)
                let faulty = FaultyStorage(disk, faults: [fault])
                let failed = journalError { try Self.copy(memory, to: faulty, .ledger) }
                if faulty.count(of: operation) < occurrence { break }
                #expect(failed != nil, "\(operation) \(occurrence)")
                if disk.names().contains(where: { $0.hasSuffix(".segment") }) {
                    #expect(journalError { _ = try OpenedJournal(disk) } == .isBackup, "\(operation) \(occurrence)")
                }
                try Self.copy(memory, to: disk, .ledger)
                #expect(try Contents(of: disk) == Contents(of: memory), "\(operation) \(occurrence)")
                #expect(journalError { try Self.copy(memory, to: disk, .ledger) } == .notEmpty)
                occurrence += 1
            }
            #expect(occurrence > 1 || operation == .open)
        }
    }

    @Test("whose marker is not what was written is refused")
    func marker() throws {
        let memory = MemoryStorage()
        _ = try Self.journal(3, in: memory)
        let backup = MemoryStorage()
        try Self.copy(memory, to: backup)
        let name = try #require(backup.names().first { $0.hasSuffix(Self.marker) })
        let text = try #require(backup.contents(of: name))
        let largest = Array("18446744073709551615".utf8) + text.drop { $0 != UInt8(ascii: ":") }
        backup.replace(name, with: largest)
        #expect(journalError { _ = try Contents(of: backup) } != nil)
        for index in text.indices {
            var changed = text
            changed[index] ^= 1
            backup.replace(name, with: changed)
            #expect(journalError { _ = try Contents(of: backup) } != nil, "\(index)")
            #expect(journalError { try Self.copy(memory, to: backup) } != nil, "\(index)")
        }
        backup.replace(name, with: text)
        #expect(try Contents(of: backup) == Contents(of: memory))
    }
}
