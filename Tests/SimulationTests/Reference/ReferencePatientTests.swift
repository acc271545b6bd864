import Testing

@Suite("The reference knows the dead, and numbers of one person, as one would by hand")
struct ReferencePatientTests {
    @Test("accrual ends after the day of death, and goes on when the death is taken back")
    func accrual() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01")
        example.rate("2015-16", ReferenceRate(setting: "primary", annualPence: 366))
        #expect(example.patient(died: .said("2015-04-10")) == "stored")
        #expect(try example.totals(through: "2015-04-10").population.people == 1)
        #expect(try example.totals(through: "2015-04-11").population.people == 0)
        let totals = try example.totals()
        #expect(totals.population.personDays == 10)
        #expect(totals.budget.totalPence == 10)
        #expect(totals.budget.fullYearPence == 10)
        #expect(totals.budget.personDaysWithoutRate[1] == 10)
        #expect(example.patient(sex: "female") == "stored")
        #expect(try example.totals().population.personDays == 10)
        #expect(example.patient(died: .takenBack) == "stored")
        #expect(try example.totals().population.personDays == 366)
    }

    @Test("for 60 days after death a cost goes where the patient was that day, with its group and council")
    func costsAfterDeath() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01", group: "older", council: "E09")
        // Never decides: the patient is dead by then.
        example.register(with: "14L", from: "2015-06-11")
        example.ownCard(
            ReferenceCard(funders: ["primary": "council"], rates: [ReferenceRate(setting: "primary", annualPence: 0)]))
        example.patient(died: .said("2015-06-10"))
        for (id, pence, day) in [("a", 1, "2015-06-10"), ("b", 2, "2015-06-11"), ("c", 4, "2015-08-09")] {
            example.cost(id, Int128(pence), on: try #require(Day(day)))
        }
        example.cost("d", 8, on: "2015-08-10")
        example.cost("e", 16, on: "2015-08-09") { $0.commissioner = "14L" }
        example.cost("f", 32, on: "2015-08-10") { $0.commissioner = "14L" }
        #expect(
            try example.totals(by: ["funder", "group"]).breakdown == [
                .init(funder: "E09", group: "older", costPence: 7, events: 3, budgetPence: 0)
            ])
        #expect(
            try example.totals("14L", by: ["group"]).breakdown == [
                .init(group: "older", costPence: 16, events: 1, budgetPence: 0),
                .init(group: "null", costPence: 32, events: 1, budgetPence: 0),
            ])
        #expect(try example.allTotals().unattributed.totalPence == 8)
        example.patient(died: .takenBack)
        #expect(try example.totals("14L").cost.totalPence == 2 + 4 + 8 + 16 + 32)
    }

    @Test("a death on a day that nobody's statement decides leaves the costs after it to nobody")
    func diedUnregistered() throws {
        var example = ReferenceExample()
        example.register(from: "2015-04-01", until: "2015-06-01")
        example.cost("a", 1, on: "2015-06-05")
        example.patient(died: .said("2015-06-01"))
        #expect(try example.allTotals().unattributed.totalPence == 1)
        example.patient(died: .said("2015-05-31"))
        #expect(try example.totals().cost.totalPence == 1)
    }

    @Test("two numbers of one person are one person in every total, until that is taken back")
    func joined() throws {
        var example = ReferenceExample()
        example.register("old", from: "2015-04-01")
        example.register("new", with: "14L", from: "2015-04-11")
        example.cost("a", 1, on: "2015-04-20") { $0.patient = "old" }
        example.cost("b", 2, on: "2015-04-05") { $0.patient = "new" }
        func figures() throws -> [Int128] {
            let all = try example.allTotals()
            return all.commissioners.flatMap { [Int128($0.population.personDays), $0.cost.totalPence] }
                + [all.unattributed.totalPence]
        }
        #expect(try figures() == [356, 0, 366, 1, 2])
        #expect(example.patient("old", replacedBy: .said("new")) == "stored")
        #expect(try figures() == [356, 1, 10, 2, 0])
        for number in ["old", "new"] {
            #expect(try example.ledger.costs(ofPatient: number, year: "2015-16").costs.map(\.id) == ["a", "b"])
        }
        #expect(example.patient("old", replacedBy: .takenBack) == "stored")
        #expect(try figures() == [356, 0, 366, 1, 2])
        #expect(try example.ledger.costs(ofPatient: "new", year: "2015-16").costs.map(\.id) == ["b"])
    }

    @Test("of two statements with the same first day the later received decides, and what it hid holds again")
    func sameFrom() throws {
        var example = ReferenceExample()
        example.register("new", with: "14L", from: "2015-04-01")
        example.register("old", from: "2015-04-01")
        example.patient("old", replacedBy: .said("new"))
        func holders() -> [String?] {
            ["old", "new"].map { example.ledger.person($0)?.holding(on: "2015-05-01")?.commissioner }
        }
        #expect(holders() == ["15E", "15E"])
        #expect(example.register("new", with: "14L", from: "2015-04-01") == "registered")
        #expect(holders() == ["14L", "14L"])
        #expect(example.register("new", with: "14L", from: "2015-04-01") == "unchanged")
        #expect(example.withdraw("old", from: "2015-04-01") == "no-such-registration")
        // Said of the other number, it takes away the one that stands.
        #expect(example.withdraw("old", by: "14L", from: "2015-04-01") == "registered")
        #expect(holders() == ["15E", "15E"])
        example.patient("old", replacedBy: .takenBack)
        #expect(holders() == ["15E", nil])
    }

    @Test("birth, sex and death are as the latest to tell has them, under either number")
    func latest() {
        var example = ReferenceExample()
        example.register("old", from: "2015-04-01", born: "1950-01-01", sex: "male")
        example.register("new", from: "2015-05-01", born: "1951-01-01", sex: "female")
        example.patient("old", born: "1952-01-01")
        example.patient("new", died: .said("2015-07-01"))
        example.patient("old", died: .said("2015-08-01"))
        example.patient("old", replacedBy: .said("new"))
        func told(_ number: String) -> [String] {
            let person = example.ledger.person(number)
            return [person?.born?.description, person?.sex, person?.died?.description].map { $0 ?? "-" }
        }
        #expect(told("old") == ["1952-01-01", "female", "2015-08-01"])
        #expect(told("new") == told("old"))
        example.patient("new", died: .takenBack)
        #expect(told("old") == ["1952-01-01", "female", "-"])
        example.patient("old", replacedBy: .takenBack)
        #expect(told("old") == ["1952-01-01", "male", "2015-08-01"])
        #expect(told("new") == ["1951-01-01", "female", "-"])
    }

    @Test("chains are followed, and a circle is refused whole")
    func chains() throws {
        var example = ReferenceExample()
        example.register("a", from: "2015-04-01")
        #expect(example.patient("a", replacedBy: .said("a")) == "replacement-cycle")
        #expect(example.patient("a", replacedBy: .said("b")) == "stored")
        #expect(example.patient("b", replacedBy: .said("c")) == "stored")
        #expect(example.patient("c", sex: "female", replacedBy: .said("a")) == "replacement-cycle")
        #expect(example.ledger.person("c")?.sex == "male")
        example.cost("e1", 5, on: "2015-05-01") { $0.patient = "c" }
        #expect(try example.totals().cost.totalPence == 5)
        #expect(try example.totals().population == .init(people: 1, personDays: 366, personYears: "1.000"))
        #expect(try example.ledger.costs(ofPatient: "b", year: "2015-16").costs.map(\.id) == ["e1"])
        // Not to b any more: b and c are somebody else.
        #expect(example.patient("a", replacedBy: .said("d")) == "stored")
        #expect(try example.allTotals().unattributed.totalPence == 5)
        #expect(example.patient("c", replacedBy: .said("a")) == "stored")
        #expect(try example.totals().cost.totalPence == 5)
        #expect(example.patient("a", replacedBy: .said("c")) == "replacement-cycle")
        #expect(try example.ledger.costs(ofPatient: "d", year: "2015-16").costs.map(\.id) == ["e1"])
    }

    @Test("nobody is born after a statement begins, and whoever is told of is known")
    func birth() throws {
        var example = ReferenceExample()
        example.register("old", from: "2015-04-01")
        example.register("new", from: "2015-05-01")
        example.patient("old", replacedBy: .said("new"))
        #expect(example.patient("new", born: "2015-04-02") == "before-birth")
        #expect(example.patient("new", born: "2015-04-01") == "stored")
        #expect(example.register("new", from: "2016-05-01", born: "2015-04-02") == "before-birth")
        #expect(example.patient("other") == "stored")
        #expect(try example.ledger.costs(ofPatient: "other", year: "2015-16").costs.isEmpty)
    }
}
