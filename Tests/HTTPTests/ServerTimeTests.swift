import ChequebookHTTP
import Testing

@Suite("Slow clients, lost clients and the end of the server")
struct ServerTimeTests {
    private let held = "GET /held HTTP/1.1\r\nHost: h\r\n\r\n"
    private let chunked = "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test("an idle connection is closed without a word, one with half a head gets a 408")
    func idle() throws {
        try withServer {
            $0.idleMillisecondsMax = 100
        } _: { port, _, _ in
            let silent = try TestClient(port: port)
            #expect(try silent.receiveAll().isEmpty)
            let half = try TestClient(port: port)
            try half.send("GET / HT")
            #expect(try half.answer().status == 408)
            #expect(half.isClosedByServer())
        }
    }

    @Test("a request that the application is still working on is not idle")
    func working() throws {
        try withServer {
            $0.idleMillisecondsMax = 60
            $0.bodyStallMillisecondsMax = 60
        } _: { port, _, _ in
            let client = try TestClient(port: port)
            try client.send("GET /late?300 HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "late 300")
        }
    }

    @Test("a body that stops, or only trickles, is answered with 408 and aborted once")
    func slowBodies() throws {
        try withServer {
            $0.bodyStallMillisecondsMax = 200
            $0.bodyPaceMilliseconds = 400
        } _: { port, application, _ in
            let stalled = try TestClient(port: port)
            try stalled.send("\(chunked)1\r\na\r\n")
            #expect(try stalled.answer().status == 408)
            #expect(stalled.isClosedByServer())
            let trickling = try TestClient(port: port)
            try trickling.send(chunked)
            for _ in 0..<12 {
                pause(milliseconds: 50)
                try? trickling.send("1\r\na\r\n")
            }
            #expect(try trickling.answer().status == 408)
            #expect(application.wait { $0.aborted == 2 })
        }
    }

    @Test("a client that does not read its answer is cut off")
    func slowReader() throws {
        try withServer {
            $0.writeStallMillisecondsMax = 200
        } _: { port, _, _ in
            let client = try TestClient(port: port, receiveBufferBytes: 4_096)
            try client.send("GET /large?30000000 HTTP/1.1\r\nHost: h\r\n\r\n")
            pause(milliseconds: 1_000)
            #expect(((try? client.receiveAll()) ?? "").utf8.count < 30_000_000)
        }
    }

    @Test("a paused body stops the sender, costs it no time, and goes on when resumed")
    func backPressure() throws {
        try withServer {
            $0.bodyStallMillisecondsMax = 200
        } _: { port, application, _ in
            let client = try TestClient(port: port)
            let bodyBytes = 67_108_864
            try client.send("POST /pausing HTTP/1.1\r\nHost: h\r\nContent-Length: \(bodyBytes)\r\n\r\n")
            let sent = client.sendUntilBlocked(bytesMax: bodyBytes)
            #expect(sent < bodyBytes / 2)
            let taken = application.seen.withLock { $0.bodyBytes }
            #expect(taken <= 65_536)
            pause(milliseconds: 400)
            #expect(application.seen.withLock { $0.bodyBytes } == taken)
            let exchange = try #require(application.seen.withLock { $0.held.first })
            #expect(application.seen.withLock { $0.aborted } == 0)
            exchange.mailbox.post { exchange.resumeReading() }
            #expect(application.wait { $0.bodyBytes > taken })
            #expect(application.seen.withLock { $0.bodyBytes } <= taken + 65_536)
        }
    }

    @Test("a client that sends on while its request is being answered is stopped")
    func pipeliningIsBounded() throws {
        try withServer { port, application, _ in
            let client = try TestClient(port: port)
            try client.send(held)
            #expect(application.wait { $0.held.count == 1 })
            try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 67108864\r\n\r\n")
            #expect(client.sendUntilBlocked(bytesMax: 67_108_864) < 33_554_432)
            #expect(application.seen.withLock { $0.bodyBytes } == 0)
            application.answerHeld([0])
            #expect(try client.answer().body == "held 0")
            #expect(application.wait { $0.bodyBytes > 1_000_000 })
        }
    }

    @Test("a client that is lost in the middle of its body aborts it once, and a late answer harms nobody")
    func lostClients() throws {
        try withServer { port, application, _ in
            do {
                let client = try TestClient(port: port)
                try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")
                #expect(application.wait { $0.bodyBytes == 3 })
                client.reset()
            }
            #expect(application.wait { $0.aborted == 1 })
            do {
                let client = try TestClient(port: port)
                try client.send(held)
                #expect(application.wait { $0.held.count == 1 })
                client.reset()
            }
            pause(milliseconds: 50)
            application.answerHeld([0])
            let client = try TestClient(port: port)
            try client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().status == 200)
            #expect(application.seen.withLock { $0.aborted } == 1)
        }
    }

    @Test("shutting down closes idle connections and lets a request in flight have its answer")
    func gracefulShutdown() throws {
        try withServer(threads: 2) { port, application, server in
            let idle = try TestClient(port: port)
            try idle.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try idle.answer().status == 200)
            let busy = try TestClient(port: port)
            try busy.send("GET /late?300 HTTP/1.1\r\nHost: h\r\n\r\n")
            pause(milliseconds: 50)
            let began = ContinuousClock.now
            try server.shutdown(deadlineSeconds: 5)
            #expect(began.duration(to: .now) < .seconds(3))
            #expect(idle.isClosedByServer())
            let answer = try busy.answer()
            #expect(answer.body == "late 300")
            #expect(answer.header("Connection") == "close")
            #expect(busy.isClosedByServer())
            #expect(throws: TestClient.Failure.self) { try TestClient(port: port) }
        }
    }

    @Test("after the deadline the rest is cut")
    func deadline() throws {
        try withServer { port, application, server in
            let client = try TestClient(port: port)
            try client.send(held)
            #expect(application.wait { $0.held.count == 1 })
            try server.shutdown(deadlineSeconds: 1)
            #expect(client.isClosedByServer())
        }
    }
}
