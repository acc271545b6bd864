import ChequebookModel
import ChequebookReports
import Foundation
import Testing

@Suite("JSON is written")
struct JSONWriterTests {
    private static func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return text(writer.bytes)
    }

    @Test("with a comma between values and nowhere else, however deep")
    func commas() {
        let document = Self.written { writer in
            writer.object { writer in
                writer.member("a", 1)
                writer.key("b")
                writer.array { writer in
                    writer.array { _ in }
                    writer.object { _ in }
                    writer.object { $0.member("c", 2) }
                    writer.integer(3)
                    writer.null()
                    writer.string("x")
                }
                writer.key("d")
                writer.object { writer in
                    writer.key("e")
                    writer.array { $0.array { $0.integer(4) } }
                }
                writer.member("f", nil as Int?)
            }
            writer.endLine()
        }
        #expect(document == #"{"a":1,"b":[[],{},{"c":2},3,null,"x"],"d":{"e":[[4]]},"f":null}"# + "\n")
    }

    @Test(
        "with quotes, backslashes and control characters escaped, and nothing else",
        arguments: [
            (#"say "no""#, #""say \"no\"""#), (#"C:\ledger"#, #""C:\\ledger""#), ("a/b", #""a/b""#), ("", #""""#),
            ("one\ntwo\ttabs\r", #""one\u000atwo\u0009tabs\u000d""#), ("\u{0}\u{1f}\u{10}", #""\u0000\u001f\u0010""#),
            ("\u{7f}", "\"\u{7f}\""), ("Ysbyty Gwynedd â £", #""Ysbyty Gwynedd â £""#), ("👩‍⚕️", #""👩‍⚕️""#),
        ])
    func escapes(text: String, json: String) {
        #expect(Self.written { $0.string(text) } == json)
    }

    @Test("with a short text of the model as its string would be, in a document of any capacity")
    func plainTexts() throws {
        let longest = String(repeating: "z", count: 64)
        for capacity in [0, 1, 63, 64, 65, 200, 10_000] {
            var writer = JSONWriter(byteCapacity: capacity)
            writer.array { writer in
                for _ in 0..<100 {
                    writer.plain(CalendarDate.min)
                    writer.word("social")
                    if let identifier = Identifier(longest) { writer.plain(identifier) }
                    writer.string(longest)
                    writer.integer(Int64.min)
                }
            }
            let element = #""1900-01-01","social","\#(longest)","\#(longest)",-9223372036854775808"#
            let expected = "[\(repeatElement(element, count: 100).joined(separator: ","))]"
            #expect(text(writer.bytes) == expected)
        }
    }

    @Test("so that another reader gets every character back")
    func everyCharacter() throws {
        let all = (0..<0x3000 as Range<UInt32>).compactMap { Unicode.Scalar($0).map(String.init) }.joined()
        let document = Self.written { writer in writer.object { $0.member("all", all) } }
        let read = try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: String]
        // Compared by scalars: a lone combining mark would make two strings equal that are not the same.
        #expect(Array(try #require(read?["all"]).unicodeScalars) == Array(all.unicodeScalars))
    }

    @Test("with integers of any width in plain digits")
    func integers() {
        #expect(Self.written { $0.integer(0) } == "0")
        #expect(Self.written { $0.integer(-7) } == "-7")
        #expect(Self.written { $0.integer(1_000_000) } == "1000000")
        #expect(Self.written { $0.integer(Int64.min) } == "-9223372036854775808")
        #expect(Self.written { $0.integer(Int64.max) } == "9223372036854775807")
        #expect(Self.written { $0.integer(UInt64.max) } == "18446744073709551615")
        #expect(Self.written { $0.integer(Int128(Int64.max) + 1) } == "9223372036854775808")
        #expect(Self.written { $0.integer(Int128(Int64.min) - 1) } == "-9223372036854775809")
        #expect(Self.written { $0.integer(Int128.max) } == "170141183460469231731687303715884105727")
        #expect(Self.written { $0.integer(Int128.min) } == "-170141183460469231731687303715884105728")
        #expect(Self.written { $0.integer(UInt8(9)) } == "9")
    }

    @Test("with every integer of a few digits as the language prints it")
    func smallIntegers() {
        for value in stride(from: -100_500, through: 100_500, by: 37) {
            #expect(Self.written { $0.integer(value) } == "\(value)")
        }
    }

    @Test("with null for what is not there")
    func nothing() {
        let document = Self.written { writer in
            writer.object { writer in
                writer.member("text", nil as String?)
                writer.member("number", nil as Int128?)
            }
        }
        #expect(document == #"{"text":null,"number":null}"#)
    }
}
