import Testing

/// Who is followed by whom, and who is below whom, where the register is not as plain as England's.
@Suite("Bodies that are put together")
struct BoundaryTests {
    private let service: ServiceProcess

    init() throws {
        service = try ServiceProcess()
    }

    private func put(_ code: String, successors: [(String, String)] = [], parents: [(String, String)] = []) throws {
        func list(_ entries: [(String, String)]) -> String {
            entries.map { #"{"code":"\#($0)","from":"\#($1)"}"# }.joined(separator: ",")
        }
        let json = """
            {"name":"\(code)","kind":"other","successors":[\(list(successors))],"parents":[\(list(parents))]}
            """
        let answer = try service.send(RawRequest("PUT", "/v1/commissioners/\(code)", json: json))
        try #require([200, 201].contains(answer.status), "\(answer.text)")
    }

    /// The rows of everybody's totals, and the bodies whose figures each has.
    private func rows(_ query: String) throws -> [String: [String]] {
        let flat = try FlatJSON(service.get("/v1/totals?\(query)").text)
        var rows: [String: [String]] = [:]
        var index = 0
        while let code = flat["/commissioners/\(index)/commissioner"] {
            let bodies = flat.lines.filter { $0.path.hasPrefix("/commissioners/\(index)/bodies/") }
            rows[String(code.dropFirst().dropLast())] = bodies.map { String($0.value.dropFirst().dropLast()) }
            index += 1
        }
        return rows
    }

    @Test("follow the one successor whose day has come, and stay where there are several or none")
    func successors() throws {
        try London.onOneDay { today, tomorrow in
            try put("T1")
            try put("T2")
            try put("S1", successors: [("T1", "2020-04-01")])
            try put("S2", successors: [("T1", "2020-04-01"), ("T2", "2020-04-01")])
            try put("S3", successors: [("T1", "2020-04-01"), ("T2", tomorrow)])
            try put("S4", successors: [("T2", tomorrow)])
            try put("S5", successors: [("T1", "2019-04-01"), ("T1", "2020-04-01")])
            try put("S6", successors: [("T3", "2020-04-01")])
            try put("S7", successors: [("T2", today)])
            try put("S8", successors: [("S7", "2020-04-01")])
            // The year does not matter: boundaries are those of today.
            for year in ["2013-14", London.financialYear(of: today)] {
                #expect(
                    try rows("year=\(year)&boundaries=current") == [
                        "S2": ["S2"], "S4": ["S4"], "S6": ["S6"], "T1": ["S1", "S3", "S5", "T1"],
                        "T2": ["S7", "S8", "T2"],
                    ])
            }
        }
        // It is followed as soon as it is registered.
        try put("T3")
        #expect(try rows("year=2013-14&boundaries=current")["T3"] == ["S6", "T3"])
    }

