import ChequebookEngine
import ChequebookJournal
import ChequebookWire
import Foundation
import Glibc

/// A ledger that is being made from an export, in a directory that gets its name when it is whole.
final class NewLedger {
    /// Why it cannot be made.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let suffix = ".importing"

    /// From the root, without a slash at its end.
    private let path: String
    private let storage: ImportStorage
    private var journal: Journal?
    private var head: JournalHead?
    private var isFinished = false
    private(set) var commitCount = 0

    /// - Parameter path: of a directory that is empty or not there.
    init(path: String) throws {
        self.path = URL(filePath: path).standardizedFileURL.path
        let names = try? FileManager.default.contentsOfDirectory(atPath: self.path)
        guard names?.isEmpty ?? !FileManager.default.fileExists(atPath: self.path) else {
            throw Failure(description: "it is there and not empty; a ledger is never added to or written over")
        }
        let building = self.path + Self.suffix
        guard mkdir(building, 0o700) == 0 else {
            let reason = errno == EEXIST ? "an import is under way, or was killed: then remove it" : Self.text(errno)
            throw Failure(description: "\(building) cannot be made: \(reason)")
        }
        do {
            storage = ImportStorage(try FileStorage(path: building))
        } catch {
            rmdir(building)
            throw error
        }
    }

    deinit {
        guard !isFinished else { return }
        try? FileManager.default.removeItem(atPath: path + Self.suffix)
    }

    /// Does what a line of the export means for the journal.
    ///
    /// - Throws: ``ExportProblem`` with the line if the journal does not take it, or ``JournalError`` if it failed.
    func take(_ step: ExportStep, line: Int) throws {
        do {
            switch step {
            case .begins(let bytes):
                guard let identity = LedgerIdentity(bytes: bytes) else { throw EngineError.identityMalformed }
                journal = try LedgerHistory.begin(in: storage, identity: identity)
            case .fact: return
            case .commit(let commit): try append(commit)
            case .ends(let commit, let text):
                if let commit { try append(commit) }
                try check(text, line: line)
            }
        } catch let error as JournalError where Self.isOfRecords(error) {
            throw Self.problem("refused-commit", line, "the commit before it cannot be made: \(error)")
        }
    }

    /// Makes it durable and gives it its name.
    ///
    /// - Returns: its head.
    func finish() throws -> JournalHead {
        guard let journal, let head else { throw Failure(description: "the export is not whole") }
        try storage.syncAll()
        try journal.close()
        try Interruption.check()
        // An empty directory is replaced; one that has got a file meanwhile is not.
        guard rename(path + Self.suffix, path) == 0 else {
            throw Failure(description: "\(path + Self.suffix) cannot be renamed: \(Self.text(errno))")
        }
        isFinished = true
        if let code = Directory.sync(containing: path) {
            throw Failure(description: "the name of the directory may not be durable: \(Self.text(code))")
        }
        return head
    }

    private func append(_ commit: ExportedCommit) throws {
        guard let journal else { throw JournalError.closed }
        _ = try journal.append(
            [RecordBatch(bytes: commit.records, count: commit.count)],
            recordedAtMicroseconds: commit.recordedAt.microseconds)
        commitCount += 1
    }

    private func check(_ text: String, line: Int) throws {
        guard let expected = JournalHead(text) else {
            throw Self.problem("bad-head", line, "must be a sequence, a colon and 64 hexadecimal digits", at: "/head")
        }
        guard let actual = journal?.head, actual == expected else {
            throw Self.problem(
                "other-head", line, "is not the head of the lines before it: some of them are not as they were written",
                at: "/head")
        }
        head = actual
    }

    private static func problem(_ code: String, _ line: Int, _ detail: String, at pointer: String = "") -> ExportProblem
    {
        ExportProblem(line: line, WireProblem(code: code, pointer: pointer, detail: detail))
    }

    /// Whether the journal refused what it was given, and has not failed.
    private static func isOfRecords(_ error: JournalError) -> Bool {
        switch error {
        case .commitTooLarge, .tooManyRecords, .zeroRun, .emptyRecord, .instantNotLater: true
        default: false
        }
    }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
