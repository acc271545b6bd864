import Testing

/// Every figure is worked out by hand from what ``RoadLedger`` says.
@Suite("The road from a cost to a total")
struct RoadTests {
    private let service: ServiceProcess

    init() throws {
        service = try RoadLedger.build()
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
