import ArgumentParser
import ChequebookEngine
import ChequebookJournal
import Foundation

/// What the commands that look at a ledger's files do alike.
enum LedgerDirectory {
    /// Refuses a path at which there is nothing.
    static func check(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("there is no directory \(path)")
        }
    }

    /// Makes a ledger of what is in `source`, in an empty directory, or one in which that was begun before.
    static func copy(
        _ source: FileStorage, to path: String, purpose: JournalCopy.Purpose
    ) throws -> JournalCopy.Report {
        let identity = try LedgerHistory.identity(in: source)
        let target = try FileStorage(path: path)
        var progress = try JournalProgress(source)
        let report = try JournalCopy.run(
            from: source, to: target, purpose: purpose, ledgerIdentity: identity,
            pass: { progress?.pass($0.end) })
        progress?.end()
        return report
    }
}
