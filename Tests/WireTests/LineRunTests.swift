import ChequebookWire
import Foundation
import Testing

@Suite("A run of lines that is indexed at once")
struct LineRunTests {
    private static func outcome(_ read: () throws(JSONError) -> JSONTokens) -> String {
        do throws(JSONError) {
            return JSONDocuments.render(try read())
        } catch {
            return "\(error.reason) in '\(error.pointer)' at \(error.byteOffset)"
        }
    }

    /// What each line is read as within the run, and on its own by another scanner.
    private static func outcomes(_ run: UnsafeRawBufferPointer) -> (inRun: [String], alone: [String]) {
        let lines = run.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
            .map { UnsafeRawBufferPointer(rebasing: $0) }
        let (scanner, other) = (JSONScanner(), JSONScanner())
        var inRun: [String] = []
        scanner.withIndex(ofLines: run) {
            inRun = lines.map { line in outcome { () throws(JSONError) in try scanner.scan(line: line) } }
        }
        return (inRun, lines.map { line in outcome { () throws(JSONError) in try other.scan(line) } })
    }

    private static func expectSame(_ lines: [[UInt8]], sourceLocation: SourceLocation = #_sourceLocation) {
        let run = lines.flatMap { (line: [UInt8]) -> [UInt8] in line + [0x0A] }
        let (inRun, alone) = run.withUnsafeBytes(outcomes)
        #expect(inRun == alone, "\(JSONDocuments.show(run))", sourceLocation: sourceLocation)
    }

    /// Those without a line feed of their own.
    private static let documents = (JSONDocuments.valid.map(\.bytes) + JSONDocuments.invalid.map(\.bytes))
        .filter { !$0.contains(0x0A) && $0.count < 10_000 }

    @Test("is read as its lines are one by one: all that are well-formed together")
    func wellFormed() {
        let lines = JSONDocuments.valid.map(\.bytes).filter { !$0.contains(0x0A) }
        Self.expectSame(lines)
        Self.expectSame(lines.reversed())
        Self.expectSame(lines.map { $0 + [0x0D] })
        Self.expectSame(lines.map { [0x20] + $0 + [0x20, 0x09] })
    }

    @Test("is read as its lines are one by one: any document between any two neighbours")
    func neighbours() {
        let event = Array(JSONDocuments.event.utf8)
        for document in Self.documents {
            Self.expectSame([event, document, event])
            Self.expectSame([document, document])
            Self.expectSame([[], document, [], [0x20], document, []])
        }
    }

    @Test("names the first of two wrong escapes, whatever the line ends in")
    func escapes() {
        let wrong = [#"\ud8"#, #"\u00g9"#, #"\ud800x"#, #"\ud800\u0041"#, #"\udc00"#, #"\="#, #"\u"#]
        for first in wrong {
            for second in wrong {
                for tail in ["", " ", "é", "😀"] {
                    let line = Array("\"\(first)\(second)\" \(tail)".utf8)
                    Self.expectSame([line, []])
                    Self.expectSame([Array("1".utf8), line, Array("2".utf8)])
                }
            }
        }
    }

    @Test("refuses a control character behind a number or a word alike, whatever simdjson takes it for")
    func controlCharacters() {
        // With a line that does not end in ASCII simdjson's index is not used.
        let tails: [[UInt8]] = [[], [0x31], [0xEF, 0xBB, 0xBF], [0xA2], Array("é".utf8)]
        for control in 0..<0x20 as Range<UInt8> where control != 0x0A {
            for before in ["6", "-0.5", "123456789012", "true", "null", "\"a\"", "[6", "{\"a\":6", "[", ""] {
                for tail in tails {
                    let line = Array(before.utf8) + [control, control] + tail
                    Self.expectSame([line])
                    Self.expectSame([Array("{}".utf8), line, Array("{}".utf8)])
                }
            }
        }
        for control in ["\u{0c}", "\u{1a}"] {
            for (word, reason) in [("6", "badNumber"), ("true", "badLiteral")] {
                let (inRun, alone) = Array("\(word)\(control)\n".utf8).withUnsafeBytes(Self.outcomes)
                #expect(inRun == alone)
                #expect(inRun.first?.hasPrefix(reason) == true, "\(inRun)")
            }
        }
    }

    @Test("keeps what is open at the end of a line from what the next line begins with")
    func openEnds() {
        let beginnings = [
            "{", "{\"a\":1", "{\"a\":1,", "{\"a\":", "{\"a\"", "[", "[1", "[1,", "1,", "1", "\"a\"", "tr", "\\",
        ]
        let rests = ["}", "]", ",\"b\":2}", "\"b\":2}", "2]", ",2]", "ue", "\"", "\"b\"", "2", ":1}", "n\"", "\\\""]
        for beginning in beginnings {
            for rest in rests { Self.expectSame([Array(beginning.utf8), Array(rest.utf8)]) }
        }
    }

    @Test("is read as its lines are one by one, however they are damaged", arguments: [11, 12, 13] as [UInt64])
    func damaged(seed: UInt64) {
        var random = JSONMemoryTests.SplitMix64(state: seed)
        for _ in 0..<1_500 {
            let count = Int.random(in: 1...4, using: &random)
            Self.expectSame((0..<count).map { _ in JSONMemoryTests.mutated(&random) }.filter { !$0.contains(0x0A) })
        }
    }

    @Test("gives every line what a document gets, also behind a line that was left out, or read again")
    func order() {
        let run = Array("{\"a\":1}\n[2]\n{\"b\":\"c\"}\n".utf8)
        run.withUnsafeBytes { run in
            let lines = run.split(separator: 0x0A).map { UnsafeRawBufferPointer(rebasing: $0) }
            let scanner = JSONScanner()
            for order in [[2], [0, 2], [2, 0], [1, 1], [2, 1, 0], [0, 0, 1, 2]] {
                scanner.withIndex(ofLines: run) {
                    for index in order {
                        let tokens = Self.outcome { () throws(JSONError) in try scanner.scan(line: lines[index]) }
                        #expect(tokens == ["{ a: 1 }", "[ 2 ]", "{ b: \"c\" }"][index])
                    }
                }
            }
        }
    }

    @Test("is forgotten at its end: other bytes at the same address are read as they are")
    func forgotten() {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 1)
        defer { bytes.deallocate() }
        let scanner = JSONScanner()
        bytes.copyBytes(from: "[1,2,3]\n".utf8)
        scanner.withIndex(ofLines: UnsafeRawBufferPointer(bytes)) {}
        bytes.copyBytes(from: "{\"a\":0}\n".utf8)
        let line = UnsafeRawBufferPointer(rebasing: bytes[..<7])
        #expect(Self.outcome { () throws(JSONError) in try scanner.scan(line: line) } == "{ a: 0 }")
    }

