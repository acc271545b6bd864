import ArgumentParser
import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Foundation

/// `chequebook verify`: reads a journal from its beginning and adds every year up in every way.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks a ledger from its journal alone.",
        discussion: """
            Examples:
              chequebook verify --data ./data
              chequebook verify --data ./data --from-head 1204:9c0f…
              chequebook verify --data ./data --json
              chequebook verify --data ./data --compare

            Reads every record, checks every checksum and the chain of hashes, applies it all to an empty ledger and adds
            each year's cost up by patient, commissioner, setting, month, provider and funder. It ends with the head: the
            last sequence and the hash of all history. Exit code 1 if the journal is damaged, if any two sums differ, or
            if the history does not have the head given. With --compare the ledger is made from the newest checkpoint too,
            and must be the same, byte for byte. Nothing is changed. The service must not be running on the same directory.
            """)

    @Option(help: "Directory of the journal. (default: ./data)", completion: .directory)
    var data = "./data"

    @Option(
        help: ArgumentHelp(
            "A head noted before: proves that history up to it is still the same.", valueName: "SEQUENCE:HASH"))
    var fromHead: String?

    @Flag(help: "Make the ledger from the newest checkpoint too, and compare.")
    var compare = false

    @Flag(help: "Print the result as one JSON object.")
    var json = false

    func validate() throws {
        guard fromHead.map({ JournalHead($0) != nil }) ?? true else {
            throw ValidationError("--from-head takes a sequence, a colon and 64 hexadecimal digits")
        }
    }

    func run() throws {
        guard FileManager.default.fileExists(atPath: data) else {
            throw ValidationError("there is no directory \(data)")
        }
        var walk = VerifiedWalk(noted: fromHead.flatMap { JournalHead($0) })
        var result = VerifyResult()
        do {
            let storage = try FileStorage(path: data, access: .readOnly)
            var progress = try JournalProgress(storage)
            let core = try LedgerCore.open(existing: storage) { batch in
                walk.pass(batch)
                progress?.pass(batch.end)
            }
            progress?.end()
            result.add(core.report)
            for year in core.ledger.yearsWithCost {
                let reconciliation = try core.ledger.reconciliation(year)
                let sums = reconciliation.sums.map { sum in
                    (way: sum.way.rawValue, sum: "\(sum.total.pence) pence in \(sum.total.events) events")
                }
                result.add(VerifyResult.Year(year: "\(year)", agrees: reconciliation.agrees, sums: sums))
            }
            if compare { result.add(try Self.comparison(core, storage)) }
        } catch JournalError.damaged(let damage) {
            result.fault = damage
        } catch {
            throw Service.failure("cannot open the ledger in \(data): \(error)")
        }
        result.take(walk)
        if json {
            print(try result.json)
        } else {
            for line in result.lines { print(line) }
        }
        if let reason = result.reason { throw Service.failure("\(data): \(reason)") }
    }

    /// Makes the ledger once more, from its newest checkpoint, and compares the two.
    private static func comparison(_ core: LedgerCore, _ storage: FileStorage) throws -> VerifyResult.Comparison {
        let other = try LedgerCore.open(existing: storage, usesCheckpoints: true)
        return VerifyResult.Comparison(
            unusable: other.report.unusableCheckpoints, sequence: other.report.checkpointSequence,
            firstDifference: core.ledger.firstDifference(from: other.ledger))
    }
}
