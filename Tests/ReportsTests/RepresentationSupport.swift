import ChequebookLedger
import ChequebookModel
import Testing

@testable import ChequebookReports

/// What a table is drawn from in these tests: any rows under a layout of the test's own.
struct SampleAnswer: Answer {
    struct Row {
        var text: String?
        var number: Int?
        var decimal: String?
        var notes: [(code: String, from: String)] = []
    }

    var rows: [Row]
    var textWidthMax = Int.max

    var layout: SheetLayout {
        var text: SheetLayout.Column = "text"
        text.tableWidthMax = textWidthMax
        return SheetLayout(
            lists: ["rows"],
            columns: [
                SheetLayout.Column("title", heading: nil), text, SheetLayout.Column("inner.number", heading: "number"),
                "decimal", "notes",
            ])
    }

    func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("title", "All")
            sink.key("rows")
            sink.array { sink in
                for row in rows {
                    sink.object { sink in
                        sink.member("text", row.text)
                        sink.key("inner")
                        sink.object { $0.member("number", row.number) }
                        sink.decimalMember("decimal", row.decimal)
                        sink.key("notes")
                        sink.array { sink in
                            for note in row.notes {
                                sink.object { sink in
                                    sink.member("code", note.code)
                                    sink.member("from", note.from)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A desk with two commissioners, one cost of theirs and one of nobody's, in 2015-16 (366 days).
struct SampleDesk {
    let desk = Desk()

    init(name: String = "NHS Test CCG") {
        desk.add("15E", name: name)
        desk.add("05C", name: "NHS Dudley CCG")
        let rate = CapitationRate(setting: .primary, annualPence: 36_600)
        desk.apply(.nationalRateCard(RateCard(year: "2015-16", rates: [rate])))
        desk.apply(
            .statement(
                Statement(
                    patient: "9990000018", commissioner: "15E", from: "2015-04-01", until: "2015-04-11",
                    born: "1950-01-01", sex: .female, group: .older)))
        desk.post("1", 1_250, for: "9990000018", on: "2015-04-02", setting: .primary)
        desk.post("2", 99, for: "9990000018", on: "2015-05-01", setting: .primary)
    }

    /// Everybody's totals through 30 September 2015.
    func totals(by dimensions: Set<BreakdownDimension>? = nil) throws -> AllTotalsAnswer {
        try question(by: dimensions).answer(from: desk.ledger)
    }

    func totals(of code: OrganisationCode, by dimensions: Set<BreakdownDimension>? = nil) throws -> TotalsAnswer {
        let answer = try question(by: dimensions).answer(code, from: desk.ledger)
        return try #require(answer)
    }

    private func question(by dimensions: Set<BreakdownDimension>?) throws -> TotalsQuestion {
        try TotalsQuestion(year: "2015-16", through: "2015-09-30", today: "2016-01-05", dimensions: dimensions)
    }
}

extension Answer {
    func written(as form: AnswerForm) -> String { text(bytes(as: form)) }

    /// The lines of a form, without their ends.
    func lines(as form: AnswerForm) -> [String] {
        let end = form == .csv ? "\r\n" : "\n"
        return written(as: form).split(separator: Character(end), omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }
}
