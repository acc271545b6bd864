import Foundation
import Testing

/// The command line: what it refuses to do, and how it says so.
@Suite("The command")
struct CommandTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess(ChequebookBinary.path(), arguments, environment: environment, in: directory)
    }

    /// Runs it to its end, which must be one that it chose, with a code that says no.
    private func refusal(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
        let child = try run(["serve"] + arguments, environment: environment)
        guard case .code(let code) = try child.waitForExit(), code != 0 else {
            throw ChildProcess.Failure(description: "\(arguments) was not refused: \(child.output)\(child.errors)")
        }
        #expect(child.output == "", "\(arguments)")
        return child.errors
    }

    @Test("refuses a ledger that another process holds, and names that process")
    func secondProcess() throws {
        let service = try ServiceProcess(dataPath: directory["data"])
        let errors = try refusal(["--port", "0", "--data", "data"])
        #expect(errors.contains("\(service.processID)"), "\(errors)")
        #expect(errors.contains("data"))
        #expect(try service.get("/_status").status == 200)
        // A kill gives the ledger free, whatever the lock's file says.
        try service.kill()
        try service.restart()
        #expect(try service.get("/_status").status == 200)
    }

    @Test("listens on loopback addresses and nowhere else", arguments: ["0.0.0.0", "::", "8.8.8.8", "10.0.0.1"])
    func otherHosts(host: String) throws {
        let errors = try refusal(["--host", host, "--port", "0", "--data", "data"])
        #expect(errors.contains(host), "\(errors)")
        #expect(errors.contains("loopback"), "\(errors)")
        let fromEnvironment = try refusal(["--port", "0", "--data", "data"], environment: ["CHEQUEBOOK_HOST": host])
        #expect(fromEnvironment.contains("loopback"))
    }

    @Test("refuses a port that is taken")
    func takenPort() throws {
        let service = try ServiceProcess()
        let errors = try refusal(["--port", "\(service.port)", "--data", "data"])
        #expect(errors.contains("\(service.port)"), "\(errors)")
    }

    @Test("shows examples before anything else when asked for help", arguments: [["--help"], ["serve", "--help"]])
    func help(arguments: [String]) throws {
        let child = try run(arguments)
        #expect(try child.waitForExit() == .code(0))
        let examples = try #require(child.output.range(of: "Examples:"))
        let usage = try #require(child.output.range(of: "USAGE:"))
        #expect(examples.lowerBound < usage.lowerBound)
        #expect(child.output.contains("chequebook serve --"))
        #expect(child.errors == "")
    }

    @Test("takes a flag before the environment, that before the file, that before the default")
    func precedence() throws {
        #expect(try journal() == "./data")
        try FileManager.default.createDirectory(atPath: directory["config"], withIntermediateDirectories: false)
        try Data(#"{"data":"of-file"}"#.utf8).write(to: URL(filePath: directory["config/chequebook.json"]))
        try Data(#"{"data":"of-other-file"}"#.utf8).write(to: URL(filePath: directory["other.json"]))
        #expect(try journal() == "of-file")
        #expect(try journal("--config", "other.json") == "of-other-file")
        #expect(try journal(environment: ["CHEQUEBOOK_DATA": "of-environment"]) == "of-environment")
        #expect(try journal("--data", "of-flag", environment: ["CHEQUEBOOK_DATA": "of-environment"]) == "of-flag")
        for name in ["data", "of-file", "of-other-file", "of-environment", "of-flag"] {
            #expect(FileManager.default.fileExists(atPath: directory["\(name)/identity"]), "\(name)")
        }
    }

    /// Where a run says that its journal is.
    private func journal(_ arguments: String..., environment: [String: String] = [:]) throws -> String {
        try? FileManager.default.removeItem(atPath: directory["out"])
        let child = try run(["serve", "--port", "0"] + arguments, environment: environment)
        let path = try waitUntil(seconds: 20) {
            if let exit = child.poll() {
                throw ChildProcess.Failure(description: "ended with \(exit): \(child.errors)")
            }
            return child.output.firstMatch(of: /journal is in (\S+)/).map { String($0.1) }
        }
        #expect(try child.end(SIGTERM) == .code(0))
        return path ?? "nowhere"
    }

    @Test(
        "says what is wrong with a setting instead of guessing",
        arguments: [
            (["--port", "65536"], [:], "port"), (["--port", "-1"], [:], "port"), (["--port", "http"], [:], "port"),
            ([], ["CHEQUEBOOK_PORT": "http"], "port"), ([], ["CHEQUEBOOK_PORT": "99999"], "port"),
            (["--threads", "0"], [:], "threads"),
            ([], ["CHEQUEBOOK_CHECKPOINT_BYTES_MIN": "65535"], "checkpointBytesMin"),
            ([], ["CHEQUEBOOK_CHECKPOINT_BYTES_MIN": "1099511627777"], "checkpointBytesMin"),
            ([], ["CHEQUEBOOK_CHECKPOINT_BYTES_MIN": "64M"], "checkpointBytesMin"),
            (["--patients", "names"], [:], "patients"),
            (["--config", "missing.json"], [:], "missing.json"), (["--dta", "data"], [:], "dta"),
            (["--data", "out/data"], [:], "out/data"),
        ] as [([String], [String: String], String)])
    func wrongSettings(arguments: [String], environment: [String: String], named: String) throws {
        let errors = try refusal(arguments, environment: environment)
        #expect(errors.contains(named), "\(errors)")
    }

    @Test("keeps a ledger to the form of patients that it was created for")
    func patients() throws {
        let service = try ServiceProcess(dataPath: directory["data"], arguments: ["--patients", "pseudonym"])
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            > POST /v1/commissioners/15E/registrations
            > {"patient":"p:0123456789abcdef","from":"2015-04-01","born":"1970-01-01","sex":"female"}
            < 200
            < {"registered":1,…}
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"p:0123456789abcdef","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":700}
            < 201
            < {"patient":"p:0123456789abcdef","commissioner":"15E",…}
            > GET /v1/patients/p:0123456789abcdef
            < 200
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":1}
            < 422
            < {"code":"wrong-patient-form",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"p:0123456789abcde","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":1}
            < 422
            < {"errors":[{"pointer":"/patient","code":"bad-patient","detail":"…"}],…}
            """)
        #expect(try service.terminate() == .code(0))
        let errors = try refusal(["--port", "0", "--data", "data", "--patients", "nhs-number"])
        #expect(errors.contains("--patients pseudonym"), "\(errors)")
        try service.restart()
        #expect(try service.total() == EventSum(pence: 700, events: 1))
    }

    @Test("refuses a journal that is damaged in its middle, by file and offset, and leaves it as it is")
    func damage() throws {
        let service = try ServiceProcess.withOnePatient(dataPath: directory["data"])
        for id in 0..<10 { #expect(try service.send(EventLine(id: "\(id)", amountPence: 1).post).status == 201) }
        #expect(try service.terminate() == .code(0))
        let names = try FileManager.default.contentsOfDirectory(atPath: directory["data"])
        let name = try #require(names.first { $0.hasSuffix(".segment") })
        let path = directory["data/\(name)"]
        var bytes = try Data(contentsOf: URL(filePath: path))
        // In the second record's frame: the header page and the frames are pages of 4,096.
        bytes[2 * 4_096 + 40] ^= 1
        try bytes.write(to: URL(filePath: path))
        let errors = try refusal(["--port", "0", "--data", "data"])
        #expect(errors.contains(name), "\(errors)")
        #expect(errors.contains(/\b\d{4,}\b/), "\(errors)")
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }
}
