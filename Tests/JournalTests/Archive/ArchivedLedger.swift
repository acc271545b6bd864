import ChequebookJournal
import Foundation
import Testing

/// A ledger in a directory with an archive beside it.
final class ArchivedLedger {
    let directory: TemporaryDirectory
    let configuration: JournalConfiguration
    /// As a link is written down: without links and doubled slashes.
    private let path: String
    var dataPath: String { path + "/data" }
    var archivePath: String { path + "/archive" }

    /// Segments of sixty-five pages, which are four blocks and a sixteenth of one.
    static let wide = JournalConfiguration(segmentBytesMax: 65 * Fixture.pageBytes, commitBytesMax: 100_000)

    /// A ledger of random records in so many segments, stopped without a clean end.
    init(segments: Int, _ configuration: JournalConfiguration = Fixture.small, seed: UInt64 = 7) throws {
        directory = try TemporaryDirectory()
        path = URL(filePath: directory.path).resolvingSymlinksInPath().path
        self.configuration = configuration
        var generator = SeededGenerator(seed: seed)
        let storage = try FileStorage(path: dataPath)
        let opened = try OpenedJournal(storage, configuration: configuration)
        while try storage.names().count < segments {
            try opened.append((0..<3).map { _ in generator.record(bytesMax: 2_000) })
        }
    }

    /// The names of all segments, in order.
    func segments() throws -> [String] {
        try FileStorage(path: dataPath).names().filter { $0.hasSuffix(".segment") }.sorted()
    }

    func entries(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    func write(_ bytes: [UInt8], to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

    /// Opens the journal to write, and closes nothing.
    func open() throws -> OpenedJournal {
        try OpenedJournal(FileStorage(path: dataPath), configuration: configuration)
    }

    /// Archives all that is to be archived.
    @discardableResult
    func archive(keptCount: Int = 0, step: (Archiver.Step) throws -> Void = { _ in }) throws -> [Archiver.Archived] {
        let archiver = try Archiver(dataPath: dataPath, archivePath: archivePath, keptCount: keptCount)
        return try archiver.segments.map { try archiver.archive($0, step: step) }
    }

    /// Every commit and record, and each record read by itself.
    func everything() throws -> (commits: [OpenedJournal.Commit], singly: [[UInt8]], head: JournalHead) {
        let opened = try open()
        let singly = try opened.positions.map { try opened.journal.reader.read($0) { Array($0.payload) } }
        return (opened.commits, singly, opened.journal.head)
    }
}
