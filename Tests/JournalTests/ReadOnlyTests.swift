import ChequebookJournal
import Glibc
import Testing

@Suite("A journal that is opened to be read only")
struct ReadOnlyTests {
    private let segment = Fixture.firstSegment

    private func read(_ storage: any Storage) throws -> (
        journal: Journal, report: RecoveryReport, records: [[UInt8]]
    ) {
        var records: [[UInt8]] = []
        let (journal, report) = try Journal.open(
            storage: storage, configuration: Fixture.small, ledgerIdentity: Fixture.identity, access: .readOnly
        ) { batch in
            records += OpenedJournal.commit(batch).records
        }
        return (journal, report, records)
    }

    /// Every file with its bytes.
    private func contents(_ memory: MemoryStorage) -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: memory.names().map { ($0, memory.contents(of: $0) ?? []) })
    }

    @Test("gives every commit, the head and single records, and changes no byte")
    func sound() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        var positions: [JournalPosition] = []
        for value in UInt8(1)...5 { try opened.append([[value]]).forEachRecord { positions.append($0.position) } }
        memory.replace("00000000000000000009.segment.new", with: [1])
        let before = contents(memory)
        let faulty = FaultyStorage(memory, faults: [])
        let found = try read(faulty)
        #expect(found.records == [[1], [2], [3], [4], [5]])
        #expect(found.journal.head == opened.journal.head)
        #expect(try found.journal.reader.read(positions[3]) { Array($0.payload) } == [4])
        let batch = Fixture.batch([[6]])
        #expect(journalError { _ = try found.journal.append([batch], recordedAtMicroseconds: 99) } == .readOnly)
        try found.journal.close()
        #expect(contents(memory) == before)
        for operation in [StorageOperation.write, .sync, .create, .remove] { #expect(faulty.count(of: operation) == 0) }
    }

    @Test("tells of a torn tail, a torn header page and an empty ledger, and leaves them")
    func torn() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        try opened.append([[1]])
        try opened.append([[2]])
        let bytes = try #require(memory.contents(of: segment))
        for (end, records, offset) in [(9000, [[1]], 8192), (300, [], 0)] as [(Int, [[UInt8]], UInt64)] {
            memory.replace(segment, with: Array(bytes[..<end]))
            let before = contents(memory)
            let found = try read(memory)
            #expect(found.records == records)
            #expect(found.report.tornTail?.byteOffset == offset)
            #expect(found.report.tornTail?.keptIn == nil)
            #expect(contents(memory) == before)
        }
        let empty = MemoryStorage()
        #expect(try read(empty).journal.head.sequence == 0)
        #expect(empty.names() == [])
    }

    @Test("of a directory shares it with others who read, makes nothing, and keeps out who writes")
    func directory() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/ledger"
        #expect(throws: StorageError.failed(operation: .open, name: path, code: ENOENT)) {
            _ = try FileStorage(path: path, access: .readOnly)
        }
        #expect(access(path, F_OK) != 0)
        var writer: FileStorage? = try FileStorage(path: path)
        let journal = try OpenedJournal(#require(writer)).journal
        #expect(throws: StorageError.inUse(name: path, processID: getpid())) {
            _ = try FileStorage(path: path, access: .readOnly)
        }
        try journal.close()
        writer = nil
        let reader = try FileStorage(path: path, access: .readOnly)
        let other = try FileStorage(path: path, access: .readOnly)
        #expect(try read(reader).records == read(other).records)
        #expect(throws: StorageError.self) { _ = try FileStorage(path: path) }
        #expect(throws: StorageError.failed(operation: .create, name: "a", code: EROFS)) {
            _ = try reader.create("a", byteCount: 1)
        }
        #expect(throws: StorageError.failed(operation: .remove, name: segment, code: EROFS)) {
            try reader.remove(segment)
        }
        let file = try reader.open(segment)
        #expect(throws: StorageError.failed(operation: .write, name: segment, code: EBADF)) {
            try [UInt8(1)].withUnsafeBytes { try file.write($0, at: 0) }
        }
    }
}
