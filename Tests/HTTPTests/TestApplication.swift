import ChequebookHTTP
import Dispatch
import Glibc
import NIOCore
import Synchronization
import Testing

/// An application whose every route shows one property of the transport.
final class TestApplication: Application {
    struct Seen {
        var bodyBytes = 0
        var aborted = 0
        var ended = 0
        var held: [Exchange] = []
    }

    let seen = Mutex(Seen())

    func begin(_ request: Request, _ exchange: Exchange) -> Admission {
        switch (request.method, request.path) {
        case (.post, "/echo"): return .body(Collector(self, exchange, isPausing: false), bytesMax: .max)
        case (.post, "/ten"): return .body(Collector(self, exchange, isPausing: false), bytesMax: 10)
        case (.post, "/pausing"): return .body(Collector(self, exchange, isPausing: true), bytesMax: .max)
        case (_, "/held"):
            seen.withLock { $0.held.append(exchange) }
            return .pending
        case (_, "/late"):
            let milliseconds = request.query.flatMap { Int($0) } ?? 0
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
                exchange.mailbox.post { exchange.respond(Self.text("late \(milliseconds)")) }
            }
            return .pending
        case (_, "/large"):
            let bytes = request.query.flatMap { Int($0) } ?? 0
            exchange.respond(Response(contentType: .text, body: ByteBuffer(repeating: 0x78, count: bytes)))
        case (_, "/empty"): exchange.respond(Response(status: 204))
        case (_, "/unchanged"): exchange.respond(Response(status: 304, headers: [("ETag", "\"1\"")]))
        case (_, "/cached"):
            exchange.respond(Response(contentType: .text, headers: [("Cache-Control", "max-age=1")], body: .init()))
        case (_, "/split"):
            exchange.respond(Response(contentType: .text, headers: [("X-A", "b\r\nX-C: d")], body: .init()))
        case (_, "/unknown"): exchange.respond(Response(status: 404))
        default: exchange.respond(Self.text("\(request.path)|\(request.query ?? "none")"))
        }
        return .answered
    }

    func problem(status: Int, code: String, detail: String, requestID: RequestID) -> Response {
        Response(status: status, contentType: .problem, body: ByteBuffer(string: "\(code) \(requestID)"))
    }

    static func text(_ text: String) -> Response {
        Response(contentType: .text, body: ByteBuffer(string: text))
    }

    /// Waits until what was seen is as expected, at most five seconds.
    func wait(until isReached: (Seen) -> Bool) -> Bool {
        for _ in 0..<500 {
            if seen.withLock({ isReached($0) }) { return true }
            pause(milliseconds: 10)
        }
        return false
    }

    /// Answers the requests to `/held`, in the order given.
    func answerHeld(_ order: [Int]) {
        let held = seen.withLock { $0.held }
        for index in order {
            let exchange = held[index]
            exchange.mailbox.post { exchange.respond(Self.text("held \(index)")) }
        }
    }
}

/// Takes a body and echoes it; a pausing one stops at each part until somebody resumes.
final class Collector: BodyConsumer {
    private let application: TestApplication
    private let exchange: Exchange
    private let isPausing: Bool
    private var bytes = ByteBuffer()

    init(_ application: TestApplication, _ exchange: Exchange, isPausing: Bool) {
        self.application = application
        self.exchange = exchange
        self.isPausing = isPausing
        if isPausing { application.seen.withLock { $0.held.append(exchange) } }
    }

    func received(_ part: ByteBuffer) {
        application.seen.withLock { $0.bodyBytes += part.readableBytes }
        if isPausing {
            exchange.pauseReading()
        } else {
            bytes.writeImmutableBuffer(part)
        }
    }

    func ended() {
        application.seen.withLock { $0.ended += 1 }
        exchange.respond(Response(status: 201, contentType: .text, body: bytes))
    }

    func aborted() {
        #expect(exchange.isClosed)
        application.seen.withLock { $0.aborted += 1 }
    }
}

func pause(milliseconds: UInt32) {
    usleep(milliseconds * 1_000)
}

/// Runs a server on a free port for the time of one test.
func withServer(
    threads: Int = 1, adjust: (inout ServerLimits) -> Void = { _ in },
    _ body: (Int, TestApplication, Server) throws -> Void
) throws {
    var limits = ServerLimits()
    limits.sweepMilliseconds = 20
    limits.lingerMillisecondsMax = 300
    adjust(&limits)
    let application = TestApplication()
    let server = Server(application: application, limits: limits, threads: threads)
    let port = try server.start(host: "127.0.0.1", port: 0)
    defer { #expect(throws: Never.self) { try server.shutdown(deadlineSeconds: 0) } }
    try body(port, application, server)
}
