import Testing

/// Rows that add up to the totals, worked out by hand from what ``RoadLedger`` says.
@Suite("A breakdown")
struct BreakdownTests {
    @Test("by setting has a row for each setting with anything in it, in the order of the contract")
    func bySetting() throws {
        // Primary: 1,234 + 2,000. Secondary: 60,000 − 4,000. Community: the block contract and the contact at nought.
        try RoadLedger.build().plays(
            """
            > GET /v1/commissioners/15E/totals?year=2015-16&by=setting
            < 200
            < {"cost":{"totalPence":69234,"events":6,…},"budget":{"totalPence":86380,…},"breakdown":[
            <   {"setting":"primary","costPence":3234,"events":2,"budgetPence":22290},
            <   {"setting":"secondary","costPence":56000,"events":2,"budgetPence":56550},
            <   {"setting":"community","costPence":10000,"events":2,"budgetPence":7540}],…}
            """)
    }

    @Test("by group keeps the costs that have no group apart")
    func byGroup() throws {
        // The older woman: 366 × 230 = 84,180. The others: 11 × 200 = 2,200. The block contract has no group.
        try RoadLedger.build().plays(
            """
            > GET /v1/commissioners/15E/totals?year=2015-16&by=group
            < 200
            < {"breakdown":[
            <   {"group":"older","costPence":57234,"events":4,"budgetPence":84180},
            <   {"group":"generally-healthy","costPence":2000,"events":1,"budgetPence":2200},
            <   {"group":null,"costPence":10000,"events":1,"budgetPence":0}],…}
            """)
    }

    @Test("by month gives each month the days that it has")
    func byMonth() throws {
        // 230 a day: 6,900 in 30 days, 7,130 in 31, 6,670 in the 29 of February. October has 10 × 200 more, March 200.
        try RoadLedger.build().plays(
            """
            > GET /v1/commissioners/15E/totals?year=2015-16&by=month
            < 200
            < {"breakdown":[
            <   {"month":"2015-04","costPence":10000,"events":1,"budgetPence":6900},
            <   {"month":"2015-05","costPence":0,"events":0,"budgetPence":7130},
            <   {"month":"2015-06","costPence":61234,"events":2,"budgetPence":6900},
            <   {"month":"2015-07","costPence":0,"events":0,"budgetPence":7130},
            <   {"month":"2015-08","costPence":0,"events":0,"budgetPence":7130},
            <   {"month":"2015-09","costPence":0,"events":0,"budgetPence":6900},
            <   {"month":"2015-10","costPence":2000,"events":1,"budgetPence":9130},
            <   {"month":"2015-11","costPence":0,"events":0,"budgetPence":6900},
            <   {"month":"2015-12","costPence":0,"events":0,"budgetPence":7130},
            <   {"month":"2016-01","costPence":0,"events":0,"budgetPence":7130},
            <   {"month":"2016-02","costPence":-4000,"events":1,"budgetPence":6670},
            <   {"month":"2016-03","costPence":0,"events":1,"budgetPence":7330}],…}
            """)
    }

    @Test("by several at once is one tree, whatever their order in the question")
    func bySeveral() throws {
        let service = try RoadLedger.build()
        let target = "/v1/commissioners/15E/totals?year=2015-16&through=2015-04-30"
        // April: 30 days of the older woman alone, and the block contract.
        try service.plays(
            """
            > GET \(target)&by=month,group,setting
            < 200
            < {"budget":{"totalPence":6900,…},"breakdown":[
            <   {"setting":"primary","group":"older","month":"2015-04","costPence":0,"events":0,"budgetPence":1800},
            <   {"setting":"secondary","group":"older","month":"2015-04","costPence":0,"events":0,"budgetPence":4500},
            <   {"setting":"community","group":"older","month":"2015-04","costPence":0,"events":0,"budgetPence":600},
            <   {"setting":"community","group":null,"month":"2015-04","costPence":10000,"events":1,"budgetPence":0}
            <   ],…}
            """)
        #expect(
            try service.get("\(target)&by=setting,group,month").text
                == service.get("\(target)&by=month,group,setting").text)
    }

    @Test("adds up to the total where no part is a whole number of pence")
    func apportioned() throws {
        // Three settings at 100 pence a year for one day of 366: 300 ÷ 366 = 0.82, so 1 in all. Each part is 0.27;
        // the odd penny goes to the first of equals. With one day more it is 1.64, so 2, for the first two of them.
        let service = try ServiceProcess()
        try service.plays(
            """
            > PUT /v1/commissioners/15E
            > {"name":"NHS Birmingham and Solihull CCG","kind":"ccg"}
            < 201
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"social","annualPence":100},{"setting":"secondary","annualPence":100},
            >   {"setting":"prescribing","annualPence":100}]}
            < 201
            > POST /v1/commissioners/15E/registrations
            > {"patient":"9990000018","from":"2015-05-31","until":"2015-06-02","born":"1970-01-01","sex":"male"}
            < 200
            > GET /v1/commissioners/15E/totals?year=2015-16&through=2015-05-31&by=setting
            < 200
            < {"budget":{"totalPence":1,"fullYearPence":2,"bySetting":{"secondary":1,"social":0,"prescribing":0,…},…},
            <   "breakdown":[{"setting":"secondary","costPence":0,"events":0,"budgetPence":1}],…}
            > GET /v1/commissioners/15E/totals?year=2015-16&by=setting
            < 200
            < {"budget":{"totalPence":2,"bySetting":{"secondary":1,"social":1,"prescribing":0,…},…},
            <   "breakdown":[{"setting":"secondary","costPence":0,"events":0,"budgetPence":1},
            <     {"setting":"social","costPence":0,"events":0,"budgetPence":1}],…}

            A level below splits its parent's written penny: in May and June 0.27 each, so May has it.
            > GET /v1/commissioners/15E/totals?year=2015-16&by=setting,month
            < 200
            < {"breakdown":[{"setting":"secondary","month":"2015-05","costPence":0,"events":0,"budgetPence":1},
            <     {"setting":"social","month":"2015-05","costPence":0,"events":0,"budgetPence":1}],…}
            """)
    }

    @Test(
        "by what the service does not know, or twice by the same, is refused",
        arguments: ["shoe-size", "", "month,month", "month,"])
    func unknown(by: String) throws {
        let service = try RoadLedger.build()
        let answer = try service.get("/v1/commissioners/15E/totals?year=2015-16&by=\(by)")
        #expect(answer.status == 400)
        #expect(answer.code == "bad-parameter")
    }
}
