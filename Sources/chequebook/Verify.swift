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
              chequebook verify --data ./data --compare

            Reads every record, checks every checksum, applies it all to an empty ledger and adds each year's cost up by
            patient, commissioner, setting, month, provider and funder. Exit code 1 if the journal is damaged or any two
            sums differ. With --compare the ledger is made from the newest checkpoint too, and must be the same to the byte.
            The service must not be running on the same directory.
            """)

    @Option(help: "Directory of the journal. (default: ./data)", completion: .directory)
    var data = "./data"

    @Flag(help: "Make the ledger from the newest checkpoint too, and compare.")
    var compare = false

    func run() throws {
        guard FileManager.default.fileExists(atPath: data) else {
            throw ValidationError("there is no directory \(data)")
        }
        let storage: FileStorage
        let core: LedgerCore
        do {
            storage = try FileStorage(path: data)
            core = try LedgerCore.open(existing: storage, usesCheckpoints: false)
        } catch {
            throw Service.failure("cannot open the ledger in \(data): \(error)")
        }
        let report = core.report
        print("\(report.records) records in \(report.commits) commits, up to sequence \(report.lastSequence).")
        var differs = false
        for year in core.ledger.yearsWithCost {
            let reconciliation = try core.ledger.reconciliation(year)
            if reconciliation.agrees {
                let total = reconciliation.sums[0].total
                print("\(year): \(total.pence) pence in \(total.events) events, the same in every way of adding up.")
            } else {
                differs = true
                print("\(year): the ways of adding up differ:")
                for sum in reconciliation.sums {
                    print("  by \(sum.way.rawValue): \(sum.total.pence) pence in \(sum.total.events) events")
                }
            }
        }
        if compare, try !agreesWithCheckpoint(core, storage) { differs = true }
        if differs { throw ExitCode.failure }
        print("Everything agrees.")
    }

    /// Whether the newest checkpoint and what follows it make the same ledger as the whole journal.
    private func agreesWithCheckpoint(_ core: LedgerCore, _ storage: FileStorage) throws -> Bool {
        try core.journal.close()
        let other = try LedgerCore.open(existing: storage, usesCheckpoints: true)
        for unusable in other.report.unusableCheckpoints { print("A checkpoint could not be used. \(unusable)") }
        guard let sequence = other.report.checkpointSequence else {
            print("There is no checkpoint to compare with.")
            return other.report.unusableCheckpoints.isEmpty
        }
        if let offset = core.ledger.image().firstDifference(from: other.ledger.image()) {
            print("From the checkpoint at record \(sequence) the ledger differs, from byte \(offset) of its image on.")
            return false
        }
        print("From the checkpoint at record \(sequence) the ledger is the same, to the byte.")
        return other.report.unusableCheckpoints.isEmpty
    }
}
