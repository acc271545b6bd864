import ChequebookJournal
import Foundation
import Testing

/// `Tests/Fixtures/ledger-version-1` was written by the last program that wrote version 1: six commits of seven records,
/// its file cut behind the last frame.
@Suite("A journal of version 1 opens for ever")
struct VersionOneTests {
    private let segment = Fixture.firstSegment
    private let identity: LedgerIdentity
    private let bytes: [UInt8]

    /// Reckoned from the file with Python's `hashlib`.
    private static let hashes = [
        "b512de71d9028ddbede11deb46414721046f6a0e897aa2dfeb03e93fdfbd36ca",
        "78b8e7ab4d04a18ec1305d8de9cc5e105ceb4245b67e224dd849f46a057d7448",
        "a8acb498978f880f7d971dd4292f01e3fc25fa736140fe557f4e38327bcb3af0",
        "1e5c376c3595c3b1775a21ff99c08fbe0ec20b87ef8740331b12ee1c04c4f3f7",
        "217645dcd13e749fa13545aa856e85cf8ca04ff6f826272a6a97a4216854800a",
        "5edddb761612599d5b6eeb5636da76ed6d7e6bb39a40e2e958aefcb0759839a2",
    ]

    init() throws {
        let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        let folder = URL(filePath: tests + "/Fixtures/ledger-version-1")
        bytes = Array(try Data(contentsOf: folder.appending(path: segment)))
        identity = try #require(LedgerIdentity(bytes: Array(Data(contentsOf: folder.appending(path: "identity")))))
    }

    private func storage(_ bytes: [UInt8]? = nil) -> MemoryStorage {
        let memory = MemoryStorage()
        memory.replace(segment, with: bytes ?? self.bytes)
        return memory
    }

    private func open(_ memory: MemoryStorage) throws -> OpenedJournal {
        try OpenedJournal(
            memory, configuration: JournalConfiguration(segmentBytesMax: 1 << 20, commitBytesMax: 1 << 18),
            identity: identity)
    }

    private func hasOwnVersion(_ version: UInt8, _ name: String, in memory: MemoryStorage) -> Bool {
        memory.contents(of: name)?[8] == version
    }

    @Test("with every commit, and with the head that its records have")
    func opens() throws {
        let memory = storage()
        #expect(hasOwnVersion(1, segment, in: memory))
        let opened = try open(memory)
        #expect(opened.commits.map(\.firstSequence) == [1, 2, 3, 4, 5, 6])
        #expect(opened.commits.map(\.records.count) == [1, 1, 1, 1, 1, 2])
        #expect(opened.heads.map { "\($0.hash)" } == Self.hashes)
        #expect(opened.journal.head.sequence == 7)
        #expect(opened.report.tornTail == nil)
        #expect(memory.contents(of: segment) == bytes)
    }

    @Test("and is copied with its chain, but not marked as closed, since a program of its version may go on in it")
    func copied() throws {
        let copy = MemoryStorage()
        let report = try JournalCopy.run(from: storage(), to: copy, purpose: .ledger, ledgerIdentity: identity)
        #expect(report.head.map { "\($0.hash)" } == Self.hashes.last)
        #expect(copy.contents(of: segment) == bytes)
        #expect(Set(copy.names()) == [segment, LedgerIdentity.fileName])
        let opened = try open(copy)
        try opened.append([[1]])
        #expect(opened.journal.head.sequence == 8)
    }

    @Test("with every record at its place")
    func reads() throws {
        let opened = try open(storage())
        for (index, position) in opened.positions.enumerated() {
            let found = try opened.journal.reader.read(position) { ($0.sequence, Array($0.payload)) }
            #expect(found.0 == UInt64(index) + 1)
            #expect(found.1 == opened.records[index])
        }
        #expect(opened.positions.map { Int($0.byteOffset) % Fixture.pageBytes }.prefix(6).allSatisfy { $0 == 64 })
    }

    @Test("and goes on in a segment of the present version, on the same chain")
    func appends() throws {
        let memory = storage()
        let opened = try open(memory)
        let eighth = "00000000000000000008.segment"
        let batch = try opened.append([[8]])
        #expect(batch.firstSequence == 8)
        #expect(Set(memory.names()) == [segment, eighth])
        #expect(memory.contents(of: segment) == bytes)
        #expect(hasOwnVersion(2, eighth, in: memory))
        try opened.append([[9], [10]])
        let again = try open(memory)
        #expect(again.commits == opened.commits + again.commits.suffix(2))
        #expect(again.records.suffix(3) == [[8], [9], [10]])
        #expect(again.heads.prefix(6).map { "\($0.hash)" } == Self.hashes)
        #expect(again.journal.head == opened.journal.head)
        let found = try again.journal.reader.read(again.positions[7]) { Array($0.payload) }
        #expect(found == [8])
    }

    @Test("whose last frame was cut short by a crash at any byte of its records is cut back")
    func torn() throws {
        let last = bytes.count - Fixture.pageBytes
        for end in stride(from: last + 1, to: bytes.count, by: 93) {
            let memory = storage(Array(bytes[..<end]))
            let opened = try open(memory)
            #expect(opened.commits.count == 5)
            #expect(opened.report.tornTail?.byteOffset == UInt64(last))
            try opened.append([[6]])
            #expect(try open(memory).records.count == 6)
        }
    }

    @Test("and a wrong bit in it is damage")
    func damaged() throws {
        for offset in Array(0..<52) + Array(8192..<8192 + 140) + [8192 + 4095, bytes.count - 1] {
            var flipped = bytes
            flipped[offset] ^= 4
            let page = offset / Fixture.pageBytes * Fixture.pageBytes
            guard case .damaged(let found) = journalError({ _ = try open(storage(flipped)) }) else {
                Issue.record("byte \(offset) was taken")
                continue
            }
            #expect((found.name, Int(found.byteOffset)) == (segment, page))
        }
    }

    @Test("while it is empty it becomes one of the present version")
    func empty() throws {
        let memory = storage(Array(bytes[..<Fixture.pageBytes]))
        let opened = try open(memory)
        #expect(hasOwnVersion(2, segment, in: memory))
        try opened.append([[1]])
        #expect(memory.names() == [segment])
        #expect(try open(memory).records == [[1]])
    }

    @Test("but takes no frame of another version")
    func mixed() throws {
        let memory = MemoryStorage()
        try OpenedJournal(memory).append([[1]])
        var mixed = try #require(memory.contents(of: segment))
        mixed[8] = 1
        put(crc32c(mixed[..<48]), in: &mixed, at: 48)
        memory.replace(segment, with: mixed)
        #expect(journalError { _ = try OpenedJournal(memory) } == damage(segment, at: 4096, .frameHeader))
    }
}
