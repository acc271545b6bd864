import ChequebookReports
import Testing

@Suite("The reply to a list")
struct ListReplyTests {
    @Test("of events counts what became of them")
    func events() {
        var reply = ListReply(.events, errorsMax: 100)
        reply.received = 10
        reply.posted = 3
        reply.replaced = 1
        reply.duplicates = 2
        reply.superseded = 1
        reply.unattributed = 2
        reply.sequence = 8_123
        reply.reject(line: 9, code: "future-service-date", detail: "say \"when\"")
        reply.reject(line: 4, code: "malformed", detail: "no JSON")
        let expected = """
            {"received":10,"posted":3,"replaced":1,"duplicates":2,"superseded":1,"rejected":2,"unattributed":2,\
            "sequence":8123,"errors":[{"line":4,"code":"malformed","detail":"no JSON"},\
            {"line":9,"code":"future-service-date","detail":"say \\"when\\""}],"errorsOmitted":0}

            """
        #expect(text(reply.json) == expected)
    }

    @Test("of registrations counts what became of them")
    func registrations() {
        var reply = ListReply(.registrations, errorsMax: 100)
        reply.received = 3
        reply.registered = 2
        reply.unchanged = 1
        let expected = """
            {"received":3,"registered":2,"unchanged":1,"rejected":0,"sequence":null,"errors":[],"errorsOmitted":0}

            """
        #expect(text(reply.json) == expected)
    }

    @Test("holds as many errors as are allowed and counts those beyond", arguments: [0, 1, 99, 100, 101, 500])
    func limit(_ count: Int) {
        var reply = ListReply(.events, errorsMax: 100)
        for line in 0..<count { reply.reject(line: line + 1, code: "malformed", detail: "line \(line + 1)") }
        #expect(reply.rejected == count)
        #expect(reply.errors.map(\.line) == Array(1...max(1, min(count, 100))).filter { $0 <= count })
        #expect(text(reply.json).hasSuffix("\"errorsOmitted\":\(max(0, count - 100))}\n"))
    }

    @Test("holds the first errors by line, in whatever order they become known")
    func firstByLine() {
        for seed in 0..<20 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let lines = (1...Int.random(in: 1...400, using: &generator)).shuffled(using: &generator)
            var reply = ListReply(.events, errorsMax: 100)
            for line in lines { reply.reject(line: line, code: "malformed", detail: "line \(line)") }
            #expect(reply.errors.map(\.line) == Array(1...lines.count).prefix(100).map { $0 })
            #expect(reply.errors.allSatisfy { $0.detail == "line \($0.line)" })
        }
    }

    @Test("lets the last of the first errors go for one just before them")
    func justBefore() {
        var reply = ListReply(.events, errorsMax: 2)
        for line in [10, 11, 12, 13, 14, 9] { reply.reject(line: line, code: "malformed", detail: "") }
        #expect(reply.errors.map(\.line) == [9, 10])
        reply.reject(line: 1, code: "malformed", detail: "")
        #expect(reply.errors.map(\.line) == [1, 9])
        #expect(reply.rejected == 7)
    }

    @Test("does not work a sentence out for an error that it cannot hold")
    func lazy() {
        var sentences = 0
        func sentence() -> String {
            sentences += 1
            return "wrong"
        }
        var reply = ListReply(.events, errorsMax: 10)
        for line in 1...1_000 { reply.reject(line: line, code: "malformed", detail: sentence()) }
        #expect(sentences <= 21)
        #expect(reply.rejected == 1_000)
        #expect(reply.errors.count == 10)
    }

    @Test("may hold none at all")
    func noErrors() {
        var reply = ListReply(.events, errorsMax: 0)
        reply.reject(line: 1, code: "malformed", detail: "x")
        #expect(reply.errors.isEmpty)
        #expect(reply.rejected == 1)
        #expect(text(reply.json).hasSuffix(#""errors":[],"errorsOmitted":1}"# + "\n"))
    }
}
