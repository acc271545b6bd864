import Testing

@Suite("The reference hands registrations over as one would by hand")
struct ReferenceSuccessionTests {
    private func statements(_ example: ReferenceExample, _ patient: String) -> [String] {
        (example.ledger.person(patient)?.holdings ?? []).map { holding in
            let statement = holding.statement
            let end = statement.until.map { " until \($0)" } ?? ""
            return "\(holding.commissioner) \(statement.from)\(end) \(statement.group)"
        }
    }

    @Test("what holds on the day goes on from it, what begins later begins as before, and what is over stays")
    func spans() throws {
        var example = ReferenceExample()
        example.register("open", from: "2015-04-01", group: "older", council: "E09")
        example.register("ending", from: "2015-04-01", until: "2015-12-01")
        example.register("ended", from: "2015-04-01", until: "2015-10-01")
        example.register("ends today", from: "2015-04-01", until: "2015-10-02")
        example.register("begins", from: "2015-10-01")
        example.register("future", from: "2016-01-01", until: "2016-02-01")
        example.register("left", from: "2015-04-01")
        example.register("left", with: "14L", from: "2015-09-01")
        example.register("left", from: "2016-04-01")
        example.register("dead", from: "2015-04-01")
        example.patient("dead", died: .said("2015-05-01"))
        example.body("QHL")
        #expect(try example.succeed("15E", by: "QHL", on: "2015-10-01") == 7)
        #expect(
            statements(example, "open") == [
                "15E 2015-04-01 older", "QHL 2015-10-01 older",
            ])
        #expect(example.ledger.person("open")?.holdings.last?.statement.council == "E09")
        #expect(
            statements(example, "ending") == [
                "15E 2015-04-01 until 2015-12-01 generally-healthy",
                "QHL 2015-10-01 until 2015-12-01 generally-healthy",
            ])
        #expect(statements(example, "ended") == ["15E 2015-04-01 until 2015-10-01 generally-healthy"])
        #expect(statements(example, "ends today").last == "QHL 2015-10-01 until 2015-10-02 generally-healthy")
        #expect(statements(example, "begins") == ["QHL 2015-10-01 generally-healthy"])
        #expect(statements(example, "future") == ["QHL 2016-01-01 until 2016-02-01 generally-healthy"])
        #expect(
            statements(example, "left") == [
                "15E 2015-04-01 generally-healthy", "14L 2015-09-01 generally-healthy",
                "QHL 2016-04-01 generally-healthy",
            ])
        #expect(statements(example, "dead").last == "QHL 2015-10-01 generally-healthy")
        #expect(try example.succeed("15E", by: "QHL", on: "2015-10-01") == 0)
    }

    @Test("two numbers of one person are one that is moved, and each keeps what was said under it")
    func joined() throws {
        var example = ReferenceExample()
        example.body("QHL")
        example.register("old", from: "2015-04-01", born: "1950-01-01")
        example.register("new", with: "14L", from: "2016-01-01", born: "1951-01-01")
        example.patient("old", replacedBy: .said("new"))
        #expect(try example.succeed("15E", "14L", by: "QHL", on: "2015-10-01") == 1)
        #expect(
            statements(example, "new") == [
                "15E 2015-04-01 generally-healthy", "QHL 2015-10-01 generally-healthy",
                "QHL 2016-01-01 generally-healthy",
            ])
        #expect(example.ledger.person("new")?.born == "1951-01-01")
        example.patient("old", replacedBy: .takenBack)
        #expect(statements(example, "old") == ["15E 2015-04-01 generally-healthy", "QHL 2015-10-01 generally-healthy"])
        #expect(statements(example, "new") == ["QHL 2016-01-01 generally-healthy"])
        #expect(example.ledger.person("old")?.born == "1950-01-01")
    }

    @Test("what was taken over counts as received when what it goes on from was")
    func received() throws {
        for (first, second) in [("old", "new"), ("new", "old")] {
            var example = ReferenceExample()
            example.body("QHL")
            example.register(first, from: "2015-04-01", group: "older")
            example.register(second, with: "14L", from: "2015-05-01", group: "mental-health")
            #expect(try example.succeed("15E", "14L", by: "QHL", on: "2015-10-01") == 2)
            example.register("third", with: "QHL", from: "2015-10-01")
            example.patient("old", replacedBy: .said("new"))
            #expect(statements(example, "old").last == "QHL 2015-10-01 mental-health")
            example.patient("new", replacedBy: .said("third"))
            #expect(statements(example, "old").last == "QHL 2015-10-01 generally-healthy")
        }
    }

    @Test("what another number of the person hides stays hidden")
    func hidden() throws {
        var example = ReferenceExample()
        example.body("QHL")
        example.register("old", from: "2015-04-01")
        example.register("new", with: "14L", from: "2015-04-01")
        example.patient("old", replacedBy: .said("new"))
        #expect(try example.succeed("15E", by: "QHL", on: "2015-04-01") == 0)
        #expect(statements(example, "old") == ["14L 2015-04-01 generally-healthy"])
    }

    @Test("costs go with the statements; stated commissioners and list sizes stay, and so does what was known before")
    func figures() throws {
        var example = ReferenceExample()
        example.today = "2018-06-01"
        example.body("QHL")
        example.register(from: "2015-04-01")
        example.cost("before", 1, on: "2015-09-30")
        example.cost("after", 2, on: "2015-10-01")
        example.cost("stated", 4, on: "2015-10-01") { $0.commissioner = "15E" }
        example.today = "2018-06-02"
        #expect(try example.succeed("15E", by: "QHL", on: "2015-10-01") == 1)
        #expect(try ["15E", "QHL"].map { try example.totals($0).cost.totalPence } == [5, 2])
        #expect(try ["15E", "QHL"].map { try example.totals($0).population.personDays } == [183, 183])
        example.listSizes("2015-04-01", .init(people: 3))
        #expect(try example.totals().population.people == 3)
        example.today = "2018-06-03"
        #expect(try example.totals("QHL", asOf: "2018-06-01").cost.totalPence == 0)
        #expect(try example.totals("QHL", asOf: "2018-06-02").cost.totalPence == 2)
    }

    @Test("a new body can withdraw what it took over, and what stood before holds again")
    func withdrawn() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01")
        try example.succeed("15E", by: "14L", on: "2015-10-01")
        #expect(example.register(with: "14L", from: "2015-10-01") == "unchanged")
        #expect(example.withdraw(by: "15E", from: "2015-10-01") == "no-such-registration")
        #expect(example.withdraw(by: "14L", from: "2015-10-01") == "registered")
        #expect(statements(example, "p1") == ["15E 2015-04-01 generally-healthy"])
    }

    @Test("what is not well formed or names somebody unknown moves nobody")
    func refused() {
        var example = ReferenceExample()
        example.register(from: "2015-04-01")
        let cases: [(ReferenceSuccession, ReferenceReply)] = [
            (.init(commissioner: "14L", from: [], date: "2015-04-01"), .fault("empty-list", pointer: "/from")),
            (
                .init(commissioner: "14L", from: ["15E", "14L"], date: "2015-04-01"),
                .fault("succeeds-itself", pointer: "/from/1")
            ),
            (
                .init(commissioner: "14L", from: ["15E", "15E"], date: "2015-04-01"),
                .fault("repeated-code", pointer: "/from/1")
            ),
            (.init(commissioner: "14L", from: ["15E", "ZZ9"], date: "2015-04-01"), .refusal("unknown-commissioner")),
            (.init(commissioner: "ZZ9", from: [], date: "2015-04-01"), .refusal("unknown-commissioner")),
        ]
        for (succession, reply) in cases {
            #expect(example.ledger.perform(.succeed(succession), today: example.today) == reply)
        }
        #expect(statements(example, "p1") == ["15E 2015-04-01 generally-healthy"])
        let right = Operation.succeed(.init(commissioner: "14L", from: ["15E"], date: "2015-04-01"))
        #expect(right.request.path == "/v1/commissioners/14L/succession")
        #expect(right.request.body == #"{"from":["15E"],"date":"2015-04-01"}"#)
        #expect(
            example.ledger.perform(right, today: example.today)
                == .answer([
                    .init("commissioner", "14L"), .init("from[0]", "15E"), .init("date", "2015-04-01"),
                    .init("moved", "1"),
                ]))
    }
}
