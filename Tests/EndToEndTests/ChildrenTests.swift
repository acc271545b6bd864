import Testing

/// Totals of bodies with those below them, worked out by hand from what ``ChildrenLedger`` says.
@Suite("A body with its children")
struct ChildrenTests {
    private let service: ServiceProcess

    init() throws {
        service = try ChildrenLedger.build()
    }

    @Test("has their figures for the days on which they are below it, and no penny is lost where they change")
    func year() throws {
        // 05C for the 274 days since July: 16,447 − 4,100 = 12,347, not the 12,346 of 12,346.44. With 31,950 and
        // 127,750 it makes 172,047. Days: 639 + 274 + 7 × 365.
        try service.plays(
            """
            > GET /v1/commissioners/QHL/totals?year=2022-23&include=children
            < 200
            < {"commissioner":"QHL","name":"NHS Birmingham and Solihull ICB","year":"2022-23","through":"2023-03-31",
            <   "asOf":null,"include":"children","bodies":["05C","05L","15E","QHL"],
            <   "sequence":…,"recordedThrough":"<instant>",
            <   "population":{"basis":"mixed","people":10,"personDays":3468,"personYears":"9.501"},
            <   "cost":{"totalPence":654320,"creditsPence":0,"withoutPatientPence":654320,"events":5,
            <     "bySetting":{"primary":654320,"secondary":0,…}},
            <   "budget":{"totalPence":172047,"fullYearPence":172047,"bySetting":{"primary":172047,"secondary":0,…},
            <     "personDaysWithoutRate":{"primary":0,"secondary":3468,…}},
            <   "variance":{"totalPence":-482273,"percent":"-280.31","position":"overspent",
            <     "bySetting":{"primary":-482273,"secondary":0,…}},
            <   "costPerHeadPence":68866}
            > GET /v1/commissioners/QUA/totals?year=2022-23&include=children
            < 200
            < {"bodies":["05C","QUA"],"population":{"basis":"registered","people":0,"personDays":91,…},
            <   "cost":{"totalPence":7000001,"events":2,…},"budget":{"totalPence":4100,"fullYearPence":4100,…},…}

            The figures of the bodies themselves stay as they are.
            > GET /v1/commissioners/05C/totals?year=2022-23&include=children
            < 200
            < {"bodies":["05C"],"population":{"people":1,"personDays":365,…},"cost":{"totalPence":21,"events":2,…},
            <   "budget":{"totalPence":16447,…},…}
            """)
    }

    @Test("has children's children too, from the day on which their parent is below it")
    func grandchildren() throws {
        // October to March: 31,950 − 13,750 = 18,200, 16,447 − 8,246 = 8,201, 127,750 − 64,050 = 63,700; 182 days.
        try service.plays(
            """
            > GET /v1/commissioners/Y60/totals?year=2022-23&include=children
            < 200
            < {"include":"children","bodies":["05C","05L","15E","QHL","Y60"],
            <   "population":{"basis":"mixed","people":10,"personDays":1820,…},
            <   "cost":{"totalPence":604000,"events":2,…},"budget":{"totalPence":90101,"fullYearPence":90101,…},…}
            > GET /v1/commissioners/Y60/totals?year=2022-23&through=2022-09-30&include=children
            < 200
            < {"bodies":["05C","05L","15E","QHL","Y60"],"population":{"people":0,"personDays":0,"personYears":"0.000",…},
            <   "cost":{"totalPence":0,"events":0,…},"budget":{"totalPence":0,"fullYearPence":90101,…},
            <   "variance":{"totalPence":0,"percent":null,"position":"balanced",…},"costPerHeadPence":null,…}
            """)
    }

