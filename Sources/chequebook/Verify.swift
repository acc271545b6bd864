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

            Reads every record, checks every checksum, applies it all to an empty ledger and adds each year's cost up by
            patient, commissioner, setting, month, provider and funder. Exit code 1 if the journal is damaged or any two
            sums differ. The service must not be running on the same directory.
            """)

    @Option(help: "Directory of the journal. (default: ./data)", completion: .directory)
    var data = "./data"

    func run() throws {
        guard FileManager.default.fileExists(atPath: data) else {
            throw ValidationError("there is no directory \(data)")
        }
        let core: LedgerCore
        do {
            core = try LedgerCore.open(existing: FileStorage(path: data))
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
        if differs { throw ExitCode.failure }
        print("Everything agrees.")
    }
}
