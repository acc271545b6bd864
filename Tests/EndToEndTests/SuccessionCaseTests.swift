import Testing

/// Statements at the edges of a succession of 15D to 10G and 10T.
@Suite("The statements of a succession")
struct SuccessionCaseTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
        for code in ["10G", "10T", "11C", "15D"] {
            try service.plays(
                """
                > PUT /v1/commissioners/\(code)
                > {"name":"NHS \(code) CCG","kind":"ccg"}
                < 201
                """)
        }
    }

    private func register(_ patient: String, at code: String, _ dates: String) throws {
        try service.plays(
            """
            > POST /v1/commissioners/\(code)/registrations
            > {"patient":"\(patient)",\(dates),"born":"1950-01-01","sex":"female"}
            < 200
            < {"registered":1,…}
            """)
    }

    private func succeed(of merged: String = #""10G","10T""#, moved: Int) throws {
        try service.plays(
            """
            > POST /v1/commissioners/15D/succession
            > {"from":[\(merged)],"date":"2018-04-01"}
            < 200
            < {"commissioner":"15D","from":[\(merged)],"date":"2018-04-01","moved":\(moved),"sequence":…}
            """)
    }

    private func people(_ code: String, on day: String) throws -> Int {
        try service.totals(code, "year=\(London.financialYear(of: day))&through=\(day)").integer("/population/people")
    }

    @Test("a statement of that very day is replaced, whether it is a merged body's or the successor's")
    func sameDay() throws {
        try register("9990000018", at: "10G", #""from":"2018-04-01","until":"2019-01-01""#)
        // The successor's own decides on the day, so nothing of this one's moves.
        try register("9990000026", at: "10G", #""from":"2013-04-01""#)
        try register("9990000026", at: "15D", #""from":"2018-04-01","until":"2018-05-01""#)
        try succeed(moved: 1)
        try service.plays(
            """
            > GET /v1/patients/9990000018
            < 200
            < {"statements":[{"commissioner":"15D","from":"2018-04-01","until":"2019-01-01","group":"generally-healthy"}],…}
            > GET /v1/patients/9990000026
            < 200
            < {"statements":[{"commissioner":"10G","from":"2013-04-01",…},
            <   {"commissioner":"15D","from":"2018-04-01","until":"2018-05-01",…}],…}
            """)
    }

    @Test("one that ends on the day leaves nobody; one that ends the day after is moved for a day")
    func lastDay() throws {
        try register("9990000018", at: "10G", #""from":"2013-04-01","until":"2018-04-01""#)
        try register("9990000026", at: "10G", #""from":"2013-04-01","until":"2018-04-02""#)
        try succeed(moved: 1)
        #expect(try people("10G", on: "2018-03-31") == 2)
        #expect(try people("15D", on: "2018-04-01") == 1)
        #expect(try people("15D", on: "2018-04-02") == 0)
        #expect(try people("10G", on: "2018-04-01") == 0)
    }

    @Test("one that another body's has taken the place of stays; one that begins later is moved")
    func elsewhere() throws {
        // On the day 11C decides, though 10G's statement has no end. It begins again at 10T in June.
        try register("9990000018", at: "10G", #""from":"2013-04-01""#)
        try register("9990000018", at: "11C", #""from":"2017-01-01","until":"2018-05-01""#)
        try register("9990000018", at: "10T", #""from":"2018-06-01""#)
        try succeed(moved: 1)
        try service.plays(
            """
            > GET /v1/patients/9990000018
            < 200
            < {"statements":[{"commissioner":"10G","from":"2013-04-01",…},
            <   {"commissioner":"11C","from":"2017-01-01","until":"2018-05-01",…},
            <   {"commissioner":"15D","from":"2018-06-01",…}],…}
            """)
    }

    @Test("those of the dead are moved too, and count nobody")
    func death() throws {
        try register("9990000018", at: "10G", #""from":"2013-04-01""#)
        try service.plays(
            """
            > POST /v1/patients
            > {"patient":"9990000018","died":"2018-01-31"}
            < 200
            """)
        try succeed(moved: 1)
        #expect(try people("10G", on: "2018-01-31") == 1)
        #expect(try people("15D", on: "2018-04-01") == 0)
        // Were the death a mistake, the registration would stand at the successor.
        try service.plays(
            """
            > POST /v1/patients
            > {"patient":"9990000018","died":null}
            < 200
            """)
        #expect(try people("15D", on: "2018-04-01") == 1)
        #expect(try people("10G", on: "2018-04-01") == 0)
    }

    @Test("of two numbers of one person move once, under the number that decides, and are parted with it")
    func joinedNumbers() throws {
        try register("9990000018", at: "10G", #""from":"2013-04-01""#)
        try register("9990000026", at: "10T", #""from":"2014-06-01""#)
        try service.plays(
            """
            > POST /v1/patients
            > {"patient":"9990000018","replacedBy":"9990000026"}
            < 200
            """)
        #expect(try people("10T", on: "2018-03-31") == 1)
        #expect(try people("10G", on: "2018-03-31") == 0)
        try succeed(moved: 1)
        #expect(try people("15D", on: "2018-04-01") == 1)
        #expect(try people("10T", on: "2018-04-01") == 0)
        try service.plays(
            """
            > POST /v1/patients
            > {"patient":"9990000018","replacedBy":null}
            < 200
            > GET /v1/patients/9990000018
            < 200
            < {"statements":[{"commissioner":"10G","from":"2013-04-01",…}],…}
            > GET /v1/patients/9990000026
            < 200
            < {"statements":[{"commissioner":"10T","from":"2014-06-01",…},{"commissioner":"15D","from":"2018-04-01",…}],…}
            """)
        #expect(try people("10G", on: "2018-04-01") == 1)
        #expect(try people("15D", on: "2018-04-01") == 1)
    }

    @Test("of two numbers of one person that do not hold are not moved, so that they do not hold then")
    func heldByTheOther() throws {
        try register("9990000018", at: "10G", #""from":"2018-06-01""#)
        try register("9990000026", at: "11C", #""from":"2018-06-01""#)
        try service.plays(
            """
            > POST /v1/patients
            > {"patient":"9990000018","replacedBy":"9990000026"}
            < 200
            """)
        try succeed(moved: 0)
        #expect(try people("11C", on: "2018-06-01") == 1)
        #expect(try people("15D", on: "2018-06-01") == 0)
    }

    @Test("are at most 4,096 of a person; one more refuses the whole and changes nothing")
    func tooMany() throws {
        func fill(_ patient: String, _ count: Int) throws {
            // From 1 January 2000 on, 28 days of each month; 2018-04-01 is not among the first 4,096.
            let lines = (0..<count).map { place in
                let (month, day) = place.quotientAndRemainder(dividingBy: 28)
                let date = "\(2000 + month / 12)-\(twoDigits(month % 12 + 1))-\(twoDigits(day + 1))"
                return #"{"patient":"\#(patient)","from":"\#(date)","born":"1950-01-01","sex":"female"}"#
            }
            let answer = try service.send(RawRequest(post: "/v1/commissioners/10G/registrations", lines: lines))
            #expect(try FlatJSON(answer.text).integer("/registered") == count, "\(answer.text)")
        }
        try fill("9990000018", 4_095)
        try register("9990000026", at: "10T", #""from":"2013-04-01""#)
        try succeed(moved: 2)
        let last = #"{"commissioner":"15D","from":"2018-04-01","group":"generally-healthy"}]}"#
        #expect(try service.get("/v1/patients/9990000018").text.hasSuffix(last + "\n"))

        try fill("9990000034", 4_096)
        try register("9990000042", at: "10G", #""from":"2013-04-01""#)
        let targets = ["/v1/patients/9990000034", "/v1/patients/9990000042", "/v1/totals?year=2018-19"]
        let before = try targets.map { try service.get($0).text }
        for _ in 1...2 {
            try service.plays(
                """
                > POST /v1/commissioners/15D/succession
                > {"from":["10G","10T"],"date":"2018-04-01"}
                < 422
                < {"code":"too-many-statements",…}
                """)
            #expect(try targets.map { try service.get($0).text } == before)
        }
    }

    @Test("begin in the middle of a year where it was said, and today's boundaries put both parts together")
    func middleOfYear() throws {
        // 2017-18 has 365 days of 1,300 pence a year: 183 at 10G are 651.78, the 92 of October to December at 15D
        // 327.67, written 652 and 328. What is put together is what was written: 980, though 275 days are 979.45.
        try register("9990000018", at: "10G", #""from":"2013-04-01""#)
        try service.plays(
            """
            > PUT /v1/capitation-rates/2017-18
            > {"rates":[{"setting":"primary","annualPence":1300}]}
            < 201
            > POST /v1/commissioners/15D/succession
            > {"from":["10G"],"date":"2017-10-01"}
            < 200
            < {"moved":1,…}
            > GET /v1/commissioners/10G/totals?year=2017-18&through=2017-12-31
            < 200
            < {"population":{"people":0,"personDays":183,…},"budget":{"totalPence":652,"fullYearPence":652,…},…}
            > GET /v1/commissioners/15D/totals?year=2017-18&through=2017-12-31&boundaries=current
            < 200
            < {"bodies":["15D"],"population":{"people":1,"personDays":92,…},
            <   "budget":{"totalPence":328,"fullYearPence":648,…},…}

            Only the register says who follows whom.
            > PUT /v1/commissioners/10G
            > {"name":"NHS Bracknell and Ascot CCG","kind":"ccg","successors":[{"code":"15D","from":"2017-10-01"}]}
            < 200
            > GET /v1/commissioners/15D/totals?year=2017-18&through=2017-12-31&boundaries=current
            < 200
            < {"bodies":["10G","15D"],"population":{"basis":"registered","people":1,"personDays":275,"personYears":"0.753"},
            <   "budget":{"totalPence":980,"fullYearPence":1300,"bySetting":{"primary":980,…},…},…}
            """)
    }

    private func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
