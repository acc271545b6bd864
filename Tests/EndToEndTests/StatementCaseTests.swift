import Testing

/// Statements of registration in every order, and the costs that follow them. A day is 100 pence.
@Suite("Statements of registration")
struct StatementCaseTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"ccg"}
            < 201
            > PUT /v1/commissioners/05Y
            > {"name":"NHS Walsall CCG","kind":"ccg"}
            < 201
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600}]}
            < 201
            """)
    }

    @Test(
        "give the same totals whether one arrives before, after or between the others",
        arguments: [
            ["15E", "05C", "05Y"], ["05Y", "05C", "15E"], ["15E", "05Y", "05C"], ["05C", "15E", "05Y"],
        ])
    func anyOrder(order: [String]) throws {
        // From April with 15E, from July with 05C, from October with 05Y: 91, 92 and 183 days.
        let from = ["15E": "2015-04-01", "05C": "2015-07-01", "05Y": "2015-10-01"]
        for (index, day) in ["2015-06-30", "2015-07-01", "2015-09-30", "2015-10-01"].enumerated() {
            try service.plays(
                """
                > POST /v1/cost-events
                > {"source":"gp","id":"\(index)","patient":"9990000018","setting":"primary","serviceDate":"\(day)",
                >   "amountPence":\(1 << index)}
                < 201
                < {"commissioner":null,"attribution":"unattributed",…}
                """)
        }
        for code in order {
            try service.plays(
                """
                > POST /v1/commissioners/\(code)/registrations
                > {"patient":"9990000018","from":"\(from[code, default: ""])","born":"1970-01-01","sex":"female"}
                < 200
                < {"registered":1,…}
                """)
        }
        try service.plays(
            """
            > GET /v1/totals?year=2015-16
            < 200
            < {"commissioners":[
            <     {"commissioner":"05C","population":{"people":0,"personDays":92,…},"cost":{"totalPence":6,"events":2,…},
            <       "budget":{"totalPence":9200,…},…},
            <     {"commissioner":"05Y","population":{"people":1,"personDays":183,…},"cost":{"totalPence":8,"events":1,…},
            <       "budget":{"totalPence":18300,…},…},
            <     {"commissioner":"15E","population":{"people":0,"personDays":91,…},"cost":{"totalPence":1,"events":1,…},
            <       "budget":{"totalPence":9100,…},…}],
            <   "unattributed":{"cost":{"totalPence":0,"events":0,…}},
            <   "total":{"population":{"people":1,"personDays":366,…},"budget":{"totalPence":36600,…},…}}
            > GET /v1/patients/9990000018
            < 200
            < {"statements":[{"commissioner":"15E","from":"2015-04-01",…},{"commissioner":"05C","from":"2015-07-01",…},
            <   {"commissioner":"05Y","from":"2015-10-01",…}],…}
            """)
    }

    @Test("that have ended leave nobody, even where an older one had no end")
    func ended() throws {
        // From April with 15E without an end, from July to September with 05C: from October with nobody.
        try service.plays(
            """
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"female"}
            < 200
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2015-07-01","until":"2015-10-01","born":"1970-01-01","sex":"female"}
            < 200
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-10-01","amountPence":5}
            < 201
            < {"commissioner":null,"attribution":"unattributed",…}
            > GET /v1/totals?year=2015-16
            < 200
            < {"commissioners":[{"population":{"personDays":92,…},…},{"population":{"personDays":0,…},…},
            <   {"population":{"personDays":91,…},…}],"unattributed":{"cost":{"totalPence":5,…}},
            <   "total":{"population":{"people":0,"personDays":183,…},…}}
            """)
    }

    @Test("withdrawn from under a cost move it to what stood before, and at last to nobody")
    func withdrawal() throws {
        try service.plays(
            """
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"female","group":"older"}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-06-01","born":"1970-01-01","sex":"female"}
            < 200
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            < 201
            < {"commissioner":"15E",…}
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-06-01","withdrawn":true}
            < 200
            < {"received":1,"registered":1,"unchanged":0,"rejected":0,…}
            > GET /v1/cost-events/gp/1
            < 200
            < {"commissioner":"05C","attribution":"registered",…}
            > GET /v1/commissioners/05C/totals?year=2015-16&by=group&through=2015-06-30
            < 200
            < {"population":{"personDays":91,…},
            <   "breakdown":[{"group":"older","costPence":700,"events":1,"budgetPence":9100}],…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"people":0,"personDays":0,…},"cost":{"totalPence":0,"events":0,…},…}

            Twice is once too often, and another's statement is not one's own to withdraw.
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-06-01","withdrawn":true}
            < 422
            < {"code":"no-such-registration",…}
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","withdrawn":true}
            < 422
            < {"code":"no-such-registration",…}

            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2015-04-01","withdrawn":true}
            < 200
            > GET /v1/cost-events/gp/1
            < 200
            < {"commissioner":null,"attribution":"unattributed",…}
            > GET /v1/totals?year=2015-16
            < 200
            < {"unattributed":{"cost":{"totalPence":700,"events":1,…}},
            <   "total":{"population":{"people":0,"personDays":0,…},"cost":{"totalPence":700,…},…},…}
            """)
    }

    @Test("with the same day replace each other, whoever sends them")
    func replaced() throws {
        try service.plays(
            """
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"female"}
            < 200
            > POST /v1/cost-events
            > {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-15","amountPence":700}
            < 201
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"female"}
            < 200
            < {"registered":1,"unchanged":0,…}
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1970-01-01","sex":"female"}
            < 200
            < {"registered":0,"unchanged":1,…}
            > GET /v1/patients/9990000018
            < 200
            < {"statements":[{"commissioner":"05C","from":"2015-04-01","group":"generally-healthy"}],…}
            > GET /v1/commissioners/05C/totals?year=2015-16
            < 200
            < {"population":{"personDays":366,…},"cost":{"totalPence":700,…},…}
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","withdrawn":true}
            < 422
            < {"code":"no-such-registration",…}
            """)
    }

    @Test("tell the birthday: the latest counts, and it may not be after any of them")
    func birthday() throws {
        // 65 on 1 April 2015 at first; then found to be 64, for all of the year.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":36600,"ageTo":64},
            >   {"setting":"primary","annualPence":73200,"ageFrom":65}]}
            < 200
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-04-01","born":"1949-12","sex":"female"}
            < 200
            > GET /v1/patients/9990000018
            < 200
            < {"born":"1949-12-01","sex":"female",…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":73200,…},…}
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2016-04-01","born":"1950-12-24","sex":"male"}
            < 200
            > GET /v1/patients/9990000018
            < 200
            < {"born":"1950-12-24","sex":"male",…}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"budget":{"totalPence":36600,…},…}
            > POST /v1/commissioners/05C/registrations
            > {"patient":"9990000018","from":"2016-04-01","born":"2015-04-02","sex":"male"}
            < 422
            < {"code":"before-birth",…}
            > GET /v1/patients/9990000018
            < 200
            < {"born":"1950-12-24",…}
            """)
    }
}
