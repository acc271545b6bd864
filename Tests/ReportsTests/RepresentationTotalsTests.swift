import ChequebookModel
import Testing

@testable import ChequebookReports

/// A rate of 36,600 is 100 pence a day in 2015-16; ten days are registered. 1,250 was spent on one of them, 99 later.
@Suite("Totals as CSV and tables")
struct RepresentationTotalsTests {
    private func column(_ name: String, of answer: some Answer) throws -> [String] {
        let lines = answer.lines(as: .csv).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let index = try #require(lines.first?.firstIndex { $0 == name })
        return lines.dropFirst().map { String($0[index]) }
    }

    @Test("everybody's totals are a row for each commissioner, then what is nobody's and the sum")
    func all() throws {
        let answer = try SampleDesk().totals()
        #expect(try column("commissioner", of: answer) == ["05C", "15E", "unattributed", "total"])
        #expect(try column("cost.totalPence", of: answer) == ["0", "1250", "99", "1349"])
        #expect(try column("cost.events", of: answer) == ["0", "1", "1", "2"])
        #expect(try column("budget.totalPence", of: answer) == ["0", "1000", "", "1000"])
        #expect(try column("budget.bySetting.primary", of: answer) == ["0", "1000", "", "1000"])
        #expect(try column("variance.percent", of: answer) == ["", "-25.00", "", "-34.90"])
        #expect(try column("through", of: answer) == ["2015-09-30", "2015-09-30", "", ""])
    }

    @Test("everybody's totals as a table")
    func allTable() throws {
        #expect(
            try SampleDesk().totals().written(as: .table) == """
                commissioner  name            people  costPence  budgetPence  variancePence  percent
                ------------  --------------  ------  ---------  -----------  -------------  -------
                05C           NHS Dudley CCG       0          0            0              0
                15E           NHS Test CCG         0       1250         1000           -250   -25.00
                unattributed                                 99
                total                              0       1349         1000           -349   -34.90

                """)
    }

    @Test("one commissioner's totals are one row, a breakdown a row for each of its rows")
    func one() throws {
        let books = SampleDesk()
        let whole = try books.totals(of: "15E")
        #expect(try column("commissioner", of: whole) == ["15E"])
        #expect(try column("population.personYears", of: whole) == ["0.027"])
        #expect(
            try books.totals(of: "15E", by: [.setting, .month]).lines(as: .csv) == [
                "commissioner,year,through,asOf,setting,month,costPence,events,budgetPence",
                "15E,2015-16,2015-09-30,,primary,2015-04,1250,1,1000",
            ])
        #expect(
            try books.totals(of: "15E", by: [.provider]).lines(as: .csv) == [
                "commissioner,year,through,asOf,provider,costPence,events", "15E,2015-16,2015-09-30,,,1250,1",
            ])
    }

    @Test("everybody's breakdowns add up: the rows and what is nobody's are the total")
    func allByGroup() throws {
        #expect(
            try SampleDesk().totals(by: [.group]).lines(as: .csv) == [
                "commissioner,year,through,asOf,group,costPence,events,budgetPence",
                "15E,2015-16,2015-09-30,,older,1250,1,1000", "unattributed,,,,,99,1,", "total,,,,,1349,2,1000",
            ])
    }

    @Test("the columns are the question's, whatever the figures")
    func columns() throws {
        let nobody = AllTotalsAnswer([], unattributed: .init(), year: "2015-16", by: [.group])
        let books = SampleDesk()
        #expect(try nobody.lines(as: .csv)[0] == books.totals(by: [.group]).lines(as: .csv)[0])
        #expect(try books.totals(of: "05C").lines(as: .csv)[0] == books.totals(of: "15E").lines(as: .csv)[0])
    }

    @Test("no figure of the JSON is missing in the CSV")
    func complete() throws {
        let answer = try SampleDesk().totals(of: "15E")
        var writer = AnswerTreeWriter()
        answer.write(to: &writer)
        #expect(writer.tree.leafPaths == answer.layout.columns.map(\.path.text))
    }

    @Test("a long name and a budget of ten milliard pounds fit a terminal of 120 columns")
    func width() throws {
        let books = SampleDesk(name: String(repeating: "Integrated Care ", count: 12))
        let answer = try books.totals(of: "15E")
        let lines = answer.lines(as: .table)
        #expect(lines.allSatisfy { $0.count <= 120 })
        // The heading of each of the four figures is no wider than twelve digits and a sign.
        #expect(lines[1].count + (13 - 9) + (13 - 11) <= 120)
        #expect(lines[2].contains("Integrated Care Integrated Care Int…"))
    }
}

extension AnswerTree {
    /// The paths of all values that are not objects, in their order.
    fileprivate var leafPaths: [String] {
        guard case .object(let members) = self else { return [] }
        return members.flatMap { member in
            let inner = member.value.leafPaths
            return inner.isEmpty ? [member.name] : inner.map { "\(member.name).\($0)" }
        }
    }
}
