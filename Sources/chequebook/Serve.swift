import ArgumentParser

/// `chequebook serve`: opens the ledger, listens, and stops cleanly on SIGTERM or SIGINT.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the HTTP API on a loopback address.",
        discussion: """
            Examples:
              chequebook serve
              chequebook serve --host 127.0.0.1 --port 8080 --data ./data
              CHEQUEBOOK_PORT=8081 chequebook serve --data /srv/chequebook

            A flag wins over the environment (CHEQUEBOOK_HOST, _PORT, _DATA, _PATIENTS, _THREADS), that over the
            settings file, that over the default. How often a checkpoint is made is set in the environment
            (CHEQUEBOOK_CHECKPOINT_BYTES_MIN) or the file (checkpointBytesMin). Without authentication only loopback addresses are served.
            """)

    @Option(help: "Loopback address to listen on. (default: 127.0.0.1)")
    var host: String?

    @Option(help: "Port to listen on; 0 takes a free one. (default: 8080)")
    var port: Int?

    @Option(help: "Directory of the journal, made if missing. (default: ./data)", completion: .directory)
    var data: String?

    @Option(help: "What a new ledger knows patients by: nhs-number or pseudonym. (default: nhs-number)")
    var patients: String?

    @Option(help: "Event loops, each a thread. (default: 2)")
    var threads: Int?

    @Option(help: "Settings file. (default: \(Settings.defaultFile), if it is there)", completion: .file())
    var config: String?

    func run() async throws {
        let flags = Settings.Flags(host: host, port: port, data: data, patients: patients, threads: threads)
        let settings = try await Settings(flags: flags, file: config)
        try Service(settings).run()
    }
}
