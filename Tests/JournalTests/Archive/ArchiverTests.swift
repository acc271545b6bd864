import ChequebookJournal
import Foundation
import Testing

@Suite("Archiving segments")
struct ArchiverTests {
    private struct Stop: Error {}

    @Test("leaves a journal that is the same to the last record, and takes more commits")
    func same() throws {
        let ledger = try ArchivedLedger(segments: 6)
        let before = try ledger.everything()
        let names = try ledger.segments()
        let archived = try ledger.archive(keptCount: 2)
        #expect(archived.map(\.name) == Array(names.prefix(3)))
        #expect(archived.allSatisfy { $0.byteCountBefore == 4 * Fixture.pageBytes && $0.byteCountAfter > 0 })
        #expect(archived.map(\.path) == names.prefix(3).map { "\(ledger.archivePath)/\($0).zst" })
        let left = try ledger.entries(ledger.dataPath).filter { $0.contains(".segment") }
        #expect(left == names.prefix(3).map { $0 + ".zst" } + names.dropFirst(3))
        #expect(try ledger.segments() == names)
        for name in names.prefix(3) {
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(ledger.dataPath)/\(name).zst")
            #expect(target == "\(ledger.archivePath)/\(name).zst")
        }
        #expect(try ledger.everything() == before)
        let opened = try ledger.open()
        try opened.append([[1]])
        try opened.journal.close()
        #expect(try ledger.everything().commits == before.commits + [opened.last([[1]])])
    }

    @Test("again takes only what is new, and keeps as many as it is told")
    func again() throws {
        let ledger = try ArchivedLedger(segments: 4)
        #expect(try ledger.archive(keptCount: 9).isEmpty)
        #expect(try ledger.archive(keptCount: 3).isEmpty)
        #expect(try ledger.archive(keptCount: 2).count == 1)
        #expect(try ledger.archive(keptCount: 2).isEmpty)
        let opened = try ledger.open()
        while try ledger.entries(ledger.dataPath).filter({ $0.contains(".segment") }).count < 6 {
            try opened.append([[UInt8](repeating: 3, count: 3_000)])
        }
        let names = try ledger.entries(ledger.dataPath).filter { $0.contains(".segment") }
        try opened.journal.close()
        #expect(try ledger.archive(keptCount: 2).map(\.name) == Array(names[1..<3]))
        #expect(try ledger.archive(keptCount: 0).map(\.name) == Array(names[3..<5]))
        #expect(try ledger.archive(keptCount: 0).isEmpty)
        #expect(try ledger.everything().head == opened.journal.head)
    }

    @Test("takes nothing from a backup, which has the segments themselves")
    func backup() throws {
        let ledger = try ArchivedLedger(segments: 4)
        let before = try ledger.everything()
        #expect(try ledger.archive().count > 1)
        let backup = MemoryStorage()
        let source = try FileStorage(path: ledger.dataPath, access: .beside)
        let report = try JournalCopy.run(
            from: source, to: backup, purpose: .backup, ledgerIdentity: Fixture.identity)
        #expect(report.head == before.head)
        let restored = MemoryStorage()
        _ = try JournalCopy.run(from: backup, to: restored, purpose: .ledger, ledgerIdentity: Fixture.identity)
        #expect(try OpenedJournal(restored).commits == before.commits)
    }

