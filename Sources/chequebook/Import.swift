import ArgumentParser
import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import ChequebookWire
import Foundation

/// `chequebook import`: makes a ledger from what `chequebook export` wrote.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a new ledger from an export, with the same history.",
        discussion: """
            Examples:
              chequebook import --data ./copy ledger.ndjson
              chequebook import --data ./copy --format csv ledger.csv
              gunzip -c ledger.ndjson.gz | chequebook import --data ./copy -

            Every line is checked as an HTTP body is checked, and every commit is made again with its facts and its instant.
            The new ledger must have the head that the export's last line has, so that each answer, of the past too, is the
            same. It is built in the directory's name with .importing behind it, which is renamed when all is done. If a
            line is wrong its number and the reason are said, exit code 1, and nothing is left behind.
            """)

    @Option(help: "Directory of the new ledger; missing or empty.", completion: .directory)
    var data: String

    @Option(help: "The form of its lines. (default: csv for a name that ends in .csv, else ndjson)")
    var format: FormArgument?

    @Argument(help: "The export; - reads standard input.", completion: .file())
    var file: String

    func run() throws {
        Interruption.watch()
        do {
            try makeLedger()
        } catch let problem as ExportProblem {
            throw Service.failure("\(file == "-" ? "standard input" : file) \(problem). No ledger was made")
        } catch {
            throw Service.failure("cannot import into \(data): \(error). No ledger was made")
        }
    }

    private func makeLedger() throws {
        let new = try NewLedger(path: data)
        let input = try ImportInput(path: file)
        var progress = input.byteCount.flatMap(ProgressLine.init(byteCount:))
        let configuration = JournalConfiguration()
        let parser = ExportParser(
            (format ?? (file.hasSuffix(".csv") ? .csv : .ndjson)).form, commitBytesMax: configuration.commitBytesMax,
            recordsInCommitMax: configuration.recordsInCommitMax)
        while let bytes = try input.read() {
            try parser.take(bytes) { try new.take($0, line: parser.line) }
            try Interruption.check()
            progress?.pass(input.bytesRead)
        }
        try parser.end { try new.take($0, line: parser.line) }
        let head = try new.finish()
        progress?.end()
        print("\(head.sequence) facts in \(new.commitCount) commits were imported into \(data).")
        print("Head: \(head)")
    }
}