    @Test("may be longer than a document: its lines are then read one by one")
    func tooLong() {
        let scanner = JSONScanner(limits: JSONLimits(documentBytesMax: 8))
        let run = Array("[1,2,3]\n[4]\n".utf8)
        run.withUnsafeBytes { run in
            scanner.withIndex(ofLines: run) {
                let last = UnsafeRawBufferPointer(rebasing: run[8..<11])
                #expect(Self.outcome { () throws(JSONError) in try scanner.scan(line: last) } == "[ 4 ]")
            }
        }
    }

    @Test("is read without a look at the page before or behind it")
    func pages() throws {
        let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))
        let pages = try #require(mmap(nil, 3 * pageBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))
        try #require(pages != MAP_FAILED)
        defer { munmap(pages, 3 * pageBytes) }
        try #require(mprotect(pages, pageBytes, PROT_NONE) == 0)
        try #require(mprotect(pages + 2 * pageBytes, pageBytes, PROT_NONE) == 0)
        for text in ["1\n12\n123\n", "[1]\n{\"a\":12345678}\n", "1234567\n", JSONDocuments.event + "\n"] {
            for start in [pages + pageBytes, pages + 2 * pageBytes - text.utf8.count] {
                let run = UnsafeMutableRawBufferPointer(start: start, count: text.utf8.count)
                run.copyBytes(from: text.utf8)
                let (inRun, alone) = Self.outcomes(UnsafeRawBufferPointer(run))
                #expect(inRun == alone)
            }
        }
    }
}

@Suite("A whole number")
struct WholeNumberTests {
    private static func outcome(_ number: String, behind count: Int) -> String {
        let document = Array((String(repeating: " ", count: count) + number).utf8)
        let scanner = JSONScanner()
        return document.withUnsafeBytes { JSONDocuments.outcome($0, scanner) }
    }

    @Test("is read alike wherever it stands, at every length")
    func everyLength() {
        var random = JSONMemoryTests.SplitMix64(state: 21)
        for length in 1...18 {
            for _ in 0..<40 {
                let rest = (1..<length).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
                let digits = "\(Int.random(in: 1...9, using: &random))" + rest
                for count in 0...9 {
                    #expect(Self.outcome(digits, behind: count) == digits)
                    #expect(Self.outcome("-" + digits, behind: count) == "-" + digits)
                }
            }
        }
    }

    @Test("with one byte changed is refused or read alike with and without bytes before it")
    func mutants() {
        for number in ["7", "10", "987", "1234567", "90000009", "123456789"] {
            let plain = Array(number.utf8)
            for index in plain.indices {
                for byte in UInt8.min...UInt8.max where byte != 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 {
                    var mutant = plain
                    mutant[index] = byte
                    let scanner = JSONScanner()
                    let inList = (Array("[\"12345678\",".utf8) + mutant + [0x5D]).withUnsafeBytes {
                        JSONDocuments.outcome($0, scanner)
                    }
                    let isNumber = Int64(String(decoding: mutant, as: UTF8.self)).map { "\($0)" }
                    let hasDigitsAlone = mutant.allSatisfy { (0x30...0x39).contains($0) }
                    let isPlain = hasDigitsAlone && (mutant[0] != 0x30 || mutant == [0x30])
                    if isPlain {
                        #expect(inList == "[ \"12345678\" \(isNumber ?? "") ]")
                    } else {
                        #expect(!inList.hasSuffix(" \(number) ]"))
                    }
                }
            }
        }
    }
}
