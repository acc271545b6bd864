import ArgumentParser
import ChequebookJournal
import Foundation

/// `chequebook archive`: compresses segments that take no more commits, and moves them away.
struct Archive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Moves old segments of a journal into an archive, compressed.",
        discussion: """
            Examples:
              chequebook archive --data ./data --to /archive/chequebook
              chequebook archive --data ./data --to /archive/chequebook --keep 0
              chequebook archive --data ./data --to /archive/chequebook --json

            Takes every segment but the last and the newest before it that are to be kept. Each is checked, compressed with
            zstd, read back and compared; then a link takes its place. The ledger stays whole: the service reads archived
            segments as it reads others, and so does verify, so the archive must be there whenever they run. The service may
            run meanwhile; it gives the room free at its next start. Run it as the user that the service runs as. Running it
            again takes what has come since. Exit code 1 if a segment is damaged or a file cannot be read or written;
            nothing is lost then, and what was archived before stays so.
            """)

    @Option(help: "Directory of the journal. (default: ./data)", completion: .directory)
    var data = "./data"

    @Option(help: "Directory of the archive, made if missing.", completion: .directory)
    var to: String

    @Option(help: "How many segments before the last stay as they are.")
    var keep = 2

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard (0...Self.keptCountMax).contains(keep) else {
            throw ValidationError("--keep takes a number from 0 to \(Self.keptCountMax)")
        }
    }

    private static let keptCountMax = 1_000_000

    func run() throws {
        try LedgerDirectory.check(data)
        var result = ArchiveResult()
        do {
            try archive(&result)
        } catch {
            result.reason = "\(error)"
        }
        if json {
            print(try result.json)
        } else if result.reason == nil {
            print(result.summary)
        }
        if let reason = result.reason { throw Service.failure("\(data): \(reason)") }
    }

    private func archive(_ result: inout ArchiveResult) throws {
        let archiver = try Archiver(dataPath: data, archivePath: to, keptCount: keep)
        let all = archiver.segments.reduce(0) { $0 + $1.byteCount }
        var progress = ProgressLine(byteCount: all)
        var done = 0
        defer { progress?.end() }
        for segment in archiver.segments {
            let archived = try archiver.archive(segment, progress: { progress?.pass(done + $0) })
            done += segment.byteCount
            result.archived.append(archived)
            guard !json else { continue }
            progress?.clear()
            print(ArchiveResult.line(archived))
        }
    }
}