    @Test("that follow each other in a circle stay; what leads into it goes to the first that it meets")
    func circleOfSuccessors() throws {
        try put("K1", successors: [("K2", "2020-04-01")])
        try put("K2", successors: [("K3", "2020-04-01")])
        try put("K3", successors: [("K1", "2020-04-01")])
        try put("L1", successors: [("L2", "2020-04-01")])
        try put("L2", successors: [("K2", "2020-04-01")])
        for (place, code) in ["K1", "K2", "K3", "L1", "L2"].enumerated() {
            try service.postBlock(code, "2015-06-01", 1 << place)
        }
        #expect(
            try rows("year=2015-16&boundaries=current") == ["K1": ["K1"], "K2": ["K2", "L1", "L2"], "K3": ["K3"]])
        try service.plays(
            """
            > GET /v1/totals?year=2015-16&boundaries=current
            < 200
            < {"commissioners":[{"cost":{"totalPence":1,"events":1,…},…},{"cost":{"totalPence":26,"events":3,…},…},
            <   {"cost":{"totalPence":4,"events":1,…},…}],"total":{"cost":{"totalPence":31,"events":5,…},…},…}
            > GET /v1/commissioners/K1/totals?year=2015-16&boundaries=current
            < 200
            < {"boundaries":"current","bodies":["K1"],"cost":{"totalPence":1,…},"commissioner":"K1","name":"K1",
            <   "year":"2015-16","through":"2016-03-31","asOf":null,"sequence":…,"recordedThrough":"<instant>",
            <   "population":{…},"budget":{…},"variance":{…},"costPerHeadPence":null}
            > GET /v1/commissioners/L1/totals?year=2015-16&boundaries=current&by=setting
            < 200
            < {"boundaries":"current","countedUnder":"K2","bodies":[],"cost":{"totalPence":0,"events":0,…},"breakdown":[],…}
            """)
    }

    @Test("have no parent on days on which several are named, or one that nobody knows")
    func doubtfulParents() throws {
        for code in ["A1", "A2"] { try put(code) }
        try put("B1", parents: [("A1", "2022-04-01"), ("A2", "2022-07-01")])
        try put("B2", parents: [("A1", "2022-04-01"), ("A1", "2022-07-01")])
        try put("B3", parents: [("A9", "2022-04-01")])
        try service.postBlock("B1", "2022-06-30", 1)
        try service.postBlock("B1", "2022-07-01", 2)
        try service.postBlock("B2", "2022-07-01", 4)
        try service.postBlock("B3", "2022-07-01", 8)
        try service.plays(
            """
            > GET /v1/totals?year=2022-23&include=children
            < 200
            < {"commissioners":[
            <     {"commissioner":"A1","bodies":["A1","B1","B2"],"cost":{"totalPence":5,"events":2,…},…},
            <     {"commissioner":"A2","bodies":["A2"],"cost":{"totalPence":0,"events":0,…},…},
            <     {"commissioner":"B1","bodies":["B1"],"cost":{"totalPence":2,"events":1,…},…},
            <     {"commissioner":"B3","bodies":["B3"],"cost":{"totalPence":8,"events":1,…},…}],
            <   "total":{"cost":{"totalPence":15,"events":4,…},…},…}
            """)
    }

    @Test("that are each other's parents have none on those days, and keep who else is below them")
    func circleOfParents() throws {
        // C2 is below C1 until September, C1 below C2 from July: each of the other from July to September.
        try put("C1", parents: [("C2", "2022-07-01")])
        let other = #"{"name":"C2","kind":"other","parents":[{"code":"C1","from":"2022-04-01","until":"2022-10-01"}]}"#
        #expect(try service.send(RawRequest("PUT", "/v1/commissioners/C2", json: other)).status == 201)
        try put("C3", parents: [("C1", "2022-04-01")])
        for (place, code) in ["C1", "C2", "C3"].enumerated() {
            for (day, tens) in [("2022-04-01", 1), ("2022-07-01", 10), ("2022-10-01", 100)] {
                try service.postBlock(code, day, tens << place)
            }
        }
        try service.plays(
            """
            > GET /v1/totals?year=2022-23&include=children
            < 200
            < {"commissioners":[
            <     {"commissioner":"C1","bodies":["C1","C2","C3"],"cost":{"totalPence":57,"events":5,…},…},
            <     {"commissioner":"C2","bodies":["C1","C2","C3"],"cost":{"totalPence":720,"events":4,…},…}],
            <   "total":{"cost":{"totalPence":777,"events":9,…},…},…}
            > GET /v1/commissioners/C1/totals?year=2022-23&include=children
            < 200
            < {"cost":{"totalPence":557,"events":7,…},…}
            > GET /v1/commissioners/C2/totals?year=2022-23&include=children
            < 200
            < {"cost":{"totalPence":722,"events":5,…},…}
            > GET /v1/commissioners/C3/totals?year=2022-23&include=children
            < 200
            < {"bodies":["C3"],"cost":{"totalPence":444,"events":3,…},…}
            """)
    }

    @Test("are first followed to their successor, and counted below its parent then")
    func both() throws {
        for code in ["P1", "P2"] { try put(code) }
        try put("M1", successors: [("M2", "2020-04-01")], parents: [("P1", "2013-04-01")])
        try put("M2", parents: [("P2", "2015-10-01")])
        try service.postBlock("M1", "2015-09-30", 1)
        try service.postBlock("M1", "2015-10-01", 2)
        try service.postBlock("M2", "2015-10-01", 4)
        for (query, costs) in [
            ("", ["M1": 3, "M2": 4, "P1": 0, "P2": 0]), ("&boundaries=current", ["M2": 7, "P1": 0, "P2": 0]),
            ("&include=children", ["M2": 0, "P1": 3, "P2": 4]),
            ("&boundaries=current&include=children", ["M2": 1, "P1": 0, "P2": 6]),
        ] {
            let flat = try FlatJSON(service.get("/v1/totals?year=2015-16\(query)").text)
            for (index, row) in costs.sorted(by: { $0.key < $1.key }).enumerated() {
                #expect(flat["/commissioners/\(index)/commissioner"] == "\"\(row.key)\"", "\(query)")
                #expect(flat["/commissioners/\(index)/cost/totalPence"] == "\(row.value)", "\(query) \(row.key)")
            }
            #expect(flat["/commissioners/\(costs.count)/commissioner"] == nil, "\(query)")
            #expect(try flat.integer("/total/cost/totalPence") == 7, "\(query)")
        }
        #expect(
            try rows("year=2015-16&boundaries=current&include=children") == [
                "M2": ["M1", "M2"], "P1": ["P1"], "P2": ["M1", "M2", "P2"],
            ])
    }

    @Test("are asked for in known words, and not of a payer")
    func refused() throws {
        try put("13T")
        for path in ["/v1/totals", "/v1/commissioners/13T/totals"] {
            let plain = try service.get("\(path)?year=2015-16")
            #expect(try service.get("\(path)?year=2015-16&boundaries=as-was").text == plain.text)
            for (query, words) in [
                ("boundaries=tomorrow", ["as-was", "current"]), ("boundaries=", ["as-was", "current"]),
                ("boundaries=Current", ["as-was", "current"]), ("include=parents", ["children"]),
                ("include=", ["children"]), ("include=children,parents", ["children"]),
                ("boundaries=current&boundaries=current", []), ("include=children&include=children", []),
            ] {
                let answer = try service.get("\(path)?year=2015-16&\(query)")
                #expect(answer.status == 400, "\(query)")
                #expect(answer.code == "bad-parameter", "\(query)")
                #expect(answer.shortcomings() == [])
                for word in words { #expect(answer.text.contains(word), "\(query): \(answer.text)") }
            }
        }
        for query in ["boundaries=current", "include=children", "boundaries=current&include=children"] {
            let answer = try service.get("/v1/commissioners/13T/totals?year=2015-16&view=payer&\(query)")
            #expect(answer.status == 400, "\(query)")
            #expect(answer.code == "bad-parameter", "\(query)")
        }
    }
}
