import Testing

/// Rates and years that people get wrong. A day is 100 pence wherever nothing else is said.
@Suite("A budget")
struct AccrualCaseTests {
    private let service: ServiceProcess

    init() throws {
        service = try CaseLedger.years()
    }

    @Test("a patient born in the year has age 0, and is nobody before the birth")
    func bornInTheYear() throws {
        // From 1 July the year has 275 days left: 366 less the 91 of April, May and June.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"ageTo":0}]}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-06-30","born":"2015-07-01","sex":"female"}
            < 422
            < {"code":"before-birth",…}
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-07-01","born":"2015-07-01","sex":"female"}
            < 200
            < {"registered":1,…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"personDays":275,…},"budget":{"totalPence":27500,"personDaysWithoutRate":{"primary":0,…},…},…}

            A cost before the birth is posted all the same, and belongs to nobody.
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-30","amountPence":70}
            < 201
            < {"commissioner":null,"attribution":"unattributed",…}
            """)
    }

    @Test("a rate that changes in mid-year gives each half its own")
    func rateChanges() throws {
        // April to September has 183 days, October to March in a leap year as many: 183 × 100 + 183 × 200.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"until":"2015-10-01"},
            >   {"setting":"primary","annualPence":73200,"from":"2015-10-01"}]}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-01-01","born":"1970-01-01","sex":"male"}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-09-30
            < 200
            < {"budget":{"totalPence":18300,"fullYearPence":54900,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-10-01
            < 200
            < {"budget":{"totalPence":18500,"fullYearPence":54900,…},…}

            A gap of one day is a day without a rate.
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"until":"2015-09-30"},
            >   {"setting":"primary","annualPence":73200,"from":"2015-10-01"}]}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":54800,"personDaysWithoutRate":{"primary":1,…},…},…}

            An overlap of one day is refused, and both rates are named.
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":1,"until":"2015-10-02"},{"setting":"social","annualPence":1},
            >   {"setting":"primary","annualPence":2,"from":"2015-10-01"}]}
            < 409
            < {"code":"overlapping-rates","errors":[{"pointer":"/rates/0","code":"overlapping-rates","detail":"…"},
            <   {"pointer":"/rates/2","code":"overlapping-rates","detail":"…"}],…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":54800,…},…}
            """)
    }

    @Test("a whole year accrues the annual rate exactly, in 365 days and in 366")
    func fullYear() throws {
        // 99,999 is a multiple of neither. One day of it is 273.97 pence of 365 and 273.22 of 366.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2014-15
            > {"rates":[{"setting":"primary","annualPence":99999}]}
            < 200
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":99999}]}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2014-04-01","until":"2016-04-01","born":"1970-01-01","sex":"male"}
            < 200
            > GET /v1/commissioners/15E/totals?year=2014-15
            < 200
            < {"population":{"personDays":365,"personYears":"1.000",…},"budget":{"totalPence":99999,"fullYearPence":99999,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"personDays":366,"personYears":"1.000",…},"budget":{"totalPence":99999,"fullYearPence":99999,…},…}
            > GET /v1/commissioners/15E/totals?year=2014-15&through=2014-04-01
            < 200
            < {"budget":{"totalPence":274,"fullYearPence":99999,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-04-01
            < 200
            < {"budget":{"totalPence":273,"fullYearPence":99999,…},…}
            """)
    }
}
