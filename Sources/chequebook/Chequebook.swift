import ArgumentParser

/// The command: one word for each thing that can be done with a ledger.
@main
struct Chequebook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chequebook",
        abstract: "Tracks what a population's care costs against what capitation gives for it.",
        discussion: """
            Examples:
              chequebook serve --data ./data
              chequebook serve --port 8081 --data ./data-pseudonymous --patients pseudonym
              chequebook verify --data ./data
              chequebook backup --data ./data --to /backup/chequebook
              chequebook restore --from /backup/chequebook --data ./data
              chequebook archive --data ./data --to /archive/chequebook
              chequebook export --data ./data --output ledger.ndjson
              chequebook import --data ./copy ledger.ndjson
            """,
        subcommands: [
            Serve.self, Verify.self, Backup.self, Restore.self, Archive.self, Export.self, Import.self,
        ])
}
