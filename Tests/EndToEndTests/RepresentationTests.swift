import Testing

@Suite("Forms of an answer, and answers that have not changed")
struct RepresentationTests {
    private let service: ServiceProcess
    private static let totals = "/v1/commissioners/15E/totals?year=2015-16"

    init() throws {
        service = try RoadLedger.build()
    }

    private func get(
        _ target: String, method: String = "GET", _ headers: (name: String, value: String)...
    ) throws -> RawAnswer {
        try service.send(RawRequest(method, target, headers: headers))
    }

    @Test("totals come as CSV, as a table and as JSON, each with a media type, a tag and Vary")
    func forms() throws {
        let csv = try get(Self.totals, ("Accept", "text/csv"))
        #expect(csv.status == 200)
        #expect(csv["Content-Type"] == "text/csv; charset=utf-8; header=present")
        #expect(csv.text.hasPrefix("commissioner,name,year,through,"))
        let table = try get(Self.totals + "&format=table", ("Accept", "application/json"))
        #expect(table["Content-Type"] == "text/plain; charset=utf-8")
        #expect(
            table.text.split(separator: "\n").last
                == "15E           NHS Birmingham and Solihull CCG       2      69234        86380          17146    19.85"
        )
        let json = try get(Self.totals)
        #expect(json["Content-Type"] == "application/json")
        #expect(Set([csv, table, json].map { $0["ETag"] ?? "none" }).count == 3)
        for answer in [csv, table, json] {
            #expect(answer["Vary"] == "Accept")
            #expect(answer["Cache-Control"] == "private, no-cache")
        }
    }

    @Test(
        "every list and every totals answer has all three forms",
        arguments: [
            "/v1/commissioners", "/v1/commissioners/15E", "/v1/capitation-rates/2015-16",
            "/v1/commissioners/15E/capitation-rates/2015-16", "/v1/totals?year=2015-16", "/v1/patients/9990000018",
            "/v1/cost-events/sus/1", "/v1/ledger/head", Self.totals,
        ])
    func everywhere(target: String) throws {
        for (type, content) in [
            ("text/csv", "text/csv; charset=utf-8; header=present"), ("text/plain", "text/plain; charset=utf-8"),
            ("application/json", "application/json"),
        ] {
            let answer = try get(target, ("Accept", type))
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == content)
            let tag = try #require(answer["ETag"])
            #expect(try get(target, ("Accept", type), ("If-None-Match", tag)).status == 304)
        }
    }

    @Test("one answer in one form is never given for another, however often they are asked for in turn")
    func turns() throws {
        for _ in 0..<3 {
            #expect(try get(Self.totals, ("Accept", "text/csv")).text.hasPrefix("commissioner,"))
            #expect(try get(Self.totals, ("Accept", "text/plain")).text.hasPrefix("commissioner  "))
            #expect(try get(Self.totals, ("Accept", "*/*")).text.hasPrefix("{"))
            #expect(try get(Self.totals + "&format=csv", ("Accept", "*/*")).text.hasPrefix("commissioner,"))
            #expect(try get(Self.totals + "&format=json", ("Accept", "text/html")).text.hasPrefix("{"))
        }
    }

    @Test("a byte order mark goes in front of CSV alone")
    func byteOrderMark() throws {
        #expect(try get(Self.totals + "&format=csv&bom=1").text.hasPrefix("\u{feff}commissioner,"))
        #expect(try get(Self.totals + "&bom=1", ("Accept", "text/csv")).text.hasPrefix("\u{feff}commissioner,"))
        for query in ["&bom=1", "&format=table&bom=1", "&format=csv&bom=0", "&format=csv&bom=true"] {
            let answer = try get(Self.totals + query)
            #expect(answer.status == 400)
            #expect(answer.text.contains("\"code\":\"bad-parameter\""))
        }
    }

    @Test("what is not acceptable is 406, before anything is written")
    func notAcceptable() throws {
        try service.plays(
            """
            > GET \(Self.totals)&format=xml
            < 406
            < Vary: Accept
            < {"code":"not-acceptable",…}
            > GET \(Self.totals)
            > Accept: text/html
            < 406
            > PUT /v1/commissioners/99Z
            > Accept: text/csv
            > {"name":"NHS Nowhere","kind":"other"}
            < 406
            > GET /v1/commissioners/99Z
            < 404
            """)
    }

    @Test("If-None-Match is answered with 304 and no body, to GET and HEAD")
    func notModified() throws {
        let first = try get(Self.totals)
        let tag = try #require(first["ETag"])
        for method in ["GET", "HEAD"] {
            for field in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let answer = try get(Self.totals, method: method, ("If-None-Match", field))
                #expect(answer.status == 304)
                #expect(answer.text.isEmpty)
                for name in ["ETag", "Vary", "Cache-Control", "Chequebook-Sequence"] {
                    #expect(answer[name] == first[name])
                }
                #expect(answer["Content-Length"] == nil)
            }
            #expect(try get(Self.totals, method: method, ("If-None-Match", "\"other\"")).status == 200)
        }
    }

    @Test("a quiet commissioner's tag stays while others are busy, and changes with its figures")
    func quiet() throws {
        let before = try get(Self.totals)
        let tag = try #require(before["ETag"])
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"fin","id":"9","withoutPatient":"block","commissioner":"05C","setting":"social","serviceDate":"2015-04-01","amountPence":1}
            < 201
            """)
        let quiet = try get(Self.totals, ("If-None-Match", tag))
        #expect(quiet.status == 304)
        #expect(quiet["Chequebook-Sequence"] != before["Chequebook-Sequence"])
        try service.plays(
            """
            > POST /v1/cost-events
            > {"source":"fin","id":"10","withoutPatient":"block","commissioner":"15E","setting":"social","serviceDate":"2015-04-01","amountPence":0}
            < 201
            """)
        #expect(try get(Self.totals, ("If-None-Match", tag)).status == 200)
    }

    @Test("a tag outlives the process")
    func restart() throws {
        let tag = try #require(try get(Self.totals)["ETag"])
        #expect(try service.terminate() == .code(0))
        try service.restart()
        #expect(try get(Self.totals, ("If-None-Match", tag)).status == 304)
    }

    @Test("what is about one person is not to be kept")
    func persons() throws {
        for target in ["/v1/patients/9990000018", "/v1/cost-events/sus/1"] {
            #expect(try get(target)["Cache-Control"] == "private, no-store")
        }
        #expect(try get("/v1/commissioners")["Cache-Control"] == "private, no-cache")
        #expect(try get("/_ping")["Cache-Control"] == "no-store")
    }
}
