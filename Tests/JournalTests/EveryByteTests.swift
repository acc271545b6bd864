import ChequebookJournal
import Testing

/// One journal of thirty commits in eight segments, with each of its bytes wrong in turn and cut at its lengths.
///
/// Padding and the lengths inside a commit are many and alike: here some of them are tried, and all of them, in smaller
/// journals, by `DamageTests` and `TornTailTests`.
@Suite("Every byte of a journal")
struct EveryByteTests {
    private struct Sample {
        let memory = MemoryStorage()
        var commits: [OpenedJournal.Commit] = []
        /// By segment, how many commits are in it and in those before.
        var commitsThrough: [Int] = []
        var names: [String] = []
        /// By segment, where its last commit ends.
        var ends: [Int] = []
    }

    /// A header page and four commits.
    private static let sizes = JournalConfiguration(segmentBytesMax: 5 * Fixture.pageBytes, commitBytesMax: 8000)
    static let segmentCount = 8
    /// Prime, so that it meets every place in a sector sooner or later.
    private static let step = 61

    /// Each commit fills one page, so that a place tells whose it is.
    private func sample() throws -> Sample {
        var sample = Sample()
        var generator = SeededGenerator(seed: 30)
        let opened = try OpenedJournal(sample.memory, configuration: Self.sizes)
        for number in 1...30 {
            let records = (0..<Int.random(in: 1...4, using: &generator)).map { _ in generator.record(bytesMax: 100) }
            sample.commits.append(OpenedJournal.commit(try opened.append(records)))
            let bytes = try sample.memory.names().map { try #require(sample.memory.contents(of: $0)) }
            #expect(bytes.reduce(0) { $0 + Self.writtenPages($1) } == number + sample.memory.names().count)
        }
        sample.names = sample.memory.names().sorted()
        #expect(sample.names.count == Self.segmentCount)
        for name in sample.names {
            let pages = Self.writtenPages(try #require(sample.memory.contents(of: name)))
            sample.commitsThrough.append((sample.commitsThrough.last ?? 0) + pages - 1)
            sample.ends.append(pages * Fixture.pageBytes)
        }
        return sample
    }

    private static func writtenPages(_ bytes: [UInt8]) -> Int {
        let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        return (end + Fixture.pageBytes - 1) / Fixture.pageBytes
    }

    /// Opens the way that the service does and gives back what was replayed, also before a refusal.
    private func replay(
        _ storage: MemoryStorage
    ) -> (commits: [OpenedJournal.Commit], refusal: JournalError?) {
        var commits: [OpenedJournal.Commit] = []
        let refusal = journalError {
            _ = try Journal.open(
                storage: storage, configuration: Self.sizes, ledgerIdentity: Fixture.identity
            ) { commits.append(OpenedJournal.commit($0)) }
        }
        return (commits, refusal)
    }

    @Test(
        "that is wrong is refused at its page, and everything before it is read as it was",
        arguments: 0..<EveryByteTests.segmentCount)
    func wrong(segment: Int) throws {
        let sample = try sample()
        let name = sample.names[segment]
        let bytes = try #require(sample.memory.contents(of: name))
        let scratch = sample.memory.copy()
        var faults: [String] = []
        for place in 0..<sample.ends[segment] where bytes[place] != 0xA5 || place % Self.step == 0 {
            var wrong = bytes
            wrong[place] ^= 0xFF
            scratch.replace(name, with: wrong)
            let (commits, refusal) = replay(scratch)
            let page = place / Fixture.pageBytes
            let before = (segment == 0 ? 0 : sample.commitsThrough[segment - 1]) + max(page - 1, 0)
            guard case .damaged(let found) = refusal, found.name == name,
                Int(found.byteOffset) / Fixture.pageBytes == page, commits == Array(sample.commits[..<before])
            else {
                faults.append("byte \(place): \(commits.count) commits, \(String(describing: refusal))")
                continue
            }
        }
        #expect(faults == [])
    }

    @Test("behind the last commit that is not zero hides no commit and makes none")
    func behindTheEnd() throws {
        let sample = try sample()
        let name = sample.names[Self.segmentCount - 1]
        let bytes = try #require(sample.memory.contents(of: name))
        #expect(bytes.count - sample.ends[Self.segmentCount - 1] == 2 * Fixture.pageBytes)
        for place in stride(from: sample.ends[Self.segmentCount - 1], to: bytes.count, by: 3) {
            var wrong = bytes
            wrong[place] ^= 0xFF
            let scratch = sample.memory.copy()
            scratch.replace(name, with: wrong)
            let (commits, refusal) = replay(scratch)
            try #require(commits == sample.commits, "byte \(place): \(commits.count) commits")
            if let refusal {
                guard case .damaged(let found) = refusal, found.name == name else {
                    Issue.record("byte \(place): \(refusal)")
                    return
                }
            }
        }
    }

    @Test(
        "that a journal can be cut at leaves the commits that are whole, and room for the next",
        arguments: 0..<EveryByteTests.segmentCount)
    func cut(segment: Int) throws {
        let sample = try sample()
        let name = sample.names[segment]
        let bytes = try #require(sample.memory.contents(of: name))
        let before = segment == 0 ? 0 : sample.commitsThrough[segment - 1]
        // Everywhere in the first bytes of a page and of a sector, and in its last.
        for length in 0...bytes.count where length % Self.step == 0 || (length + 8) % 512 < 16 {
            let scratch = MemoryStorage()
            for earlier in sample.names[..<segment] {
                scratch.replace(earlier, with: try #require(sample.memory.contents(of: earlier)))
            }
            scratch.replace(name, with: Array(bytes[..<length]))
            let whole = before + min(max(length / Fixture.pageBytes - 1, 0), sample.commitsThrough[segment] - before)
            let (commits, refusal) = replay(scratch)
            try #require(refusal == nil && commits == Array(sample.commits[..<whole]), "length \(length)")
            if length % 4_096 == 0 || length % 509 == 0 {
                try OpenedJournal(scratch, configuration: Self.sizes).append([[7]])
                try #require(
                    try OpenedJournal(scratch.copy(), configuration: Self.sizes).records.last == [7], "length \(length)"
                )
            }
        }
    }

    @Test(
        "that a segment in the middle is cut at is missed, and what comes behind is never taken",
        arguments: 0..<EveryByteTests.segmentCount - 1)
    func cutInTheMiddle(segment: Int) throws {
        let sample = try sample()
        let name = sample.names[segment]
        let bytes = try #require(sample.memory.contents(of: name))
        let scratch = sample.memory.copy()
        for length in stride(from: 0, to: sample.ends[segment], by: Self.step) {
            scratch.replace(name, with: Array(bytes[..<length]))
            let (commits, refusal) = replay(scratch)
            let whole = (segment == 0 ? 0 : sample.commitsThrough[segment - 1]) + max(length / Fixture.pageBytes - 1, 0)
            guard case .damaged(let found) = refusal, sample.names[segment...(segment + 1)].contains(found.name) else {
                Issue.record("length \(length): \(String(describing: refusal))")
                return
            }
            try #require(commits == Array(sample.commits[..<whole]), "length \(length)")
        }
    }
}
