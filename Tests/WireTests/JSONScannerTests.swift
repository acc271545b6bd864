import ChequebookWire
import Testing

@Suite("JSON scanner")
struct JSONScannerTests {
    let scanner = JSONScanner()

    func scan(_ text: String) throws -> String {
        try scan(text, with: scanner)
    }

    func scan(_ text: String, with scanner: JSONScanner) throws -> String {
        let document = UnsafeRawBufferPointer.copy(Array(text.utf8))
        defer { document.deallocate() }
        return JSONDocuments.render(try scanner.scan(document))
    }

    @Test("a well-formed document gives exactly its tokens", arguments: JSONDocuments.valid)
    func valid(document: ValidDocument) {
        let outcome = document.bytes.withUnsafeBytes { JSONDocuments.outcome($0, scanner) }
        #expect(outcome == document.tokens)
    }

    @Test("a malformed document is refused with the reason and the place", arguments: JSONDocuments.invalid)
    func invalid(document: InvalidDocument) {
        let outcome = document.bytes.withUnsafeBytes { JSONDocuments.outcome($0, scanner) }
        #expect(outcome == "\(document.reason) in '\(document.pointer)' at \(document.byteOffset)")
    }

    @Test("a document reads the same wherever it stands in a buffer, whatever stands around it")
    func offsets() {
        for document in JSONDocuments.valid.map(\.bytes) + JSONDocuments.invalid.map(\.bytes) {
            let alone = document.withUnsafeBytes { JSONDocuments.outcome($0, scanner) }
            for offset in 0...70 {
                let around: [UInt8] = [0x22, 0x5C, 0x5B, 0xE2, 0x31, 0x0A]
                let before = (0..<offset).map { around[$0 % around.count] }
                let buffer = before + document + around
                let within = buffer.withUnsafeBytes { bytes in
                    let place = bytes[offset..<offset + document.count]
                    return JSONDocuments.outcome(UnsafeRawBufferPointer(rebasing: place), scanner)
                }
                #expect(within == alone, "at offset \(offset)")
            }
        }
    }

    @Test("a truncated event is refused at every length")
    func truncated() throws {
        let event = Array(JSONDocuments.event.utf8)
        #expect(event.count + 1 == 231)
        for count in 0..<event.count {
            event.withUnsafeBytes { bytes in
                _ = #expect(throws: JSONError.self) {
                    try scanner.scan(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                }
            }
        }
    }

    @Test("nesting is allowed to the limit and refused one past it")
    func depth() throws {
        let scanner = JSONScanner(limits: JSONLimits(depthMax: 3))
        #expect(try scan("[[[1]]]", with: scanner) == "[ [ [ 1 ] ] ]")
        #expect(try scan(#"{"a":[{"b":1}]}"#, with: scanner) == "{ a: [ { b: 1 } ] }")
        let error = try #require(throws: JSONError.self) { try scan(#"{"a":[0,{"b":[]}]}"#, with: scanner) }
        #expect(error.code == "too-deep")
        #expect(error.pointer == "/a/1/b")
        #expect(error.detail == "objects and arrays are nested more than 3 deep")
    }

    @Test("the default limit on nesting is 16, and the greatest is 64", arguments: [16, 64])
    func greatestDepth(depthMax: Int) throws {
        let scanner = depthMax == 16 ? scanner : JSONScanner(limits: JSONLimits(depthMax: depthMax))
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try scan(nested(depthMax), with: scanner).count == depthMax * 4 - 1)
        let error = try #require(throws: JSONError.self) { try scan(nested(depthMax + 1), with: scanner) }
        #expect(error.reason == .tooDeep)
    }

    @Test("a document may have as many tokens as the limit and not one more")
    func tokenCount() throws {
        let scanner = JSONScanner(limits: JSONLimits(tokenCountMax: 7))
        #expect(try scan("[1,2,3,4,5]", with: scanner) == "[ 1 2 3 4 5 ]")
        #expect(try scan(#"{"a":1,"b":[]}"#, with: scanner) == "{ a: 1 b: [ ] }")
        for tooMany in ["[1,2,3,4,5,6]", "[1,2,3,4,5,[]]", #"{"a":1,"b":[2]}"#, #"{"a":1,"b":2,"c":3}"#] {
            let error = try #require(throws: JSONError.self) { try scan(tooMany, with: scanner) }
            #expect(error.code == "too-many-values")
        }
    }

    @Test("a document may be as long as the limit and not a byte longer")
    func length() throws {
        let scanner = JSONScanner(limits: JSONLimits(documentBytesMax: 5))
        #expect(try scan("[123]", with: scanner) == "[ 123 ]")
        let error = try #require(throws: JSONError.self) { try scan("[1234]", with: scanner) }
        #expect(error.code == "too-large")
    }

    @Test("text stays right when the buffers grow for a longer document")
    func growth() throws {
        for length in [10, 4_095, 4_096, 100_000, 10] {
            let plain = String(repeating: "x", count: length)
            #expect(try scan("[\"\(plain)\"]") == "[ \"\(plain)\" ]")
            #expect(try scan("[\"\\n\(plain)\",\"\\t\"]") == "[ \"\n\(plain)\" \"\t\" ]")
        }
    }

    @Test("an error names keys only as far as they are printable ASCII of at most 64 bytes, and never a value")
    func nothingLeaks() throws {
        let long = String(repeating: "k", count: 65)
        for (key, shown) in [
            ("a b", "/a b/c"), ("\u{E9}", ""), ("a\\u000ab", ""), (long, "/" + String(repeating: "k", count: 64)),
            (String(long.dropLast()), "/" + String(repeating: "k", count: 64) + "/c"),
        ] {
            let error = try #require(throws: JSONError.self) { try scan("{\"\(key)\":{\"c\":+}}") }
            #expect(error.pointer == shown)
        }
        let event = Array(JSONDocuments.event.utf8)
        for index in event.indices {
            var damaged = event
            damaged[index] = 0xFF
            let error = damaged.withUnsafeBytes { bytes in
                #expect(throws: JSONError.self) { try scanner.scan(bytes) }
            }
            #expect(!String(reflecting: error).contains("9990000018"))
        }
    }

    @Test("every reason has a stable code and a detail of its own")
    func reasons() {
        #expect(JSONError.Reason.allCases.count == 20)
        let codes = Set(JSONError.Reason.allCases.map(\.code))
        #expect(
            codes == ["malformed-json", "bad-utf-8", "too-deep", "too-many-values", "too-large", "out-of-memory"])
        #expect(Set(JSONError.Reason.allCases.map { $0.detail(limits: JSONLimits()) }).count == 20)
    }
}

extension UnsafeRawBufferPointer {
    static func copy(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        copy.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(copy)
    }
}
