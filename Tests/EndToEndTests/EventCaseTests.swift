import Testing

/// Events sent again, too early, under a name that is taken, without a patient, for nothing and for very much.
@Suite("Cost events")
struct EventCaseTests {
    private let service: ServiceProcess

    init() throws {
        service = try CaseLedger.events()
    }

    @Test("sent again change nothing; with other content they are refused")
    func again() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            < 201
            The same fact in another order, with its defaults said aloud, and a null for nothing.
            > POST /v1/cost-events
            > {"amountPence":700,"serviceDate":"2015-06-15","setting":"primary","patient":"9990000018","id":"1","source":"gp",
            >   "version":1,"kind":"cost","provider":null}
            < 200
            < {"outcome":"duplicate","source":"gp","id":"1","amountPence":700,…}
            One penny more, another setting, a provider: each is another fact under a name that is taken.
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":701}
            < 409
            < {"code":"conflicting-duplicate",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"social","serviceDate":"2015-06-15","amountPence":700}
            < 409
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700,
            >   "provider":"RRK"}
            < 409
            Another source has names of its own.
            > POST /v1/cost-events
            > {"source":"sus","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":41}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":741,"events":2,…},…}
            """)
    }

    @Test("twice in one body are posted once")
    func twiceInOneBody() throws {
        let event =
            #"{"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":7}"#
        let other = event.replacing("\"amountPence\":7", with: "\"amountPence\":8")
        try service.plays(
            """
            > POST /v1/cost-events
            > {"events":[\(event),\(event),\(other)]}
            < 200
            < {"received":3,"posted":1,"replaced":0,"duplicates":1,"superseded":0,"rejected":1,"unattributed":0,
            <   "errors":[{"line":3,"code":"conflicting-duplicate","detail":"…"}],"errorsOmitted":0,"sequence":…}
            > POST /v1/cost-events
            > Content-Type: application/x-ndjson
            > \(event)
            > \(event)
            < 200
            < {"received":2,"posted":0,"duplicates":2,"rejected":0,…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":7,"events":1,…},…}
            """)
    }

    @Test("before their patient's registration belong to nobody until it comes")
    func beforeRegistration() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000026","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            < 201
            < {"commissioner":null,"attribution":"unattributed","funder":null,…}
            > GET /v1/totals?year=2015-16
            < 200
            < {"unattributed":{"cost":{"totalPence":700,"events":1,…}},…}
            A statement that begins a day too late does not cover it.
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000026","from":"2015-06-16","born":"1970-01-01","sex":"female"}
            < 200
            > GET /v1/commissioners/05C/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":0,"events":0,…},…}
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000026","from":"2015-06-15","born":"1970-01-01","sex":"female"}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":700,"events":1,…},…}
            > GET /v1/totals?year=2015-16
            < 200
            < {"unattributed":{"cost":{"totalPence":0,"events":0,…}},"total":{"cost":{"totalPence":700,…},…},…}
            """)
    }

    @Test("of nothing count as a contact, and of 10^15 pence as money; one penny more is refused")
    func amounts() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":0}
            < 201
            < {"amountPence":0,…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":0,"events":1,…},"costPerHeadPence":0,…}
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":1000000000000000}
            < 201
            > POST /v1/cost-events
            > {"source":"gp","id":"3","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":1000000000000001}
            < 422
            < {"code":"out-of-range","errors":[{"pointer":"/amountPence","code":"out-of-range","detail":"…"}],…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":1000000000000000,"events":2,…},…}
            """)
    }

    @Test("that state a commissioner belong to it, registered or not; an unknown one is refused")
    func stated() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","commissioner":"05C","setting":"primary",
            >   "serviceDate":"2015-06-15","amountPence":700,"funder":"X24"}
            < 201
            < {"commissioner":"05C","attribution":"stated","funder":"X24",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"9990000018","commissioner":"99X","setting":"primary",
            >   "serviceDate":"2015-06-15","amountPence":700}
            < 422
            < {"code":"unknown-commissioner",…}
            A statement that comes later does not move it.
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-06-01","born":"1970-01-01","sex":"female"}
            < 200
            > GET /v1/commissioners/05C/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":700,"events":1,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":0,"events":0,…},…}
            Without a patient a commissioner must be named, and why there is none.
            > POST /v1/cost-events
            > {"source":"gp","id":"3","withoutPatient":"block","setting":"primary","serviceDate":"2015-06-15","amountPence":1}
            < 422
            < {"errors":[{"pointer":"/commissioner","code":"missing-field","detail":"…"}],…}
            > POST /v1/cost-events
            > {"source":"gp","id":"4","commissioner":"15E","setting":"primary","serviceDate":"2015-06-15","amountPence":1}
            < 422
            < {"errors":[{"pointer":"/patient","code":"missing-field","detail":"…"}],…}
            """)
    }

    @Test("under a name that is taken are told so first, whatever else is wrong with them")
    func orderOfChecks() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            < 201
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","commissioner":"99X","setting":"primary",
            >   "serviceDate":"2199-12-31","amountPence":700}
            < 409
            < {"code":"conflicting-duplicate",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"1","reverses":"nothing"}
            < 409
            < {"code":"conflicting-duplicate",…}
            The form comes before the name.
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":"7"}
            < 422
            < {"code":"wrong-type",…}
            """)
    }

    @Test("that were refused have taken no name: put right, they are posted")
    func refusedThenRight() throws {
        let event = """
            {"source":"gp","id":"1","withoutPatient":"block","commissioner":"05Y","setting":"primary",\
            "serviceDate":"2015-06-15","amountPence":700}
            """
        try service.plays(
            """
            > POST /v1/cost-events
            > \(event)
            < 422
            < {"code":"unknown-commissioner",…}
            > PUT /v1/commissioners/05Y
            > {"name":"NHS Walsall CCG","kind":"ccg"}
            < 201
            > POST /v1/cost-events
            > \(event)
            < 201
            < {"commissioner":"05Y","withoutPatient":"block",…}
            > GET /v1/commissioners/05Y/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":700,"withoutPatientPence":700,"events":1,…},…}
            """)
    }

    @Test("add up beyond 64 bits")
    func greatSums() throws {
        // 9,300 × 10^15 is more than 2^63 = 9,223 × 10^15. Nobody's budget: the variance is as much below nought.
        let amount = 1_000_000_000_000_000
        let lines = (0..<9_300).map { EventLine(id: "\($0)", amountPence: amount).json }
        let reply = try FlatJSON(service.send(RawRequest(post: "/v1/cost-events", lines: lines)).text)
        #expect(try reply.integer("/posted") == 9_300)
        try service.plays(
            """
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":9300000000000000000,"events":9300,…},
            <   "variance":{"totalPence":-9300000000000000000,"percent":null,"position":"overspent",…},
            <   "costPerHeadPence":9300000000000000000,…}
            """)
    }
}
