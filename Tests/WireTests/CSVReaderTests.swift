import ChequebookModel
import ChequebookWire
import Testing

@Suite("The CSV reader")
struct CSVReaderTests {
    @Test(
        "gives the fields of RFC 4180, each with the line on which its row begins",
        arguments: [
            ("", []), ("a", [CSVRow(1, "a")]), ("a,b\r\nc,d\r\n", [CSVRow(1, "a", "b"), CSVRow(2, "c", "d")]),
            ("a,b\nc,d", [CSVRow(1, "a", "b"), CSVRow(2, "c", "d")]),
            ("a,b\r\nc\n", [CSVRow(1, "a", "b"), CSVRow(2, "c")]),
            (",\n", [CSVRow(1, "", "")]), ("a,,c\n", [CSVRow(1, "a", "", "c")]), ("a,", [CSVRow(1, "a", "")]),
            ("\"a\",\"b\"\n", [CSVRow(1, "a", "b")]), ("\"a \"\"b\"\"\",c\n", [CSVRow(1, "a \"b\"", "c")]),
            ("\"\"\"\"\n", [CSVRow(1, "\"")]), ("\"a,b\",\"\"\n", [CSVRow(1, "a,b", "")]),
            ("\"a\nb\r\nc\",d\ne\n", [CSVRow(1, "a\nb\r\nc", "d"), CSVRow(4, "e")]), ("\"\"\n", [CSVRow(1, "")]),
            ("\"a\"", [CSVRow(1, "a")]), ("\"a\"\r\nb\r", [CSVRow(1, "a"), CSVRow(2, "b")]),
            (" a , b \n", [CSVRow(1, " a ", " b ")]), ("'=1,+2\n", [CSVRow(1, "'=1", "+2")]),
            ("é,\u{1F600}\n", [CSVRow(1, "é", "\u{1F600}")]),
        ])
    func rows(text: String, expected: [CSVRow]) {
        #expect(CSVRow.all(in: text) == expected)
    }

    @Test("skips blank lines and counts them, also after the last row")
    func blankLines() {
        #expect(
            CSVRow.all(in: "\n \t\r\na\n\r\n\nb\n\n  ") == [CSVRow(3, "a"), CSVRow(6, "b")])
        #expect(CSVRow.all(in: "\"\"\n,\n") == [CSVRow(1, ""), CSVRow(2, "", "")])
    }

    @Test("skips a byte order mark at the start and nowhere else, and takes part of one for text")
    func byteOrderMark() {
        #expect(CSVRow.all(in: "\u{feff}a,b\n") == [CSVRow(1, "a", "b")])
        #expect(CSVRow.all(in: "\u{feff}\"a,b\"\n") == [CSVRow(1, "a,b")])
        #expect(CSVRow.all(in: "\u{feff}") == [])
        #expect(CSVRow.all(in: "\u{feff}\u{feff}a") == [CSVRow(1, "\u{feff}a")])
        #expect(CSVRow.all(in: "a\n\u{feff}b") == [CSVRow(1, "a"), CSVRow(2, "\u{feff}b")])
        for end in [[], [0x0a], [0x2c], [0x61]] as [[UInt8]] {
            let rows = CSVRow.all(in: [[0xef, 0xbb] + end])
            #expect(
                rows.first?.fields.first == String(decoding: [0xef, 0xbb] + end.filter { $0 == 0x61 }, as: UTF8.self))
        }
    }

    @Test(
        "tells what is not CSV with its row and its field, and goes on at the next line",
        arguments: [
            ("a,b\"c\nd\n", [CSVRow(1, fault: .strayQuote, at: 1), CSVRow(2, "d")]),
            ("a, \"b\"\nd\n", [CSVRow(1, fault: .strayQuote, at: 1), CSVRow(2, "d")]),
            ("\"a\"b,\"c\nd\n", [CSVRow(1, fault: .unclosedQuote, at: 1)]),
            ("\"a\" ,b\nd\n", [CSVRow(1, fault: .textAfterQuote, at: 0), CSVRow(2, "d")]),
            ("a\rb\nd\n", [CSVRow(1, fault: .strayCarriageReturn, at: 0), CSVRow(2, "d")]),
            ("a,b\r\r\nd\n", [CSVRow(1, fault: .strayCarriageReturn, at: 1), CSVRow(2, "d")]),
            ("a\nb,\"c\nd\n", [CSVRow(1, "a"), CSVRow(2, fault: .unclosedQuote, at: 1)]),
            ("\"", [CSVRow(1, fault: .unclosedQuote, at: 0)]), ("\"a\"\"", [CSVRow(1, fault: .unclosedQuote, at: 0)]),
        ])
    func malformed(text: String, expected: [CSVRow]) {
        #expect(CSVRow.all(in: text) == expected)
    }

    @Test("gives the same rows in whatever parts the bytes come")
    func parts() {
        let text = """
            \u{feff}"id",name,\u{20ac}\r\n1,"a ""b"", c\r\nd",\n\n"x"y,2\n3,4"5\r\n6\r7,8\r\n \t\n"",\u{1F600}\r\n9,"open\n10
            """
        let bytes = Array(text.utf8)
        let whole = CSVRow.all(in: [bytes])
        #expect(whole.count == 7)
        #expect(CSVRow.all(in: bytes.map { [$0] }) == whole)
        for first in 0...bytes.count {
            #expect(CSVRow.all(in: [Array(bytes[..<first]), Array(bytes[first...])]) == whole, "at \(first)")
        }
    }

    @Test("takes a row of 16,384 bytes before its line feed and not one of a byte more")
    func rowBytes() {
        let most = String(repeating: "x", count: Limits.lineBytesMax)
        #expect(CSVRow.all(in: "\(most)\nb\n") == [CSVRow(1, most), CSVRow(2, "b")])
        #expect(CSVRow.all(in: "\(most)x\nb\n") == [CSVRow(1, fault: .tooLong), CSVRow(2, "b")])
        let quoted = "\"\(most.dropLast(3))\n\""
        #expect(CSVRow.all(in: "\(quoted)\nb\n").map(\.fault) == [nil, nil])
        #expect(CSVRow.all(in: "\(quoted),\nb\n") == [CSVRow(1, fault: .tooLong), CSVRow(3, "b")])
    }

    @Test("reads a row that is too long to its end, quotes and all, and takes none of it for a row")
    func tooLongInQuotes() {
        let lines = String(repeating: "uhb,1\n", count: Limits.lineBytesMax)
        #expect(
            CSVRow.all(in: "\"\(lines)\",2\nb\n") == [CSVRow(1, fault: .tooLong), CSVRow(Limits.lineBytesMax + 2, "b")])
        #expect(CSVRow.all(in: "a\n\"\(lines)") == [CSVRow(1, "a"), CSVRow(2, fault: .unclosedQuote, at: 0)])
    }

    @Test("takes 64 fields in a row and not one more")
    func columns() {
        let most = Array(repeating: "x", count: Limits.columnsMax).joined(separator: ",")
        #expect(CSVRow.all(in: "\(most)\n").map(\.fields.count) == [64])
        #expect(CSVRow.all(in: "\(most),\nb\n") == [CSVRow(1, fault: .tooManyFields), CSVRow(2, "b")])
    }
}
