import ChequebookJournal
import Glibc
import Testing

@Suite("A journal that was closed has nothing torn")
struct ClosedTests {
    private let segment = Fixture.firstSegment
    private let closed = "closed"

    /// Two commits of one page each behind the header page, closed.
    private func closedJournal() throws -> (MemoryStorage, JournalHead) {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        try opened.append([[1]])
        let head = try opened.append([[2, 2]]).head
        try opened.journal.close()
        return (memory, head)
    }

    private func refusal(
        _ memory: MemoryStorage, _ name: String, change: (inout [UInt8]) -> Void
    ) throws -> JournalError? {
        let changed = memory.copy()
        var bytes = try #require(memory.contents(of: name))
        change(&bytes)
        changed.replace(name, with: bytes)
        let refusal = journalError { _ = try OpenedJournal(changed) }
        if refusal != nil { #expect(changed.contents(of: name) == bytes) }
        return refusal
    }

    @Test("and has no commit in its last segment takes one there, also where the file was cut short")
    func emptyAndShort() throws {
        let memory = MemoryStorage()
        try OpenedJournal(memory).journal.close()
        let page = try #require(memory.contents(of: Fixture.firstSegment)).prefix(Fixture.pageBytes)
        memory.replace(Fixture.firstSegment, with: Array(page))
        let opened = try OpenedJournal(memory)
        #expect(opened.report.wasClosed)
        try opened.append([[1]])
        try opened.append([[2]])
        try opened.journal.close()
        #expect(try OpenedJournal(memory).records == [[1], [2]])
    }

    @Test("closing leaves the head in a file, in the form that verify takes")
    func marker() throws {
        let (memory, head) = try closedJournal()
        #expect(memory.contents(of: closed) == Array("\(head)\n".utf8))
        #expect(head.sequence == 2)
    }

    @Test("opening it writes nothing, and closing it again neither")
    func quiet() throws {
        let (memory, head) = try closedJournal()
        let faulty = FaultyStorage(memory, faults: [])
        let opened = try OpenedJournal(faulty)
        #expect(opened.report.wasClosed)
        #expect(opened.journal.head == head)
        try opened.journal.close()
        for operation in [StorageOperation.write, .sync, .create, .remove] { #expect(faulty.count(of: operation) == 0) }
        #expect(memory.contents(of: closed) != nil)
    }

    @Test("the file is gone before the first write of the next run, and comes back with its end")
    func nextRun() throws {
        let (memory, head) = try closedJournal()
        let opened = try OpenedJournal(memory)
        #expect(memory.contents(of: closed) != nil)
        try opened.append([[3]])
        #expect(memory.contents(of: closed) == nil)
        #expect(try !OpenedJournal(memory.copy()).report.wasClosed)
        try opened.journal.close()
        #expect(memory.contents(of: closed) == Array("\(opened.journal.head)\n".utf8))
        #expect(opened.journal.head.sequence == head.sequence + 1)
        #expect(try OpenedJournal(memory).records == [[1], [2, 2], [3]])
    }

    @Test("a commit that is refused for its records leaves the file where it is")
    func refusedCommit() throws {
        let (memory, _) = try closedJournal()
        let opened = try OpenedJournal(memory)
        #expect(journalError { _ = try opened.journal.append([], recordedAtMicroseconds: 99) } == .emptyCommit)
        #expect(memory.contents(of: closed) != nil)
    }

    @Test("what looks torn is damage, at every sector and at every cut, and is left as it is")
    func noTornTail() throws {
        let (memory, _) = try closedJournal()
        for sector in stride(from: 8192, to: 12_288, by: 512) {
            let refusal = try refusal(memory, segment) {
                $0.replaceSubrange(sector..<sector + 512, with: repeatElement(0, count: 512))
            }
            guard case .damaged(let found) = refusal else {
                Issue.record("a lost sector at \(sector) was taken")
                continue
            }
            #expect((found.name, found.byteOffset) == (segment, 8192))
        }
        for end in stride(from: 8193, to: 12_288, by: 37) {
            let refusal = try refusal(memory, segment) { $0.removeLast($0.count - end) }
            guard case .damaged(let found) = refusal else {
                Issue.record("a file cut at \(end) was taken")
                continue
            }
            #expect((found.name, found.byteOffset) == (segment, 8192))
        }
        try #require(memory.contents(of: closed) != nil)
        try memory.remove(closed)
        #expect(try refusal(memory, segment) { $0.removeLast($0.count - 9000) } == nil)
    }

    @Test("a last commit that is gone without a trace is missed, and so are all of them")
    func missingCommits() throws {
        let (memory, head) = try closedJournal()
        #expect(
            try refusal(memory, segment) { $0.removeLast($0.count - 8192) }
                == damage(segment, at: 8192, .commits(to: head)))
        #expect(
            try refusal(memory, segment) { $0.removeLast($0.count - 4096) }
                == damage(segment, at: 4096, .commits(to: head)))
        #expect(
            try refusal(memory, segment) { $0.removeLast($0.count - 300) } == damage(segment, at: 0, .segmentHeader))
        let gone = memory.copy()
        try gone.remove(segment)
        #expect(journalError { _ = try OpenedJournal(gone) } == damage(segment, at: 0, .commits(to: head)))
        #expect(gone.names() == [closed])
    }

    @Test("a file that does not agree with the journal is damage, whatever its disagreement")
    func disagreement() throws {
        let (memory, head) = try closedJournal()
        let opened = try OpenedJournal(memory.copy())
        let other = try opened.append([[3]]).head
        let before = opened.heads[0]
        #expect(
            try refusal(memory, closed) { $0 = Array("\(before)\n".utf8) } == damage(closed, at: 0, .closed(at: head)))
        #expect(
            try refusal(memory, closed) { $0 = Array("\(other)\n".utf8) }
                == damage(segment, at: 12_288, .commits(to: other)))
        let forged = JournalHead(sequence: head.sequence, hash: other.hash)
        #expect(
            try refusal(memory, closed) { $0 = Array("\(forged)\n".utf8) } == damage(closed, at: 0, .closed(at: head)))
        for index in "\(head)\n".utf8.indices.enumerated().map(\.offset) {
            for bit in [UInt8(1), 0x20, 0x80] {
                guard case .damaged = try refusal(memory, closed, change: { $0[index] ^= bit }) else {
                    Issue.record("a marker with byte \(index) changed was taken")
                    continue
                }
            }
        }
        for text in ["", "\(head)", "\(head)\n\n", " \(head)\n", "0\(head)\n"] {
            #expect(try refusal(memory, closed) { $0 = Array(text.utf8) } == damage(closed, at: 0, .anyHead))
        }
    }

    @Test("a journal that failed is not marked as closed, and an empty one may be")
    func failedAndEmpty() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(FaultyStorage(memory, faults: [.init(.sync, occurrence: 2, code: EIO)]))
        #expect(journalError { try opened.append([[1]]) } != nil)
        try opened.journal.close()
        #expect(memory.contents(of: closed) == nil)
        let empty = MemoryStorage()
        try OpenedJournal(empty).journal.close()
        #expect(empty.contents(of: closed) != nil)
        try OpenedJournal(empty.copy()).append([[1]])
        // Of another size it is begun again, for which the file has to go.
        let larger = JournalConfiguration(segmentBytesMax: 64 * 4096, commitBytesMax: 32 * 4096)
        let record = [UInt8](repeating: 5, count: 60_000)
        try OpenedJournal(empty, configuration: larger).append([record, record])
        #expect(try OpenedJournal(empty, configuration: larger).records == [record, record])
    }
}

