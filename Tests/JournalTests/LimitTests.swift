import ChequebookJournal
import Testing

@Suite("Each limit holds at it and refuses one past it, and a refusal changes nothing")
struct LimitTests {
    private let roomy = JournalConfiguration(segmentBytesMax: 1 << 20, commitBytesMax: 1 << 19)

    private func refusal(
        _ batches: [RecordBatch], configuration: JournalConfiguration = Fixture.small
    ) throws -> JournalError? {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory, configuration: configuration)
        try opened.append([[1]])
        let before = memory.contents(of: Fixture.firstSegment)
        let refusal = journalError { _ = try opened.journal.append(batches, recordedAtMicroseconds: 2) }
        if refusal != nil {
            #expect(memory.contents(of: Fixture.firstSegment) == before)
            try opened.append([[2]])
        }
        #expect(try OpenedJournal(memory.copy(), configuration: configuration).commits.count == 2)
        return refusal
    }

    @Test("a record has 1 to 65,535 bytes")
    func recordBytes() throws {
        var batch = RecordBatch()
        let longest = [UInt8](repeating: 1, count: JournalConfiguration.recordBytesMax)
        let taken = [longest, longest + [1], []].map { batch.append($0) }
        #expect(taken == [true, false, false])
        #expect(batch.count == 1)
        #expect(try refusal([batch], configuration: roomy) == nil)
        #expect(
            try refusal([Fixture.batch([[1]]), RecordBatch(bytes: [1, 0, 7, 0, 0], count: 2)])
                == .emptyRecord(batch: 1, record: 1))
    }

    @Test("a commit has at least one record and at most as many as configured")
    func recordsInCommit() throws {
        #expect(try refusal([]) == .emptyCommit)
        #expect(try refusal([RecordBatch()]) == .emptyCommit)
        var three = Fixture.small
        three.recordsInCommitMax = 3
        #expect(try refusal([Fixture.batch([[1], [2]]), Fixture.batch([[3]])], configuration: three) == nil)
        #expect(
            try refusal([Fixture.batch([[1], [2]]), Fixture.batch([[3], [4]])], configuration: three)
                == .tooManyRecords(recordCount: 4, max: 3))
    }

    @Test("65,535 records fit in a commit, and come back")
    func mostRecords() throws {
        let configuration = JournalConfiguration(segmentBytesMax: 1 << 20, commitBytesMax: 65_535 * 9)
        let memory = MemoryStorage()
        let records = (0..<65_535).map { [UInt8(truncatingIfNeeded: $0)] }
        try OpenedJournal(memory, configuration: configuration).append(records)
        #expect(try OpenedJournal(memory, configuration: configuration).records == records)
    }

    @Test("a commit takes as many bytes as configured, record headers included")
    func commitBytes() throws {
        let record = [UInt8](repeating: 1, count: 4000 - 8)
        #expect(Fixture.batch([record, record]).payloadBytes == 8000)
        #expect(try refusal([Fixture.batch([record, record])]) == nil)
        #expect(try refusal([Fixture.batch([record, record + [1]])]) == .commitTooLarge(byteCount: 8001, max: 8000))
    }

    @Test("a frame that fills its pages to the last byte but one still ends in padding")
    func padding() throws {
        for payloadBytes in [4096 - 72 - 2, 4096 - 72 - 1, 4096 - 72, 4096 - 72 + 1] {
            let memory = MemoryStorage()
            let opened = try OpenedJournal(memory)
            try opened.append([[UInt8](repeating: 1, count: payloadBytes - 8 - 1) + [0]])
            let bytes = try #require(memory.contents(of: Fixture.firstSegment))
            let end = 4096 + (payloadBytes + 72 < 4096 ? 4096 : 8192)
            #expect(bytes[end - 1] == 0xA5)
            #expect(bytes[end...].allSatisfy { $0 == 0 })
            #expect(try OpenedJournal(memory).commits.count == 1)
        }
    }

    @Test("a record may have 240 zero bytes in a row, wherever they are")
    func zeroRuns() throws {
        for before in [0, 1, 239, 240, 241, 1000] {
            for after in [0, 1, 500] {
                let start = [UInt8](repeating: 1, count: before)
                let end = [UInt8](repeating: 1, count: after)
                let longest = start + [UInt8](repeating: 0, count: 240) + end
                #expect(try refusal([Fixture.batch([longest, longest])]) == nil)
                let tooLong = start + [UInt8](repeating: 0, count: 241) + end
                #expect(
                    try refusal([Fixture.batch([[1]]), Fixture.batch([longest, tooLong])])
                        == .zeroRun(batch: 1, record: 1, max: 240))
            }
        }
    }

    @Test(
        "a batch whose lengths do not add up is refused",
        arguments: [
            RecordBatch(bytes: [1, 0, 7], count: 0), RecordBatch(bytes: [1, 0, 7], count: 2),
            RecordBatch(bytes: [1, 0, 7], count: -1), RecordBatch(bytes: [2, 0, 7], count: 1),
            RecordBatch(bytes: [1, 0, 7, 7], count: 1), RecordBatch(bytes: [1, 0, 7, 1], count: 2),
            RecordBatch(bytes: [], count: 1), RecordBatch(bytes: [1, 0, 7], count: .max),
        ])
    func malformed(_ batch: RecordBatch) throws {
        let refusal = try refusal([Fixture.batch([[1]]), batch])
        #expect(refusal == .malformedBatch(batch: 1))
    }

    @Test("an instant is later than the one before, by a microsecond or more")
    func instants() throws {
        let opened = try OpenedJournal(MemoryStorage())
        _ = try opened.journal.append([Fixture.batch([[1]])], recordedAtMicroseconds: 10)
        #expect(
            journalError { _ = try opened.journal.append([Fixture.batch([[2]])], recordedAtMicroseconds: 10) }
                == .instantNotLater(recordedAtMicroseconds: 10, last: 10))
        #expect(try opened.journal.append([Fixture.batch([[2]])], recordedAtMicroseconds: 11).firstSequence == 2)
    }

    @Test(
        "a configuration fits the format and itself",
        arguments: [
            (JournalConfiguration(), true),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 4096 - 72 - 1), true),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 4096 - 72), false),
            (JournalConfiguration(segmentBytesMax: 1 << 32, commitBytesMax: 8192), false),
            (JournalConfiguration(segmentBytesMax: 8193, commitBytesMax: 100), false),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 9), true),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 8), false),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 100, recordsInCommitMax: 0), false),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 100, recordsInCommitMax: 65_535), true),
            (JournalConfiguration(segmentBytesMax: 8192, commitBytesMax: 100, recordsInCommitMax: 65_536), false),
        ])
    func configurations(_ configuration: JournalConfiguration, isPossible: Bool) {
        let refusal = journalError { _ = try OpenedJournal(MemoryStorage(), configuration: configuration) }
        #expect(refusal == (isPossible ? nil : .impossibleConfiguration(configuration)))
    }
}
