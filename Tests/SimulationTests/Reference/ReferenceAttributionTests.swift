import Testing

@Suite("The reference gives every event to whom the contract gives it")
struct ReferenceAttributionTests {
    private func owners(_ example: ReferenceExample) throws -> [Int] {
        let all = try example.allTotals()
        return all.commissioners.map(\.cost.events) + [all.unattributed.events]
    }

    @Test("statements that arrive before, after and between others move the cost, and so does their withdrawal")
    func moving() throws {
        var example = ReferenceExample()
        example.cost("e1", on: "2015-08-01")
        #expect(try owners(example) == [0, 0, 1])
        example.register(with: "15E", from: "2015-06-01")
        #expect(try owners(example) == [0, 1, 0])
        example.register(with: "14L", from: "2015-05-01")
        #expect(try owners(example) == [0, 1, 0])
        example.register(with: "14L", from: "2015-08-01")
        #expect(try owners(example) == [1, 0, 0])
        #expect(example.withdraw(by: "15E", from: "2015-08-01") == "no-such-registration")
        #expect(example.withdraw(by: "14L", from: "2015-08-01") == "registered")
        #expect(try owners(example) == [0, 1, 0])
        example.register(with: "15E", from: "2015-06-01", until: "2015-08-01")
        #expect(try owners(example) == [0, 0, 1])
        example.register(with: "14L", from: "2015-06-01")
        #expect(try owners(example) == [1, 0, 0])
        #expect(example.withdraw(by: "15E", from: "2015-06-01") == "no-such-registration")
    }

