import Testing

@Suite("A commissioner")
struct CommissionerTests {
    @Test("is kept with its parents and successors, which need not be known yet")
    func relations() throws {
        try ServiceProcess().plays(
            """
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"ccg","opened":"2013-04-01","closed":"2021-03-31",
            >   "parents":[{"code":"QUA","from":"2016-04-01","until":"2021-04-01"}],
            >   "successors":[{"code":"D2P2L","from":"2021-04-01"}]}
            < 201
            < {"code":"05C","name":"NHS Dudley CCG","kind":"ccg","opened":"2013-04-01","closed":"2021-03-31",
            <   "parents":[{"code":"QUA","from":"2016-04-01","until":"2021-04-01"}],
            <   "successors":[{"code":"D2P2L","from":"2021-04-01"}]}
            > GET /v1/commissioners/05C
            < 200
            < {"code":"05C","closed":"2021-03-31","parents":[{"code":"QUA",…}],"successors":[{"code":"D2P2L",…}],…}
            > GET /v1/commissioners/QUA
            < 404
            < {"code":"unknown-commissioner",…}
            Replaced, it is what was said last.
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"sub-icb","parents":null}
            < 200
            < {"code":"05C","name":"NHS Dudley CCG","kind":"sub-icb"}
            """)
    }

    @Test("is listed by its code, whatever the order of arrival, names in any language")
    func list() throws {
        let service = try ServiceProcess()
        for code in ["X9", "05C", "A", "15E", "ABCDEFGHIJKL", "AB"] {
            let json = #"{"name":"Bwrdd Iechyd \#(code) – ŵyl","kind":"other"}"#
            let status = try service.send(RawRequest("PUT", "/v1/commissioners/\(code)", json: json)).status
            #expect(status == (code == "A" ? 422 : 201))
        }
        try service.plays(
            """
            > GET /v1/commissioners
            < 200
            < {"commissioners":[{"code":"05C","name":"Bwrdd Iechyd 05C – ŵyl",…},{"code":"15E",…},{"code":"AB",…},
            <   {"code":"ABCDEFGHIJKL",…},{"code":"X9",…}]}
            """)
    }

    @Test("is refused with a field that is wrong, and its place")
    func refused() throws {
        try ServiceProcess().plays(
            """
            > PUT /v1/commissioners/05C
            > {"kind":"ccg"}
            < 422
            < {"errors":[{"pointer":"/name","code":"missing-field","detail":"…"}],…}
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"CCG"}
            < 422
            < {"errors":[{"pointer":"/kind","code":"unknown-value","detail":"…ccg…"}],…}
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"ccg","opened":"2013-04-01","closed":"2013-03-31"}
            < 422
            < {"errors":[{"pointer":"/closed","code":"ends-before-it-begins","detail":"…"}],…}
            > PUT /v1/commissioners/05C
            > {"name":"NHS Dudley CCG","kind":"ccg","parents":[{"code":"QUA"}]}
            < 422
            < {"errors":[{"pointer":"/parents/0/from","code":"missing-field","detail":"…"}],…}
            > PUT /v1/commissioners/dudley
            > {"name":"NHS Dudley CCG","kind":"ccg"}
            < 422
            < {"code":"bad-organisation-code",…}
            > GET /v1/commissioners
            < 200
            < {"commissioners":[]}
            """)
    }

    @Test(
        "has totals for every year from 1900-01 to 2198-99 and for no other",
        arguments: [
            ("1900-01", 200), ("1999-00", 200), ("2099-00", 200), ("2198-99", 200), ("1899-00", 400), ("2199-00", 400),
            ("2015-15", 400), ("2015-2016", 400), ("2015", 400), ("15-16", 400), ("2099-100", 400),
        ])
    func years(year: String, status: Int) throws {
        let service = try ServiceProcess.withOnePatient()
        #expect(try service.get("/v1/commissioners/15E/totals?year=\(year)").status == status)
        #expect(try service.get("/v1/totals?year=\(year)").status == status)
    }
}
