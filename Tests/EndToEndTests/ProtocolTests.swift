import Testing

/// Methods, media types and sizes as RFC 9110 has them.
@Suite("HTTP")
struct ProtocolTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess.withOnePatient()
    }

    @Test("answers HEAD like GET, without the body")
    func head() throws {
        let client = try service.connect()
        for target in [
            "/_ping", "/_status", "/v1/commissioners", "/v1/commissioners/15E", "/v1/totals?year=2015-16",
            "/v1/commissioners/15E/totals?year=2015-16", "/v1/patients/9990000018", "/v1/patients/9990000026",
            "/v1/ledger/head", "/nowhere",
        ] {
            let get = try client.ask(RawRequest("GET", target))
            let head = try client.ask(RawRequest("HEAD", target))
            #expect(head.status == get.status, "\(target)")
            for name in ["Content-Type", "Content-Length", "Chequebook-Sequence"] {
                #expect(head[name] == get[name], "\(target) \(name)")
            }
            #expect(get["Content-Length"] == "\(get.body.count)")
            #expect(head.body.isEmpty)
        }
    }

    @Test(
        "names the methods of a place in Allow, when asked and when another is tried",
        arguments: [
            ("/_ping", "GET, HEAD, OPTIONS"), ("/_status", "GET, HEAD, OPTIONS"),
            ("/v1/commissioners", "GET, HEAD, OPTIONS"), ("/v1/commissioners/15E", "GET, HEAD, PUT, OPTIONS"),
            ("/v1/commissioners/15E/registrations", "POST, OPTIONS"),
            ("/v1/commissioners/15E/capitation-rates/2015-16", "GET, HEAD, PUT, OPTIONS"),
            ("/v1/commissioners/15E/totals", "GET, HEAD, OPTIONS"), ("/v1/patients/9990000018", "GET, HEAD, OPTIONS"),
            ("/v1/capitation-rates/2015-16", "GET, HEAD, PUT, OPTIONS"), ("/v1/cost-events", "POST, OPTIONS"),
            ("/v1/cost-events/gp/1", "GET, HEAD, OPTIONS"), ("/v1/totals", "GET, HEAD, OPTIONS"),
            ("/v1/ledger/head", "GET, HEAD, OPTIONS"),
        ])
    func allow(path: String, methods: String) throws {
        let client = try service.connect()
        let options = try client.ask(RawRequest("OPTIONS", path))
        #expect(options.status == 204)
        #expect(options["Allow"] == methods)
        let known = methods.split(separator: ", ").map(String.init)
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"] where !known.contains(method) {
            let answer = try client.ask(RawRequest(method, path))
            #expect(answer.status == 405, "\(method) \(path)")
            #expect(answer["Allow"] == methods)
            #expect(answer.shortcomings(toHead: method == "HEAD") == [])
        }
    }

    @Test(
        "has one spelling for each path and finds nothing elsewhere",
        arguments: [
            "/", "/v1", "/v1/", "/v1/commissioners/", "//v1/commissioners", "/v1//commissioners", "/V1/commissioners",
            "/v1/commissioners/15E/totals/", "/v1/commissioners/15E/nothing", "/v2/commissioners", "/v1/cost-events/gp",
            "/v1/cost-events/gp/1/2", "/_Ping", "/v1/commissioners/../commissioners", "/v1/patients/",
        ])
    func nowhere(path: String) throws {
        let answer = try service.get(path)
        #expect(answer.status == 404)
        #expect(answer.code == "unknown-path")
        #expect(answer.shortcomings() == [])
    }

    @Test("finds no resource under a code, year or name that does not exist")
    func unknown() throws {
        for (target, code) in [
            ("/v1/commissioners/99X", "unknown-commissioner"), ("/v1/commissioners/99x", "unknown-commissioner"),
            ("/v1/commissioners/99X/totals?year=2015-16", "unknown-commissioner"),
            ("/v1/patients/9990000026", "unknown-patient"), ("/v1/patients/nobody", "unknown-patient"),
            ("/v1/cost-events/gp/none", "unknown-event"), ("/v1/capitation-rates/2013-14", "no-rate-card"),
            ("/v1/capitation-rates/2013-15", "unknown-year"),
            ("/v1/commissioners/15E/capitation-rates/2013-14", "no-rate-card"),
        ] {
            let answer = try service.get(target)
            #expect(answer.status == 404, "\(target)")
            #expect(answer.code == code, "\(target)")
        }
        let event = RawRequest("POST", "/v1/commissioners/99X/registrations", json: "{}")
        #expect(try service.send(event).code == "unknown-commissioner")
    }

    @Test("refuses a query that it would not understand")
    func queries() throws {
        for (query, code) in [
            ("", "missing-parameter"), ("?year=2015", "bad-parameter"), ("?year=2015-17", "bad-parameter"),
            ("?yaer=2015-16", "unknown-parameter"), ("?year=2015-16&year=2015-16", "bad-parameter"),
            ("?year=2015-16&through=2015-02-30", "bad-parameter"), ("?year=%zz", "bad-request"),
            ("?year=2015-16&through=2016-04-01", "through-outside-year"),
        ] {
            for path in ["/v1/totals", "/v1/commissioners/15E/totals"] {
                let answer = try service.get(path + query)
                #expect(answer.status == 400, "\(path)\(query)")
                #expect(answer.code == code, "\(path)\(query)")
                #expect(answer.shortcomings() == [])
            }
        }
        #expect(try service.get("/v1/totals?year=%32015-16").status == 200)
    }

    @Test(
        "gives JSON to whoever takes it, and 406 to whoever does not",
        arguments: [
            ("application/json", 200), ("*/*", 200), ("application/*", 200), ("text/html, */*;q=0.1", 200),
            ("application/json;q=0.5, text/html", 200), ("APPLICATION/JSON", 200), ("text/html", 406),
            ("image/png", 406),
            ("application/json;q=0", 406), ("application/json;q=0, application/*", 406), ("*/*;q=0.0", 406),
        ])
    func accept(value: String, status: Int) throws {
        let answer = try service.send(
            RawRequest("GET", "/v1/commissioners", headers: [("Accept", value)]))
        #expect(answer.status == status)
        #expect(answer.shortcomings() == [])
    }

    @Test(
        "takes JSON and, where there are lists, lines of it, and nothing else",
        arguments: [
            ("application/json", 201), ("application/json; charset=utf-8", 201),
            ("Application/JSON;charset=UTF-8", 201),
            ("application/x-ndjson", 200), ("text/plain", 415), ("application/json; charset=latin1", 415),
            ("application/x-www-form-urlencoded", 415), ("application/jsonp", 415), (nil, 415),
        ] as [(String?, Int)])
    func contentType(value: String?, status: Int) throws {
        var request = EventLine(id: "1", amountPence: 1).post
        request.headers = value.map { [("Content-Type", $0)] } ?? []
        let answer = try service.send(request)
        #expect(answer.status == status)
        #expect(answer.shortcomings() == [])
    }

    @Test("takes no lines where there is no list")
    func linesForOne() throws {
        let request = RawRequest(
            "PUT", "/v1/commissioners/05C", headers: [("Content-Type", "application/x-ndjson")],
            body: Array(#"{"name":"NHS Dudley CCG","kind":"ccg"}"#.utf8))
        #expect(try service.send(request).status == 415)
        #expect(try service.get("/v1/commissioners/05C").status == 404)
    }

    @Test("takes a JSON body of 8 MiB and not a byte more")
    func bodySize() throws {
        let event = Array(EventLine(id: "1", amountPence: 1).json.utf8)
        var request = EventLine(id: "1", amountPence: 1).post
        request.body = event + [UInt8](repeating: 0x20, count: 8_388_608 - event.count)
        #expect(try service.send(request).status == 201)
        request.body?.append(0x20)
        let client = try service.connect()
        // The head alone is enough; the service need not wait for the rest.
        try client.send(request.head)
        let answer = try client.answer()
        #expect(answer.status == 413)
        #expect(answer.code == "body-too-large")
        #expect(answer.shortcomings() == [])
        #expect(try service.total() == EventSum(pence: 1, events: 1))
    }

    @Test("says when a head is too long: a target 414, fields 431")
    func headSize() throws {
        let target = try service.get("/v1/commissioners?" + String(repeating: "x", count: 5_000))
        #expect(target.status == 414)
        #expect(target.shortcomings() == [])
        let long = try service.send(
            RawRequest("GET", "/_ping", headers: [("X-Long", String(repeating: "x", count: 20_000))]))
        #expect(long.status == 431)
        #expect(long.shortcomings() == [])
        let many = (0..<200).map { (name: "X-\($0)", value: "1") }
        #expect(try service.send(RawRequest("GET", "/_ping", headers: many)).status == 431)
        let bearable = RawRequest("GET", "/_ping", headers: [("X-Long", String(repeating: "x", count: 8_000))])
        #expect(try service.send(bearable).status == 200)
    }

    @Test("tells each answer's place in the ledger, growing with what is written")
    func sequence() throws {
        let client = try service.connect()
        var last = 0
        for id in 0..<5 {
            let written = try client.ask(EventLine(id: "\(id)", amountPence: 1).post)
            let sequence = try #require(written["Chequebook-Sequence"].flatMap { Int($0) })
            #expect(sequence > last)
            #expect(try FlatJSON(written.text).integer("/sequence") == sequence)
            let read = try client.ask(RawRequest("GET", "/v1/commissioners/15E/totals?year=2015-16"))
            #expect(read["Chequebook-Sequence"] == "\(sequence)")
            #expect(try FlatJSON(read.text).integer("/sequence") == sequence)
            last = sequence
        }
    }

    @Test("lets a quiet commissioner's answer stay the same while others are busy")
    func quiet() throws {
        let name = RawRequest("PUT", "/v1/commissioners/05C", json: #"{"name":"NHS Dudley CCG","kind":"ccg"}"#)
        #expect(try service.send(name).status == 201)
        let before = try service.get("/v1/commissioners/05C/totals?year=2015-16")
        for id in 0..<5 { #expect(try service.send(EventLine(id: "\(id)", amountPence: 1).post).status == 201) }
        let after = try service.get("/v1/commissioners/05C/totals?year=2015-16")
        #expect(after.text == before.text)
        #expect(after["Chequebook-Sequence"] != before["Chequebook-Sequence"])
    }
}