    @Test("a stated commissioner wins, and costs without a patient go to whom they name")
    func stated() throws {
        var example = ReferenceExample()
        example.register(with: "15E", from: "2015-04-01", group: "older")
        #expect(example.cost("e1", 5, on: "2015-04-01") { $0.commissioner = "14L" } == "posted")
        example.cost("e2", 7, on: "2015-05-01") {
            $0.patient = nil
            $0.withoutPatient = "block"
            $0.commissioner = "14L"
            $0.kind = "credit"
        }
        let totals = try example.totals("14L", by: ["group"])
        #expect(totals.cost.totalPence == -2)
        #expect(totals.cost.creditsPence == -7)
        #expect(totals.cost.withoutPatientPence == -7)
        #expect(
            totals.breakdown == [
                .init(setting: nil, group: "older", month: nil, costPence: 5, events: 1, budgetPence: 0),
                .init(setting: nil, group: "null", month: nil, costPence: -7, events: 1, budgetPence: 0),
            ])
    }

    @Test("a cost is in the month and the setting of its service, and only through the day asked for")
    func months() throws {
        var example = ReferenceExample()
        example.register(from: "2015-01-01")
        for (id, day) in [("e1", "2015-03-31"), ("e2", "2015-04-30"), ("e3", "2015-05-01"), ("e4", "2016-03-31")] {
            example.cost(id, 10, on: try #require(Day(day)))
        }
        example.cost("e5", 1, on: "2015-05-31") { $0.setting = "social" }
        example.cost("e6", 0, on: "2015-06-01") { $0.setting = "public-health" }
        let rows = try #require(try example.totals(by: ["month", "setting"]).breakdown)
        #expect(
            rows.map { "\($0.setting ?? "") \($0.month ?? "") \($0.costPence) \($0.events)" } == [
                "primary 2015-04 10 1", "primary 2015-05 10 1", "primary 2016-03 10 1", "social 2015-05 1 1",
                "public-health 2015-06 0 1",
            ])
        #expect(try example.totals(through: "2015-05-30").cost.totalPence == 20)
        #expect(try example.totals(through: "2015-05-31").cost.totalPence == 21)
    }

    @Test("everything together is the rows and the unattributed")
    func everything() throws {
        var example = ReferenceExample()
        example.register("p1", with: "15E", from: "2015-04-01", until: "2015-04-02")
        example.register("p2", with: "14L", from: "2015-04-01", until: "2015-04-02")
        // Half a penny each: two pennies written, though they are one.
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 183))
        example.cost("e1", 3, on: "2015-04-01")
        example.cost("e2", 4, on: "2015-04-02")
        let all = try example.allTotals()
        #expect(all.commissioners.map(\.commissioner) == ["14L", "15E"])
        #expect(all.commissioners[1] == (try example.totals("15E")))
        #expect(all.unattributed.totalPence == 4)
        #expect(all.cost.totalPence == 7)
        #expect(all.budget.totalPence == 2)
        #expect(all.variance.totalPence == -5)
        #expect(all.variance.percent == "-250.00")
        #expect(all.population == .init(people: 0, personDays: 2, personYears: "0.005"))
        #expect(all.lines.contains(ReferenceLine("commissioners[15E].cost.bySetting.primary", "3")))
        #expect(all.lines.contains(ReferenceLine("total.variance.bySetting.primary", "-5")))
    }

    @Test("an identity is checked before anything else, and a refusal leaves it free")
    func identity() {
        var example = ReferenceExample()
        example.today = "2015-05-01"
        #expect(example.cost("e1", on: "2015-05-02") == "future-service-date")
        #expect(example.cost("e1", on: "2015-05-02") { $0.commissioner = "ZZ99" } == "future-service-date")
        #expect(example.cost("e1", on: "2015-05-01") { $0.commissioner = "ZZ99" } == "unknown-commissioner")
        #expect(example.cost("e1", on: "2015-05-01") { $0.version = 2 } == "posted")
        #expect(example.cost("e1", on: "2015-05-01") { $0.version = 2 } == "duplicate")
        #expect(example.cost("e1", on: "2015-05-02") { $0.version = 2 } == "conflicting-duplicate")
        #expect(example.cost("e1", on: "2015-05-02") == "superseded")
        #expect(example.cost("e1", on: "2015-05-02") { $0.version = 3 } == "future-service-date")
        #expect(example.cost("e1", on: "2015-04-30") { $0.version = 3 } == "replaced")
        #expect(example.ledger.standingCosts().map(\.serviceDate) == ["2015-04-30"])
    }

    @Test("a reversal takes an event out once, and nothing brings it back")
    func reversals() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01")
        #expect(example.reverse("e1", as: "r1") == "unknown-original")
        example.cost("e1", on: "2015-05-01")
        #expect(example.reverse("e1", as: "r1") == "posted")
        #expect(try example.totals().cost == .init())
        #expect(example.reverse("e1", as: "r1") == "duplicate")
        #expect(example.reverse("e1", as: "r2") == "already-reversed")
        #expect(example.reverse("r1", as: "r2") == "reverses-a-reversal")
        #expect(example.reverse("e2", as: "r1") == "conflicting-duplicate")
        #expect(example.reverse("e2", as: "e1") == "conflicting-duplicate")
        #expect(example.cost("r1", on: "2015-05-01") { $0.version = 9 } == "conflicting-duplicate")
        #expect(example.cost("e1", on: "2015-05-01") == "duplicate")
        #expect(example.cost("e1", on: "2016-05-01") { $0.version = 2 } == "already-reversed")
        #expect(try example.totals().cost.events == 0)
    }

    @Test("a statement is unchanged only when it says what stands")
    func statements() {
        var example = ReferenceExample()
        #expect(example.register(from: "2015-04-01") == "registered")
        #expect(example.register(from: "2015-04-01") == "unchanged")
        #expect(example.register(from: "2015-04-01", group: "older") == "registered")
        #expect(example.register(with: "14L", from: "2015-04-01", group: "older") == "registered")
        #expect(example.register(with: "14L", from: "2015-09-01", sex: "female") == "registered")
        #expect(example.register(with: "14L", from: "2015-04-01", group: "older") == "registered")
        #expect(example.ledger.person("p1")?.sex == "male")
        #expect(example.register(with: "14L", from: "2015-09-01", until: "2015-09-01") == "ends-before-it-begins")
        #expect(example.register(with: "14L", from: "2016-09-01", born: "2015-04-02") == "before-birth")
        #expect(example.register(with: "14L", from: "2016-09-01", born: "2015-04-01") == "registered")
        #expect(example.register("p2", with: "ZZ99", from: "2015-04-01") == "unknown-commissioner")
        for day: Day in ["2015-04-01", "2015-09-01", "2016-09-01"] {
            #expect(example.withdraw(by: "14L", from: day) == "registered")
        }
        #expect(example.ledger.person("p1")?.holdings.isEmpty == true)
        #expect(example.ledger.person("p1")?.born == "2015-04-01")
    }
}
