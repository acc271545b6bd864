import Testing

/// What finance has on day one: tables.
@Suite("CSV in")
struct CSVTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess.withOnePatient()
    }

    private static let csv = ("Content-Type", "text/csv; charset=utf-8; header=present")

    private func send(_ method: String, _ target: String, _ text: String) throws -> RawAnswer {
        try service.send(RawRequest(method, target, headers: [Self.csv], body: Array(text.utf8)))
    }

    @Test("books events, credits and reversals, columns in any order, as the same lines of JSON would")
    func events() throws {
        let rows = """
            \u{feff}id,source,amountPence,serviceDate,setting,patient,kind,reverses\r
            1,uhb,125000,2015-06-02,secondary,9990000018,,\r
            "2","uhb",500,2015-06-03,secondary,9990000018,credit,\r
            \r
            3,uhb,,,,,,1\r

            """
        let reply = try FlatJSON(send("POST", "/v1/cost-events", rows).text)
        #expect(try reply.integer("/received") == 3)
        #expect(try reply.integer("/posted") == 3)
        #expect(try service.total() == EventSum(pence: -500, events: 1))
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"uhb","id":"1","patient":"9990000018","setting":"secondary","serviceDate":"2015-06-02",
            >   "amountPence":125000}
            < 200
            < {"outcome":"duplicate",…}
            """)
    }

    @Test("tells each wrong row by its line and column, and books the others")
    func lines() throws {
        try service.plays(
            """
            > POST /v1/cost-events
            > Content-Type: text/csv
            > source,id,patient,setting,serviceDate,amountPence
            > uhb,1,9990000018,secondary,2015-06-02,700
            > uhb,2,9990000018,secondary,02/06/2015,700
            >
            > uhb,3,9990000018,secondary,2015-06-02,£7.00
            > uhb,4,9990000018,secondary,2015-06-02
            > uhb,5,9990000018,secondary,2015-06-02,-1
            > "uhb",6,"9990000018",secondary,2015-06-02,"1"
            > uhb,7"7,9990000018,secondary,2015-06-02,1
            > uhb,8,,secondary,2015-06-02,1
            > uhb,9,9990000018,secondary,2199-06-02,1
            > uhb,"10,9990000018,secondary,2015-06-02,1
            > uhb,11,9990000018,secondary,2015-06-02,1
            < 200
            < {"received":10,"posted":2,"replaced":0,"duplicates":0,"superseded":0,"rejected":8,"unattributed":0,
            <   "sequence":…,"errorsOmitted":0,"errors":[
            <   {"line":3,"column":"serviceDate","code":"bad-date","detail":"serviceDate must be …"},
            <   {"line":5,"column":"amountPence","code":"not-an-integer","detail":"amountPence must be …"},
            <   {"line":6,"code":"wrong-field-count","detail":"must have as many fields as the header has columns: 6, not 5"},
            <   {"line":7,"column":"amountPence","code":"out-of-range","detail":"amountPence must be …"},
            <   {"line":9,"column":"id","code":"malformed-csv","detail":"id must be in quotes, …"},
            <   {"line":10,"column":"patient","code":"missing-field","detail":"patient is required…"},
            <   {"line":11,"code":"future-service-date","detail":"…"},
            <   {"line":12,"column":"id","code":"unclosed-quote","detail":"id has a quote that is never closed, …"}]}
            """)
        #expect(try service.total() == EventSum(pence: 701, events: 2))
    }

    @Test("that is all or nothing is refused with lines and columns, and booked whole")
    func atomic() throws {
        try service.plays(
            """
            > POST /v1/cost-events?atomic=true
            > Content-Type: text/csv
            > source,id,patient,setting,serviceDate,amountPence
            > uhb,1,9990000018,secondary,2015-06-02,700
            > uhb,2,9990000018,secondary,2015-06-02,seven
            < 422
            < {"code":"list-not-booked","errors":[{"line":3,"column":"amountPence","code":"not-an-integer","detail":"…"}],…}
            > GET /v1/cost-events/uhb/1
            < 404
            > POST /v1/cost-events?atomic=true
            > Content-Type: text/csv
            > source,id,patient,setting,serviceDate,amountPence
            > uhb,1,9990000018,secondary,2015-06-02,700
            < 200
            < {"posted":1,"rejected":0,…}
            """)
    }

    @Test("of any length is booked row by row, however it is cut on its way")
    func long() throws {
        let count = 20_000
        let rows = (1...count).map { "uhb,\"\($0)\",9990000018,secondary,2015-06-02,1\r\n" }
        let text = "source,id,patient,setting,serviceDate,amountPence\r\n" + rows.joined() + "uhb,x\r\n"
        let reply = try FlatJSON(send("POST", "/v1/cost-events", text).text)
        #expect(try reply.integer("/posted") == count)
        #expect(try reply.integer("/rejected") == 1)
        #expect(try reply.integer("/errors/0/line") == count + 2)
        #expect(try service.total() == EventSum(pence: count, events: count))
    }

    @Test("states registrations and withdraws them")
    func registrations() throws {
        try service.plays(
            """
            > POST /v1/commissioners/15E/registrations
            > Content-Type: text/csv
            > patient,from,until,born,sex,group,withdrawn
            > 9990000026,2015-04-01,,1985-01,male,,
            > 9990000034,2015-04-01,2015-10-01,1985-01-02,female,older,false
            > 9990000034,2015-04-01,,,,,yes
            > 9990000034,2015-04-01,,,,,true
            < 200
            < {"received":4,"registered":3,"unchanged":0,"rejected":1,"sequence":…,"errorsOmitted":0,"errors":[
            <   {"line":4,"column":"withdrawn","code":"wrong-type","detail":"withdrawn must be true or false"}]}
            > GET /v1/commissioners/15E/totals?year=2015-16
            < 200
            < {"population":{"people":2,…},…}
            """)
    }

    @Test("sets list sizes, and names the wrong row and the rows that overlap")
    func listSizes() throws {
        try service.plays(
            """
            > PUT /v1/commissioners/15E/list-sizes/2015-04-01
            > Content-Type: text/csv
            > ageFrom,ageTo,people
            > ,64,1000
            > 65,,200
            < 201
            < {"listSizes":[{"ageTo":64,"people":1000},{"ageFrom":65,"people":200}],…}
            > PUT /v1/commissioners/15E/list-sizes/2015-04-01
            > Content-Type: text/csv
            > ageFrom,ageTo,people
            >
            > ,65,1000
            > 65,,200
            < 409
            < {"code":"overlapping-list-sizes","detail":"line 3 and line 4 could both count one person","errors":[
            <   {"line":3,"code":"overlapping-list-sizes","detail":"overlaps line 4"},
            <   {"line":4,"code":"overlapping-list-sizes","detail":"overlaps line 3"}],…}
            > PUT /v1/commissioners/15E/list-sizes/2015-04-01
            > Content-Type: text/csv
            > ageFrom,ageTo,people
            > ,64,1000
            > 65,,
            < 422
            < {"code":"missing-field","detail":"line 3, people is required",
            <   "errors":[{"line":3,"column":"people","code":"missing-field","detail":"is required"}],…}
            > PUT /v1/commissioners/15E/list-sizes/2015-04-01
            > Content-Type: text/csv
            > ageFrom,ageTo,people
            > 65,64,1
            < 422
            < {"code":"ends-before-it-begins","errors":[{"line":2,"code":"ends-before-it-begins","detail":"…"}],…}
            """)
    }

    @Test("takes back the rates that CSV out gave, with a byte order mark or without, in both kinds of card")
    func ratesRoundTrip() throws {
        let rates = """
            [{"setting":"primary","annualPence":18300},{"setting":"secondary","annualPence":73200,"ageTo":64,\
            "sex":"male","group":"older","from":"2015-05-01","until":"2016-01-01"}]
            """
        for path in ["/v1/capitation-rates/2015-16", "/v1/commissioners/15E/capitation-rates/2015-16"] {
            let first = try service.send(RawRequest("PUT", path, json: "{\"rates\":\(rates)}"))
            #expect(first.status < 300, "\(first.whole)")
            let json = try service.get(path).text
            for query in ["?format=csv", "?format=csv&bom=1"] {
                let table = try service.get(path + query).text
                let cleared = try send("PUT", path, "setting,annualPence\r\n")
                #expect(cleared.status == 200, "\(cleared.whole)")
                #expect(try service.get(path).text != json)
                let again = try send("PUT", path, table)
                #expect(again.status == 200, "\(again.whole)")
                #expect(try service.get(path).text == json)
                #expect(try service.get(path + query).text == table)
            }
        }
    }

    @Test("of rates names the wrong row and the rows that overlap")
    func rates() throws {
        for path in ["/v1/capitation-rates/2015-16", "/v1/commissioners/15E/capitation-rates/2015-16"] {
            try service.plays(
                """
                > PUT \(path)
                > Content-Type: text/csv
                > setting,annualPence
                > primary,100
                > primary,200
                < 409
                < {"code":"overlapping-rates","errors":[{"line":2,"code":"overlapping-rates","detail":"overlaps line 3"},
                <   {"line":3,"code":"overlapping-rates","detail":"overlaps line 2"}],…}
                > PUT \(path)
                > Content-Type: text/csv
                > setting,annualPence
                > dental,100
                < 422
                < {"code":"unknown-value","errors":[{"line":2,"column":"setting","code":"unknown-value","detail":"…"}],…}
                > PUT \(path)
                > Content-Type: text/csv
                > setting,annualPence
                > "primary,100
                < 400
                < {"code":"unclosed-quote","errors":[{"line":2,"column":"setting","code":"unclosed-quote","detail":"…"}],…}
                """)
        }
    }

    @Test("without a header that can be read is refused whole, and no cell of it repeated")
    func header() throws {
        let event = "uhb,1,9990000018,secondary,2015-06-02,700\n"
        for (text, code, status) in [
            ("", "missing-header", 422), (event, "unknown-column", 422),
            ("source,id,\n" + event, "unknown-column", 422),
            ("source,id,id\n" + event, "duplicate-column", 422), ("\"source,id\n" + event, "unclosed-quote", 400),
        ] {
            for target in ["/v1/cost-events", "/v1/cost-events?atomic=true"] {
                let answer = try send("POST", target, text)
                #expect(answer.status == status, "\(answer.whole)")
                #expect(answer.code == code)
                #expect(answer.shortcomings() == [])
                #expect(try FlatJSON(answer.text).integer("/errors/0/line") == 1)
                #expect(!answer.whole.contains("9990000018"))
            }
        }
        #expect(try service.total() == EventSum(pence: 0, events: 0))
    }

    @Test("is not taken where it has no columns, in another encoding or without a header row")
    func mediaTypes() throws {
        func status(_ type: String, _ method: String = "POST", _ target: String = "/v1/cost-events") throws -> Int {
            let body = Array("source,id\n".utf8)
            return try service.send(RawRequest(method, target, headers: [("Content-Type", type)], body: body)).status
        }
        for type in ["text/csv", "TEXT/CSV", "text/csv;header=present", "text/csv; charset=\"UTF-8\""] {
            #expect(try status(type) == 200, "\(type)")
        }
        for type in ["text/csv; header=absent", "text/csv; charset=windows-1252", "text/tab-separated-values"] {
            #expect(try status(type) == 415, "\(type)")
        }
        #expect(try status("text/csv", "PUT", "/v1/commissioners/15E") == 415)
        #expect(try status("text/csv", "POST", "/v1/patients") == 415)
    }
}
