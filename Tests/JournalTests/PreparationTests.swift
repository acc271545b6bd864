import ChequebookJournal
import Testing

@Suite("A journal has its next segment prepared")
struct PreparationTests {
    @Test("once for each segment, when an eighth of it is taken, and not before")
    func once() throws {
        // Sixteen pages: the header's, and one for each commit.
        let sizes = JournalConfiguration(segmentBytesMax: 16 * Fixture.pageBytes, commitBytesMax: 2_000)
        let opened = try OpenedJournal(MemoryStorage(), configuration: sizes)
        #expect((opened.journal.takePreparation() == nil))
        var given: [Int] = []
        for commit in 1...35 {
            try opened.append([[UInt8(commit)]])
            if opened.journal.takePreparation() != nil { given.append(commit) }
        }
        // The second page is taken by the first commit of each segment of fifteen.
        #expect(given == [1, 16, 31])
        try opened.journal.close()
        #expect((opened.journal.takePreparation() == nil))
    }
}
