import Testing

/// Days and years that people get wrong. The rate is 100 pence a day wherever nothing else is said: 36,600 a year in
/// 2015-16, which has 366 days, and 36,500 in the years about it, which have 365.
@Suite("The calendar")
struct CalendarCaseTests {
    private let service: ServiceProcess

    init() throws {
        service = try CaseLedger.years()
    }

    @Test("29 February is a day like any other, and there is none in 2015")
    func leapDay() throws {
        try service.plays(
            """
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2016-02-29","until":"2016-03-01","born":"2012-02-29","sex":"female"}
            < 200
            < {"registered":1,…}
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2016-02-29","amountPence":25}
            < 201
            < {"commissioner":"15E","attribution":"registered",…}
            > GET /v1/commissioners/15E/totals?year=2015-16&by=month
            < 200
            < {"population":{"personDays":1,"people":0,…},"budget":{"totalPence":100,…},"cost":{"totalPence":25,…},
            <   "breakdown":[{"month":"2016-02","costPence":25,"events":1,"budgetPence":100}],…}
            > POST /v1/cost-events
            > {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-02-29","amountPence":25}
            < 422
            < {"code":"bad-date","errors":[{"pointer":"/serviceDate","code":"bad-date","detail":"…"}],…}
            > GET /v1/commissioners/15E/totals?year=2014-15&through=2015-02-29
            < 400
            < {"code":"bad-parameter",…}
            """)
    }

    @Test("a child of 29 February is a year older on 1 April, not before")
    func leapBirthday() throws {
        // Born 2012-02-29, on 1 April 2015 three years old and a year later four.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2016-17
            > {"rates":[{"setting":"primary","annualPence":36500,"ageTo":3},
            >   {"setting":"primary","annualPence":73000,"ageFrom":4}]}
            < 201
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"ageTo":3},
            >   {"setting":"primary","annualPence":73200,"ageFrom":4}]}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2016-03-31","until":"2016-04-02","born":"2012-02-29","sex":"female"}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"personDays":1,…},"budget":{"totalPence":100,…},…}
            > GET /v1/commissioners/15E/totals?year=2016-17
            < 200
            < {"population":{"personDays":1,…},"budget":{"totalPence":200,…},…}
            """)
    }

    @Test("an age is that of 1 April for the whole year, the birthday on it included")
    func ageOnTheFirstOfApril() throws {
        // Born on 1 April 1950: 65 on the day. Born a day later: 64 for the year that follows.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"ageTo":64},
            >   {"setting":"primary","annualPence":366000,"ageFrom":65}]}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1950-04-01","sex":"female"}
            < 200
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000026","from":"2015-04-01","born":"1950-04-02","sex":"female"}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":366000,…},…}
            > GET /v1/commissioners/05C/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":36600,…},…}
            """)
    }

    @Test("a move on 1 April ends one year with one commissioner and begins the next with the other")
    func moveOnTheFirstOfApril() throws {
        try service.plays(
            """
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2014-04-01","born":"1970-01-01","sex":"male"}
            < 200
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"male"}
            < 200
            > POST /v1/cost-events
            > {"events":[
            >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-03-31","amountPence":11},
            >   {"source":"gp","id":"2","patient":"9990000018","setting":"primary","serviceDate":"2015-04-01","amountPence":22}]}
            < 200
            < {"posted":2,"unattributed":0,…}
            > GET /v1/commissioners/15E/totals?year=2014-15
            < 200
            < {"population":{"people":1,"personDays":365,…},"budget":{"totalPence":36500,…},"cost":{"totalPence":11,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"people":0,"personDays":0,…},"budget":{"totalPence":0,…},"cost":{"totalPence":0,…},…}
            > GET /v1/commissioners/05C/totals?year=2014-15
            < 200
            < {"population":{"people":0,"personDays":0,…},"cost":{"totalPence":0,…},…}
            > GET /v1/commissioners/05C/totals?year=2015-16
            < 200
            < {"population":{"people":1,"personDays":366,…},"budget":{"totalPence":36600,…},"cost":{"totalPence":22,…},…}
            """)
    }

    @Test("a day's registration counts one day, and one that ends on its first day is refused")
    func oneDay() throws {
        try service.plays(
            """
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-07-15","until":"2015-07-16","born":"1970-01-01","sex":"male"}
            < 200
            < {"registered":1,…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"people":0,"personDays":1,"personYears":"0.003",…},"budget":{"totalPence":100,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-07-14
            < 200
            < {"population":{"people":0,"personDays":0,…},"budget":{"totalPence":0,"fullYearPence":100,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-07-15
            < 200
            < {"population":{"people":1,"personDays":1,…},"budget":{"totalPence":100,…},…}
            > POST /v1/commissioners/15E/registrations
            > {"registrations":[{"patient":"9990000026","from":"2015-07-15","until":"2015-07-15","born":"1970-01-01","sex":"male"}]}
            < 200
            < {"registered":0,"rejected":1,"errors":[{"line":1,"code":"ends-before-it-begins","detail":"…"}],…}
            > GET /v1/patients/9990000026
            < 404
            < {"code":"unknown-patient",…}
            """)
    }

    @Test("today is a day for a cost, tomorrow is not")
    func todayAndTomorrow() throws {
        try London.onOneDay { today, tomorrow in
            let year = London.financialYear(of: today)
            try service.plays(
                """
                > POST /v1/cost-events
                > {"source":"gp","id":"\(today)","withoutPatient":"practice","commissioner":"15E","setting":"primary",
                >   "serviceDate":"\(today)","amountPence":1}
                < 201
                > POST /v1/cost-events
                > {"source":"gp","id":"\(tomorrow)","withoutPatient":"practice","commissioner":"15E","setting":"primary",
                >   "serviceDate":"\(tomorrow)","amountPence":1}
                < 422
                < {"code":"future-service-date",…}
                > GET /v1/cost-events/gp/\(tomorrow)
                < 404
                < {"code":"unknown-event",…}
                > GET /v1/commissioners/15E/totals?year=\(year)
                < 200
                < {"through":"\(today)","cost":{"events":1,…},…}
                """)
        }
    }
}
