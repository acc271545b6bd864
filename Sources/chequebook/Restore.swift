import ArgumentParser
import ChequebookJournal
import Foundation

/// `chequebook restore`: makes a ledger of a backup.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a ledger of a backup, in a new directory.",
        discussion: """
            Examples:
              chequebook restore --from /backup/chequebook --data ./data
              chequebook verify --data ./data

            Every record, checksum and hash is checked on the way. It writes into an empty directory or a new one alone.
            Until all is there the directory cannot be served; should it end early, run it again. Any ledger can be copied
            so, if it is not being served.
            """)

    @Option(help: "Directory of the backup.", completion: .directory)
    var from: String

    @Option(help: "Directory of the ledger to make. (default: ./data)", completion: .directory)
    var data = "./data"

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func run() throws {
        try LedgerDirectory.check(from)
        do {
            let source = try FileStorage(path: from, access: .readOnly)
            let report = try LedgerDirectory.copy(source, to: data, purpose: .ledger)
            try CopyResult(report).say(json: json, what: "The ledger")
        } catch {
            throw Service.failure("cannot restore \(from) to \(data): \(error)")
        }
    }
}
