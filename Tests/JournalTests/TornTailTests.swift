import ChequebookJournal
import Testing

@Suite("A commit that was never whole is cut and kept aside")
struct TornTailTests {
    private let segment = Fixture.firstSegment

    /// Two commits of one page each behind the header page; the second one's frame begins at byte 8192.
    private func twoCommits(lastRecord: [UInt8] = [2, 2]) throws -> (MemoryStorage, [UInt8]) {
        let memory = MemoryStorage()
        let opened = try OpenedJournal(memory)
        try opened.append([[1]])
        try opened.append([lastRecord])
        return (memory, try #require(memory.contents(of: segment)))
    }

    @Test("a file cut at any byte of its last frame opens at the commit before, and takes the next one")
    func cutAtEveryByte() throws {
        let (_, bytes) = try twoCommits(lastRecord: [UInt8](repeating: 3, count: 5000))
        for end in 8192..<16_384 {
            let memory = MemoryStorage()
            memory.replace(segment, with: Array(bytes[..<end]))
            let opened = try OpenedJournal(memory)
            #expect(opened.records == [[1]])
            var remains = bytes[8192..<end]
            while remains.last == 0 { remains.removeLast() }
            let tail = opened.report.tornTail
            #expect((tail == nil) == (end == 8192))
            #expect(tail.flatMap { memory.contents(of: $0.keptIn ?? "nowhere") } == tail.map { _ in Array(remains) })
            try opened.append([[4]])
            if end % 64 == 0 { #expect(try OpenedJournal(memory.copy()).records == [[1], [4]]) }
        }
    }

    @Test("a file cut at any byte of its header page, before anything was appended, is begun again")
    func cutHeaderPage() throws {
        let fresh = MemoryStorage()
        _ = try OpenedJournal(fresh)
        let bytes = try #require(fresh.contents(of: segment))
        for end in stride(from: 0, through: 4096, by: 7) {
            let memory = MemoryStorage()
            memory.replace(segment, with: Array(bytes[..<end]))
            let opened = try OpenedJournal(memory)
            #expect(opened.commits.isEmpty)
            try opened.append([[1]])
            #expect(try OpenedJournal(memory.copy()).records == [[1]])
        }
    }

    @Test("each sector that did not reach the disk makes the last commit torn, never another")
    func lostSectors() throws {
        let (_, bytes) = try twoCommits(lastRecord: [UInt8](repeating: 3, count: 5000))
        for sector in stride(from: 8192, to: 16_384, by: 512) {
            var torn = bytes
            torn.replaceSubrange(sector..<sector + 512, with: repeatElement(0, count: 512))
            let memory = MemoryStorage()
            memory.replace(segment, with: torn)
            let opened = try OpenedJournal(memory)
            #expect(opened.records == [[1]])
            #expect(opened.report.tornTail?.byteOffset == 8192)
        }
        var damaged = bytes
        damaged.replaceSubrange(4096..<4608, with: repeatElement(0, count: 512))
        let memory = MemoryStorage()
        memory.replace(segment, with: damaged)
        #expect(
            journalError { _ = try OpenedJournal(memory) }
                == damage(segment, at: 4096, .frameHeader))
        #expect(memory.contents(of: segment) == damaged)
    }

    @Test("a tail torn twice at one place keeps both remains")
    func tornTwice() throws {
        let (_, bytes) = try twoCommits()
        let memory = MemoryStorage()
        for keptIn in ["\(segment).torn-8192", "\(segment).torn-8192-2", "\(segment).torn-8192-3"] {
            memory.replace(segment, with: Array(bytes[..<9000]))
            #expect(try OpenedJournal(memory).report.tornTail?.keptIn == keptIn)
        }
    }

    @Test("files that a crash left half made are removed, and others left alone")
    func leftovers() throws {
        let (memory, _) = try twoCommits()
        memory.replace("00000000000000000003.segment.new", with: [1, 2])
        memory.replace("notes.txt", with: [3])
        memory.replace("7.segment", with: [4])
        #expect(try OpenedJournal(memory).records == [[1], [2, 2]])
        #expect(Set(memory.names()) == [segment, "notes.txt", "7.segment"])
    }

    @Test("an empty segment of another size takes the present one, so that a larger commit fits")
    func resized() throws {
        let memory = MemoryStorage()
        _ = try OpenedJournal(memory)
        let larger = JournalConfiguration(segmentBytesMax: 64 * 4096, commitBytesMax: 32 * 4096)
        let record = [UInt8](repeating: 5, count: 60_000)
        try OpenedJournal(memory, configuration: larger).append([record, record])
        #expect(try OpenedJournal(memory.copy(), configuration: Fixture.small).records == [record, record])
    }
}
