import ChequebookHTTP
import Testing

@Suite("What the transport refuses by itself")
struct ServerLimitTests {
    @Test(
        "a request whose end or meaning is in doubt is refused, and the connection closed",
        arguments: [
            (400, "GET / HTTP/1.1\r\n\r\n"),
            (400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\na"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
            (400, "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
            (400, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"),
            (400, "GET nowhere HTTP/1.1\r\nHost: h\r\n\r\n"),
            (400, "GET / HTTP/1.1\r\nHost : h\r\n\r\n"),
            (400, "\u{16}\u{03}\u{01}\u{02}\r\n\r\n"),
            (417, "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\na"),
            (505, "GET / HTTP/2.0\r\nHost: h\r\n\r\n"),
        ])
    func refusals(status: Int, request: String) throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send(request)
            let answer = try client.answer()
            #expect(answer.status == status)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(answer.header("Connection") == "close")
            #expect(answer.header("X-Request-ID")?.count == 32)
            #expect(client.isClosedByServer())
        }
    }

    @Test("a malformed request behind a good one is answered in its turn")
    func malformedBehindGood() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send(
                "GET /late?60 HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n")
            #expect(try client.answer().body == "late 60")
            #expect(try client.answer().body == "/b|none")
            #expect(try client.answer().status == 400)
            #expect(client.isClosedByServer())
        }
    }

    @Test("a target has at most 4,096 bytes")
    func targetLimit() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            let longest = "/" + String(repeating: "a", count: 4_095)
            try client.send("GET \(longest) HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().status == 200)
            try client.send("GET \(longest)a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().status == 414)
        }
    }

    @Test("target and fields have at most 16,384 bytes together")
    func headerLimit() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            // "/" + "Host" + "h" + "X" are 7 bytes.
            let longest = String(repeating: "a", count: 16_384 - 7)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nX: \(longest)\r\n\r\n")
            #expect(try client.answer().status == 200)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\nX: \(longest)a\r\n\r\n")
            #expect(try client.answer().status == 431)
            #expect(client.isClosedByServer())
        }
    }

    @Test("a request has at most 128 fields")
    func headerFlood() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            let fields = String(repeating: "A: b\r\n", count: 127)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n")
            #expect(try client.answer().status == 200)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\(fields)A: b\r\n\r\n")
            #expect(try client.answer().status == 431)
        }
    }

    @Test("a body is as long as its route allows, declared or chunked")
    func bodyLimit() throws {
        try withServer { port, application, _ in
            let chunked = "POST /ten HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
            let client = try TestClient(port: port)
            try client.send("POST /ten HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789")
            #expect(try client.answer().status == 201)
            try client.send("\(chunked)a\r\n0123456789\r\n0\r\n\r\n")
            #expect(try client.answer().status == 201)
            try client.send("\(chunked)a\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n")
            #expect(try client.answer().status == 413)
            let other = try TestClient(port: port)
            try other.send("POST /ten HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            #expect(try other.answer().status == 413)
            #expect(application.wait { $0.aborted == 2 && $0.ended == 2 })
        }
    }

    @Test("one connection too many gets a 503 with Retry-After, and a place that is free again is given again")
    func connectionLimit() throws {
        try withServer {
            $0.connectionsMax = 2
        } _: { port, _, _ in
            let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
            var kept = try [TestClient(port: port), TestClient(port: port)]
            for client in kept {
                try client.send(request)
                #expect(try client.answer().status == 200)
            }
            do {
                let refused = try TestClient(port: port)
                let answer = try refused.answer()
                #expect(answer.status == 503)
                #expect(answer.header("Retry-After") == "1")
                #expect(refused.isClosedByServer())
            }
            kept.removeLast()
            var status = 503
            for _ in 0..<50 where status == 503 {
                pause(milliseconds: 20)
                let client = try TestClient(port: port)
                try client.send(request)
                status = try client.answer().status
            }
            #expect(status == 200)
        }
    }

    @Test("a host beyond this machine is refused by what it resolves to")
    func loopbackOnly() throws {
        let server = Server(application: TestApplication(), threads: 1)
        for host in ["0.0.0.0", "::", "192.0.2.1", "::ffff:127.0.0.1", "128.0.0.1"] {
            #expect(throws: ServerError.notLoopback(host: host)) { try server.start(host: host, port: 0) }
        }
        for host in ["localhost", "127.0.0.1", "127.8.9.1"] {
            let server = Server(application: TestApplication(), threads: 1)
            #expect(try server.start(host: host, port: 0) > 0)
            try server.shutdown(deadlineSeconds: 1)
        }
        try server.shutdown(deadlineSeconds: 1)
    }
}