@Suite("A crash at every single call of closing and opening again")
struct ClosedCrashTests {
    private static let operations: [StorageOperation] = [.list, .open, .size, .read, .write, .sync, .create, .remove]

    /// Opens, appends, closes, three times over. What was acknowledged goes to `acknowledged`, in order.
    private static func run(_ storage: any Storage, _ acknowledged: inout [[UInt8]]) throws {
        for start in UInt8(0)..<3 {
            let opened = try OpenedJournal(storage)
            for number in UInt8(1)...2 {
                let record = [10 * start + number]
                try opened.append([record])
                acknowledged.append(record)
            }
            try opened.journal.close()
        }
    }

    @Test("loses nothing acknowledged and is never taken for damage", arguments: operations)
    func everyCall(_ operation: StorageOperation) throws {
        var all: [[UInt8]] = []
        let counting = FaultyStorage(MemoryStorage(), faults: [])
        try Self.run(counting, &all)
        var crashes = 0
        for occurrence in 1...max(1, counting.count(of: operation)) where counting.count(of: operation) > 0 {
            for bytesWritten in operation == .write ? [0, 700, 4096] : [0] {
                let disk = MemoryStorage()
                var acknowledged: [[UInt8]] = []
                let fault = FaultyStorage.Fault(
                    operation, occurrence: occurrence, code: EIO, bytesWritten: bytesWritten, thereafter: true)
                let error = journalError { try Self.run(FaultyStorage(disk, faults: [fault]), &acknowledged) }
                guard case .storage(.failed(_, _, EIO)) = error else {
                    Issue.record("\(operation) \(occurrence): \(String(describing: error))")
                    continue
                }
                crashes += 1
                for seed in UInt64(0)..<4 {
                    var generator = SeededGenerator(seed: seed)
                    let left = seed == 0 ? disk.copy() : disk.crash(using: &generator)
                    let opened = try OpenedJournal(left)
                    let underWay = all.dropFirst(acknowledged.count).first
                    #expect(
                        opened.records == acknowledged || opened.records == acknowledged + [underWay].compactMap { $0 },
                        "\(operation) \(occurrence)")
                    try opened.append([[99]])
                    try opened.journal.close()
                    #expect(try OpenedJournal(left).report.wasClosed)
                }
            }
        }
        #expect(crashes > 0 || [.list, .open].contains(operation) && counting.count(of: operation) == 0)
    }
}
