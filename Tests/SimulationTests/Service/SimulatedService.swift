import ChequebookEngine
import ChequebookHTTP
import ChequebookJournal
import Foundation

/// The whole service in this process: engine, journal on a storage of the test's, and HTTP on a real socket.
final class SimulatedService {
    /// Small, so that a run fills several segments.
    static let sizes = JournalConfiguration(segmentBytesMax: 262_144, commitBytesMax: 65_536)

    private let engine: Engine
    private let server: Server
    private let client: PlainClient

    /// Starts on what `storage` holds and returns when replay is complete.
    ///
    /// - Parameters:
    ///   - booksInRuns: the fast way or the plain one: both must give the same answers.
    ///   - usesCheckpoints: whether to begin with a checkpoint: replaying everything must give the same answers.
    init(_ storage: any Storage, clock: SimulatedClock, booksInRuns: Bool, usesCheckpoints: Bool) throws {
        engine = Engine(
            clock: clock, configuration: Self.sizes, booksInRuns: booksInRuns, usesCheckpoints: usesCheckpoints,
            checkpointBytesMin: 60_000)
        server = Server(application: LedgerApplication(engine: engine, disk: DiskGauge(path: "/")), threads: 1)
        let port = try server.start(host: "127.0.0.1", port: 0)
        let opened = DispatchSemaphore(value: 0)
        let failure = Failure()
        engine.start(
            storage: { storage }, form: nil, newIdentity: [UInt8](repeating: 9, count: 16),
            opened: { result in
                if case .failure(let error) = result { failure.error = error }
                opened.signal()
            })
        opened.wait()
        if let error = failure.error {
            try server.shutdown(deadlineSeconds: 5)
            engine.stop()
            throw error
        }
        client = try PlainClient(port: port)
    }

    /// Written by the engine's thread before the semaphore is signalled, read after it.
    private final class Failure: @unchecked Sendable {
        var error: (any Error)?
    }

    func send(_ request: ReferenceRequest) throws -> PlainClient.Answer { try client.send(request) }

    /// Ends all threads. What the storage loses is the test's business.
    func stop() throws {
        client.close()
        try server.shutdown(deadlineSeconds: 5)
        engine.stop()
    }
}
