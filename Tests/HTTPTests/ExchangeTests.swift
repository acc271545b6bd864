import ChequebookHTTP
import Testing

@Suite("Requests and answers over a socket")
struct ExchangeTests {
    @Test("a connection serves one request after another")
    func keepAlive() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            for number in 0..<3 {
                try client.send("GET /a?n=\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
                let answer = try client.answer()
                #expect(answer.status == 200)
                #expect(answer.body == "/a|n=\(number)")
                #expect(answer.header("Connection") == nil)
            }
        }
    }

    @Test("every answer has its length, type, date and ids, is not stored and not sniffed")
    func headers() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /cached HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.header("Content-Length") == "6")
            #expect(answer.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Date")?.hasSuffix(" GMT") == true)
            #expect(answer.header("Server") == nil)
            #expect(try client.answer().headers.filter { $0.name == "Cache-Control" }.map(\.value) == ["max-age=1"])
        }
    }

    @Test("fifty requests in one write, some with bodies, some answered late, are answered in their order")
    func pipelining() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            var expected: [String] = []
            var requests = ""
            for number in 0..<50 {
                switch number % 4 {
                case 0:
                    requests += "GET /a?\(number) HTTP/1.1\r\nHost: h\r\n\r\n"
                    expected.append("/a|\(number)")
                case 1:
                    requests += "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n\(number + 10)"
                    expected.append("\(number + 10)")
                case 2:
                    requests += "GET /late?\(50 - number) HTTP/1.1\r\nHost: h\r\n\r\n"
                    expected.append("late \(50 - number)")
                default:
                    requests += "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                    requests += "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"
                    expected.append("abc")
                }
            }
            try client.send(requests)
            for body in expected { #expect(try client.answer().body == body) }
        }
    }

    @Test("answers given from other threads reach the connections that they belong to")
    func connectionsApart() throws {
        try withServer(threads: 2) { port, application, _ in
            let clients = try (0..<8).map { index in
                let client = try TestClient(port: port)
                try client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(application.wait { $0.held.count == index + 1 })
                return client
            }
            application.answerHeld([7, 3, 5, 1, 0, 2, 6, 4])
            for (index, client) in clients.enumerated() { #expect(try client.answer().body == "held \(index)") }
        }
    }

    @Test("a chunked body of a megabyte comes back whole")
    func chunked() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            let chunk = String(repeating: "y", count: 0x4000)
            try client.send("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<64 { try client.send("4000\r\n\(chunk)\r\n") }
            try client.send("0\r\nTrailer: ignored\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.status == 201)
            #expect(answer.body.utf8.count == 1_048_576)
        }
    }

    @Test("a client that asks first is told to go on when its body is wanted, and not when it is not")
    func continuing() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            let rest = "HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n"
            try client.send("POST /echo \(rest)")
            #expect(try client.answer().status == 100)
            try client.send("abc")
            #expect(try client.answer().body == "abc")
            try client.send("POST /unknown \(rest)")
            let refused = try client.answer()
            #expect(refused.status == 404)
            #expect(refused.header("Connection") == "close")
            #expect(client.isClosedByServer())
        }
    }

    @Test("HEAD gets the headers of GET and no body; 204 and 304 have neither length nor type")
    func withoutContent() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            for target in ["/a", "/empty", "/unchanged", "/large?100000"] {
                try client.send("HEAD \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
            }
            #expect(try client.answer(toHead: true).header("Content-Length") == "7")
            for status in [204, 304] {
                let answer = try client.answer(toHead: true)
                #expect(answer.status == status)
                #expect(answer.header("Content-Length") == nil)
                #expect(answer.header("Content-Type") == nil)
            }
            #expect(try client.answer(toHead: true).header("Content-Length") == "100000")
            try client.send("GET /unchanged HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().status == 304)
            #expect(try client.answer().body == "/b|none")
        }
    }

    @Test("HTTP/1.0 closes after the answer unless the client asks otherwise, and needs no Host")
    func version10() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try client.answer().header("Connection") == "keep-alive")
            try client.send("GET /a HTTP/1.0\r\n\r\n")
            #expect(try client.answer().header("Connection") == "close")
            #expect(client.isClosedByServer())
        }
    }

    @Test("a client that asks for it, or offers another protocol, is answered and the connection closed")
    func lastRequest() throws {
        let lasts = [
            "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
            "GET /a HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        ]
        try withServer { port, _, _ in
            for last in lasts {
                let client = try TestClient(port: port)
                try client.send(last + "GET /ignored HTTP/1.1\r\nHost: h\r\n\r\n")
                let answer = try client.answer()
                #expect(answer.body == "/a|none")
                #expect(answer.header("Connection") == "close")
                #expect(client.isClosedByServer())
            }
        }
    }

    @Test("a client that has closed its side still gets all its answers")
    func halfClosed() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send("GET /late?50 HTTP/1.1\r\nHost: h\r\n\r\nGET /large?3000000 HTTP/1.1\r\nHost: h\r\n\r\n")
            client.endSending()
            #expect(try client.answer().body == "late 50")
            #expect(try client.answer().body.utf8.count == 3_000_000)
            #expect(client.isClosedByServer())
        }
    }

    @Test("a target may be a URL; path and query are taken from it")
    func absoluteTargets() throws {
        let targets = [
            ("http://other:80/a/b?c=d?e", "/a/b|c=d?e"), ("HTTPS://other", "/|none"), ("http://other?q", "/|q"),
            ("/%7Ea?", "/%7Ea|"),
        ]
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            for (target, body) in targets {
                try client.send("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.answer().body == body)
            }
            try client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "*|none")
        }
    }

    @Test("methods that the service has no use for reach the application, which answers them")
    func otherMethods() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send("TRACE /a HTTP/1.1\r\nHost: h\r\n\r\nCONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().body == "/a|none")
            let answer = try client.answer()
            #expect(answer.body == "h:80|none")
            #expect(answer.header("Connection") == "close")
        }
    }

    @Test("a small unwanted body is read and forgotten, a large one costs the connection but not the answer")
    func unwantedBodies() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            let body = String(repeating: "z", count: 65_536)
            try client.send("POST /unknown HTTP/1.1\r\nHost: h\r\nContent-Length: 65536\r\n\r\n\(body)")
            #expect(try client.answer().status == 404)
            try client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.answer().status == 200)
            try client.send("POST /unknown HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n\(body)")
            let answer = try client.answer()
            #expect(answer.status == 404)
            #expect(answer.header("Connection") == "close")
            #expect(client.isClosedByServer())
        }
    }

    @Test("ids of a client are echoed if they are harmless, and made up if not or absent")
    func requestIDs() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            let longest = String(repeating: "a", count: 128)
            for given in ["r-1", "A.b_c:/+=@-9", longest] {
                try client.send("GET / HTTP/1.1\r\nHost: h\r\nx-request-id: \(given)\r\nX-Correlation-ID: c\r\n\r\n")
                let answer = try client.answer()
                #expect(answer.header("X-Request-ID") == given)
                #expect(answer.header("X-Correlation-ID") == "c")
            }
            var made: Set<String> = []
            for bad in ["a b", "<x>", "\"", "", longest + "a", "é"] {
                try client.send("GET / HTTP/1.1\r\nHost: h\r\nX-Request-ID: \(bad)\r\n\r\n")
                let answer = try client.answer()
                let id = try #require(answer.header("X-Request-ID"))
                #expect(id.count == 32 && id.allSatisfy { "0123456789abcdef".contains($0) })
                #expect(answer.header("X-Correlation-ID") == id)
                made.insert(id)
            }
            #expect(made.count == 6)
        }
    }

    @Test("a line break in an answer's field cannot begin another field")
    func splitting() throws {
        try withServer { port, _, _ in
            let client = try TestClient(port: port)
            try client.send("GET /split HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.answer()
            #expect(answer.header("X-A") == "b  X-C: d")
            #expect(answer.header("X-C") == nil)
        }
    }
}
