import ArgumentParser
import ChequebookEngine
import ChequebookJournal
import Foundation

/// `chequebook backup`: copies a ledger, also one that is being served, and goes on with a copy made before.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies a ledger while it is served; again, what is new.",
        discussion: """
            Examples:
              chequebook backup --data ./data --to /backup/chequebook
              chequebook backup --data ./data --to /backup/chequebook --json

            Every record, checksum and hash is checked on the way. The backup is a prefix of the history: nothing in it can
            be lost by a crash of the service any more. What it has already is not copied again. It cannot be served or
            added to; see chequebook restore. Exit code 1 if the journal is damaged or the backup is of another history.
            """)

    @Option(help: "Directory of the journal. (default: ./data)", completion: .directory)
    var data = "./data"

    @Option(help: "Directory of the backup, made if missing.", completion: .directory)
    var to: String

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        try LedgerDirectory.check(data)
        do {
            let source = try FileStorage(path: data, access: .beside)
            let identity = try LedgerHistory.identity(in: source)
            let target = try FileStorage(path: to)
            var progress = try JournalProgress(source)
            let report = try JournalCopy.run(
                from: source, to: target, purpose: .backup, ledgerIdentity: identity,
                pause: { Thread.sleep(forTimeInterval: 0.05) },
                pass: { progress?.pass($0.end) })
            progress?.end()
            try CopyResult(report).say(json: json, what: "The backup")
        } catch {
            throw Service.failure("cannot back up \(data) to \(to): \(error)")
        }
    }
}
