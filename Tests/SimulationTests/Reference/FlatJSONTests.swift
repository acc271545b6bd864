import Testing

@Suite("Answers are flattened into the lines that the reference writes")
struct FlatJSONTests {
    @Test("an answer becomes its lines, rows known by what they are about")
    func answer() throws {
        let text = """
            {"commissioners":[{"commissioner":"15E","cost":{"totalPence":-170141183460469231731687303715884105728}, \
            "breakdown":[{"setting":"social","group":null,"month":"2015-04","costPence":1}]}],
             "total":{"variance":{"percent":"-0.01","position":null}}, "errors":[{"line":2,"code":"before-birth"}],
             "empty":[], "list":["a\\"\\u00e9",[true]], "nothing":{}}
            """
        #expect(
            try FlatJSON.lines(of: text).map(\.description) == [
                "commissioners[15E].commissioner: 15E",
                "commissioners[15E].cost.totalPence: -170141183460469231731687303715884105728",
                "commissioners[15E].breakdown[setting=social,group=null,month=2015-04].costPence: 1",
                "total.variance.percent: -0.01", "total.variance.position: null", "errors[line=2].code: before-birth",
                "list[0]: a\"é", "list[1][0]: true",
            ])
    }

    @Test(
        "what is not JSON is refused where it goes wrong",
        arguments: [
            ("", 0), ("{", 1), ("{\"a\":}", 5), ("{\"a\":01}", 5), ("[1,]", 3), ("1 2", 2), ("\"\\q\"", 1), ("nil", 0),
            ("-", 0), ("1.", 0), ("1e3", 0),
            ("\"\\ud800\"", 1), ("{\"a\":1,}", 7),
        ])
    func malformed(text: String, offset: Int) {
        #expect(throws: FlatJSON.Malformed(offset: offset)) { try FlatJSON.lines(of: text) }
    }

    @Test("every body of a workload is JSON")
    func bodies() throws {
        for step in Workload(seed: 5, features: .all).steps {
            let request = step.operation.request
            guard let body = request.body else { continue }
            let texts = request.contentType == "application/x-ndjson" ? body.split(separator: "\n") : [body[...]]
            for text in texts { #expect(throws: Never.self) { try FlatJSON.lines(of: String(text)) } }
        }
    }
}
