/// A cost event of 2015-16 that a test makes by the thousand.
struct EventLine: Sendable, Hashable {
    static let registeredPatient = "9990000018"
    static let unknownPatient = "9990000026"

    var id: String
    var amountPence: Int
    var patient = registeredPatient

    /// The event as JSON, without a line feed.
    var json: String {
        """
        {"source":"sus","id":"\(id)","patient":"\(patient)","setting":"secondary","serviceDate":"2015-06-15",\
        "amountPence":\(amountPence)}
        """
    }

    /// A POST of this event alone.
    var post: RawRequest { RawRequest("POST", "/v1/cost-events", json: json) }

    var get: RawRequest { RawRequest("GET", "/v1/cost-events/sus/\(id)") }
}

extension ServiceProcess {
    /// A service that knows 15E and its registered patient.
    static func withOnePatient(
        dataPath: String? = nil, environment: [String: String] = [:]
    ) throws -> ServiceProcess {
        let service = try ServiceProcess(dataPath: dataPath, environment: environment)
        let name = try service.send(
            RawRequest(
                "PUT", "/v1/commissioners/15E", json: #"{"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}"#))
        let statement =
            #"{"patient":"\#(EventLine.registeredPatient)","from":"2015-04-01","born":"1970-01-01","sex":"female"}"#
        let registration = try service.send(
            RawRequest("POST", "/v1/commissioners/15E/registrations", json: statement))
        guard name.status == 201, registration.status == 200 else {
            throw ChildProcess.Failure(description: "\(name.whole)\n\(registration.whole)")
        }
        return service
    }

    /// What everybody's cost of 2015-16 adds up to, and how many events stand.
    func total() throws -> EventSum {
        let totals = try FlatJSON(get("/v1/totals?year=2015-16").text)
        return EventSum(
            pence: try totals.integer("/total/cost/totalPence"), events: try totals.integer("/total/cost/events"))
    }

    /// Those of the events that are stored; the questions go ahead of the answers, many at once.
    func stored(_ events: [EventLine]) throws -> [EventLine] {
        let client = try connect()
        var stored: [EventLine] = []
        var rest = events[...]
        while !rest.isEmpty {
            let some = rest.prefix(200)
            rest = rest.dropFirst(200)
            try client.send(some.flatMap(\.get.bytes))
            for event in some {
                let answer = try client.answer()
                switch answer.status {
                case 200 where answer.text.contains("\"amountPence\":\(event.amountPence),"):
                    stored.append(event)
                case 404: continue
                default: throw ChildProcess.Failure(description: "\(event.json)\n\(answer.whole)")
                }
            }
        }
        return stored
    }
}

/// What some events add up to.
struct EventSum: Equatable, Sendable {
    var pence: Int
    var events: Int

    init(pence: Int, events: Int) {
        (self.pence, self.events) = (pence, events)
    }

    init(_ events: [EventLine]) {
        self.init(pence: events.reduce(0) { $0 + $1.amountPence }, events: events.count)
    }

    static func + (left: EventSum, right: EventSum) -> EventSum {
        EventSum(pence: left.pence + right.pence, events: left.events + right.events)
    }
}