    @Test("counts people where they are on the day asked, the last day below one parent and the first below the next")
    func dayOfChange() throws {
        // On 1 July 05C brings 46 pence: 92 days are 4,145.52, written 4,146, of which 4,100 are QUA's.
        try service.plays(
            """
            > GET /v1/commissioners/QUA/totals?year=2022-23&through=2022-06-30&include=children
            < 200
            < {"population":{"people":1,"personDays":91,…},"cost":{"totalPence":7000001,…},
            <   "budget":{"totalPence":4100,"fullYearPence":4100,…},…}
            > GET /v1/commissioners/QHL/totals?year=2022-23&through=2022-06-30&include=children
            < 200
            < {"bodies":["05C","05L","15E","QHL"],"population":{"people":8,"personDays":728,…},
            <   "cost":{"totalPence":300,…},"budget":{"totalPence":36400,"fullYearPence":172047,…},…}
            > GET /v1/commissioners/QUA/totals?year=2022-23&through=2022-07-01&include=children
            < 200
            < {"population":{"people":0,"personDays":91,…},"budget":{"totalPence":4100,…},…}
            > GET /v1/commissioners/QHL/totals?year=2022-23&through=2022-07-01&include=children
            < 200
            < {"population":{"people":10,"personDays":738,…},"cost":{"totalPence":320,…},
            <   "budget":{"totalPence":36896,"fullYearPence":172047,…},…}
            """)
    }

    @Test("has a row only where it is at the top, and the rows add up to what all have on their own")
    func rows() throws {
        // QHL from April to September: 13,750 + (8,246 − 4,100) + 64,050; 275 + 92 + 7 × 183 days.
        let total = """
            "total":{"population":{"basis":"mixed","people":10,"personDays":3559,…},
              "cost":{"totalPence":7654321,"events":7,…},"budget":{"totalPence":176147,"fullYearPence":176147,…},…}
            """.replacing("\n", with: "\n< ")
        try service.plays(
            """
            > GET /v1/totals?year=2022-23&include=children
            < 200
            < {"commissioners":[
            <     {"commissioner":"QHL","include":"children","bodies":["05C","05L","15E","QHL"],
            <       "population":{"people":0,"personDays":1648,…},"cost":{"totalPence":50320,"events":3,…},
            <       "budget":{"totalPence":81946,"fullYearPence":81946,…},…},
            <     {"commissioner":"QUA","include":"children","bodies":["05C","QUA"],
            <       "population":{"people":0,"personDays":91,…},"cost":{"totalPence":7000001,"events":2,…},
            <       "budget":{"totalPence":4100,"fullYearPence":4100,…},…},
            <     {"commissioner":"Y60","include":"children","bodies":["05C","05L","15E","QHL","Y60"],
            <       "population":{"people":10,"personDays":1820,…},"cost":{"totalPence":604000,"events":2,…},
            <       "budget":{"totalPence":90101,"fullYearPence":90101,…},…}],
            <   "unattributed":{"cost":{"totalPence":0,…}},
            <   \(total)}
            > GET /v1/totals?year=2022-23
            < 200
            < {\(total),…}
            > GET /v1/totals?year=2022-23&through=2022-09-30&include=children
            < 200
            < {"commissioners":[
            <     {"commissioner":"QHL","population":{"people":10,…},"budget":{"totalPence":81946,"fullYearPence":81946,…},…},
            <     {"commissioner":"QUA","population":{"people":0,…},"budget":{"totalPence":4100,"fullYearPence":4100,…},…},
            <     {"commissioner":"Y60","population":{"people":0,…},"budget":{"totalPence":0,"fullYearPence":90101,…},…}],
            <   "total":{"population":{"people":10,…},"budget":{"totalPence":86046,"fullYearPence":176147,…},…},…}
            """)
    }

