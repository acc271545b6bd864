import Testing

/// Clients that do the same at the same time.
@Suite("Clients at once")
struct RaceTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess.withOnePatient()
    }

    @Test("with the same events post each of them once; every other answer is a duplicate")
    func sameEvents() throws {
        let events = (0..<150).map { EventLine(id: "\($0)", amountPence: $0) }
        let port = service.port
        let answers = try Threads(16) { index in
            let client = try RawClient(port: port)
            // Each begins at another place, so that different pairs meet.
            let order = events[(index * 9)...] + events[..<(index * 9)]
            return try order.map { event in
                let answer = try client.ask(event.post)
                let outcome = answer.status == 200 ? try FlatJSON(answer.text)["/outcome"] ?? "none" : "none"
                return (event: event, status: answer.status, outcome: outcome)
            }
        }.wait().flatMap { $0 }
        for event in events {
            let own = answers.filter { $0.event == event }
            #expect(own.filter { $0.status == 201 }.count == 1, "event \(event.id)")
            #expect(own.filter { $0.status == 200 && $0.outcome == "\"duplicate\"" }.count == 15, "event \(event.id)")
        }
        #expect(try service.total() == EventSum(events))
    }

    @Test("with the same list post each of its lines once between them")
    func sameLists() throws {
        let events = (0..<3_000).map { EventLine(id: "\($0)", amountPence: $0) }
        let request = RawRequest(post: "/v1/cost-events", lines: events.map(\.json))
        let port = service.port
        let replies = try Threads(8) { _ in
            try FlatJSON(RawClient(port: port).ask(request).text)
        }.wait()
        #expect(try replies.reduce(0) { try $0 + $1.integer("/posted") } == 3_000)
        #expect(try replies.reduce(0) { try $0 + $1.integer("/duplicates") } == 7 * 3_000)
        #expect(try replies.allSatisfy { try $0.integer("/rejected") == 0 })
        #expect(try service.total() == EventSum(events))
    }

    @Test("with other content under one name: one is booked, the others conflict with it")
    func conflict() throws {
        let port = service.port
        for round in 0..<20 {
            let answers = try Threads(8) { index in
                try RawClient(port: port).ask(EventLine(id: "\(round)", amountPence: 1 + index % 2).post).status
            }.wait()
            #expect(answers.filter { $0 == 201 }.count == 1, "round \(round): \(answers)")
            // The winner's three companions repeat it, the four others contradict it.
            #expect(answers.filter { $0 == 200 }.count == 3, "round \(round): \(answers)")
            #expect(answers.filter { $0 == 409 }.count == 4, "round \(round): \(answers)")
        }
        #expect(try service.total().events == 20)
    }

    @Test("that reverse one event reverse it once")
    func reversal() throws {
        let event = EventLine(id: "1", amountPence: 700)
        #expect(try service.send(event.post).status == 201)
        let port = service.port
        let answers = try Threads(8) { index in
            let json = #"{"source":"sus","id":"r\#(index)","reverses":"1"}"#
            return try RawClient(port: port).ask(RawRequest("POST", "/v1/cost-events", json: json)).status
        }.wait()
        #expect(answers.filter { $0 == 201 }.count == 1, "\(answers)")
        #expect(answers.filter { $0 == 409 }.count == 7, "\(answers)")
        #expect(try service.total() == EventSum(pence: 0, events: 0))
    }

    @Test("that claim one patient for one day leave exactly one of them responsible")
    func registration() throws {
        let port = service.port
        let codes = (0..<8).map { "X0\($0)" }
        for code in codes {
            let json = #"{"name":"\#(code)","kind":"other"}"#
            #expect(try service.send(RawRequest("PUT", "/v1/commissioners/\(code)", json: json)).status == 201)
        }
        #expect(try service.send(EventLine(id: "1", amountPence: 700, patient: "9990000034").post).status == 201)
        let statement = #"{"patient":"9990000034","from":"2015-04-01","born":"1970-01-01","sex":"female"}"#
        let answers = try Threads(8) { index in
            let target = "/v1/commissioners/\(codes[index])/registrations"
            return try RawClient(port: port).ask(RawRequest("POST", target, json: statement)).status
        }.wait()
        #expect(answers.allSatisfy { $0 == 200 })
        let totals = try codes.map { try service.totals($0, "year=2015-16") }
        let responsible = try totals.filter { try $0.integer("/population/personDays") == 366 }
        #expect(responsible.count == 1)
        #expect(try totals.filter { try $0.integer("/population/personDays") == 0 }.count == 7)
        #expect(try responsible.map { try $0.integer("/cost/totalPence") } == [700])
        #expect(try service.total() == EventSum(pence: 700, events: 1))
    }
}
