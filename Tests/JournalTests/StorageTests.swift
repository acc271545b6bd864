import ChequebookJournal
import Glibc
import Testing

@Suite("Each storage keeps the promises of Storage")
struct StorageTests {
    private func check(_ storage: any Storage) throws {
        let file = try storage.create("a", byteCount: 10_000)
        #expect(try file.byteCount() == 10_000)
        var bytes = [UInt8](repeating: 9, count: 10_001)
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) } == 10_000)
        #expect(bytes.dropLast().allSatisfy { $0 == 0 })
        try [1, 2, 3].withUnsafeBytes { try file.write(UnsafeRawBufferPointer($0), at: 9_999) }
        try file.sync()
        // What is not in memory is not given at all; what is given is right.
        var cached = [UInt8](repeating: 9, count: 10)
        let cachedCount = try cached.withUnsafeMutableBytes { try file.readCached(into: $0, at: 9_998) }
        #expect(cachedCount == nil || cachedCount == 10 && cached == [0, 1, 0, 0, 0, 0, 0, 0, 0, 2])
        try [UInt8]([5, 6]).withUnsafeBytes { try storage.create("b", holding: $0) }
        let again = try storage.open("b")
        #expect(try bytes.withUnsafeMutableBytes { try again.read(into: $0, at: 1) } == 1)
        #expect(bytes[0] == 6)
        #expect(try bytes.withUnsafeMutableBytes { try again.read(into: $0, at: 2) } == 0)
        #expect(throws: StorageError.failed(operation: .create, name: "b", code: EEXIST)) {
            _ = try storage.create("b", byteCount: 1)
        }
        #expect(try Set(storage.names()) == ["a", "b"])
        try storage.remove("b")
        #expect(throws: StorageError.failed(operation: .open, name: "b", code: ENOENT)) { _ = try storage.open("b") }
        #expect(throws: StorageError.failed(operation: .remove, name: "b", code: ENOENT)) { try storage.remove("b") }
        #expect(try storage.names() == ["a"])
    }

    @Test("a directory") func directory() throws {
        let directory = try TemporaryDirectory()
        try check(FileStorage(path: directory.path))
    }

    @Test("a memory") func memory() throws { try check(MemoryStorage()) }

    @Test("a storage whose faults are still to come") func faulty() throws {
        try check(FaultyStorage(MemoryStorage(), faults: [.init(.write, occurrence: 100, code: EIO)]))
    }

    @Test("a second opener is told who has the directory, and gets it when the first has gone")
    func twoOpeners() throws {
        let directory = try TemporaryDirectory()
        var first: FileStorage? = try FileStorage(path: directory.path)
        let journal = try OpenedJournal(#require(first)).journal
        let inUse = StorageError.inUse(name: directory.path, processID: getpid())
        #expect(throws: inUse) { _ = try FileStorage(path: directory.path) }
        first = nil
        #expect(throws: inUse) { _ = try FileStorage(path: directory.path) }
        try journal.close()
        _ = try FileStorage(path: directory.path)
    }

    @Test("a directory stays taken when its file lock is deleted or another one is put in its place")
    func lockDeleted() throws {
        let directory = try TemporaryDirectory()
        let first = try FileStorage(path: directory.path)
        #expect(unlink(directory.path + "/lock") == 0)
        #expect(throws: StorageError.inUse(name: directory.path, processID: nil)) {
            _ = try FileStorage(path: directory.path)
        }
        #expect(first.path == directory.path)
    }

    @Test("a directory whose parent is missing is an error that names it")
    func noParent() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/a/b"
        #expect(throws: StorageError.failed(operation: .open, name: path, code: ENOENT)) {
            _ = try FileStorage(path: path)
        }
    }

    @Test("a file that is made has all its bytes written, so that no sync rests on what a file system notes besides")
    func writtenNotReserved() throws {
        let directory = try TemporaryDirectory()
        let byteCount: UInt64 = (4 << 20) + 4_096
        _ = try FileStorage(path: directory.path).create("a", byteCount: byteCount)
        let descriptor = Glibc.open(directory.path + "/a", O_RDONLY)
        defer { close(descriptor) }
        // 4 is SEEK_HOLE: where the first byte is that was never written.
        #expect(lseek(descriptor, 0, 4) == off_t(byteCount))
    }

    @Test("a file that was prepared is the next of its size, full of zeros, and any other is made as ever")
    func prepared() throws {
        let directory = try TemporaryDirectory()
        let storage = try FileStorage(path: directory.path)
        storage.prepare(byteCount: 8_192)
        storage.prepare(byteCount: 8_192)
        #expect(try storage.names() == ["spare.new"])
        #expect(try storage.create("other", byteCount: 4_096).byteCount() == 4_096)
        #expect(try Set(storage.names()) == ["spare.new", "other"])
        #expect(throws: StorageError.failed(operation: .create, name: "other", code: EEXIST)) {
            try storage.create("other", byteCount: 8_192)
        }
        let file = try storage.create("next", byteCount: 8_192)
        #expect(file.name == "next")
        var bytes = [UInt8](repeating: 1, count: 9_000)
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) } == 8_192)
        #expect(bytes[..<8_192].allSatisfy { $0 == 0 })
        #expect(try Set(storage.names()) == ["next", "other"])
        #expect(try storage.create("after", byteCount: 8_192).byteCount() == 8_192)
    }

    @Test("a file that was prepared and not needed goes with the storage")
    func preparedInVain() throws {
        let directory = try TemporaryDirectory()
        var storage: FileStorage? = try FileStorage(path: directory.path)
        storage?.prepare(byteCount: 8_192)
        storage = nil
        #expect(try FileStorage(path: directory.path).names() == [])
    }

    @Test("what is settled is read from the disk, where a file system can tell")
    func settled() throws {
        let directory = try TemporaryDirectory()
        // A file system in memory has no disk to read from.
        guard try directory.fileSystem != "tmpfs" else { return }
        let file = try FileStorage(path: directory.path).create("a", byteCount: 1 << 20)
        var bytes = [UInt8](repeating: 7, count: 4_096)
        try bytes.withUnsafeBytes { try file.write($0, at: 8_192) }
        let count = bytes.count
        #expect(try bytes.withUnsafeMutableBytes { try file.readCached(into: $0, at: 8_192) } == count)
        try file.settle()
        #expect(try bytes.withUnsafeMutableBytes { try file.readCached(into: $0, at: 8_192) } == nil)
        bytes = [UInt8](repeating: 0, count: count)
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 8_192) } == count)
        #expect(bytes.allSatisfy { $0 == 7 })
    }

    @Test("an error says in words which file cannot be what, and why")
    func words() {
        let full = StorageError.failed(operation: .write, name: "a.segment", code: ENOSPC)
        #expect("\(full)" == "a.segment cannot be written: No space left on device (errno 28)")
        #expect("\(JournalError.failed(full))" == "\(full)")
        #expect("\(StorageError.inUse(name: "data", processID: 7))" == "data is in use by process 7")
        #expect("\(StorageError.inUse(name: "data", processID: nil))" == "data is in use by another process")
        let damage = JournalDamage(name: "a.segment", byteOffset: 8_192, expected: .padding)
        #expect(
            "\(JournalError.damaged(damage))"
                == "the journal is damaged: a.segment at byte 8192: expected padding of 0xa5 to the page's end")
        #expect("\(JournalError.emptyRecord(batch: 1, record: 2))" == "emptyRecord: (batch: 1, record: 2)")
        let foreign = JournalError.foreignLedger(
            name: "a.segment", expected: Fixture.identity, found: Fixture.otherIdentity)
        #expect(
            "\(foreign)" == """
                a.segment belongs to another ledger: expected 0102030405060708090a0b0c0d0e0f10, \
                found 02030405060708090a0b0c0d0e0f1011
                """)
        #expect("\(JournalError.closed)" == "the journal is closed")
    }

    @Test("a power cut takes some of the sectors that were not synced, and no others")
    func powerCut() throws {
        let memory = MemoryStorage()
        let file = try memory.create("a", byteCount: 8 * 512)
        try [UInt8](repeating: 1, count: 4 * 512).withUnsafeBytes { try file.write($0, at: 0) }
        try file.sync()
        try [UInt8](repeating: 2, count: 4 * 512).withUnsafeBytes { try file.write($0, at: 2 * 512) }
        var sectorsSeen = Set<[UInt8]>()
        for seed in UInt64(0)..<200 {
            var generator = SeededGenerator(seed: seed)
            let bytes = try #require(memory.crash(using: &generator).contents(of: "a"))
            sectorsSeen.insert(stride(from: 0, to: bytes.count, by: 512).map { bytes[$0] })
        }
        #expect(sectorsSeen.count == 16)
        #expect(sectorsSeen.allSatisfy { $0[0..<2] == [1, 1] && $0[6...] == [0, 0] })
        #expect(memory.copy().contents(of: "a") == memory.contents(of: "a"))
    }
}
