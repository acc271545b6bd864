import ChequebookJournal
import Foundation
import Testing

@Suite("A segment in the archive")
struct ArchivedFileTests {
    private static let blockBytes = 65_536
    private static let zstd = "/usr/bin/zstd"

    private let ledger: ArchivedLedger
    private let name = Fixture.firstSegment
    private let segment: [UInt8]
    private let path: String

    /// Three segments of more than four blocks, of which two are archived.
    init() throws {
        ledger = try ArchivedLedger(segments: 3, ArchivedLedger.wide)
        segment = try ledger.bytes("\(ledger.dataPath)/\(name)")
        try ledger.archive()
        path = "\(ledger.archivePath)/\(name).zst"
    }

    private static func read(_ file: any StorageFile, _ count: Int, at offset: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0x77, count: count)
        let read = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: UInt64(offset)) }
        return Array(bytes.prefix(read))
    }

    private static func readCached(_ file: any StorageFile, _ count: Int, at offset: Int) throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0x77, count: count)
        let read = try bytes.withUnsafeMutableBytes { try file.readCached(into: $0, at: UInt64(offset)) }
        return read.map { Array(bytes.prefix($0)) }
    }

    private func expected(_ count: Int, at offset: Int) -> [UInt8] {
        Array(segment[min(offset, segment.count)..<min(offset + count, segment.count)])
    }

    @Test("reads as the segment did at every size and offset, and of event loops only what it has apart")
    func roundTrip() throws {
        let file = try FileStorage(path: ledger.dataPath).open(name)
        #expect(try file.byteCount() == UInt64(segment.count))
        #expect(segment.count == 266_240)
        #expect(try Self.readCached(file, 10, at: 0) == nil)
        #expect(try Self.read(file, segment.count, at: 0) == segment)
        // What was read in whole blocks is not kept.
        #expect(try Self.readCached(file, 10, at: 0) == nil)
        let edges = (0...5).flatMap { block in (-2...2).map { block * Self.blockBytes + $0 } }
        let offsets = (edges + [segment.count - 1, segment.count, segment.count + 1, 1 << 40]).filter { $0 >= 0 }
        let sizes = [0, 1, 2, 3, 100, 4_096, Self.blockBytes - 1, Self.blockBytes, Self.blockBytes + 1, 300_000]
        for offset in offsets {
            for size in sizes {
                let wanted = expected(size, at: offset)
                try #require(try Self.read(file, size, at: offset) == wanted, "\(size) at \(offset)")
                let cached = try Self.readCached(file, size, at: offset)
                try #require(cached == nil || cached == wanted, "\(size) at \(offset)")
            }
        }
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<2_000 {
            let offset = Int.random(in: 0..<segment.count, using: &generator)
            let size = Int.random(in: 0..<3_000, using: &generator)
            try #require(try Self.read(file, size, at: offset) == expected(size, at: offset))
            try #require(try Self.readCached(file, size, at: offset) == expected(size, at: offset))
        }
    }

    @Test("is read by several threads at once")
    func threads() throws {
        let file = try FileStorage(path: ledger.dataPath).open(name)
        let segment = segment
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            var generator = SeededGenerator(seed: UInt64(thread))
            for _ in 0..<500 {
                let offset = Int.random(in: 0..<segment.count - 70_000, using: &generator)
                let size = Int.random(in: 0..<70_000, using: &generator)
                let bytes = try? Self.read(file, size, at: offset)
                #expect(bytes == Array(segment[offset..<offset + size]))
            }
        }
    }

    @Test("cannot be written, also where the journal can")
    func readOnly() throws {
        let file = try FileStorage(path: ledger.dataPath).open(name)
        let archived = "\(name).zst"
        #expect(file.name == archived)
        #expect(throws: StorageError.failed(operation: .write, name: archived, code: EROFS)) {
            try [UInt8(1)].withUnsafeBytes { try file.write($0, at: 0) }
        }
        try file.sync()
    }

    /// Little-endian, at an offset.
    private static func integer(_ bytes: [UInt8], at offset: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    @Test("is a file of the zstd seekable format, as docs/JOURNAL_FORMAT.md has it")
    func format() throws {
        let file = try ledger.bytes(path)
        #expect(Self.integer(file, at: file.count - 4) == 0x8F92_EAB1)
        #expect(file[file.count - 5] == 0x80)
        #expect(Self.integer(file, at: file.count - 9) == 5)
        let table = file.count - 8 - 5 * 12 - 9
        #expect(Self.integer(file, at: table) == 0x184D_2A5E)
        #expect(Self.integer(file, at: table + 4) == 5 * 12 + 9)
        var offset = 0
        for entry in 0..<5 {
            #expect(Self.integer(file, at: offset) == 0xFD2F_B528)
            let at = table + 8 + 12 * entry
            offset += Self.integer(file, at: at)
            #expect(Self.integer(file, at: at + 4) == (entry < 4 ? Self.blockBytes : 4_096))
            #expect(Self.integer(file, at: at + 8) == Self.integer(file, at: offset - 4))
        }
        #expect(offset == table)
    }

    @Test(
        "is turned back to the very bytes by zstd's own program",
        .enabled(if: FileManager.default.isExecutableFile(atPath: zstd), "there is no zstd here"))
    func program() throws {
        let restored = ledger.directory.path + "/restored"
        let process = try Process.run(
            URL(filePath: Self.zstd), arguments: ["-d", "-q", path, "-o", restored])
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try ledger.bytes(restored) == segment)
    }

    /// A ledger whose first segment makes a small file: it is nearly empty.
    private static func sparse() throws -> (ledger: ArchivedLedger, segment: [UInt8], file: [UInt8], path: String) {
        let sizes = JournalConfiguration(segmentBytesMax: 33 * Fixture.pageBytes, commitBytesMax: 100_000)
        let ledger = try ArchivedLedger(segments: 0, sizes)
        let opened = try ledger.open()
        try opened.append([[1, 2, 3]])
        try opened.append([[UInt8]](repeating: [9, 8, 7, 6, 5], count: 5_000))
        try opened.append([[UInt8]](repeating: [9, 8, 7, 6, 5], count: 5_000))
        try opened.journal.close()
        let name = Fixture.firstSegment
        let segment = try ledger.bytes("\(ledger.dataPath)/\(name)")
        #expect(try ledger.segments().count == 2)
        try ledger.archive()
        let path = "\(ledger.archivePath)/\(name).zst"
        return (ledger, segment, try ledger.bytes(path), path)
    }

    /// What reading a whole archived segment comes to.
    private static func outcome(_ ledger: ArchivedLedger, _ segmentBytes: Int) throws -> Result<[UInt8], StorageError> {
        do throws(StorageError) {
            let file = try FileStorage(path: ledger.dataPath, access: .readOnly).open(Fixture.firstSegment)
            var bytes = [UInt8](repeating: 0, count: segmentBytes + 1)
            var span = bytes.mutableSpan
            var memory = span.mutableBytes
            let count = try memory.withUnsafeMutableBytes { (memory) throws(StorageError) in
                try file.read(into: memory, at: 0)
            }
            return .success(Array(bytes.prefix(count)))
        } catch {
            return .failure(error)
        }
    }

    @Test("has every wrong byte found and its place told, if the segment is not the same all the same")
    func everyByte() throws {
        let (ledger, segment, file, path) = try Self.sparse()
        var offsets = Set<UInt64>()
        for index in file.indices {
            var changed = file
            changed[index] ^= 1 << (index % 8)
            try ledger.write(changed, to: path)
            switch try Self.outcome(ledger, segment.count) {
            case .success(let bytes): try #require(bytes == segment, "byte \(index)")
            case .failure(.damaged(let damage)):
                try #require(damage.name == "\(Fixture.firstSegment).zst")
                try #require([.seekTable, .archivedBlock].contains(damage.expected))
                offsets.insert(damage.byteOffset)
            case .failure(let error):
                Issue.record("byte \(index): \(error)")
                return
            }
        }
        #expect(offsets == [0, 65_536, 131_072])
    }

    @Test("is found to be cut wherever it is, and with bytes behind its end")
    func everyLength() throws {
        let (ledger, segment, file, path) = try Self.sparse()
        for count in 0..<file.count {
            try ledger.write(Array(file.prefix(count)), to: path)
            guard case .failure(.damaged(let damage)) = try Self.outcome(ledger, segment.count) else {
                Issue.record("\(count) bytes")
                return
            }
            try #require(damage.expected == .seekTable)
        }
        try ledger.write(file + [0], to: path)
        #expect(throws: StorageError.self) { try Self.outcome(ledger, segment.count).get() }
        try ledger.write(file, to: path)
        #expect(try Self.outcome(ledger, segment.count).get() == segment)
    }

    @Test("that is damaged stops a start, and a read of a record there, each naming file and place")
    func damaged() throws {
        let opened = try ledger.open()
        let position = try #require(opened.positions.first { $0.byteOffset > 70_000 })
        let untouched = try #require(opened.positions.first)
        let file = try ledger.bytes(path)
        let second = Self.integer(file, at: file.count - 8 - 5 * 12 - 9 + 8)
        // In place, as a disk does it, under the descriptor that the journal has open.
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.seek(toOffset: UInt64(second) + 1_000)
        try handle.write(contentsOf: [file[second + 1_000] ^ 4])
        try handle.close()
        let expected = damage("\(name).zst", at: 65_536, .archivedBlock)
        #expect(journalError { try opened.journal.reader.read(position) { _ in } } == expected)
        #expect(try opened.journal.reader.read(untouched) { Array($0.payload) } == opened.records[0])
        try opened.journal.close()
        #expect(journalError { _ = try ledger.open() } == expected)
        #expect("\(expected)".contains("\(name).zst at byte 65536: expected block of an archived segment"))
    }

    @Test("is read in single records, by a reader that never waits only after one that may")
    func singly() throws {
        let opened = try ledger.open()
        for (position, record) in zip(opened.positions, opened.records) {
            try #require(try opened.journal.reader.read(position) { Array($0.payload) } == record)
        }
        let fresh = try ledger.reopened(opened)
        // What was read in whole blocks is not kept, and of the first one the segment's header was read alone.
        let index = try #require(fresh.positions.firstIndex { $0.byteOffset > 70_000 })
        let position = fresh.positions[index]
        #expect(journalError { try fresh.journal.cachedReader.read(position) { _ in } } == .notInMemory)
        #expect(try fresh.journal.reader.read(position) { Array($0.payload) } == fresh.records[index])
        #expect(try fresh.journal.cachedReader.read(position) { Array($0.payload) } == fresh.records[index])
    }
}

extension ArchivedLedger {
    /// Closes a journal and opens it again.
    fileprivate func reopened(_ opened: OpenedJournal) throws -> OpenedJournal {
        try opened.journal.close()
        return try open()
    }
}
