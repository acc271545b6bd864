import Glibc
import Testing

@Suite("What an event loop has read in one turn")
struct TurnTests {
    private static func event(_ id: String, amount: String = "1") -> ReferenceRequest {
        ReferenceRequest(
            method: "POST", path: "/v1/cost-events", contentType: "application/json",
            body: #"{"source":"s","id":"\#(id)","patient":"9990000018","setting":"primary","serviceDate":"2019-06-02","#
                + #""amountPence":\#(amount)}"#)
    }

    /// Whether the event is there, at the latest after some seconds.
    private static func comesToStand(_ id: String, _ client: PlainClient) throws -> Bool {
        for _ in 0..<1_000 {
            let answer = try client.send(ReferenceRequest(method: "GET", path: "/v1/cost-events/s/\(id)"))
            if answer.status == 200 { return true }
            usleep(5_000)
        }
        return false
    }

    @Test("is booked and answered, also beside requests that are refused and on connections that send no more")
    func besideRefused() throws {
        let service = try HeldService()
        let clients = try (0..<4).map { _ in try service.connect() }
        try service.whileHeld {
            try clients[0].sendAway(Self.event("a"))
            try clients[1].sendAway(Self.event("b", amount: "true"))
            try clients[2].sendAway(Self.event("c"))
            try clients[2].sendAway(ReferenceRequest(method: "GET ", path: "nonsense"))
            try clients[3].sendAway(Self.event("d"))
            clients[3].endSending()
        }
        #expect(try clients[0].answer().status == 201)
        #expect(try clients[1].answer().status == 422)
        #expect(try clients[2].answer().status == 201)
        #expect(try clients[2].answer().status == 400)
        #expect(try clients[3].answer().status == 201)
        for client in clients { client.close() }
        try service.stop()
    }

    @Test("is booked when its connection is gone before it is, and nobody else books anything")
    func connectionGone() throws {
        let service = try HeldService()
        let watching = try service.connect()
        for round in 0..<5 {
            let leaving = try service.connect()
            try service.whileHeld {
                try leaving.sendAway(Self.event("e\(round)"))
                leaving.close()
            }
            #expect(try Self.comesToStand("e\(round)", watching))
        }
        watching.close()
        try service.stop()
    }

    @Test("is booked when the queue had no room for those behind it")
    func besideFullQueue() throws {
        let service = try HeldService(queueBytesMax: 1)
        let clients = try (0..<3).map { _ in try service.connect() }
        for round in 0..<5 {
            try service.whileHeld {
                for (number, client) in clients.enumerated() { try client.sendAway(Self.event("e\(round)-\(number)")) }
            }
            let statuses = try clients.map { try $0.answer().status }
            #expect(statuses.contains(201))
            #expect(statuses.allSatisfy { $0 == 201 || $0 == 503 })
        }
        for client in clients { client.close() }
        try service.stop()
    }
}
