import Testing

@Suite("The reference lists a patient's costs as one would by hand")
struct ReferencePatientCostsTests {
    @Test("the events that stand in the year, newest first, whoever they count for")
    func order() throws {
        var example = ReferenceExample()
        example.register(from: "2015-06-01")
        example.cost("before", 1, on: "2015-03-31")
        example.cost("first", 2, on: "2015-04-01")
        example.cost("early", 4, on: "2015-06-01") { $0.setting = "social" }
        example.cost("stated", 8, on: "2015-06-01") { $0.commissioner = "14L" }
        example.cost("credit", 16, on: "2016-03-31") { $0.kind = "credit" }
        example.cost("after", 32, on: "2016-04-01")
        example.cost("gone", 64, on: "2015-06-01")
        example.cost("other", 128, on: "2015-06-01") { $0.patient = "p2" }
        #expect(example.reverse("gone", as: "r1") == "posted")
        // Recorded anew, so it is the newest of its day.
        #expect(example.cost("early", 256, on: "2015-06-01") { $0.version = 2 } == "replaced")

        let costs = try example.ledger.costs(ofPatient: "p1", year: "2015-16")
        #expect(costs.costs.map(\.id) == ["credit", "early", "stated", "first"])
        let page = try #require(costs.pages(limit: 100).first)
        #expect(
            page.map(\.description) == [
                "patient: p1", "year: 2015-16", "cost.totalPence: 250", "cost.creditsPence: -16", "cost.events: 4",
                "cost.bySetting.primary: 250", "cost.bySetting.secondary: 0", "cost.bySetting.community: 0",
                "cost.bySetting.social: 0", "cost.bySetting.mental-health: 0", "cost.bySetting.prescribing: 0",
                "cost.bySetting.continuing-care: 0", "cost.bySetting.specialised: 0",
                "cost.bySetting.public-health: 0", "byMonth[month=2015-04].costPence: 2",
                "byMonth[month=2015-04].events: 1", "byMonth[month=2015-06].costPence: 264",
                "byMonth[month=2015-06].events: 2", "byMonth[month=2016-03].costPence: -16",
                "byMonth[month=2016-03].events: 1", "events[0].source: pas", "events[0].id: credit",
                "events[1].source: pas", "events[1].id: early", "events[2].source: pas", "events[2].id: stated",
                "events[3].source: pas", "events[3].id: first",
            ])
    }

    @Test(
        "a page has no more than asked for, and the last one no follower", arguments: [(1, 3), (2, 2), (3, 1), (4, 1)])
    func pages(limit: Int, count: Int) throws {
        var example = ReferenceExample()
        for id in ["a", "b", "c"] { example.cost(id, on: "2015-06-01") }
        let pages = try example.ledger.costs(ofPatient: "p1", year: "2015-16").pages(limit: limit)
        #expect(pages.count == count)
        let identities = pages.flatMap { page in page.filter { $0.path.hasSuffix("].id") }.map(\.value) }
        #expect(identities == ["c", "b", "a"])
        #expect(pages.allSatisfy { $0.contains(ReferenceLine("cost.events", "3")) })
        #expect(pages.allSatisfy { $0.contains(ReferenceLine("events[0].source", "pas")) })
    }

    @Test("a number that nothing was ever recorded of is unknown, one whose event is gone is not")
    func unknown() throws {
        var example = ReferenceExample()
        example.cost("e1", on: "2018-06-02")
        #expect(throws: ReferenceRefusal(code: "unknown-patient")) {
            try example.ledger.costs(ofPatient: "p1", year: "2015-16")
        }
        example.cost("e1", on: "2015-06-01")
        #expect(example.reverse("e1", as: "r1") == "posted")
        #expect(try example.ledger.costs(ofPatient: "p1", year: "2015-16").pages(limit: 5).count == 1)
        example.register("p2", from: "2015-06-01")
        #expect(example.withdraw("p2", from: "2015-06-01") == "registered")
        #expect(try example.ledger.costs(ofPatient: "p2", year: "2015-16").costs.isEmpty)
    }

    @Test("requests and answers are reduced to what is compared")
    func wire() {
        let question = Operation.askPatientCosts(patient: "9990000001", year: "2015-16", limit: 2)
        #expect(question.request.path == "/v1/patients/9990000001/costs?year=2015-16&limit=2")
        #expect(
            question.request(cursor: "a+b/c=").path
                == "/v1/patients/9990000001/costs?year=2015-16&limit=2&cursor=a%2Bb%2Fc%3D")
        let lines = [
            ReferenceLine("cost.events", "1"), ReferenceLine("events[0].id", "e1"),
            ReferenceLine("events[0].source", "pas"), ReferenceLine("events[0].amountPence", "5"),
            ReferenceLine("nextCursor", "null"),
        ]
        #expect(ReferencePatientCosts.compared(lines) == Array(lines.prefix(3)))
    }
}
