import Testing

/// One person for one day of 2015-16, which has 366; the rates are chosen so that halves come out.
@Suite("Written figures")
struct RoundingTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-05-31","until":"2015-06-01","born":"1970-01-01","sex":"male"}
            < 200
            """)
    }

    @Test("are rounded once, half a penny upwards", arguments: [(182, 0), (183, 1), (548, 1), (549, 2)])
    func half(annualPence: Int, budgetPence: Int) throws {
        // 183 ÷ 366 is a half exactly and 549 ÷ 366 one and a half.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":\(annualPence)}]}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":\(budgetPence),"fullYearPence":\(budgetPence),…},…}
            """)
    }

    @Test("keep a weight of six places exact to the last")
    func weight() throws {
        // 366,000,000 ÷ 366 = 1,000,000 pence a day; × 1.000001 = 1,000,001.
        try service.plays(
            """
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"1.000001","rates":[{"setting":"primary","annualPence":366000000}]}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":1000001,…},…}

            The greatest weight and rate: 10^12 × 100 ÷ 366 = 273,224,043,715.85 for the day.
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"100","rates":[{"setting":"primary","annualPence":1000000000000}]}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":273224043716,…},…}

            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"100.000001","rates":[{"setting":"primary","annualPence":1}]}
            < 422
            < {"errors":[{"pointer":"/weight","code":"bad-weight","detail":"…"}],…}
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"0.0000001","rates":[{"setting":"primary","annualPence":1}]}
            < 422
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1000000000001}]}
            < 422
            < {"errors":[{"pointer":"/rates/0/annualPence","code":"out-of-range","detail":"…"}],…}

            A weight of nothing gives nothing.
            > PUT /v1/commissioners/15E/capitation-rates/2015-16
            > {"weight":"0","rates":[{"setting":"primary","annualPence":366000000}]}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":0,"personDaysWithoutRate":{"primary":0,…},…},…}
            """)
    }

    @Test("of a variance have two places and never a minus before nought")
    func percent() throws {
        // The budget is 100,000 for the day. 4 over is −0.004 %, written 0.00 and still overspent; 5 over is −0.005,
        // away from nought; 100,000 over is as much again; an event of nothing leaves it there.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600000}]}
            < 201
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-05-31","amountPence":100000}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"variance":{"totalPence":0,"percent":"0.00","position":"balanced",…},…}
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-05-31","amountPence":4}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"variance":{"totalPence":-4,"percent":"0.00","position":"overspent",…},…}
            > POST /v1/cost-events
            > {"source":"gp","id":"3","patient":"9990000018","setting":"primary","serviceDate":"2015-05-31","amountPence":1}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"variance":{"totalPence":-5,"percent":"-0.01","position":"overspent",…},…}
            > POST /v1/cost-events
            > {"source":"gp","id":"4","patient":"9990000018","setting":"primary","serviceDate":"2015-05-31","amountPence":99995}
            < 201
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"variance":{"totalPence":-100000,"percent":"-100.00","position":"overspent",…},"costPerHeadPence":73200000,…}
            """)
    }
}
