import ChequebookEngine
import ChequebookHTTP
import ChequebookJournal
import Foundation

/// The whole service with one event loop that a test can hold: what is sent meanwhile is read in one turn.
final class HeldService {
    private let engine: Engine
    private let application: HoldingApplication
    private let server: Server
    private let port: Int

    /// - Parameter queueBytesMax: bytes of records that may wait for the journal.
    init(queueBytesMax: Int = 1 << 20) throws {
        let engine = Engine(queueBytesMax: queueBytesMax)
        self.engine = engine
        application = HoldingApplication(LedgerApplication(engine: engine, disk: DiskGauge(path: "/")))
        server = Server(application: application, threads: 1)
        port = try server.start(host: "127.0.0.1", port: 0)
        let opened = DispatchSemaphore(value: 0)
        engine.start(
            storage: { MemoryStorage() }, form: nil, newIdentity: [UInt8](repeating: 9, count: 16),
            opened: { _ in opened.signal() })
        opened.wait()
    }

    func connect() throws -> PlainClient { try PlainClient(port: port) }

    /// Runs `body` while the event loop stands still.
    func whileHeld(_ body: () throws -> Void) throws {
        let holder = try connect()
        try holder.sendAway(ReferenceRequest(method: "GET", path: HoldingApplication.path))
        application.isHeld.wait()
        try body()
        application.goesOn.signal()
        _ = try holder.answer()
        holder.close()
    }

    func stop() throws {
        try server.shutdown(deadlineSeconds: 5)
        engine.stop()
    }
}

/// An application of which one path stops the event loop, as none must, until the test has it go on.
private final class HoldingApplication: Application {
    static let path = "/_ping"

    let isHeld = DispatchSemaphore(value: 0)
    let goesOn = DispatchSemaphore(value: 0)
    private let wrapped: LedgerApplication

    init(_ wrapped: LedgerApplication) { self.wrapped = wrapped }

    func begin(_ request: Request, _ exchange: Exchange) -> Admission {
        if request.path == Self.path {
            isHeld.signal()
            goesOn.wait()
        }
        return wrapped.begin(request, exchange)
    }

    func problem(status: Int, code: String, detail: String, requestID: RequestID) -> Response {
        wrapped.problem(status: status, code: code, detail: detail, requestID: requestID)
    }
}
