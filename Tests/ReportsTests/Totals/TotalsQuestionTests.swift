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
        let question = try TotalsQuestion(year: "2015-16", through: asked, today: today)
        #expect(question.through == through)
    }

    @Test(
        "as of a day goes through the day asked for, else the earlier of that day and the year's last day",
        arguments: [
            (nil, "2015-11-15", "2015-11-15"), (nil, "2016-03-31", "2016-03-31"), (nil, "2016-04-01", "2016-03-31"),
            (nil, "2015-04-01", "2015-04-01"), (nil, "2015-03-31", nil), ("2015-12-24", "2015-11-15", "2015-12-24"),
            ("2015-04-01", "2015-11-15", "2015-04-01"), ("2015-12-24", "2015-03-31", nil),
        ] as [(CalendarDate?, CalendarDate, CalendarDate?)])
    func throughAsOf(asked: CalendarDate?, asOf: CalendarDate, through: CalendarDate?) throws {
        let question = try TotalsQuestion(year: "2015-16", through: asked, asOf: asOf, today: "2026-01-05")
        #expect(question.through == through)
        #expect(question.moment == .asOf(asOf))
        #expect(try TotalsQuestion(year: "2015-16", through: asked, today: "2026-01-05").moment == .now)
    }

    @Test("may be as of yesterday, not as of today or later")
    func notClosed() throws {
        #expect(try TotalsQuestion(year: "2015-16", asOf: "2026-01-04", today: "2026-01-05").moment != .now)
        for asOf in ["2026-01-05", "2026-01-06"] as [CalendarDate] {
            #expect(throws: TotalsQuestion.Fault.asOfNotClosed) {
                try TotalsQuestion(year: "2015-16", asOf: asOf, today: "2026-01-05")
            }
        }
    }

    @Test("about a day outside its year is none", arguments: ["2015-03-31", "2016-04-01"] as [CalendarDate])
    func outside(day: CalendarDate) {
        for today in ["2026-01-05", "2015-01-01"] as [CalendarDate] {
            #expect(throws: TotalsQuestion.Fault.throughOutsideYear) {
                try TotalsQuestion(year: "2015-16", through: day, today: today)
            }
        }
    }
}
