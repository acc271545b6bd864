import Foundation
import Testing

@Suite("A service that is asked to stop")
struct ShutdownTests {
    @Test("answers what has begun, takes no more, and leaves with code 0", arguments: [SIGTERM, SIGINT])
    func inFlight(signal: Int32) throws {
        let service = try ServiceProcess.withOnePatient()
        let event = EventLine(id: "1", amountPence: 700)
        let idle = try service.connect()
        #expect(try idle.ask(RawRequest("GET", "/_ping")).status == 200)
        let client = try service.connect()
        let bytes = event.post.bytes
        try client.send(bytes.dropLast(20))
        // The head must have arrived before the signal does.
        usleep(100_000)
        service.signal(signal)

        #expect(idle.isClosedByServer(), "an idle connection is not waited for")
        #expect(throws: RawClient.Failure.self) { _ = try service.connect().ask(RawRequest("GET", "/_ping")) }
        try client.send(bytes.suffix(20))
        let answer = try client.answer()
        #expect(answer.status == 201)
        #expect(answer["Connection"] == "close")
        #expect(client.isClosedByServer())
        #expect(try service.waitForExit() == .code(0))
        #expect(throws: RawClient.Failure.self) { try service.connect() }

        try service.restart()
        #expect(try service.total() == EventSum([event]))
    }

    @Test("under load keeps all that it acknowledged")
    func underLoad() throws {
        let service = try ServiceProcess.withOnePatient()
        let port = service.port
        let clients = Threads(6) { index in
            var acknowledged: [EventLine] = []
            let client = try RawClient(port: port)
            for number in 0..<100_000 {
                let event = EventLine(id: "\(index)-\(number)", amountPence: number)
                guard let answer = try? client.ask(event.post), answer.status == 201 else { break }
                acknowledged.append(event)
            }
            return acknowledged
        }
        usleep(200_000)
        #expect(try service.terminate() == .code(0))
        let acknowledged = try clients.wait().flatMap { $0 }
        try service.restart()
        #expect(try service.stored(acknowledged).count == acknowledged.count)
        #expect(acknowledged.count > 10)
    }

    @Test("does not wait for ever for a client that sends no more")
    func silentClient() throws {
        let service = try ServiceProcess.withOnePatient()
        let client = try service.connect()
        try client.send(Array(EventLine(id: "1", amountPence: 1).post.bytes.dropLast(20)))
        usleep(100_000)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try service.terminate() == .code(0))
        #expect(clock.now - start < .seconds(15))
    }
}
