import Testing

@testable import ChequebookReports

@Suite("CSV and tables of any answer")
struct RepresentationSheetTests {
    private static func cell(_ text: String) -> String {
        let line = SampleAnswer(rows: [SampleAnswer.Row(text: text)]).written(as: .csv)
            .dropFirst("title,text,inner.number,decimal,notes\r\nAll,".count)
        return String(line.dropLast(",,,\r\n".count))
    }

    @Test("CSV has a header row of paths and ends every line with CR LF")
    func csv() {
        let answer = SampleAnswer(rows: [
            SampleAnswer.Row(text: "plain", number: 12, decimal: "0.50"), SampleAnswer.Row(text: "more", number: -3),
        ])
        let expected =
            "title,text,inner.number,decimal,notes\r\n" + "All,plain,12,0.50,\r\n" + "All,more,-3,,\r\n"
        #expect(answer.written(as: .csv) == expected)
    }

    @Test("a list without elements still has its header row")
    func emptyList() {
        #expect(SampleAnswer(rows: []).written(as: .csv) == "title,text,inner.number,decimal,notes\r\n")
        #expect(
            SampleAnswer(rows: []).lines(as: .table) == [
                "text  number  decimal  notes", "----  ------  -------  -----",
            ])
    }

    @Test(
        "text with a comma, a quote or a line break is quoted, its quotes doubled",
        arguments: [
            ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("two\nlines", "\"two\nlines\""),
            ("two\r\nlines", "\"two\r\nlines\""), (" spaced ", " spaced "), ("Ynys Môn", "Ynys Môn"),
        ])
    func quoting(text: String, expected: String) {
        #expect(Self.cell(text) == expected)
    }

    @Test(
        "text that a spreadsheet would take for a formula gets an apostrophe",
        arguments: ["=1+1", "+44", "-x", "@SUM(A1)", "\tx"])
    func formula(text: String) {
        #expect(Self.cell(text) == "'" + text)
        #expect(Self.cell("a" + text) == "a" + text)
    }

    @Test("a formula with commas and quotes is made harmless inside its quotes")
    func quotedFormula() {
        #expect(Self.cell("=A(\"x\",1)") == "\"'=A(\"\"x\"\",1)\"")
        #expect(Self.cell("\rx") == "\"'\rx\"")
    }

    @Test("numbers are never touched, whole or not, however negative")
    func numbers() {
        let answer = SampleAnswer(rows: [SampleAnswer.Row(number: -1_000_000_000_000_000, decimal: "-0.01")])
        #expect(answer.lines(as: .csv)[1] == "All,,-1000000000000000,-0.01,")
    }

    @Test("a byte order mark stands in front of CSV only when asked for")
    func byteOrderMark() {
        let answer = SampleAnswer(rows: [])
        #expect(answer.bytes(as: .csv, hasByteOrderMark: true) == [0xef, 0xbb, 0xbf] + answer.bytes(as: .csv))
        #expect(answer.bytes(as: .table, hasByteOrderMark: true) == answer.bytes(as: .table))
        #expect(answer.bytes(as: .json, hasByteOrderMark: true) == answer.bytes(as: .json))
    }

    @Test("a list in a row becomes one cell")
    func listInCell() {
        let row = SampleAnswer.Row(notes: [(code: "QHL", from: "2022-07-01"), (code: "QUA", from: "2023-04-01")])
        #expect(SampleAnswer(rows: [row]).lines(as: .csv)[1] == "All,,,,QHL from 2022-07-01; QUA from 2023-04-01")
    }

    @Test("a table has text to the left and numbers to the right, under a rule")
    func table() {
        let answer = SampleAnswer(rows: [
            SampleAnswer.Row(text: "Môn", number: 7, decimal: "-12.50"),
            SampleAnswer.Row(text: "longer", number: 123_456_789),
        ])
        #expect(
            answer.written(as: .table) == """
                text       number  decimal  notes
                ------  ---------  -------  -----
                Môn             7   -12.50
                longer  123456789

                """)
    }

    @Test("text in a table is cut at its width, one past it and not at it")
    func cut() {
        let rows = [SampleAnswer.Row(text: "sixsix"), SampleAnswer.Row(text: "seven77")]
        let lines = SampleAnswer(rows: rows, textWidthMax: 6).lines(as: .table)
        #expect(lines[2...] == ["sixsix", "seven…"])
        #expect(SampleAnswer(rows: rows, textWidthMax: 6).lines(as: .csv)[2] == "All,seven77,,,")
    }

    @Test("nothing in a table steers the terminal")
    func control() {
        let rows = [SampleAnswer.Row(text: "a\u{1b}[31mb\u{9b}c\u{7f}\nd")]
        #expect(SampleAnswer(rows: rows).lines(as: .table)[2] == "a [31mb c  d")
    }

    @Test("JSON says what it always said: a number that is not whole is a string")
    func json() {
        let row = SampleAnswer.Row(text: "x", number: 1, decimal: "-69.00", notes: [(code: "A", from: "b")])
        #expect(
            SampleAnswer(rows: [row]).written(as: .json) == """
                {"title":"All","rows":[{"text":"x","inner":{"number":1},"decimal":"-69.00",\
                "notes":[{"code":"A","from":"b"}]}]}

                """)
    }
}
