import Testing

/// Events that take the place of others, or take others out.
@Suite("Versions and reversals")
struct ReplacementTests {
    private let service: ServiceProcess

    init() throws {
        service = try CaseLedger.events()
    }

    @Test("a higher version replaces the lower one, on another date, in another setting, for another patient")
    func versions() throws {
        try service.plays(
            """
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000026","from":"2014-04-01","born":"1970-01-01","sex":"female"}
            < 200
            > POST /v1/cost-events
            > {"source":"gp","id":"1","version":2,"patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":700}
            < 201
            > POST /v1/cost-events
            > {"source":"gp","id":"1","version":3,"patient":"9990000026","setting":"social","serviceDate":"2015-03-31",
            >   "amountPence":9}
            < 200
            < {"outcome":"replaced","version":3,"commissioner":"05C","amountPence":9,…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":0,"events":0,"bySetting":{"primary":0,…},…},…}
            > GET /v1/commissioners/05C/totals?year=2014-15&by=setting,month
            < 200
            < {"cost":{"totalPence":9,"events":1,…},
            <   "breakdown":[{"setting":"social","month":"2015-03","costPence":9,"events":1,"budgetPence":0}],…}

            What is older now changes nothing, whatever it says.
            > POST /v1/cost-events
            > {"source":"gp","id":"1","version":2,"patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":700}
            < 200
            < {"outcome":"superseded","version":3,"amountPence":9,…}
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":1}
            < 200
            < {"outcome":"superseded",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"1","version":3,"patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":9}
            < 409
            < {"code":"conflicting-duplicate",…}
            > GET /v1/totals?year=2015-16
            < 200
            < {"total":{"cost":{"totalPence":0,"events":0,…},…},…}
            > GET /v1/cost-events/gp/1
            < 200
            < {"version":3,"patient":"9990000026","setting":"social","serviceDate":"2015-03-31","amountPence":9,…}

            A version counts from 1.
            > POST /v1/cost-events
            > {"source":"gp","id":"2","version":0,"patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":1}
            < 422
            < {"errors":[{"pointer":"/version","code":"out-of-range","detail":"…"}],…}
            """)
    }

    @Test("an event is reversed once, on its own day; a reversal is not, nor is what was never there")
    func reversals() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            < 201
            > POST /v1/cost-events
            > {"source":"gp","id":"r1","reverses":"1"}
            < 201
            < Location: /v1/cost-events/gp/r1
            < {"source":"gp","id":"r1","reverses":"1",…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-06-15
            < 200
            < {"cost":{"totalPence":0,"events":0,…},…}
            > GET /v1/cost-events/gp/1
            < 200
            < {"amountPence":700,"reversedBy":"r1",…}

            The same reversal again is a duplicate; another of the same event, of the reversal, of nothing are refused.
            > POST /v1/cost-events
            > {"source":"gp","id":"r1","reverses":"1"}
            < 200
            < {"outcome":"duplicate",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"r2","reverses":"1"}
            < 409
            < {"code":"already-reversed",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"r3","reverses":"r1"}
            < 409
            < {"code":"reverses-a-reversal",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"r4","reverses":"nothing"}
            < 404
            < {"code":"unknown-original",…}
            > POST /v1/cost-events
            > {"source":"sus","id":"r5","reverses":"1"}
            < 404
            < {"code":"unknown-original",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"r6","reverses":"1","amountPence":700}
            < 422
            < {"errors":[{"pointer":"/amountPence","code":"field-not-allowed","detail":"…"}],…}
            A new version of what was reversed is refused; the identity of a reversal is taken.
            > POST /v1/cost-events
            > {"source":"gp","id":"1","version":2,"patient":"9990000018","setting":"primary","serviceDate":"2015-06-15",
            >   "amountPence":800}
            < 409
            < {"code":"already-reversed",…}
            > POST /v1/cost-events
            > {"source":"gp","id":"r1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":1}
            < 409
            < {"code":"conflicting-duplicate",…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":0,"creditsPence":0,"events":0,…},…}
            """)
    }

    @Test("a reversal before its original is refused with its line, and the original stands")
    func reversalBeforeOriginal() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > {"events":[{"source":"gp","id":"r1","reverses":"1"},
            >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":7},
            >   {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":8},
            >   {"source":"gp","id":"r2","reverses":"2"}]}
            < 200
            < {"received":4,"posted":3,"rejected":1,"errors":[{"line":1,"code":"unknown-original","detail":"…"}],…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"cost":{"totalPence":7,"events":1,…},…}
            """)
    }
}
