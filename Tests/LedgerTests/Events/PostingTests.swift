import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A cost that is posted")
struct PostingTests {
    @Test("counts once, under the patient's commissioner, group, setting and month")
    func oneCell() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older)
        #expect(books.post(cost("e1", 12_500, for: .ann, on: "2015-06-02")) == .posted(isUnattributed: false))
        #expect(books.costs("15E")[.secondary, .older, 2] == CostFigures.Cell(pence: 12_500, events: 1))
        #expect(books.costs("15E").sum() == CostFigures.Cell(pence: 12_500, events: 1))
        #expect(books.costs("05L") == CostFigures())
        #expect(books.unattributed == CostFigures())
    }

    @Test("on 29 February counts from that day on, in February")
    func leapDay() {
        let books = Books(today: "2016-03-15")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 700, for: .ann, on: "2016-02-28"))
        books.post(cost("e2", 2_900, for: .ann, on: "2016-02-29"))
        books.post(cost("e3", 100, for: .ann, on: "2016-03-01"))
        #expect(books.costPence("15E", through: "2016-02-28") == 700)
        #expect(books.costPence("15E", through: "2016-02-29") == 3_600)
        #expect(books.costPence("15E", through: "2016-03-01") == 3_700)
        #expect(books.costs("15E").sum(month: 10).pence == 3_600)
    }

    @Test("on 31 March and on 1 April counts in different years")
    func yearEnd() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2010-01-01")
        let days: [(Identifier, CalendarDate)] = [
            ("e1", "2015-03-31"), ("e2", "2015-04-01"), ("e3", "2016-03-31"), ("e4", "2016-04-01"),
        ]
        for (place, day) in days.enumerated() {
            books.post(cost(day.0, [1, 10, 100, 1_000][place], for: .ann, on: day.1))
        }
        #expect(books.costPence("15E", year: "2014-15") == 1)
        #expect(books.costPence("15E", year: "2015-16") == 110)
        #expect(books.costPence("15E", year: "2016-17") == 1_000)
        #expect(books.costs("15E").sum(month: 0).pence == 10)
        #expect(books.costs("15E").sum(month: 11).pence == 100)
        #expect(books.costPence("15E", through: "2015-04-01") == 10)
    }

    @Test("adds up through every day of a year to what was posted up to it", arguments: ["2014-15", "2015-16"])
    func everyDay(_ name: String) throws {
        let year = try #require(FinancialYear(name))
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2010-01-01")
        for day in 0..<year.dayCount {
            let id = try #require(Identifier("day-\(day)"))
            books.post(cost(id, Int64(day) + 1, for: .ann, on: year.firstDay.adding(days: day)))
        }
        for day in 0..<year.dayCount {
            // 1 + 2 + … + n = n (n + 1) ÷ 2
            let sum = Int128((day + 1) * (day + 2) / 2)
            #expect(books.costPence("15E", year: year, through: year.firstDay.adding(days: day)) == sum)
        }
    }

    @Test("of nothing is a contact: an event that cost 0")
    func nothing() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 0, for: .ann, on: "2015-06-02"))
        #expect(books.costs("15E").sum() == CostFigures.Cell(pence: 0, events: 1))
    }

    @Test("of the most that one can be adds up beyond 64 bits")
    func most() throws {
        let books = Books(today: "2015-11-01")
        for number in 0..<10_000 {
            let id = try #require(Identifier("block-\(number)"))
            books.post(cost(id, Limits.amountPenceMax, for: nil, on: "2015-06-02", commissioner: "15E"))
        }
        // 10^15 × 10^4 = 10^19, and Int64 ends at 9.2 × 10^18.
        #expect(books.costs("15E").sum() == CostFigures.Cell(pence: 10_000_000_000_000_000_000, events: 10_000))
        #expect(books.costs("15E").withoutPatientPence == 10_000_000_000_000_000_000)
    }

    @Test("as a credit takes off, and is shown among the credits")
    func credits() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 10_000, for: .ann, on: "2015-06-02"))
        books.post(cost("e2", 12_000, for: .ann, on: "2015-07-02", kind: .credit))
        books.post(cost("e3", 500, for: nil, on: "2015-07-02", commissioner: "15E", kind: .credit))
        // 10,000 − 12,000 − 500
        #expect(books.costs("15E").sum() == CostFigures.Cell(pence: -2_500, events: 3))
        #expect(books.costs("15E").creditsPence == -12_500)
        #expect(books.costs("15E").withoutPatientPence == -500)
        #expect(books.ledger.figures("15E", "2015-16", through: "2015-07-01")?.cost.creditsPence == 0)
    }

    @Test("without a patient counts for the commissioner that it names, in no group")
    func withoutPatient() {
        let books = Books(today: "2015-11-01")
        let event = cost("e1", 90_000, for: nil, on: "2015-06-02", commissioner: "05L")
        #expect(books.post(event) == .posted(isUnattributed: false))
        #expect(books.costs("05L")[.secondary, nil, 2] == CostFigures.Cell(pence: 90_000, events: 1))
        #expect(books.costs("05L").withoutPatientPence == 90_000)
        #expect(books.ledger.figures("05L", "2015-16", through: "2015-06-01")?.cost.withoutPatientPence == 0)
    }

    @Test("before the patient was born is posted: money is never turned away for a wrong birthday")
    func beforeBirth() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-08-01", born: "2015-08-01")
        #expect(books.post(cost("e1", 100, for: .ann, on: "2015-07-31")) == .posted(isUnattributed: true))
        let stated = cost("e2", 100, for: .ann, on: "2015-07-31", commissioner: "15E")
        #expect(books.post(stated) == .posted(isUnattributed: false))
    }

    @Test("early in 1900, before the first financial year, is kept and moves about in no total")
    func before1900() {
        let books = Books(today: "2015-11-01")
        let empty = books.everything
        books.register(.ann, with: "15E", from: "1900-01-01", until: "1900-03-01", born: "1900-01-01")
        #expect(books.post(cost("e1", 100, for: .ann, on: "1900-01-01")) == .posted(isUnattributed: false))
        #expect(books.post(cost("e2", 100, for: .ann, on: "1900-03-31")) == .posted(isUnattributed: true))
        #expect(books.event("e1")?.commissioner == "15E")
        #expect(books.event("e1")?.funder == "15E")
        books.register(.ann, with: "05L", from: "1900-01-01", born: "1900-01-01")
        #expect(books.event("e2")?.commissioner == "05L")
        let second = cost("e1", 100, for: .ann, on: "1900-04-01", version: 2)
        #expect(books.post(second) == .reposted(isUnattributed: false))
        #expect(books.costs("05L", year: "1900-01").sum().pence == 100)
        #expect(books.reverse("e2", by: "r1") == .posted(isUnattributed: false))
        #expect(books.everything.costs == empty.costs)
    }
}
