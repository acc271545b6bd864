import Testing

/// From an empty ledger to a commissioner's total, every figure by hand.
///
/// 2015-16 has 366 days, so an annual rate of 36,600 is 100 pence a day. For 15E a day of secondary care is
/// 100 × 1.5 = 150, of primary 20 × 1.5 = 30 up to the age of 64 and 40 × 1.5 = 60 from 65, of community care
/// 10 × 2 = 20. The ledger has three people:
///
/// | patient | age on 1 April | registered | days | pence a day |
/// |---|---|---|---|---|
/// | 9990000018, older | 74 | the whole year | 366 | 150 + 60 + 20 = 230 |
/// | 9990000026, generally healthy | 35 | 1 to 10 October | 10 | 150 + 30 + 20 = 200 |
/// | 9990000034, generally healthy | born in the year, so 0 | 31 March | 1 | 200 |
@Suite("The road from a cost to a total")
struct RoadTests {
    private static let register = """
        Two commissioners. The second has nobody and nothing: it must stay at nought.
        > PUT /v1/commissioners/15E
        > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg","opened":"2018-04-01"}
        < 201
        < Location: /v1/commissioners/15E
        < {"code":"15E","name":"NHS Birmingham and Solihull CCG","kind":"ccg","opened":"2018-04-01"}
        > PUT /v1/commissioners/05C
        > {"name":"NHS Dudley CCG","kind":"ccg"}
        < 201
        < {"code":"05C",…}
        The same again is not new, whatever it says.
        > PUT /v1/commissioners/15E
        > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
        < 200
        > GET /v1/commissioners
        < 200
        < {"commissioners":[{"code":"05C","name":"NHS Dudley CCG","kind":"ccg"},
        <   {"code":"15E","name":"NHS Birmingham and Solihull CCG","kind":"ccg"}]}
        """

    private static let cards = """
        > PUT /v1/capitation-rates/2015-16
        > {"rates":[{"setting":"secondary","annualPence":36600},
        >   {"setting":"primary","annualPence":7320,"ageTo":64},
        >   {"setting":"primary","annualPence":14640,"ageFrom":65},
        >   {"setting":"community","annualPence":999999}]}
        < 201
        < Location: /v1/capitation-rates/2015-16
        15E has a rate of its own for community care; the national one is not used then.
        > PUT /v1/commissioners/15E/capitation-rates/2015-16
        > {"weight":"1.5","weights":{"community":"2"},"rates":[{"setting":"community","annualPence":3660}]}
        < 201
        > GET /v1/capitation-rates/2015-16
        < 200
        < {"rates":[{"setting":"secondary","annualPence":36600},
        <   {"setting":"primary","annualPence":7320,"ageTo":64},
        <   {"setting":"primary","annualPence":14640,"ageFrom":65},
        <   {"setting":"community","annualPence":999999}],…}
        > GET /v1/commissioners/15E/capitation-rates/2015-16
        < 200
        < {"weight":"1.5","weights":{"community":"2"},"rates":[{"setting":"community","annualPence":3660}],…}
        """

    private static let people = """
        One statement alone, a list, and lines.
        > POST /v1/commissioners/15E/registrations
        > {"patient":"9990000018","from":"2015-04-01","born":"1940-06-15","sex":"female","group":"older"}
        < 200
        < {"received":1,"registered":1,"unchanged":0,"rejected":0,"errors":[],"errorsOmitted":0,"sequence":…}
        > POST /v1/commissioners/15E/registrations
        > {"registrations":[
        >   {"patient":"9990000018","from":"2015-04-01","born":"1940-06-15","sex":"female","group":"older"},
        >   {"patient":"9990000026","from":"2015-10-01","until":"2015-10-11","born":"1980-01-31","sex":"male"}]}
        < 200
        < {"received":2,"registered":1,"unchanged":1,"rejected":0,"errors":[],"errorsOmitted":0,"sequence":…}
        The second line is blank, the third has no sex.
        > POST /v1/commissioners/15E/registrations
        > Content-Type: application/x-ndjson
        > {"patient":"9990000034","from":"2016-03-31","born":"2016-02","sex":"unknown"}
        >
        > {"patient":"9990000042","from":"2016-03-31","born":"2016-02"}
        < 200
        < {"received":2,"registered":1,"unchanged":0,"rejected":1,
        <   "errors":[{"line":3,"code":"missing-field","detail":"/sex is required"}],"errorsOmitted":0,"sequence":…}
        > GET /v1/patients/9990000026
        < 200
        < {"patient":"9990000026","born":"1980-01-31","sex":"male","statements":[
        <   {"commissioner":"15E","from":"2015-10-01","until":"2015-10-11","group":"generally-healthy"}]}
        """

