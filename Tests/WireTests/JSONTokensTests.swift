import ChequebookWire
import Testing

@Suite("JSON tokens")
struct JSONTokensTests {
    let scanner = JSONScanner()

    /// Gives the tokens of a document while it is in memory.
    func withTokens(_ text: String, list: StaticString? = nil, _ body: (JSONTokens) throws -> Void) throws {
        let document = UnsafeRawBufferPointer.copy(Array(text.utf8))
        defer { document.deallocate() }
        try body(list.map { try scanner.open(document, list: $0) } ?? scanner.scan(document))
    }

    @Test("members and elements are visited once each, in order, whatever they contain")
    func traversal() throws {
        try withTokens(#"{"a":[1,{"x":[]},[2]],"b":{"c":{}},"d":3}"#) { tokens in
            let keys = tokens.members().map { String(decoding: $0.key.text, as: UTF8.self) }
            #expect(keys == ["a", "b", "d"])
            let members = Array(tokens.members())
            let elementKinds = tokens.elements(of: members[0].valueIndex).map { tokens[$0].kind }
            #expect(elementKinds == [.integer, .objectBegin, .arrayBegin])
            #expect(members[0].value.childCount == 3)
            #expect(members[1].value.childCount == 1)
            #expect(members[2].value.integer == 3)
            #expect(tokens[0].childCount == 3)
            #expect(tokens.index(after: 0) == tokens.count)
            #expect(Array(tokens.elements(of: 0)).isEmpty)
            #expect(Array(tokens.members(of: members[0].valueIndex)).isEmpty)
        }
        try withTokens("{}") { tokens in #expect(Array(tokens.members()).isEmpty) }
        try withTokens("7") { tokens in #expect(Array(tokens.members()).isEmpty) }
    }

    @Test("a begin, its end and what is between them know how deep they are")
    func depth() throws {
        try withTokens(#"[1,{"a":[true]}]"#) { tokens in
            #expect((0..<tokens.count).map { tokens[$0].depth } == [0, 1, 1, 2, 2, 3, 2, 1, 0])
        }
    }

    @Test("a key is matched by its own literal, and by none that is longer, shorter or other")
    func literals() throws {
        try withTokens(#"{"service":1,"serviceDate":2,"amount\u0050ence":3,"":4,"integer":5}"#) { tokens in
            let names = tokens.members().map { member in
                switch member.key {
                case "serviceDate": "serviceDate"
                case "servicedate": "servicedate"
                case "service": "service"
                case "amountPence": "amountPence"
                case "": "empty"
                default: "unknown"
                }
            }
            #expect(names == ["service", "serviceDate", "amountPence", "empty", "unknown"])
            #expect(!tokens[2].isText("1"))
        }
    }

    @Test("every value and key has the pointer that RFC 6901 gives it")
    func pointers() throws {
        try withTokens(#"{"rates":[{"setting":"a"},{},[3,[4,"x"]]],"m~n":{"a/b":null},"":0}"#) { tokens in
            let pointers = (0..<tokens.count).map { tokens.pointer(at: $0) }
            #expect(
                pointers == [
                    "", "/rates", "/rates", "/rates/0", "/rates/0/setting", "/rates/0/setting", "/rates/0", "/rates/1",
                    "/rates/1", "/rates/2", "/rates/2/0", "/rates/2/1", "/rates/2/1/0", "/rates/2/1/1", "/rates/2/1",
                    "/rates/2", "/rates", "/m~0n", "/m~0n", "/m~0n/a~1b", "/m~0n/a~1b", "/m~0n", "/", "/", "",
                ])
        }
    }

    func items() throws -> [String] {
        var items: [String] = []
        while let item = try scanner.nextItem() { items.append(JSONDocuments.render(item)) }
        return items
    }

    @Test("a list is given as its outline and then item by item")
    func list() throws {
        let document = #" {"a":[1,"\n"],"events":[ {"id":"\u0031"} , 2 ,[3],"\t" ],"b":{"events":[4]}} "#
        try withTokens(document, list: "events") { tokens throws in
            #expect(JSONDocuments.render(tokens) == "{ a: [ 1 \"\n\" ] events: [ ] b: { events: [ 4 ] } }")
            #expect(tokens[7].childCount == 4)
            #expect(try items() == [#"{ id: "1" }"#, "2", "[ 3 ]", "\"\t\""])
            #expect(try items() == [])
        }
    }

    @Test(
        "a document without the list is read whole and has no items",
        arguments: [
            (#"{"events":{}}"#, "{ events: { } }"), (#"{"event":[1]}"#, "{ event: [ 1 ] }"), ("[[1]]", "[ [ 1 ] ]"),
            (#"["events",[1]]"#, #"[ "events" [ 1 ] ]"#), (#"{"events":[]}"#, "{ events: [ ] }"),
            (#"{"a":{"events":[1]}}"#, "{ a: { events: [ 1 ] } }"), ("1", "1"),
        ])
    func noList(document: String, rendered: String) throws {
        try withTokens(document, list: "events") { tokens throws in
            #expect(JSONDocuments.render(tokens) == rendered)
            #expect(try items() == [])
        }
    }

    @Test("a list body is refused whole, with the item and the field, before any item is given")
    func malformedList() throws {
        for (document, reason, pointer) in [
            (#"{"events":[{"a":1},{"a":[0,01]}]}"#, JSONError.Reason.badNumber, "/events/1/a/1"),
            (#"{"a":1,"events":[0,{"b":[[],[1,2],{}],"c":[{},[3],x]}]}"#, .expectedValue, "/events/1/c/2"),
            (#"{"events":[1,2,3 4]}"#, .expectedComma, "/events/2"),
            (#"{"events":[1,2,]}"#, .trailingComma, "/events/2"),
            (#"{"events":[1,2}"#, .expectedComma, "/events/1"),
            (#"{"events":[1,2"#, .incomplete, "/events/1"),
            (#"{"events":[1,2],"b":x}"#, .expectedValue, "/b"),
            (#"{"events":[1,2]} 3"#, .trailingContent, ""),
            ("{\"events\":[1,{\"a\":\"\u{1}\"}]}", .controlCharacter, "/events/1/a"),
        ] {
            let error = try #require(throws: JSONError.self) { try withTokens(document, list: "events") { _ in } }
            #expect(error.reason == reason)
            #expect(error.pointer == pointer)
            #expect(try items() == [])
        }
    }

    @Test("an item is held to the same limits in a list as on its own, and so is what surrounds the list")
    func listLimits() throws {
        let scanner = JSONScanner(limits: JSONLimits(tokenCountMax: 5, depthMax: 2))
        func open(_ text: String) throws {
            let document = UnsafeRawBufferPointer.copy(Array(text.utf8))
            defer { document.deallocate() }
            _ = try scanner.open(document, list: "l")
            while try scanner.nextItem() != nil {}
        }
        try open(#"{"l":[[1,2,3],[[]],[4,5,6]]}"#)
        for (document, reason, pointer) in [
            (#"{"l":[0,[1,2,3,4]]}"#, JSONError.Reason.tooManyTokens, "/l/1/3"),
            (#"{"l":[0,[[[]]]]}"#, .tooDeep, "/l/1/0/0"),
            (#"{"l":[0],"m":1}"#, .tooManyTokens, "/m"),
        ] {
            let error = try #require(throws: JSONError.self) { try open(document) }
            #expect(error.reason == reason)
            #expect(error.pointer == pointer)
        }
    }
}
