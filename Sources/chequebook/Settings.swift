import ChequebookEngine
import ChequebookModel
import Configuration
import SystemPackage

/// The settings of a run: a flag wins over the environment, that over the file, that over the default.
struct Settings {
    static let defaultFile = "config/chequebook.json"

    let host: String
    let port: Int
    let dataPath: String
    /// Nil takes what the ledger was created for; a new one is for NHS numbers.
    let patients: PatientForm?
    /// Event loops, each a thread.
    let threads: Int
    /// Of the journal, between one checkpoint and the next.
    let checkpointBytesMin: Int

    /// Why a setting cannot be used, for the person who set it.
    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads `CHEQUEBOOK_HOST`, `CHEQUEBOOK_PORT`, `CHEQUEBOOK_DATA`, `CHEQUEBOOK_PATIENTS`, `CHEQUEBOOK_THREADS`,
    /// `CHEQUEBOOK_CHECKPOINT_BYTES_MIN` and the keys `host`, `port`, `data`, `patients`, `threads`, `checkpointBytesMin`
    /// of the file.
    ///
    /// - Parameter file: a JSON file; nil for the default one, which may be missing.
    init(flags: Flags, file: String?) async throws {
        let path = FilePath(file ?? Self.defaultFile)
        let reader = ConfigReader(providers: [
            EnvironmentVariablesProvider().prefixKeys(with: "chequebook"),
            try await FileProvider<JSONSnapshot>(filePath: path, allowMissing: file == nil),
        ])
        host = flags.host ?? reader.string(forKey: "host", default: "127.0.0.1")
        let port = try flags.port ?? Self.integer(reader, "port") ?? 8080
        guard (0...65_535).contains(port) else { throw Wrong(description: "port must be from 0 to 65535") }
        self.port = port
        dataPath = flags.data ?? reader.string(forKey: "data", default: "./data")
        patients = try Self.form(flags.patients ?? reader.string(forKey: "patients"))
        let threads = try flags.threads ?? Self.integer(reader, "threads") ?? 2
        guard (1...64).contains(threads) else { throw Wrong(description: "threads must be from 1 to 64") }
        self.threads = threads
        let bytesMin =
            try Self.integer(reader, "checkpointBytesMin") ?? LedgerCore.defaultCheckpointBytesMin
        guard Self.checkpointBytesMinRange.contains(bytesMin) else {
            throw Wrong(description: "checkpointBytesMin must be from 65536 (64 KiB) to 1099511627776 (1 TiB)")
        }
        checkpointBytesMin = bytesMin
    }

    private static let checkpointBytesMinRange = 1 << 16...1 << 40

    /// What was given on the command line.
    struct Flags {
        var host: String?
        var port: Int?
        var data: String?
        var patients: String?
        var threads: Int?
    }

    /// A number, in the environment as text; one that cannot be read is wrong, never the default.
    private static func integer(_ reader: ConfigReader, _ key: ConfigKey) throws -> Int? {
        if let number = reader.int(forKey: key) { return number }
        guard reader.string(forKey: key) == nil else { throw Wrong(description: "\(key) must be a whole number") }
        return nil
    }

    private static func form(_ name: String?) throws -> PatientForm? {
        guard let name else { return nil }
        guard let form = PatientForm.allCases.first(where: { $0.name == name }) else {
            throw Wrong(description: "patients must be nhs-number or pseudonym")
        }
        return form
    }
}
