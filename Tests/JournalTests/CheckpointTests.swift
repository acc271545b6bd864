import Foundation
import Testing

@testable import ChequebookJournal

@Suite("A checkpoint")
struct CheckpointTests {
    private static let blockBytes = 1 << 20

    /// Bytes that differ from block to block.
    private static func bytes(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(count))
        return (0..<(count + 7) / 8).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }.dropLast(
            (8 - count % 8) % 8)
    }

    /// A journal of three commits, and the place behind the second.
    private static func journal(_ storage: any Storage) throws -> JournalPoint {
        let opened = try OpenedJournal(storage)
        try opened.append([[1], [2]])
        let point = try opened.append([[3]]).point
        try opened.append([[4], [5]])
        try opened.journal.close()
        return point
    }

    private static func store(_ storage: any Storage, _ identity: LedgerIdentity = Fixture.identity) -> CheckpointStore
    {
        CheckpointStore(storage: storage, ledgerIdentity: identity)
    }

    /// Makes a checkpoint of an image, given in pieces, and returns its name.
    @discardableResult
    private static func make(
        _ image: [UInt8], pieceBytes: Int = 70_001, at point: JournalPoint, in storage: any Storage
    ) throws -> String {
        try image.withUnsafeBytes { bytes in
            let pieces = stride(from: 0, to: bytes.count, by: pieceBytes).map { start in
                UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + pieceBytes, bytes.count)])
            }
            try store(storage).capture(pieces, at: point, imageVersion: 7).finish()
        }
        return CheckpointStore.name(lastSequence: point.lastSequence)
    }

    private static func read(_ checkpoint: CheckpointReader, _ count: Int, stepBytes: Int) throws -> [UInt8] {
        var image = [UInt8](repeating: 0, count: count)
        try image.withUnsafeMutableBytes { memory in
            for start in stride(from: 0, to: count, by: stepBytes) {
                let end = min(start + stepBytes, count)
                try checkpoint.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[start..<end]))
            }
        }
        return image
    }

    @Test(
        "gives back the image that it was made of, however it was cut into pieces",
        arguments: [0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 2 * blockBytes + 12_345])
    func image(count: Int) throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let image = Self.bytes(count)
        let name = try Self.make(image, at: point, in: storage)
        let checkpoint = try Self.store(storage).open(name)
        #expect(checkpoint.point == point && checkpoint.lastSequence == 3 && checkpoint.imageVersion == 7)
        #expect(checkpoint.imageBytes == UInt64(count))
        #expect(try Self.read(checkpoint, count, stepBytes: 300_007) == image)
        var more: [UInt8] = [0]
        let error = journalError { try more.withUnsafeMutableBytes { try checkpoint.read(into: $0) } }
        guard case .damaged(let damage) = error else {
            Issue.record("read behind the end")
            return
        }
        #expect(damage.name == name && damage.expected == .checkpointBlock)
    }

    @Test("on a file system has the same bytes, of the memory as it was when the making began")
    func file() throws {
        let directory = try TemporaryDirectory()
        let (memory, files) = (MemoryStorage(), try FileStorage(path: directory.path))
        let point = try Self.journal(memory)
        #expect(try Self.journal(files) == point)
        var image = Self.bytes(3 * Self.blockBytes + 5)
        let name = try Self.make(image, at: point, in: memory)
        let capture = try image.withUnsafeMutableBytes { bytes in
            let capture = try Self.store(files).capture([.init(bytes)], at: point, imageVersion: 7)
            bytes.initializeMemory(as: UInt8.self, repeating: 0xEE)
            return capture
        }
        #expect(try files.names().contains(name) == false)
        try capture.finish()
        let written = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/" + name))
        #expect(Array(written) == memory.contents(of: name))
        #expect(try files.names().contains { $0.hasSuffix(StorageNames.temporarySuffix) } == false)
        #expect(throws: StorageError.failed(operation: .capture, name: name, code: EEXIST)) {
            try files.capture(name, head: [1], pieces: [])
        }
    }

    @Test("that is given up ends at once, with an error and without a trace; once it is whole, it stays")
    func givenUp() throws {
        let directory = try TemporaryDirectory()
        let files = try FileStorage(path: directory.path)
        let point = try Self.journal(files)
        let before = try files.names().sorted()
        // So much that it cannot be whole before it is given up.
        let image = [UInt8](repeating: 1, count: 64 << 20)
        let name = CheckpointStore.name(lastSequence: point.lastSequence)
        let capture = try image.withUnsafeBytes { try Self.store(files).capture([$0], at: point, imageVersion: 7) }
        capture.giveUp()
        #expect(throws: StorageError.failed(operation: .capture, name: name, code: EINTR)) { try capture.finish() }
        capture.giveUp()
        #expect(try files.names().sorted() == before)
        let small = try image[..<5].withUnsafeBytes { try Self.store(files).capture([$0], at: point, imageVersion: 7) }
        try small.finish()
        small.giveUp()
        #expect(try Self.read(try Self.store(files).open(name), 5, stepBytes: 5) == [1, 1, 1, 1, 1])
    }

    @Test("takes the place of one that was damaged and has the same name")
    func again() throws {
        let directory = try TemporaryDirectory()
        for storage in [MemoryStorage(), try FileStorage(path: directory.path)] as [any Storage] {
            let point = try Self.journal(storage)
            try Self.make([1, 2, 3], at: point, in: storage)
            let name = try Self.make([4, 5], at: point, in: storage)
            #expect(try Self.read(try Self.store(storage).open(name), 2, stepBytes: 1) == [4, 5])
        }
    }

    @Test("that claims an image of another size than its file has is refused before any of it is read")
    func claimed() throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let name = try Self.make(Self.bytes(700), at: point, in: storage)
        let whole = try #require(storage.contents(of: name))
        for claimed in [0, 699, 701, UInt64(Int64.max), 1 << 60, .max] as [UInt64] {
            var bytes = whole
            bytes.withUnsafeMutableBytes { page in
                page.put(claimed, at: 32)
                page.put(UnsafeRawBufferPointer(page).slice(0..<104).crc32c, at: 104)
            }
            storage.replace(name, with: bytes)
            #expect(
                journalError { _ = try Self.store(storage).open(name) }
                    == damage(name, at: UInt64(whole.count), .checkpointEnd(imageBytes: claimed)))
        }
    }

    @Test("whose last record could have no next one is refused")
    func lastOfAll() throws {
        let storage = MemoryStorage()
        let name = try Self.make([1], at: try Self.journal(storage), in: storage)
        var bytes = try #require(storage.contents(of: name))
        bytes.withUnsafeMutableBytes { page in
            page.put(UInt64.max, at: 40)
            page.put(UnsafeRawBufferPointer(page).slice(0..<104).crc32c, at: 104)
        }
        storage.replace(name, with: bytes)
        #expect(journalError { _ = try Self.store(storage).open(name) } == damage(name, at: 0, .checkpointHeader))
    }

    @Test("is refused wherever a byte of it is wrong, with its name and the place")
    func damaged() throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let image = Self.bytes(700)
        let name = try Self.make(image, at: point, in: storage)
        let whole = try #require(storage.contents(of: name))
        #expect(whole.count == 4_096 + 700 + 4)
        for index in whole.indices {
            var bytes = whole
            bytes[index] ^= 1 << UInt8(index % 8)
            storage.replace(name, with: bytes)
            let error = journalError {
                _ = try Self.read(try Self.store(storage).open(name), image.count, stepBytes: 64)
            }
            let expected =
                index < 4_096 ? damage(name, at: 0, .checkpointHeader) : damage(name, at: 4_096, .checkpointBlock)
            #expect(error == expected, "byte \(index)")
        }
    }

    @Test("is refused wherever it is cut off")
    func cut() throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let image = Self.bytes(Self.blockBytes + 900)
        let name = try Self.make(image, at: point, in: storage)
        let whole = try #require(storage.contents(of: name))
        let lengths = [0, 1, 4_095, 4_096, 4_097, 4_096 + Self.blockBytes, 4_100 + Self.blockBytes, whole.count - 1]
        for length in lengths {
            storage.replace(name, with: Array(whole[..<length]))
            let error = journalError {
                _ = try Self.read(try Self.store(storage).open(name), image.count, stepBytes: image.count)
            }
            guard case .damaged = error else {
                Issue.record("taken with \(length) bytes: \(error as Any)")
                continue
            }
        }
    }

    @Test("is refused when two of its blocks have changed places")
    func swapped() throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let image = Self.bytes(2 * Self.blockBytes)
        let name = try Self.make(image, at: point, in: storage)
        let whole = try #require(storage.contents(of: name))
        let block = Self.blockBytes + 4
        storage.replace(
            name, with: Array(whole[..<4_096] + whole[(4_096 + block)...] + whole[4_096..<4_096 + block]))
        let error = journalError { _ = try Self.read(try Self.store(storage).open(name), 10, stepBytes: 10) }
        #expect(error == damage(name, at: 4_096, .checkpointBlock))
    }

    @Test("of another ledger, or of a newer program, is refused with both named")
    func foreign() throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let name = try Self.make([1, 2, 3], at: point, in: storage)
        let foreign = journalError { _ = try Self.store(storage, Fixture.otherIdentity).open(name) }
        #expect(
            foreign == .foreignLedger(name: name, expected: Fixture.otherIdentity, found: Fixture.identity))
        var bytes = try #require(storage.contents(of: name))
        bytes[8] = 2
        let checksum = bytes.withUnsafeBytes { $0.slice(0..<104).crc32c }
        bytes.withUnsafeMutableBytes { $0.put(checksum, at: 104) }
        storage.replace(name, with: bytes)
        let newer = journalError { _ = try Self.store(storage).open(name) }
        #expect(newer == .newerVersion(name: name, supported: 1, found: 2))
    }

    @Test("is one of the two newest, which are kept")
    func kept() throws {
        let storage = MemoryStorage()
        let opened = try OpenedJournal(storage)
        for number in 1...4 as ClosedRange<UInt8> {
            try Self.make([number], at: opened.append([[number]]).point, in: storage)
        }
        let store = Self.store(storage)
        #expect(try store.names().count == 4)
        try store.removeOld()
        #expect(
            try store.names() == [CheckpointStore.name(lastSequence: 4), CheckpointStore.name(lastSequence: 3)])
    }

    @Test("lets a journal be read on from its place: what is before is read back, what follows is replayed")
    func readOn() throws {
        let storage = MemoryStorage()
        let opened = try OpenedJournal(storage, configuration: Fixture.small)
        var points: [JournalPoint] = []
        var positions: [JournalPosition] = []
        // Of 3,000 bytes each, so that a segment holds three commits at most.
        for number in 1...10 as ClosedRange<UInt8> {
            let batch = try opened.append([[UInt8](repeating: number, count: 3_000)])
            points.append(batch.point)
            batch.forEachRecord { positions.append($0.position) }
        }
        try opened.journal.close()
        for (index, point) in points.enumerated() {
            let copy = storage.copy()
            var replayed: [UInt64] = []
            var before: [UInt8] = []
            let (journal, report) = try Journal.open(
                storage: copy, configuration: Fixture.small, ledgerIdentity: Fixture.identity, from: point,
                attach: { reader in
                    before = positions[...index].compactMap { try? reader.read($0) { $0.payload[0] } }
                },
                replay: { replayed.append($0.firstSequence) })
            #expect(replayed == Array(UInt64(index) + 2..<11))
            #expect(before == Array(1...UInt8(index) + 1))
            #expect(report.checkpointSequence == UInt64(index) + 1 && report.lastSequence == 10)
            #expect(journal.lastSequence == 10)
            let next = try journal.append([Fixture.batch([[11]])], recordedAtMicroseconds: 1_000)
            #expect(next.firstSequence == 11)
            try journal.close()
            let again = try OpenedJournal(copy)
            #expect(again.commits.count == 11)
        }
    }

    @Test("whose commit the journal does not have stops the start, with the file and the place")
    func notThere() throws {
        let storage = MemoryStorage()
        let point = try Self.journal(storage)
        let other = MemoryStorage()
        let opened = try OpenedJournal(other)
        try opened.append([[1], [2]])
        try opened.append([[9]])
        try opened.journal.close()
        for storage in [other, MemoryStorage()] {
            let error = journalError {
                _ = try Journal.open(
                    storage: storage, configuration: Fixture.small, ledgerIdentity: Fixture.identity, from: point,
                    replay: { _ in })
            }
            guard case .damaged(let damage) = error else {
                Issue.record("opened: \(error as Any)")
                continue
            }
            #expect(damage.expected == .commitOfCheckpoint(lastSequence: 3))
        }
    }
}
