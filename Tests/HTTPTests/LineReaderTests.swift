import ChequebookModel
import ChequebookWire
import NIOCore
import Testing

@testable import ChequebookHTTP

@Suite("A body of lines")
struct LineReaderTests {
    /// Notes what became of each line.
    private final class Notes: ItemIntake {
        var entries: [String] = []
        var hasEnded = false

        func take(_ item: JSONTokens, line: Int) throws(WireProblem) {
            if item.count == 1 { throw WireProblem(code: "single", pointer: "", detail: "") }
            entries.append("\(line) taken \(item.count)")
        }

        func reject(_ problem: WireProblem, line: Int, column: String?) { entries.append("\(line) \(problem.code)") }

        func end() { hasEnded = true }

        func abandon() {}
    }

    private static func notes(_ parts: [ArraySlice<UInt8>]) -> [String] {
        let notes = Notes()
        let reader = LineReader(JSONScanner(), notes)
        for part in parts { reader.received(ByteBuffer(bytes: part)) }
        reader.ended()
        #expect(notes.hasEnded)
        return notes.entries
    }

    private static let body = Array(
        """
        {"a":1}
        [1,2,3]

        "unclosed
        {"b":"é","c":"\\n"}\r
        7
        \u{20}\t
        {"d":
        }
        {"last":[]}
        """.utf8)

    private static let expected = [
        "1 taken 4", "2 taken 5", "4 malformed-json", "5 taken 6", "6 single", "8 malformed-json", "9 malformed-json",
        "10 taken 5",
    ]

    @Test("is read line by line, bad ones among them, with or without a line feed at its end")
    func whole() {
        #expect(Self.notes([Self.body[...]]) == Self.expected)
        #expect(Self.notes([Self.body + [0x0A]]) == Self.expected)
        #expect(Self.notes([]) == [])
    }

    @Test("is read alike whatever the parts in which it comes")
    func parts() {
        for cut in 0...Self.body.count {
            #expect(Self.notes([Self.body[..<cut], Self.body[cut...]]) == Self.expected, "cut at \(cut)")
        }
        for size in 1...9 {
            let parts = stride(from: 0, to: Self.body.count, by: size).map {
                Self.body[$0..<min($0 + size, Self.body.count)]
            }
            #expect(Self.notes(parts) == Self.expected, "parts of \(size)")
        }
    }

    @Test("has lines of at most the limit; one past it is refused, and the next is read")
    func length() {
        func line(_ count: Int) -> [UInt8] { [0x5B] + [UInt8](repeating: 0x20, count: count - 2) + [0x5D] }
        let limit = Limits.lineBytesMax
        for isCut in [false, true] {
            let body = line(limit) + [0x0A] + line(limit + 1) + [0x0A] + line(2)
            let parts = isCut ? [body[..<100], body[100..<(limit + 200)], body[(limit + 200)...]] : [body[...]]
            #expect(Self.notes(parts) == ["1 taken 2", "2 line-too-long", "3 taken 2"])
        }
    }
}
