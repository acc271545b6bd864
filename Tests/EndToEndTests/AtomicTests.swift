import Testing

@Suite("A list that is all or nothing")
struct AtomicTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess.withOnePatient()
    }

    @Test("is booked whole, later items upon earlier ones: an event and then its reversal")
    func dependencies() throws {
        try service.plays(
            """
            > POST /v1/cost-events?atomic=true
            > {"events":[
            >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700},
            >   {"source":"gp","id":"r1","reverses":"1"},
            >   {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":20},
            >   {"source":"gp","id":"2","version":2,"patient":"9990000018","setting":"primary","serviceDate":"2015-06-16",
            >     "amountPence":30}]}
            < 200
            < {"received":4,"posted":3,"replaced":1,"duplicates":0,"superseded":0,"rejected":0,"unattributed":0,
            <   "errors":[],"errorsOmitted":0,"sequence":…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":30,"events":1,…},…}
            """)
    }

    @Test("is refused whole, for an item that is not well formed as for one that cannot be booked")
    func refused() throws {
        try service.plays(
            """
            The third line has a fraction.
            > POST /v1/cost-events?atomic=true
            > Content-Type: application/x-ndjson
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            >
            > {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":0.5}
            < 422
            < {"code":"list-not-booked","errors":[{"line":3,"code":"not-an-integer","detail":"…"}],…}
            > GET /v1/cost-events/gp/1
            < 404

            The second item reverses what is not there.
            > POST /v1/cost-events?atomic=true
            > {"events":[
            >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700},
            >   {"source":"gp","id":"r9","reverses":"9"}]}
            < 422
            < {"code":"list-not-booked","errors":[{"line":2,"code":"unknown-original","detail":"…"}],…}
            > GET /v1/cost-events/gp/1
            < 404
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":0,"events":0,…},…}

            What was refused may be sent again, and with the right things in it, it is booked.
            > POST /v1/cost-events?atomic=true
            > {"events":[
            >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}]}
            < 200
            < {"posted":1,"rejected":0,…}
            The parameter has one value.
            > POST /v1/cost-events?atomic=yes
            > {"events":[]}
            < 400
            < {"code":"bad-parameter",…}
            > POST /v1/cost-events?atomic=true
            > {"events":[]}
            < 200
            < {"received":0,"posted":0,…}
            """)
    }

    @Test("takes 10,000 items, of which the last may spoil all, and not one more")
    func limit() throws {
        let events = (0...10_000).map { EventLine(id: "\($0)", amountPence: 1) }
        let tooMany = try service.send(
            RawRequest(post: "/v1/cost-events?atomic=true", lines: events.map(\.json)))
        #expect(tooMany.status == 422)
        #expect(tooMany.code == "too-many-items")
        #expect(tooMany.shortcomings() == [])
        #expect(try service.total() == EventSum(pence: 0, events: 0))

        let most = events.dropLast().map(\.json)
        let spoilt = most.dropLast() + [#"{"source":"sus","id":"r","reverses":"nothing"}"#]
        let refused = try service.send(RawRequest(post: "/v1/cost-events?atomic=true", lines: Array(spoilt)))
        #expect(refused.status == 422)
        #expect(try FlatJSON(refused.text).integer("/errors/0/line") == 10_000)
        #expect(try service.total() == EventSum(pence: 0, events: 0))

        let booked = try service.send(RawRequest(post: "/v1/cost-events?atomic=true", lines: most))
        #expect(booked.status == 200)
        #expect(try FlatJSON(booked.text).integer("/posted") == 10_000)
        #expect(try service.total() == EventSum(pence: 10_000, events: 10_000))

        let again = try service.send(RawRequest(post: "/v1/cost-events?atomic=true", lines: most))
        #expect(try FlatJSON(again.text).integer("/duplicates") == 10_000)
        #expect(try service.total() == EventSum(pence: 10_000, events: 10_000))
        #expect(try service.terminate() == .code(0))
        try service.restart()
        #expect(try service.total() == EventSum(pence: 10_000, events: 10_000))
    }

    @Test("that is refused leaves nothing behind for whoever comes next, while others write")
    func concurrent() throws {
        // Every list has one line that cannot be booked; the events beside it must never be seen.
        let port = service.port
        let seen = try Threads(4) { index in
            let client = try RawClient(port: port)
            var greatest = 0
            for round in 0..<50 {
                if index == 0 {
                    let totals = try FlatJSON(client.ask(RawRequest("GET", "/v1/totals?year=2015-16")).text)
                    greatest = max(greatest, try totals.integer("/total/cost/events"))
                    continue
                }
                let good = EventLine(id: "\(index)-\(round)", amountPence: 1).json
                let lines = [good, #"{"source":"sus","id":"r\#(index)-\#(round)","reverses":"nothing"}"#]
                let answer = try client.ask(RawRequest(post: "/v1/cost-events?atomic=true", lines: lines))
                guard answer.status == 422 else { throw ChildProcess.Failure(description: answer.whole) }
            }
            return greatest
        }.wait()
        #expect(seen == [0, 0, 0, 0])
        #expect(try service.total() == EventSum(pence: 0, events: 0))
    }
}
