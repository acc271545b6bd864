import ChequebookJournal
import Testing

@Suite("A journal that is not as it was written is refused, with the place named")
struct DamageTests {
    private let segment = Fixture.firstSegment
    private let second = "00000000000000000004.segment"

    /// Three commits of one page that fill the first segment, and one in the second.
    private func twoSegments() throws -> MemoryStorage {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        for value in UInt8(1)...4 { try opened.append([[value, value]]) }
        #expect(Set(memory.names()) == [segment, second])
        return memory
    }

    private func refusal(
        of name: String, in memory: MemoryStorage, identity: LedgerIdentity = Fixture.identity,
        change: (inout [UInt8]) -> Void
    ) throws -> JournalError? {
        var bytes = try #require(memory.contents(of: name))
        change(&bytes)
        let damaged = memory.copy()
        damaged.replace(name, with: bytes)
        let refusal = journalError { _ = try OpenedJournal(damaged, identity: identity) }
        #expect(damaged.contents(of: name) == bytes, "a refused file is left as it was")
        return refusal
    }

    @Test("every single wrong bit in every written page is refused, in the last commit too")
    func everyBit() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        // As near to a sector of zeros as a record may come.
        try opened.append([[UInt8](repeating: 0, count: 240), [1], [UInt8](repeating: 0, count: 240)])
        try opened.append([[2]])
        let bytes = try #require(memory.contents(of: segment))
        let written = 3 * Fixture.pageBytes
        let scratch = MemoryStorage()
        var accepted: [Int] = []
        for bit in 0..<written * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            scratch.replace(segment, with: flipped)
            let refusal = journalError {
                _ = try Journal.open(
                    storage: scratch, configuration: Fixture.small, ledgerIdentity: Fixture.identity
                ) { _ in }
            }
            guard case .damaged(let found) = refusal, found.name == segment,
                Int(found.byteOffset) == bit / 8 / Fixture.pageBytes * Fixture.pageBytes
            else {
                accepted.append(bit)
                continue
            }
        }
        #expect(accepted == [])
    }

    @Test("damage in the middle names the file, the byte and what was expected")
    func middle() throws {
        let memory = try twoSegments()
        let payload = try refusal(of: segment, in: memory) { $0[8192 + 72 + 8] ^= 1 }
        guard case .damaged(let found) = payload, case .payload = found.expected else {
            Issue.record("refused as \(String(describing: payload))")
            return
        }
        #expect(found.name == segment)
        #expect(found.byteOffset == 8192)
        #expect(found.description.hasPrefix("00000000000000000001.segment at byte 8192: expected payload"))
        #expect(
            try refusal(of: segment, in: memory) { $0[12_288 + 4095] = 0 }
                == damage(segment, at: 12_288, .padding))
        #expect(
            try refusal(of: segment, in: memory) { $0[12_288] ^= 1 }
                == damage(segment, at: 12_288, .frameHeader))
    }

    @Test("what would be torn in the last segment is damaged in an earlier one")
    func tornInEarlierSegment() throws {
        let memory = try twoSegments()
        guard case .damaged(let found) = try refusal(of: segment, in: memory, change: { $0.removeLast(100) }) else {
            Issue.record("a cut earlier segment was taken")
            return
        }
        #expect(found.byteOffset == 12_288)
        #expect(
            try refusal(of: segment, in: memory) { $0.removeLast(4096) }
                == damage(second, at: 0, .firstSequence(3)))
        #expect(
            try refusal(of: segment, in: memory) { $0 = [] }
                == damage(segment, at: 0, .segmentHeader))
    }

    @Test("a missing segment, a repeated page and a page from another place are refused")
    func misplaced() throws {
        let memory = try twoSegments()
        let missing = memory.copy()
        try missing.remove(segment)
        #expect(
            journalError { _ = try OpenedJournal(missing) }
                == damage(second, at: 0, .firstSequence(1)))
        #expect(
            try refusal(of: segment, in: memory) { $0.replaceSubrange(8192..<12_288, with: $0[4096..<8192]) }
                == damage(segment, at: 8192, .sequence(2)))
        let other = MemoryStorage()
        let opened = try OpenedJournal(other)
        for value in UInt8(5)...7 { try opened.append([[value]]) }
        let foreign = try #require(other.contents(of: segment))
        guard
            case .damaged(let found) = try refusal(
                of: segment, in: memory, change: { $0.replaceSubrange(8192..<12_288, with: foreign[8192..<12_288]) }),
            case .previousChecksum = found.expected
        else {
            Issue.record("a frame that follows another one was taken")
            return
        }
        #expect(
            try refusal(of: segment, in: memory) { $0 += [0] }
                == damage(segment, at: 16_384, .segmentBytes(16_384)))
    }

    @Test("a segment of another ledger is refused with both identities")
    func foreignLedger() throws {
        let memory = try twoSegments()
        #expect(
            try refusal(of: segment, in: memory, identity: Fixture.otherIdentity) { _ in }
                == .foreignLedger(
                    name: segment, expected: Fixture.otherIdentity, found: Fixture.identity))
        #expect(LedgerIdentity(bytes: Array(1...15)) == nil)
        #expect(LedgerIdentity(bytes: Array(1...17)) == nil)
    }

    @Test("a newer version is refused with both versions, and a wrong bit in the version is damage")
    func newerVersion() throws {
        let memory = try twoSegments()
        #expect(
            try refusal(of: second, in: memory) { bytes in
                bytes[8] = 3
                put(crc32c(bytes[..<48]), in: &bytes, at: 48)
            } == .newerVersion(name: second, supported: 2, found: 3))
        #expect(
            try refusal(of: second, in: memory) { $0[8] = 1 }
                == damage(second, at: 0, .segmentHeader))
    }
}
