import Testing

/// What became of 00F, 00G and 00H on 1 April 2015, worked out by hand from the statements of seven people.
///
/// | patient | before | moved |
/// |---|---|---|
/// | 9990000018 | 00F from 2013 on | yes |
/// | 9990000026 | 00G from 2013 through September 2015 | yes |
/// | 9990000034 | 00H from 2014 on, 00F from June 2015 on | yes, both |
/// | 9990000042 | 00G from 2013 through March 2015 | no: with nobody in April |
/// | 9990000050 | 00F from 2013 on, 00P from 31 March 2015 on | no: with another |
/// | 9990000069 | 13T from April 2015 on | no: there already |
/// | 9990000077 | 00F from July 2015 on | yes |
@Suite("A succession")
struct SuccessionTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        for code in ["00F", "00G", "00H", "00P", "13T"] {
            try service.plays(
                """
                > PUT /v1/commissioners/\(code)
                > {"name":"NHS \(code) CCG","kind":"ccg"}
                < 201
                """)
        }
        for (code, statements) in Self.statements {
            let lines = statements.map { #"{"patient":"\#($0)","sex":"female",\#($1)}"# }
            let answer = try service.send(RawRequest(post: "/v1/commissioners/\(code)/registrations", lines: lines))
            try #require(FlatJSON(answer.text).integer("/registered") == lines.count, "\(answer.text)")
        }
    }

    private static let statements = [
        (
            "00F",
            [
                (
                    "9990000018",
                    #""from":"2013-04-01","born":"1950-06-15","group":"older","practice":"A85001","council":"E08""#
                ),
                ("9990000050", #""from":"2013-04-01","born":"1970-01-01""#),
                ("9990000034", #""from":"2015-06-01","born":"1980-01-01""#),
                ("9990000077", #""from":"2015-07-01","born":"2000-01-01""#),
            ]
        ),
        (
            "00G",
            [
                ("9990000026", #""from":"2013-04-01","until":"2015-10-01","born":"1990-01-01""#),
                ("9990000042", #""from":"2013-04-01","until":"2015-04-01","born":"1990-01-01""#),
            ]
        ),
        ("00H", [("9990000034", #""from":"2014-01-01","born":"1980-01-01""#)]),
        ("00P", [("9990000050", #""from":"2015-03-31","born":"1970-01-01""#)]),
        ("13T", [("9990000069", #""from":"2015-04-01","born":"1960-01-01""#)]),
    ]

    private func succeed(moved: Int) throws {
        try service.plays(
            """
            > POST /v1/commissioners/13T/succession
            > {"from":["00H","00F","00G"],"date":"2015-04-01"}
            < 200
            < {"commissioner":"13T","from":["00H","00F","00G"],"date":"2015-04-01","moved":\(moved),"sequence":…}
            """)
    }

    /// What a year's totals have of each body; the year is over, so its budget is all there will be.
    private typealias Sizes = [(code: String, people: Int, days: Int, budgetPence: Int)]

    private func expect(_ year: String, _ sizes: Sizes) throws {
        for size in sizes {
            let totals = try service.totals(size.code, "year=\(year)")
            #expect(try totals.integer("/population/people") == size.people, "\(size.code) \(year)")
            #expect(try totals.integer("/population/personDays") == size.days, "\(size.code) \(year)")
            #expect(try totals.integer("/budget/totalPence") == size.budgetPence, "\(size.code) \(year)")
            #expect(try totals.integer("/budget/fullYearPence") == size.budgetPence, "\(size.code) \(year)")
        }
    }

    @Test("moves who is there on its day and who was to come later, and leaves the days before, to the penny")
    func people() throws {
        // 2014-15 has 365 days of 100 pence; in 2015-16 10,000 pence are for 366 days, with weights 0.9 and 1.1.
        try service.plays(
            """
            > PUT /v1/capitation-rates/2014-15
            > {"rates":[{"setting":"primary","annualPence":36500}]}
            < 201
            > PUT /v1/capitation-rates/2015-16
            > {"rates":[{"setting":"primary","annualPence":10000}]}
            < 201
            > PUT /v1/commissioners/00F/capitation-rates/2015-16
            > {"weight":"0.9","rates":[]}
            < 201
            > PUT /v1/commissioners/13T/capitation-rates/2015-16
            > {"weight":"1.1","rates":[]}
            < 201
            """)
        // People on 31 March 2015: 00F has one for 365 days and had one for 364.
        let before: Sizes = [
            ("00F", 1, 729, 72_900), ("00G", 2, 730, 73_000), ("00H", 1, 365, 36_500), ("00P", 1, 1, 100),
            ("13T", 0, 0, 0),
        ]
        try expect("2014-15", before)
        // 00F: 366 + 305 + 275 days of 9,000 ÷ 366 are 23,262.30; 00G: 183 days to the end of September;
        // 00H: the 61 days of April and May, 1,666.67.
        try expect(
            "2015-16",
            [
                ("00F", 3, 946, 23_262), ("00G", 0, 183, 5_000), ("00H", 0, 61, 1_667), ("00P", 1, 366, 10_000),
                ("13T", 1, 366, 11_000),
            ])
        try succeed(moved: 4)
        try expect("2014-15", before)
        // 366 + 183 + 366 + 275 + 366 of its own are 1,556 days of 11,000 ÷ 366: 46,765.03.
        try expect(
            "2015-16",
            [("00F", 0, 0, 0), ("00G", 0, 0, 0), ("00H", 0, 0, 0), ("00P", 1, 366, 10_000), ("13T", 4, 1_556, 46_765)])
        // On the day itself three have moved and one was there; the last comes in July.
        try service.plays(
            """
            > GET /v1/commissioners/13T/totals?year=2015-16&through=2015-04-01
            < 200
            < {"population":{"basis":"registered","people":4,"personDays":4,"personYears":"0.011"},…}
            > GET /v1/commissioners/13T/totals?year=2015-16&through=2015-07-01
            < 200
            < {"population":{"people":5,…},…}
            """)
    }

    @Test("keeps of each statement its end, group, practice and council, and changes nobody else's")
    func statements() throws {
        try succeed(moved: 4)
        let healthy = #""group":"generally-healthy""#
        try service.plays(
            """
            > GET /v1/patients/9990000018
            < 200
            < {"patient":"9990000018","born":"1950-06-15","sex":"female","statements":[
            <   {"commissioner":"00F","from":"2013-04-01","group":"older","practice":"A85001","council":"E08"},
            <   {"commissioner":"13T","from":"2015-04-01","group":"older","practice":"A85001","council":"E08"}]}
            > GET /v1/patients/9990000026
            < 200
            < {"statements":[{"commissioner":"00G","from":"2013-04-01","until":"2015-10-01",\(healthy)},
            <   {"commissioner":"13T","from":"2015-04-01","until":"2015-10-01",\(healthy)}],…}
            > GET /v1/patients/9990000034
            < 200
            < {"statements":[{"commissioner":"00H","from":"2014-01-01",\(healthy)},
            <   {"commissioner":"13T","from":"2015-04-01",\(healthy)},
            <   {"commissioner":"13T","from":"2015-06-01",\(healthy)}],…}
            > GET /v1/patients/9990000042
            < 200
            < {"statements":[{"commissioner":"00G","from":"2013-04-01","until":"2015-04-01",\(healthy)}],…}
            > GET /v1/patients/9990000050
            < 200
            < {"statements":[{"commissioner":"00F","from":"2013-04-01",\(healthy)},
            <   {"commissioner":"00P","from":"2015-03-31",\(healthy)}],…}
            > GET /v1/patients/9990000069
            < 200
            < {"statements":[{"commissioner":"13T","from":"2015-04-01",\(healthy)}],…}
            > GET /v1/patients/9990000077
            < 200
            < {"statements":[{"commissioner":"13T","from":"2015-07-01",\(healthy)}],…}
            """)
    }

    @Test("takes along the costs that follow a registration, and no other")
    func costs() throws {
        for (index, (patient, day, stated)) in [
            ("9990000018", "2015-03-31", ""), ("9990000018", "2015-04-01", ""),
            ("9990000018", "2015-05-01", #""commissioner":"00F","#), ("9990000026", "2015-10-01", ""),
            ("9990000077", "2015-06-30", ""), ("9990000077", "2015-07-01", ""),
        ].enumerated() {
            try service.plays(
                """
                > POST /v1/cost-events
                > {"source":"gp","id":"\(index)","patient":"\(patient)",\(stated)"setting":"primary",
                >   "serviceDate":"\(day)","amountPence":\(1 << index)}
                < 201
                """)
        }
        func pence(_ code: String, _ year: String) throws -> Int {
            try service.totals(code, "year=\(year)").integer("/cost/totalPence")
        }
        #expect(try pence("00F", "2015-16") == 2 + 4 + 32)
        #expect(try pence("13T", "2015-16") == 0)
        try succeed(moved: 4)
        #expect(try pence("00F", "2014-15") == 1)
        #expect(try pence("00F", "2015-16") == 4)
        #expect(try pence("13T", "2015-16") == 2 + 32)
        try service.plays(
            """
            > GET /v1/cost-events/gp/1
            < 200
            < {"commissioner":"13T","attribution":"registered",…}
            > GET /v1/cost-events/gp/2
            < 200
            < {"commissioner":"00F","attribution":"stated",…}
            > GET /v1/totals?year=2015-16
            < 200
            < {"unattributed":{"cost":{"totalPence":24,"events":2,…}},"total":{"cost":{"totalPence":62,"events":5,…},…},…}
            """)
    }

    @Test("said again changes nothing, and after a power cut everything is as it was")
    func repeated() throws {
        try succeed(moved: 4)
        let targets =
            ["/v1/totals?year=2014-15", "/v1/totals?year=2015-16", "/v1/commissioners/13T/totals?year=2015-16"]
            + NHSNumber.first(7).map { "/v1/patients/\($0)" }
        let once = try targets.map { try service.get($0).text }
        try succeed(moved: 0)
        #expect(try targets.map { try service.get($0).text } == once)
        try service.kill()
        try service.restart()
        #expect(try targets.map { try service.get($0).text } == once)
        try succeed(moved: 0)
    }
}