    @Test("works beside a process that has the journal open, which goes on")
    func beside() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let opened = try ledger.open()
        #expect(try ledger.archive().count == 2)
        for (position, record) in zip(opened.positions, opened.records) {
            #expect(try opened.journal.reader.read(position) { Array($0.payload) } == record)
        }
        try opened.append([[5]])
        try opened.journal.close()
        let after = try ledger.everything()
        #expect(after.commits == opened.commits + [opened.last([[5]])])
    }

    @Test("that ends behind any step loses nothing, and is taken up again", arguments: Archiver.Step.allCases)
    func stopped(after last: Archiver.Step) throws {
        for segment in 0..<3 {
            let ledger = try ArchivedLedger(segments: 4)
            let before = try ledger.everything()
            let names = try ledger.segments()
            var begun = 0
            #expect(throws: Stop.self) {
                try ledger.archive { step in
                    if step == .checked { begun += 1 }
                    if begun == segment + 1, step == last { throw Stop() }
                }
            }
            #expect(try ledger.segments() == names, "\(last)")
            #expect(try ledger.everything() == before, "\(last)")
            let left = names.prefix(3).dropFirst(last == .removed ? segment + 1 : segment)
            #expect(try ledger.archive().map(\.name) == Array(left), "\(last)")
            #expect(try ledger.entries(ledger.archivePath) == names.prefix(3).map { $0 + ".zst" } + ["lock"])
            #expect(try ledger.everything() == before, "\(last)")
        }
    }

    @Test("that ended in the middle of a write begins that file anew")
    func halfWritten() throws {
        let ledger = try ArchivedLedger(segments: 2)
        let before = try ledger.everything()
        #expect(throws: Stop.self) { try ledger.archive { if $0 == .written { throw Stop() } } }
        let path = "\(ledger.archivePath)/\(Fixture.firstSegment).zst.new"
        let whole = try ledger.bytes(path)
        for part in [Array(whole.prefix(whole.count / 2)), whole + whole] {
            try ledger.write(part, to: path)
            #expect(throws: Stop.self) { try ledger.archive { if $0 == .compared { throw Stop() } } }
            #expect(try ledger.bytes(path) == whole)
        }
        #expect(try ledger.archive().count == 1)
        #expect(try ledger.everything() == before)
    }

    @Test("takes no segment that is damaged, at any page, and changes nothing then")
    func damagedSegment() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let name = try ledger.segments()[1]
        let path = "\(ledger.dataPath)/\(name)"
        let bytes = try ledger.bytes(path)
        for index in [0, 30, 52, 4_095, 4_096 + 8, 4_096 + 41, 4_096 + 80, bytes.count - 1] {
            var changed = bytes
            changed[index] ^= 1
            try ledger.write(changed, to: path)
            let error = journalError { try ledger.archive() }
            guard case .damaged(let damage) = error else {
                Issue.record("byte \(index): \(String(describing: error))")
                continue
            }
            #expect(damage.name == name)
            #expect(Int(damage.byteOffset) <= index)
            #expect(try ledger.bytes(path) == changed)
            #expect(try ledger.entries(ledger.archivePath) == ["\(Fixture.firstSegment).zst", "lock"])
        }
        try ledger.write(bytes, to: path)
        #expect(try ledger.archive().map(\.name) == [name])
    }

    @Test("takes no segment that does not follow from the one before, be that archived or not")
    func otherHistory() throws {
        let ledger = try ArchivedLedger(segments: 4)
        // The same commits but for the first record, so that the second segment has the same name and another past.
        let other = try ArchivedLedger(segments: 0)
        var commits = try ledger.everything().commits
        commits[0].records[0][0] ^= 1
        let twin = try other.open()
        for commit in commits { try twin.append(commit.records) }
        try twin.journal.close()
        let names = try ledger.segments()
        #expect(try other.segments() == names)
        let path = "\(ledger.dataPath)/\(names[1])"
        let own = try ledger.bytes(path)
        let foreign = try ledger.bytes("\(other.dataPath)/\(names[1])")
        for keptCount in [0, 2, 0] {
            try ledger.write(keptCount == 2 ? own : foreign, to: path)
            if keptCount == 2 {
                #expect(try ledger.archive(keptCount: 2).isEmpty)
                continue
            }
            guard case .damaged(let damage) = journalError({ try ledger.archive(keptCount: keptCount) }) else {
                Issue.record("another history was taken")
                return
            }
            #expect(damage.name == names[1])
            #expect(damage.byteOffset == 4_096)
        }
        try ledger.write(own, to: path)
        #expect(try ledger.archive().count == 2)
    }

    @Test("takes no segment behind which one is missing")
    func gap() throws {
        let ledger = try ArchivedLedger(segments: 4)
        let names = try ledger.segments()
        try FileManager.default.removeItem(atPath: "\(ledger.dataPath)/\(names[1])")
        guard case .damaged(let damage) = journalError({ try ledger.archive() }) else {
            Issue.record("a gap was passed over")
            return
        }
        #expect(damage.name == names[2])
        #expect(try ledger.entries(ledger.archivePath) == ["lock"])
    }

    @Test("of a segment of another ledger is refused")
    func foreign() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let other = try TemporaryDirectory()
        let journal = try OpenedJournal(FileStorage(path: other.path), identity: Fixture.otherIdentity)
        for commit in try ledger.open().commits { try journal.append(commit.records) }
        let name = try ledger.segments()[1]
        try ledger.write(ledger.bytes("\(other.path)/\(name)"), to: "\(ledger.dataPath)/\(name)")
        let expected = JournalError.foreignLedger(
            name: name, expected: Fixture.identity, found: Fixture.otherIdentity)
        #expect(journalError { try ledger.archive() } == expected)
    }

    @Test("goes from version 1 to version 2 on one chain, in one run and in several", arguments: [false, true])
    func versions(inOneRun: Bool) throws {
        let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let fixture = URL(filePath: tests + "/Fixtures/ledger-version-1")
        let identity = try #require(
            LedgerIdentity(bytes: Array(Data(contentsOf: fixture.appending(path: "identity")))))
        let sizes = JournalConfiguration(segmentBytesMax: 1 << 20, commitBytesMax: 1 << 18)
        let ledger = try ArchivedLedger(segments: 0, sizes)
        let bytes = try Data(contentsOf: fixture.appending(path: Fixture.firstSegment))
        for name in try ledger.entries(ledger.dataPath) where name.contains(".segment") {
            try FileManager.default.removeItem(atPath: "\(ledger.dataPath)/\(name)")
        }
        try ledger.write(Array(bytes), to: "\(ledger.dataPath)/\(Fixture.firstSegment)")
        let opened = try OpenedJournal(
            FileStorage(path: ledger.dataPath), configuration: sizes, identity: identity)
        while try ledger.entries(ledger.dataPath).filter({ $0.contains(".segment") }).count < 4 {
            try opened.append([[UInt8]](repeating: [UInt8](repeating: 9, count: 60_000), count: 4))
        }
        if inOneRun {
            #expect(try ledger.archive().count == 3)
        } else {
            for keptCount in [2, 1, 0] { #expect(try ledger.archive(keptCount: keptCount).count == 1) }
        }
        try opened.journal.close()
        let again = try OpenedJournal(FileStorage(path: ledger.dataPath), configuration: sizes, identity: identity)
        #expect(again.journal.head == opened.journal.head)
    }

    @Test("never puts a file in the place of another one")
    func others() throws {
        let ledger = try ArchivedLedger(segments: 2)
        let before = try ledger.everything()
        let (name, path) = (Fixture.firstSegment, "\(ledger.archivePath)/\(Fixture.firstSegment).zst")
        try FileManager.default.createDirectory(atPath: ledger.archivePath, withIntermediateDirectories: false)
        let other = try ArchivedLedger(segments: 2, seed: 8)
        try other.archive()
        for bytes in [[1, 2, 3], [], try other.bytes("\(other.archivePath)/\(name).zst")] as [[UInt8]] {
            try ledger.write(bytes, to: path)
            #expect(throws: ArchiveError.otherContent(path: path, name: name)) { try ledger.archive() }
            #expect(try ledger.bytes(path) == bytes)
        }
        try FileManager.default.removeItem(atPath: path)
        let link = "\(ledger.dataPath)/\(name).zst"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "\(other.archivePath)/\(name).zst")
        #expect(throws: ArchiveError.otherLink(path: link, archived: path)) { try ledger.archive() }
        // The segment itself is what is read as long as it is there.
        #expect(try ledger.everything() == before)
        try FileManager.default.removeItem(atPath: link)
        #expect(try ledger.archive().count == 1)
        #expect(try ledger.everything() == before)
    }

    @Test("needs an archive of its own for itself, and a journal")
    func refused() throws {
        let ledger = try ArchivedLedger(segments: 2)
        #expect(throws: ArchiveError.sameDirectory(path: ledger.dataPath)) {
            _ = try Archiver(dataPath: ledger.dataPath, archivePath: ledger.dataPath + "/.", keptCount: 0)
        }
        let first = try Archiver(dataPath: ledger.dataPath, archivePath: ledger.archivePath, keptCount: 0)
        #expect(throws: StorageError.inUse(name: ledger.archivePath, processID: getpid())) { try ledger.archive() }
        #expect(first.segments.count == 1)
        let empty = try TemporaryDirectory()
        #expect(throws: ArchiveError.noJournal(path: empty.path)) {
            _ = try Archiver(dataPath: empty.path, archivePath: ledger.archivePath, keptCount: 0)
        }
        let nowhere = ledger.directory.path + "/a/b"
        #expect(throws: StorageError.self) {
            _ = try Archiver(dataPath: ledger.dataPath, archivePath: nowhere, keptCount: 0)
        }
    }

    @Test("that was taken away stops a start, which names the file that is missing; with it all is as before")
    func missing() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let before = try ledger.everything()
        try ledger.archive()
        let away = ledger.directory.path + "/away"
        try FileManager.default.moveItem(atPath: ledger.archivePath, toPath: away)
        let missing = StorageError.failed(
            operation: .open, name: "\(ledger.archivePath)/\(Fixture.firstSegment).zst", code: ENOENT)
        #expect(journalError { _ = try ledger.open() } == .storage(missing))
        #expect("\(missing)".hasSuffix("zst cannot be opened: No such file or directory (errno 2)"))
        let names = try ledger.entries(ledger.dataPath)
        #expect(throws: StorageError.self) { try ledger.archive() }
        try FileManager.default.moveItem(atPath: away, toPath: ledger.archivePath)
        #expect(try ledger.entries(ledger.dataPath) == names)
        #expect(try ledger.everything() == before)
    }

    @Test("leaves what is needed to go back: the segment in its place wins over the link, and the link may go")
    func back() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let before = try ledger.everything()
        let name = Fixture.firstSegment
        let bytes = try ledger.bytes("\(ledger.dataPath)/\(name)")
        try ledger.archive()
        try ledger.write(bytes, to: "\(ledger.dataPath)/\(name)")
        try ledger.write([1, 2, 3], to: "\(ledger.archivePath)/\(name).zst")
        #expect(try ledger.segments().count == 3)
        #expect(try ledger.everything() == before)
        try FileManager.default.removeItem(atPath: "\(ledger.dataPath)/\(name).zst")
        #expect(try ledger.everything() == before)
    }

    @Test("leaves a directory that may be copied with what its links lead to")
    func copiedWithContent() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let before = try ledger.everything()
        try ledger.archive()
        for name in try ledger.entries(ledger.dataPath) where name.hasSuffix(".zst") {
            let bytes = try ledger.bytes("\(ledger.dataPath)/\(name)")
            try FileManager.default.removeItem(atPath: "\(ledger.dataPath)/\(name)")
            try ledger.write(bytes, to: "\(ledger.dataPath)/\(name)")
        }
        try FileManager.default.removeItem(atPath: ledger.archivePath)
        #expect(try ledger.everything() == before)
    }

    @Test("never takes the last segment, so a journal that ends in an archived one has lost something")
    func lastIsMissing() throws {
        let ledger = try ArchivedLedger(segments: 3)
        let names = try ledger.segments()
        try ledger.archive()
        try FileManager.default.removeItem(atPath: "\(ledger.dataPath)/\(names[2])")
        for access in [JournalAccess.readWrite, .readOnly] {
            let error = journalError {
                _ = try Journal.open(
                    storage: FileStorage(path: ledger.dataPath, access: access), configuration: Fixture.small,
                    ledgerIdentity: Fixture.identity, access: access
                ) { _ in }
            }
            guard case .damaged(let damage) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(damage.name == "\(names[1]).zst")
            #expect(damage.expected == .laterSegment)
        }
    }
}

extension OpenedJournal {
    /// The commit that was appended last, with these records.
    fileprivate func last(_ records: [[UInt8]]) -> Commit {
        Commit(
            firstSequence: journal.lastSequence - UInt64(records.count) + 1,
            recordedAtMicroseconds: journal.lastRecordedAtMicroseconds ?? 0, records: records)
    }
}
