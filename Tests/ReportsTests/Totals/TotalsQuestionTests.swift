import ChequebookModel
import ChequebookReports
import Testing

@Suite("A totals question")
struct TotalsQuestionTests {
    @Test(
        "goes through the day asked for, else the earlier of today and the year's last day",
        arguments: [
            (nil, "2015-10-31", "2015-10-31"), (nil, "2016-03-31", "2016-03-31"), (nil, "2016-04-01", "2016-03-31"),
            (nil, "2015-04-01", "2015-04-01"), (nil, "2015-03-31", nil), ("2015-04-01", "2026-01-05", "2015-04-01"),
            ("2016-03-31", "2026-01-05", "2016-03-31"), ("2015-12-24", "2015-10-31", "2015-12-24"),
            ("2015-12-24", "2015-03-31", nil),
        ] as [(CalendarDate?, CalendarDate, CalendarDate?)])
    func through(asked: CalendarDate?, today: CalendarDate, through: CalendarDate?) throws {
        let question = try #require(TotalsQuestion(year: "2015-16", through: asked, today: today))
        #expect(question.through == through)
    }

    @Test("about a day outside its year is none", arguments: ["2015-03-31", "2016-04-01"] as [CalendarDate])
    func outside(day: CalendarDate) {
        #expect(TotalsQuestion(year: "2015-16", through: day, today: "2026-01-05") == nil)
        #expect(TotalsQuestion(year: "2015-16", through: day, today: "2015-01-01") == nil)
    }
}