    @Test("is broken down by what its children's rows differ on their days")
    func breakdown() throws {
        // 05C's year is split by month with 1,352 for June, its first quarter with 1,351: June leaves QHL a penny.
        try service.plays(
            """
            > GET /v1/commissioners/QHL/totals?year=2022-23&include=children&by=month
            < 200
            < {"budget":{"totalPence":172047,…},"breakdown":[
            <   {"month":"2022-04","costPence":300,"events":1,"budgetPence":12000},
            <   {"month":"2022-05","costPence":0,"events":0,"budgetPence":12400},
            <   {"month":"2022-06","costPence":0,"events":0,"budgetPence":12001},
            <   {"month":"2022-07","costPence":20,"events":1,"budgetPence":15347},
            <   {"month":"2022-08","costPence":0,"events":0,"budgetPence":15347},
            <   {"month":"2022-09","costPence":50000,"events":1,"budgetPence":14852},
            <   {"month":"2022-10","costPence":600000,"events":1,"budgetPence":15347},
            <   {"month":"2022-11","costPence":0,"events":0,"budgetPence":14851},
            <   {"month":"2022-12","costPence":0,"events":0,"budgetPence":15347},
            <   {"month":"2023-01","costPence":0,"events":0,"budgetPence":15347},
            <   {"month":"2023-02","costPence":0,"events":0,"budgetPence":13861},
            <   {"month":"2023-03","costPence":4000,"events":1,"budgetPence":15347}],…}
            > GET /v1/commissioners/QUA/totals?year=2022-23&include=children&by=month
            < 200
            < {"breakdown":[{"month":"2022-04","costPence":7000000,"events":1,"budgetPence":1352},
            <   {"month":"2022-05","costPence":0,"events":0,"budgetPence":1397},
            <   {"month":"2022-06","costPence":1,"events":1,"budgetPence":1351}],…}
            > GET /v1/commissioners/QHL/totals?year=2022-23&include=children&by=funder
            < 200
            < {"breakdown":[{"funder":"05C","costPence":20,"events":1,"budgetPence":12347},
            <   {"funder":"05L","costPence":4000,"events":1,"budgetPence":127750},
            <   {"funder":"15E","costPence":300,"events":1,"budgetPence":31950},
            <   {"funder":"QHL","costPence":650000,"events":2,"budgetPence":0}],…}
            > GET /v1/totals?year=2022-23&include=children&by=setting
            < 200
            < {"commissioners":[
            <   {"breakdown":[{"setting":"primary","costPence":50320,"events":3,"budgetPence":81946}],…},
            <   {"breakdown":[{"setting":"primary","costPence":7000001,"events":2,"budgetPence":4100}],…},
            <   {"breakdown":[{"setting":"primary","costPence":604000,"events":2,"budgetPence":90101}],…}],…}
            """)
    }

    @Test("is a row of CSV and of a table as it is one of JSON")
    func otherForms() throws {
        let target = "/v1/totals?year=2022-23&include=children&by=setting&format="
        let lines = try service.get(target + "csv").text.split(separator: "\r\n")
        #expect(
            lines == [
                "commissioner,year,through,asOf,setting,costPence,events,budgetPence",
                "QHL,2022-23,2023-03-31,,primary,50320,3,81946", "QUA,2022-23,2023-03-31,,primary,7000001,2,4100",
                "Y60,2022-23,2023-03-31,,primary,604000,2,90101", "unattributed,,,,,0,0,", "total,,,,,7654321,7,176147",
            ])
        let table = try service.get(target + "table").text.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(table[2] == ["QHL", "primary", "50320", "3", "81946"])
        #expect(table.last == ["total", "7654321", "7", "176147"])
    }

    @Test("has nothing of a year that has not begun, whoever is below it")
    func nothingYet() throws {
        try service.plays(
            """
            > GET /v1/commissioners/Y60/totals?year=2198-99&include=children
            < 200
            < {"through":null,"bodies":["05C","05L","15E","QHL","Y60"],"population":{"people":0,"personDays":0,…},
            <   "cost":{"totalPence":0,…},"budget":{"totalPence":0,"fullYearPence":0,…},…}
            """)
    }

    @Test("stays the same while others are busy, and changes with a child's cost and with the register")
    func polling() throws {
        let target = "/v1/commissioners/QHL/totals?year=2022-23&include=children"
        func tag() throws -> String { try #require(service.get(target)["ETag"]) }
        func status(_ tag: String) throws -> Int {
            try service.send(RawRequest("GET", target, headers: [("If-None-Match", tag)])).status
        }
        let first = try tag()
        try service.postBlock("Y60", "2022-05-01", 1)
        try service.postBlock("QUA", "2022-05-01", 1)
        #expect(try status(first) == 304)
        try service.postBlock("05C", "2022-08-01", 1)
        #expect(try status(first) == 200)
        let second = try service.get(target)
        #expect(try FlatJSON(second.text)["/sequence"] == second["Chequebook-Sequence"])
        try service.plays(
            """
            > PUT /v1/commissioners/05L
            > {"name":"Sandwell and West Birmingham","kind":"sub-icb"}
            < 200
            """)
        let third = try service.get(target)
        #expect(try FlatJSON(third.text)["/sequence"] == third["Chequebook-Sequence"])
        #expect(try FlatJSON(third.text)["/bodies/1"] == "\"15E\"")
        // A power cut changes nothing.
        try service.kill()
        try service.restart()
        #expect(try service.get(target).text == third.text)
    }
}
