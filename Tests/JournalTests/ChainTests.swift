import ChequebookJournal
import Testing

@Suite("Every commit carries the hash of all of history")
struct ChainTests {
    private let segment = Fixture.firstSegment

    /// The hash of the last of some commits, reckoned by the document.
    private static func hash(
        of commits: [OpenedJournal.Commit], identity: LedgerIdentity = Fixture.identity
    ) -> [UInt8] {
        commits.reduce(sha256(identity.bytes)) { last, commit in
            let records = commit.records.flatMap { littleEndian(UInt16($0.count)) + $0 }
            let count = UInt32(commit.records.count)
            return sha256(
                last + littleEndian(commit.firstSequence) + littleEndian(commit.recordedAtMicroseconds)
                    + littleEndian(count) + records)
        }
    }

    @Test("it is the SHA-256 that the document says, over many segments, and the same after a restart")
    func reckoned() throws {
        let memory = MemoryStorage()
        var generator = SeededGenerator(seed: 5)
        var commits: [OpenedJournal.Commit] = []
        for _ in 0..<3 {
            let opened = try OpenedJournal(memory)
            #expect(opened.journal.head.sequence == UInt64(opened.records.count))
            #expect("\(opened.journal.head.hash)" == hex(Self.hash(of: commits)))
            #expect(opened.heads.last ?? opened.journal.head == opened.journal.head)
            for _ in 0..<20 {
                let records = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                    generator.record(bytesMax: 1200)
                }
                let batch = try opened.append(records)
                commits.append(OpenedJournal.commit(batch))
                #expect("\(batch.head)" == "\(batch.lastSequence):\(hex(Self.hash(of: commits)))")
                #expect(opened.journal.head == batch.head)
            }
        }
    }

    @Test("records of any length and number go into it, also more than are gathered at once")
    func largeCommits() throws {
        let configuration = JournalConfiguration(segmentBytesMax: 4 << 20, commitBytesMax: 2 << 20)
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory, configuration: configuration)
        // 131,072 bytes are gathered: 52 in front of the records, and two more before each.
        for counts in [
            [65_535, 65_481], [65_535, 65_482], [65_535, 65_480, 1, 2], Array(repeating: 3, count: 65_535),
        ] {
            try opened.append(counts.map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0) | 1, count: $0) })
        }
        let again = try OpenedJournal(memory, configuration: configuration)
        #expect(again.journal.head == opened.journal.head)
        #expect("\(again.journal.head.hash)" == hex(Self.hash(of: again.commits)))
    }

    @Test("the same history has the same head however it lies in segments")
    func layout() throws {
        let heads = try [4, 5, 16].map { pages in
            let sizes = JournalConfiguration(segmentBytesMax: pages * Fixture.pageBytes, commitBytesMax: 8000)
            let opened = try OpenedJournal(MemoryStorage(), configuration: sizes)
            for value in UInt8(1)...9 { try opened.append([[value], [UInt8](repeating: value, count: 3000)]) }
            return opened.journal.head
        }
        #expect(Set(heads).count == 1)
    }

    @Test("two ledgers have no head in common, not even while they are empty")
    func identities() throws {
        let one = try OpenedJournal(MemoryStorage())
        let other = try OpenedJournal(MemoryStorage(), identity: Fixture.otherIdentity)
        #expect(one.journal.head.sequence == 0)
        #expect("\(one.journal.head.hash)" == hex(sha256(Fixture.identity.bytes)))
        #expect(one.journal.head.hash != other.journal.head.hash)
        #expect(try one.append([[1]]).head.hash != other.append([[1]]).head.hash)
    }

    @Test("a wrong hash in a frame whose checksums are right is damage, with the right one named")
    func wrongHash() throws {
        let (memory, head) = try twoCommits()
        for byte in [40, 55, 71] {
            #expect(
                try refusal(memory) { $0[8192 + byte] ^= 0x10 } == damage(segment, at: 8192, .hash(head.hash)))
        }
    }

    @Test("a record that was changed together with all checksums is found by the hash that it should have")
    func forgedRecord() throws {
        let (memory, head) = try twoCommits()
        let refusal = try refusal(memory) { bytes in
            bytes[8192 + 72 + 8] ^= 1
            put(crc32c(bytes[8192 + 72..<8192 + 72 + 10]), in: &bytes, at: 8192 + 28)
        }
        guard case .damaged(let found) = refusal, case .hash(let expected) = found.expected else {
            Issue.record("refused as \(String(describing: refusal))")
            return
        }
        #expect((found.name, found.byteOffset) == (segment, 8192))
        #expect(expected != head.hash)
    }

    @Test("a hash and a head are spelt in one way, and read from no other")
    func spelling() throws {
        let digits = String(repeating: "0123456789abcdef", count: 4)
        let hash = try #require(CommitHash(hex: digits))
        #expect("\(hash)" == digits)
        #expect(CommitHash(hex: digits.uppercased()) == hash)
        #expect(JournalHead("18446744073709551615:\(digits)") == JournalHead(sequence: .max, hash: hash))
        #expect(JournalHead("0:\(digits)")?.description == "0:\(digits)")
        let short = String(digits.dropLast())
        for wrong in ["", short, digits + "0", short + "g", short + "é"] {
            #expect(CommitHash(hex: wrong) == nil)
        }
        for wrong in ["\(digits)", ":\(digits)", "-1:\(digits)", "+1:\(digits)", "18446744073709551616:\(digits)"]
            + ["1:\(digits):", "1: \(digits)", "1:\(short)", "x:\(digits)", "1:"]
        {
            #expect(JournalHead(wrong) == nil)
        }
    }

    /// Two commits of one page each; the second one's frame begins at byte 8192.
    private func twoCommits() throws -> (MemoryStorage, JournalHead) {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        try opened.append([[1]])
        return (memory, try opened.append([[2, 2]]).head)
    }

    /// How the journal is refused after a change to its second frame, whose header gets the checksum that it then has.
    private func refusal(_ memory: MemoryStorage, change: (inout [UInt8]) -> Void) throws -> JournalError? {
        var bytes = try #require(memory.contents(of: segment))
        change(&bytes)
        put(crc32c(bytes[8192 + 8..<8192 + 72]), in: &bytes, at: 8192 + 4)
        let changed = memory.copy()
        changed.replace(segment, with: bytes)
        return journalError { _ = try OpenedJournal(changed) }
    }
}
