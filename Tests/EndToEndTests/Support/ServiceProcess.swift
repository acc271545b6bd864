import Foundation

/// `chequebook serve` on a ledger of its own and a free port.
final class ServiceProcess {
    let directory: TemporaryDirectory
    private(set) var port = 0
    private let dataPath: String
    private let arguments: [String]
    private let environment: [String: String]
    private var child: ChildProcess

    /// Starts it and waits until it can be used.
    ///
    /// - Parameters:
    ///   - dataPath: its data directory; nil for an empty one, gone with this object.
    ///   - arguments: more flags.
    init(dataPath: String? = nil, arguments: [String] = [], environment: [String: String] = [:]) throws {
        directory = try TemporaryDirectory()
        self.dataPath = dataPath ?? directory["data"]
        (self.arguments, self.environment) = (arguments, environment)
        child = try Self.spawn(self.dataPath, arguments, environment, directory)
        try waitUntilReady()
    }

    private static func spawn(
        _ dataPath: String, _ arguments: [String], _ environment: [String: String], _ directory: TemporaryDirectory
    ) throws -> ChildProcess {
        try? FileManager.default.removeItem(atPath: directory["out"])
        return try ChildProcess(
            ChequebookBinary.path(), ["serve", "--port", "0", "--data", dataPath] + arguments,
            environment: environment, in: directory)
    }

    var processID: pid_t { child.processID }

    /// What it has printed since its last start, and to its standard error since its first.
    var printed: String { child.output + child.errors }

    /// The first line names the port; `/_status` says when the journal has been replayed.
    private func waitUntilReady() throws {
        let isReady = try waitUntil(seconds: 30) { () -> Bool? in
            if let exit = child.poll() {
                throw ChildProcess.Failure(description: "the service ended with \(exit):\n\(printed)")
            }
            guard let found = child.output.firstMatch(of: /listens on http:\/\/[^\n]*:(\d+)\n/),
                let port = Int(found.1)
            else { return nil }
            self.port = port
            return try get("/_status").status == 200 ? true : nil
        }
        guard isReady != nil else {
            throw ChildProcess.Failure(description: "the service was not ready in 30 s:\n\(printed)")
        }
    }

    /// Ends it as a power cut would: no handler runs, nothing is flushed.
    func kill() throws {
        try child.end(SIGKILL)
    }

    func signal(_ number: Int32) {
        child.signal(number)
    }

    func waitForExit() throws -> ChildProcess.Exit {
        try child.waitForExit()
    }

    /// Asks it to stop, and waits until it has.
    func terminate() throws -> ChildProcess.Exit {
        try child.end(SIGTERM)
    }

    /// Starts it again on the same data; it must have ended.
    func restart() throws {
        child = try Self.spawn(dataPath, arguments, environment, directory)
        try waitUntilReady()
    }

    /// Memory that the process has in use, in bytes.
    func residentBytes() throws -> Int {
        try memoryBytes("VmRSS")
    }

    /// The most memory that it has ever had in use, in bytes.
    func residentPeakBytes() throws -> Int {
        try memoryBytes("VmHWM")
    }

    private func memoryBytes(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        guard let kibibytes = line?.firstMatch(of: /\d+/).flatMap({ Int($0.0) }) else {
            throw ChildProcess.Failure(description: "process \(processID) has no \(name)")
        }
        return kibibytes * 1_024
    }

    /// A connection to it.
    func connect() throws -> RawClient {
        try RawClient(port: port)
    }

    /// One request on a connection of its own.
    func send(_ request: RawRequest) throws -> RawAnswer {
        let client = try connect()
        try client.send(request)
        return try client.answer(toHead: request.method == "HEAD")
    }

    func get(_ target: String) throws -> RawAnswer {
        try send(RawRequest("GET", target))
    }

    /// A commissioner's totals, flat: `/cost/totalPence` → `1200`.
    func totals(_ code: String, _ query: String) throws -> FlatJSON {
        try FlatJSON(get("/v1/commissioners/\(code)/totals?\(query)").text)
    }
}
