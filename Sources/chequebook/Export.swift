import ArgumentParser
import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import ChequebookWire
import Foundation

/// The form of an export as it is named on the command line.
enum FormArgument: String, ExpressibleByArgument, CaseIterable {
    case ndjson, csv

    var form: ExportForm { self == .csv ? .csv : .ndjson }
}

/// `chequebook export`: writes everything that a ledger has recorded, in a form that any program reads.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes every fact of a ledger as NDJSON or CSV.",
        discussion: """
            Examples:
              chequebook export --data ./data > ledger.ndjson
              chequebook export --data ./data --format csv --output ledger.csv
              chequebook export --data ./data | jq -c 'select(.fact == "cost-event")'

            One line for each fact, in the order in which they were recorded, with all that was said and the instant at
            which it was recorded: docs/EXPORT_FORMAT.md. Its last line has the head, and `chequebook import` makes a ledger
            with the same head from it. How many facts were written is said on standard error. Exit code 1 if anything is
            wrong; then the export has no last line. Every checksum and hash is checked. Nothing is changed. The service
            must not be running on the same directory.
            """)

    /// How the ledger's directory is opened.
    private static let access = JournalAccess.readOnly
    private static let piecesBytes = 256 << 10

    @Option(help: "Directory of the journal.", completion: .directory)
    var data = "./data"

    @Option(help: "The form of its lines.")
    var format = FormArgument.ndjson

    @Option(help: "File to write, which must not be there. (default: standard output)", completion: .file())
    var output: String?

    func run() throws {
        // A closed pipe is an error of the write.
        signal(SIGPIPE, SIG_IGN)
        Interruption.watch()
        do {
            try export()
        } catch ExportOutput.Failure.closed {
            throw ExitCode.failure
        } catch JournalError.damaged(let damage) {
            throw Service.failure("\(data): damaged: \(damage). Nothing was changed; restore it from a backup")
        } catch {
            throw Service.failure("cannot export the ledger in \(data): \(error)")
        }
    }

    private func export() throws {
        let storage = try FileStorage(path: data, access: Self.access)
        let identity = try LedgerHistory.identity(in: storage)
        let output = try ExportOutput(path: output)
        var progress = self.output == nil && isatty(STDOUT_FILENO) == 1 ? nil : try JournalProgress(storage)
        var writer = ExportWriter(format.form)
        writer.begin(identity: identity.bytes)
        let (journal, report) = try Journal.open(
            storage: storage, ledgerIdentity: identity, access: Self.access,
            replay: { batch in
                let recordedAt = Instant(microseconds: batch.recordedAtMicroseconds)
                try batch.forEachRecord { record in
                    try writer.append(record.payload, sequence: record.sequence, recordedAt: recordedAt)
                    if writer.byteCount >= Self.piecesBytes { try writer.take { try output.write($0) } }
                }
                try Interruption.check()
                progress?.pass(batch.end)
            })
        writer.end(head: "\(journal.head)")
        try writer.take { try output.write($0) }
        try output.finish()
        progress?.end()
        if let torn = report.tornTail {
            Self.tell(
                "A crash tore the last write: its \(torn.byteCount) bytes were never acknowledged and are left out.")
        }
        Self.tell("\(report.records) facts in \(report.commits) commits were exported.")
        Self.tell("Head: \(journal.head)")
    }

    private static func tell(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