    private static let costs = """
        > POST /v1/cost-events
        > {"source":"sus","id":"1","patient":"9990000018","setting":"secondary","serviceDate":"2015-06-02",
        >   "amountPence":60000,"provider":"RRK","service":"HRG-1"}
        < 201
        < Location: /v1/cost-events/sus/1
        < {"source":"sus","id":"1","version":1,"patient":"9990000018","setting":"secondary",
        <   "serviceDate":"2015-06-02","amountPence":60000,"kind":"cost","provider":"RRK","service":"HRG-1",
        <   "commissioner":"15E","attribution":"registered","funder":"15E","sequence":…,"recordedAt":"<instant>"}
        The second man's last day is 10 October; on the 11th he belongs to nobody.
        > POST /v1/cost-events
        > {"events":[
        >   {"source":"gp","id":"1","patient":"9990000018","setting":"primary","serviceDate":"2015-06-30",
        >     "amountPence":1234},
        >   {"source":"gp","id":"2","patient":"9990000026","setting":"primary","serviceDate":"2015-10-10",
        >     "amountPence":2000},
        >   {"source":"sus","id":"2","patient":"9990000026","setting":"secondary","serviceDate":"2015-10-11",
        >     "amountPence":5000}]}
        < 200
        < {"received":3,"posted":3,"replaced":0,"duplicates":0,"superseded":0,"rejected":0,"unattributed":1,
        <   "sequence":…,"errors":[],"errorsOmitted":0}
        A block contract, a credit, and a contact that cost nothing.
        > POST /v1/cost-events
        > Content-Type: application/x-ndjson
        > {"source":"fin","id":"1","withoutPatient":"block","commissioner":"15E","setting":"community","serviceDate":"2015-04-01","amountPence":10000}
        > {"source":"sus","id":"3","patient":"9990000018","setting":"secondary","serviceDate":"2016-02-29","amountPence":4000,"kind":"credit"}
        > {"source":"gp","id":"3","patient":"9990000018","setting":"community","serviceDate":"2016-03-31","amountPence":0}
        < 200
        < {"received":3,"posted":3,"replaced":0,"duplicates":0,"superseded":0,"rejected":0,"unattributed":0,
        <   "sequence":…,"errors":[],"errorsOmitted":0}
        """

    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        for part in [Self.register, Self.cards, Self.people, Self.costs] { try service.plays(part) }
    }

    @Test("a year's total is the sum of its days and its costs")
    func year() throws {
        // Days: 366 + 10 + 1 = 377; on 31 March the first and the third are registered. 377 ÷ 366 = 1.0300….
        // Secondary 377 × 150 = 56,550. Primary 366 × 60 + 11 × 30 = 22,290. Community 377 × 20 = 7,540.
        // Cost: 60,000 − 4,000 secondary, 1,234 + 2,000 primary, 10,000 + 0 community; the unattributed 5,000 not.
        // Variance 86,380 − 69,234 = 17,146, and 17,146 ÷ 86,380 = 19.8495 %.
        // A head: 69,234 × 366 ÷ 377 = 67,213.9….
        try service.plays(
            """
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"commissioner":"15E","name":"NHS Birmingham and Solihull CCG","year":"2015-16","through":"2016-03-31",
            <   "asOf":null,"sequence":…,"recordedThrough":"<instant>",
            <   "population":{"basis":"registered","people":2,"personDays":377,"personYears":"1.030"},
            <   "cost":{"totalPence":69234,"creditsPence":-4000,"withoutPatientPence":10000,"events":6,
            <     "bySetting":{"primary":3234,"secondary":56000,"community":10000,"social":0,"mental-health":0,
            <       "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0}},
            <   "budget":{"totalPence":86380,"fullYearPence":86380,
            <     "bySetting":{"primary":22290,"secondary":56550,"community":7540,"social":0,"mental-health":0,
            <       "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0},
            <     "personDaysWithoutRate":{"primary":0,"secondary":0,"community":0,"social":377,"mental-health":377,
            <       "prescribing":377,"continuing-care":377,"specialised":377,"public-health":377}},
            <   "variance":{"totalPence":17146,"percent":"19.85","position":"underspent",
            <     "bySetting":{"primary":19056,"secondary":550,"community":-2460,"social":0,"mental-health":0,
            <       "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0}},
            <   "costPerHeadPence":67214}
            """)
    }

    @Test("a total through a day counts that day and none after it")
    func through() throws {
        // 1 April to 5 October is 30 + 31 + 30 + 31 + 31 + 30 + 5 = 188 days of the first, 5 of the second.
        // Budget 188 × 230 + 5 × 200 = 44,240; cost 60,000 + 1,234 + 10,000; the year's budget is as before.
        // −26,994 ÷ 44,240 = −61.017 %. A head: 71,234 × 366 ÷ 193 = 135,086.2….
        try service.plays(
            """
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-10-05
            < 200
            < {"through":"2015-10-05","population":{"basis":"registered","people":2,"personDays":193,"personYears":"0.527"},
            <   "cost":{"totalPence":71234,"creditsPence":0,"events":3,…},
            <   "budget":{"totalPence":44240,"fullYearPence":86380,…},
            <   "variance":{"totalPence":-26994,"percent":"-61.02","position":"overspent",…},
            <   "costPerHeadPence":135086,…}

            On 10 October the second man is still there, and has his cost; on the 11th he is not.
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-10-10
            < 200
            < {"population":{"people":2,"personDays":203,…},"cost":{"totalPence":73234,"events":4,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-10-11
            < 200
            < {"population":{"people":1,"personDays":204,…},"cost":{"totalPence":73234,"events":4,…},…}

            The year's first day, its last, and one past each.
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-04-01
            < 200
            < {"population":{"people":1,"personDays":1,…},"cost":{"totalPence":10000,…},"budget":{"totalPence":230,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2016-03-31
            < 200
            < {"budget":{"totalPence":86380,…},…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-03-31
            < 400
            < {"code":"through-outside-year",…}
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2016-04-01
            < 400
            < {"code":"through-outside-year",…}
            """)
    }

    @Test("other years and other commissioners have nothing of it")
    func others() throws {
        // The older woman has no until: she is registered in 2016-17 too (365 days), where no card is set.
        try service.plays(
            """
            > GET /v1/commissioners/15E/totals?year=2014-15
            < 200
            < {"population":{"people":0,"personDays":0,…},"cost":{"totalPence":0,"events":0,…},
            <   "budget":{"totalPence":0,"fullYearPence":0,…},
            <   "variance":{"totalPence":0,"percent":null,"position":"balanced",…},"costPerHeadPence":null,…}
            > GET /v1/commissioners/15E/totals?year=2016-17
            < 200
            < {"population":{"people":2,"personDays":730,"personYears":"2.000",…},"cost":{"events":0,…},
            <   "budget":{"totalPence":0,"personDaysWithoutRate":{"primary":730,"secondary":730,…},…},
            <   "variance":{"percent":null,…},"costPerHeadPence":0,…}
            > GET /v1/commissioners/05C/totals?year=2015-16
            < 200
            < {"commissioner":"05C","population":{"people":0,"personDays":0,"personYears":"0.000",…},
            <   "cost":{"totalPence":0,"events":0,…},"budget":{"totalPence":0,…},"costPerHeadPence":null,…}
            """)
    }

    @Test("a year that has not begun is nought throughout, through null")
    func notBegun() throws {
        try service.plays(
            """
            > GET /v1/commissioners/15E/totals?year=2198-99
            < 200
            < {"year":"2198-99","through":null,"population":{"basis":"registered","people":0,"personDays":0,
            <   "personYears":"0.000"},"cost":{"totalPence":0,"events":0,…},"budget":{"totalPence":0,"fullYearPence":0,…},
            <   "variance":{"totalPence":0,"percent":null,"position":"balanced",…},"costPerHeadPence":null,…}
            > GET /v1/commissioners/15E/totals?year=2199-00
            < 400
            < {"code":"bad-parameter",…}
            """)
    }

    @Test("the totals of all are the sums of the rows, and the cost that belongs to nobody is among them")
    func all() throws {
        // 69,234 + 0 + 5,000 unattributed = 74,234 against a budget of 86,380: 12,146 is 14.061 %.
        try service.plays(
            """
            > GET /v1/totals?year=2015-16
            < 200
            < {"commissioners":[{"commissioner":"05C","cost":{"totalPence":0,…},…},
            <     {"commissioner":"15E","cost":{"totalPence":69234,…},"budget":{"totalPence":86380,…},…}],
            <   "unattributed":{"cost":{"totalPence":5000,"creditsPence":0,"withoutPatientPence":0,"events":1,
            <     "bySetting":{"primary":0,"secondary":5000,"community":0,"social":0,"mental-health":0,
            <       "prescribing":0,"continuing-care":0,"specialised":0,"public-health":0}}},
            <   "total":{"population":{"basis":"registered","people":2,"personDays":377,"personYears":"1.030"},
            <     "cost":{"totalPence":74234,"creditsPence":-4000,"withoutPatientPence":10000,"events":7,
            <       "bySetting":{"primary":3234,"secondary":61000,"community":10000,…}},
            <     "budget":{"totalPence":86380,"fullYearPence":86380,…},
            <     "variance":{"totalPence":12146,"percent":"14.06","position":"underspent",…}}}
            """)
    }

    @Test("what the ledger knows outlives the process")
    func restart() throws {
        let before = try service.get("/v1/totals?year=2015-16&by=setting,group,month")
        #expect(try service.terminate() == .code(0))
        try service.restart()
        let after = try service.get("/v1/totals?year=2015-16&by=setting,group,month")
        #expect(after.text == before.text)
        #expect(after["Chequebook-Sequence"] == before["Chequebook-Sequence"])
    }
}
