import Foundation
import Testing

@Suite("A connection")
struct ConnectionTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess.withOnePatient()
    }

    @Test("serves one request after the other, and problems do not end it")
    func keepAlive() throws {
        let client = try service.connect()
        for round in 0..<50 {
            #expect(try client.ask(EventLine(id: "\(round)", amountPence: 1).post).status == 201)
            #expect(try client.ask(RawRequest("GET", "/nowhere")).status == 404)
            #expect(try client.ask(RawRequest("POST", "/v1/cost-events", json: "{")).status == 400)
            #expect(try client.ask(RawRequest("DELETE", "/v1/totals")).status == 405)
        }
        #expect(try client.ask(RawRequest("GET", "/_ping", headers: [("Connection", "close")])).status == 200)
        #expect(client.isClosedByServer())
    }

    @Test("answers requests that came all at once in their order")
    func pipelining() throws {
        // Writes wait for the disk and pings for nothing; still each answer stands in the place of its question.
        let client = try service.connect()
        let requests = (0..<100).flatMap { number in
            [
                EventLine(id: "\(number)", amountPence: number).post, EventLine(id: "\(number)", amountPence: 0).get,
                RawRequest("GET", "/_ping"), RawRequest("GET", "/v1/commissioners/15E/totals?year=2015-16"),
            ]
        }
        try client.send(requests.flatMap(\.bytes))
        for number in 0..<100 {
            let posted = try client.answer()
            #expect(posted.status == 201)
            #expect(posted["Location"] == "/v1/cost-events/sus/\(number)")
            #expect(try FlatJSON(client.answer().text)["/id"] == "\"\(number)\"")
            #expect(try FlatJSON(client.answer().text)["/status"] == "\"pass\"")
            // Who writes and then asks sees what was written: 0 + 1 + … + number.
            let totals = try FlatJSON(client.answer().text)
            #expect(try totals.integer("/cost/totalPence") == number * (number + 1) / 2)
        }
    }

    @Test("is told to go on when it asks with Expect, and not when there is nothing to go on with")
    func expectContinue() throws {
        var request = EventLine(id: "1", amountPence: 7).post
        request.headers.append(("Expect", "100-continue"))
        let client = try service.connect()
        try client.send(request.head)
        #expect(try client.answer().status == 100)
        try client.send(request.body ?? [])
        #expect(try client.answer().status == 201)

        // Refused at the head: no 100 comes before the refusal.
        let other = try service.connect()
        try other.send(request.head.replacing("application/json", with: "text/plain"))
        #expect(try other.answer().status == 415)
        let strange = try service.connect()
        try strange.send(request.head.replacing("100-continue", with: "200-maybe"))
        #expect(try strange.answer().status == 417)
    }

    @Test("may cut a body at any byte: the lines are the same")
    func chunked() throws {
        let events = (0..<4).map { EventLine(id: "\($0)", amountPence: $0) }
        let body = Array(("\n" + events.map(\.json).joined(separator: "\r\n") + "\n{\"source\":\"é\"}").utf8)
        let head = """
            POST /v1/cost-events HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/x-ndjson\r
            Transfer-Encoding: chunked\r
            \r

            """
        let client = try service.connect()
        // Chunks of one size, then two, cut at each odd place.
        let cuts =
            [1, 2, 3, 7, 64, 127].map { Self.cut(body, into: $0) }
            + stride(from: 1, to: body.count, by: 2).map { [Array(body[..<$0]), Array(body[$0...])] }
        for (round, chunks) in cuts.enumerated() {
            let encoded = chunks.flatMap { Array("\(String($0.count, radix: 16))\r\n".utf8) + $0 + Array("\r\n".utf8) }
            try client.send(Array(head.utf8) + encoded + Array("0\r\n\r\n".utf8))
            let reply = try FlatJSON(client.answer().text)
            #expect(try reply.integer("/received") == 5, "chunks of \(chunks.map(\.count))")
            #expect(try reply.integer(round == 0 ? "/posted" : "/duplicates") == 4, "chunks of \(chunks.map(\.count))")
            #expect(try reply.integer("/errors/0/line") == 6, "chunks of \(chunks.map(\.count))")
        }
        #expect(try service.total() == EventSum(events))
    }

    @Test("may bring its bytes one by one")
    func slowly() throws {
        let client = try service.connect()
        for byte in EventLine(id: "1", amountPence: 7).post.bytes { try client.send([byte]) }
        #expect(try client.answer().status == 201)
        try client.send("\r\nGET /_ping HTTP/1.1\r\nHo")
        usleep(20_000)
        try client.send("st: localhost\r\n\r\n")
        #expect(try client.answer().status == 200)
    }

    @Test("that breaks off in the middle of a list leaves whole lines or nothing, and the service well")
    func brokenOff() throws {
        let events = (0..<1_000).map { EventLine(id: "\($0)", amountPence: 1) }
        let bytes = RawRequest(post: "/v1/cost-events", lines: events.map(\.json)).bytes
        for cut in [100, bytes.count / 3, bytes.count / 2, bytes.count - 10] {
            try service.connect().send(Array(bytes[..<cut]))
        }
        #expect(try service.get("/_status").status == 200)
        let reply = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events", lines: events.map(\.json))).text)
        #expect(try reply.integer("/posted") + reply.integer("/duplicates") == 1_000)
        #expect(try service.total() == EventSum(events))
    }

    private static func cut(_ body: [UInt8], into size: Int) -> [[UInt8]] {
        stride(from: 0, to: body.count, by: size).map { Array(body[$0..<min($0 + size, body.count)]) }
    }
}
