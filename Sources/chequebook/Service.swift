import ArgumentParser
import ChequebookEngine
import ChequebookHTTP
import ChequebookJournal
import Dispatch
import Foundation
import Synchronization

/// One run of the service, from the first line it prints to its exit.
struct Service {
    private static let shutdownSecondsMax: Int64 = 10
    private let settings: Settings

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// Serves until it is told to stop. Blocks the process's main thread, which has nothing else to do.
    ///
    /// - Throws: `ExitCode` after the reason has been printed.
    func run() throws {
        // A file that may not grow further must give an error, which is answered, and not end the process.
        signal(SIGXFSZ, SIG_IGN)
        let stop = DispatchSemaphore(value: 0)
        let signals = [SIGTERM, SIGINT].map { Self.onSignal($0) { stop.signal() } }
        defer { for signal in signals { signal.cancel() } }

        let engine = Engine(checkpointBytesMin: settings.checkpointBytesMin)
        try makeDataDirectory()
        let disk = DiskGauge(path: settings.dataPath)
        disk.start()
        let server = Server(
            application: LedgerApplication(engine: engine, disk: disk), threads: settings.threads)
        let port: Int
        do {
            port = try server.start(host: settings.host, port: settings.port)
        } catch {
            try? server.shutdown(deadlineSeconds: 0)
            throw Self.failure("cannot listen on \(settings.host):\(settings.port): \(error)")
        }
        let failure = Mutex<String?>(nil)
        open(engine, port: port) { reason in
            failure.withLock { $0 = reason }
            stop.signal()
        }
        stop.wait()
        // First the clients get their answers, then the journal is closed behind them.
        try? server.shutdown(deadlineSeconds: Self.shutdownSecondsMax)
        engine.stop()
        if let reason = failure.withLock({ $0 }) { throw Self.failure(reason) }
        Self.say("Stopped; everything acknowledged is in \(settings.dataPath).")
    }

    private func open(_ engine: Engine, port: Int, failed: @escaping @Sendable (String) -> Void) {
        let settings = settings
        var generator = SystemRandomNumberGenerator()
        let identity = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let clock = ContinuousClock()
        let start = clock.now
        engine.start(
            storage: { try FileStorage(path: settings.dataPath) }, form: settings.patients, newIdentity: identity,
            opened: { result in
                switch result {
                case .success(let report):
                    Self.greet(settings, port: port, report: report, took: clock.now - start, engine)
                case .failure(let error):
                    failed("cannot open the ledger in \(settings.dataPath): \(error)\(Self.wayOut(of: error))")
                }
            })
    }

    /// What can be done about a ledger that cannot be opened, where the reason does not say it.
    private static func wayOut(of error: any Error) -> String {
        guard case JournalError.damaged = error else { return "" }
        return """
            . Nothing was changed. Restore a backup (chequebook restore), or write what is sound to another directory \
            (chequebook verify --repair)
            """
    }

    private static func greet(
        _ settings: Settings, port: Int, report: RecoveryReport, took: Duration, _ engine: Engine
    ) {
        let address = settings.host.contains(":") ? "[\(settings.host)]:\(port)" : "\(settings.host):\(port)"
        let form = engine.patientForm?.name ?? ""
        say("Chequebook listens on http://\(address)")
        say("Its journal is in \(settings.dataPath) (patients by \(form)).")
        let milliseconds = took.components.seconds * 1_000 + took.components.attoseconds / 1_000_000_000_000_000
        for unusable in report.unusableCheckpoints { say("A checkpoint could not be used. \(unusable)") }
        let behind = report.checkpointSequence.map { " behind the checkpoint at record \($0)" } ?? ""
        say("Replayed \(report.records) records of \(report.commits) commits\(behind) in \(milliseconds) ms.")
        if let torn = report.tornTail, let keptIn = torn.keptIn {
            say(
                """
                A crash had torn the last write: \(torn.byteCount) bytes that were never acknowledged were cut from \
                \(torn.name) at byte \(torn.byteOffset) and kept in \(keptIn).
                """)
        }
        say("Try:")
        say("  curl http://\(address)/_status")
        say("  curl http://\(address)/v1/commissioners")
        say("  curl 'http://\(address)/v1/totals?year=2015-16'")
    }

    private func makeDataDirectory() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: settings.dataPath, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Self.failure("cannot make the directory \(settings.dataPath): \(error.localizedDescription)")
        }
    }

    /// Tells a person something beside the result.
    static func note(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    static func failure(_ reason: String) -> ExitCode {
        note("chequebook: \(reason)")
        return ExitCode.failure
    }

    /// Prints a line at once, also into a pipe.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private static func onSignal(_ number: Int32, _ body: @escaping @Sendable () -> Void) -> any DispatchSourceSignal {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: body)
        source.resume()
        return source
    }
}
