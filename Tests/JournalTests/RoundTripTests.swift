import ChequebookJournal
import Testing

@Suite("What was committed comes back")
struct RoundTripTests {
    enum Kind: CaseIterable { case memory, file }

    /// Calls `body` with a way to get at the same storage anew, as a restart does.
    private func withStorage(_ kind: Kind, _ body: (() throws -> any Storage) throws -> Void) throws {
        switch kind {
        case .memory:
            let memory = MemoryStorage()
            try body { memory }
        case .file:
            let directory = try TemporaryDirectory()
            try body { try FileStorage(path: directory.path + "/ledger") }
        }
    }

    @Test(
        "every record returns after a restart, with its sequence and instant, over many segments",
        arguments: Kind.allCases)
    func roundTrip(_ kind: Kind) throws {
        try withStorage(kind) { storage in
            var generator = SeededGenerator(seed: 7)
            var expected: [OpenedJournal.Commit] = []
            var positions: [JournalPosition] = []
            for start in 0..<3 {
                let opened = try OpenedJournal(try storage())
                #expect(opened.commits == expected)
                #expect(opened.positions == positions)
                #expect(opened.report.tornTail == nil)
                #expect(opened.report.commits == UInt64(expected.count))
                #expect(opened.report.records == UInt64(positions.count))
                #expect(opened.report.lastSequence == UInt64(positions.count))
                #expect(opened.report.lastRecordedAtMicroseconds == expected.last?.recordedAtMicroseconds)
                for _ in 0..<20 {
                    let records = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                        generator.record(bytesMax: 1200)
                    }
                    let batch = try opened.append(records)
                    let commit = OpenedJournal.commit(batch)
                    #expect(commit.records == records)
                    #expect(commit.firstSequence == UInt64(positions.count) + 1)
                    expected.append(commit)
                    batch.forEachRecord { positions.append($0.position) }
                }
                #expect(opened.journal.lastSequence == UInt64(positions.count))
                #expect(Set(positions.map(\.segmentOrdinal)).count > 3 * start)
                try opened.journal.close()
            }
        }
    }

    @Test("records of more commits than the reader remembers are found with the sequence and instant of their own")
    func manyLargeCommits() throws {
        let configuration = JournalConfiguration(segmentBytesMax: 1 << 20, commitBytesMax: 1 << 14)
        let opened = try OpenedJournal(MemoryStorage(), configuration: configuration)
        var commits: [CommittedBatch] = []
        // The second record lies on another page than its frame's header.
        for number in 0..<5_000 {
            let filler = [UInt8](repeating: 1, count: 4_100)
            commits.append(try opened.append([filler, [UInt8(number & 0xff), UInt8(number >> 8), 9]]))
        }
        var generator = SeededGenerator(seed: 11)
        for number in Array(commits.indices) + commits.indices.shuffled(using: &generator) {
            var last: JournalPosition?
            commits[number].forEachRecord { last = $0.position }
            let found = try opened.journal.reader.read(try #require(last)) { record in
                (record.sequence, record.recordedAtMicroseconds, Array(record.payload))
            }
            #expect(found.0 == commits[number].lastSequence)
            #expect(found.1 == commits[number].recordedAtMicroseconds)
            #expect(found.2 == [UInt8(number & 0xff), UInt8(number >> 8), 9])
        }
    }

    @Test("a record is found by its position, wherever its frame began", arguments: Kind.allCases)
    func readByPosition(_ kind: Kind) throws {
        try withStorage(kind) { storage in
            let configuration = JournalConfiguration(segmentBytesMax: 1 << 18, commitBytesMax: 1 << 17)
            let opened = try OpenedJournal(try storage(), configuration: configuration)
            let large = [UInt8](repeating: 7, count: 65_535)
            let commits: [[[UInt8]]] = [[[1]], [[2], large, [3, 3]], [large], [[4]]]
            var expected: [(JournalPosition, UInt64, Int64, [UInt8])] = []
            for records in commits {
                try opened.append(records).forEachRecord {
                    expected.append(($0.position, $0.sequence, $0.recordedAtMicroseconds, Array($0.payload)))
                }
            }
            #expect(expected.count == 6)
            for (position, sequence, instant, payload) in expected {
                try opened.journal.reader.read(position) { record in
                    #expect(record.sequence == sequence)
                    #expect(record.recordedAtMicroseconds == instant)
                    #expect(record.position == position)
                    #expect(Array(record.payload) == payload)
                }
            }
        }
    }

    @Test("a position that nothing begins at is refused, and so is every position once the journal is closed")
    func nonsensePositions() throws {
        let opened = try OpenedJournal(MemoryStorage())
        var good: [JournalPosition] = []
        try opened.append([[1, 2, 3], [4]]).forEachRecord { good.append($0.position) }
        let reader = opened.journal.reader
        for segmentOrdinal in UInt64(0)...2 {
            for offset in UInt64(0)...20_000 {
                let position = JournalPosition(rawValue: segmentOrdinal << 32 | offset)
                guard !good.contains(position) else { continue }
                #expect(journalError { try reader.read(position) { _ in } } == .noRecord(position))
            }
        }
        let last = JournalPosition(rawValue: .max)
        #expect(journalError { try reader.read(last) { _ in } } == .noRecord(last))
        try opened.journal.close()
        #expect(journalError { try reader.read(good[0]) { _ in } } == .closed)
        #expect(journalError { try opened.append([[5]]) } == .closed)
        try opened.journal.close()
    }

    @Test("a reader that may not wait reads what is in memory, and says so of anything else")
    func cachedReader() throws {
        for storage in [MemoryStorage(), ForgetfulStorage(MemoryStorage())] as [any Storage] {
            let opened = try OpenedJournal(storage)
            var positions: [JournalPosition] = []
            // Short and long, alone in their commits and not, near their page's start and not.
            for records in [
                [[1]], [[2], [UInt8](repeating: 3, count: 3_000), [UInt8](repeating: 4, count: 2_000), [5]],
            ] {
                try opened.append(records).forEachRecord { positions.append($0.position) }
            }
            let expected: JournalError? = storage is ForgetfulStorage ? .notInMemory : nil
            for position in positions {
                let record = try opened.journal.reader.read(position) { ($0.sequence, Array($0.payload)) }
                let refusal = journalError {
                    let cached = try opened.journal.cachedReader.read(position) { ($0.sequence, Array($0.payload)) }
                    #expect(cached == record)
                }
                #expect(refusal == expected)
            }
        }
    }

    @Test("records read as a list come in its order, and each as it is alone", arguments: [1, 15, 16, 17, 48])
    func list(count: Int) throws {
        let opened = try OpenedJournal(MemoryStorage())
        var positions: [UInt64] = []
        // Short and long, alone in their commits and not, in several segments.
        for number in 0..<UInt8(count) {
            let bytes = Int(number) % 5 == 4 ? 1_000 : Int(number) % 7 + 1
            let records = [[UInt8]](repeating: [UInt8](repeating: number + 1, count: bytes), count: Int(number) % 3 + 1)
            try opened.append(records).forEachRecord { positions.append($0.position.rawValue) }
        }
        positions.sort { ($0 &* 0x9e37_79b9_7f4a_7c15) < ($1 &* 0x9e37_79b9_7f4a_7c15) }
        for reader in [opened.journal.reader, opened.journal.cachedReader] {
            var read: [(JournalPosition, UInt64, Int64, [UInt8])] = []
            var rest = positions[...]
            try reader.read {
                rest.popFirst()
            } _: {
                read.append(($0.position, $0.sequence, $0.recordedAtMicroseconds, Array($0.payload)))
            }
            #expect(read.map(\.0.rawValue) == positions)
            for (position, sequence, instant, payload) in read {
                try reader.read(position) { record in
                    #expect(record.sequence == sequence)
                    #expect(record.recordedAtMicroseconds == instant)
                    #expect(Array(record.payload) == payload)
                }
            }
        }
    }

    @Test("a list with a position at which nothing begins is refused")
    func listWithNonsense() throws {
        let opened = try OpenedJournal(MemoryStorage())
        var positions: [UInt64] = []
        try opened.append([[1], [2]]).forEachRecord { positions.append($0.position.rawValue) }
        let nothing = JournalPosition(rawValue: positions[1] + 1)
        let error = journalError {
            var rest = [positions[0], nothing.rawValue][...]
            try opened.journal.reader.read {
                rest.popFirst()
            } _: { _ in
            }
        }
        #expect(error == .noRecord(nothing))
    }

    @Test("records of several producers stand in one commit in the order given")
    func severalProducers() throws {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        let batches = [Fixture.batch([[1], [2]]), RecordBatch(), Fixture.batch([[3]])]
        let batch = try opened.journal.append(batches, recordedAtMicroseconds: -5)
        #expect(batch.recordCount == 3)
        #expect(batch.lastSequence == 3)
        #expect(
            try OpenedJournal(memory.copy()).commits == [
                .init(firstSequence: 1, recordedAtMicroseconds: -5, records: [[1], [2], [3]])
            ])
    }

    @Test("a reader on another thread sees every record while the writer goes on")
    func readsBesideWrites() async throws {
        let opened = try OpenedJournal(MemoryStorage())
        let journal = opened.journal
        let (stream, continuation) = AsyncStream<(JournalPosition, UInt64)>.makeStream()
        let reading = Task {
            var count = 0
            for await (position, sequence) in stream {
                try journal.reader.read(position) { record in
                    #expect(record.sequence == sequence)
                    #expect(record.payload.first == UInt8(truncatingIfNeeded: sequence))
                }
                count += 1
            }
            return count
        }
        for sequence in UInt64(1)...500 {
            let batch = try opened.append([[UInt8(truncatingIfNeeded: sequence), 9]])
            batch.forEachRecord { _ = continuation.yield(($0.position, $0.sequence)) }
        }
        continuation.finish()
        #expect(try await reading.value == 500)
    }

    @Test("what replay throws ends the opening")
    func replayThrows() throws {
        struct Refusal: Error {}
        let memory = MemoryStorage()
        try OpenedJournal(memory).append([[1]])
        #expect(throws: Refusal.self) {
            _ = try Journal.open(
                storage: memory, configuration: Fixture.small, ledgerIdentity: Fixture.identity
            ) { _ in throw Refusal() }
        }
    }
}
