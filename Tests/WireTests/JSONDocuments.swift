import ChequebookWire
import Testing

/// A well-formed document and its tokens as `render` writes them.
struct ValidDocument: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let tokens: String
    var testDescription: String { JSONDocuments.show(bytes) }

    init(_ text: String, _ tokens: String) {
        bytes = Array(text.utf8)
        self.tokens = tokens
    }
}

/// A document that is refused, the reason, and where.
struct InvalidDocument: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let reason: JSONError.Reason
    let pointer: String
    let byteOffset: Int
    var testDescription: String { "\(JSONDocuments.show(bytes)) \(reason)" }

    init(_ text: String, _ reason: JSONError.Reason, _ pointer: String = "", at byteOffset: Int) {
        self.init(Array(text.utf8), reason, pointer, at: byteOffset)
    }

    init(_ bytes: [UInt8], _ reason: JSONError.Reason, _ pointer: String = "", at byteOffset: Int) {
        self.bytes = bytes
        self.reason = reason
        self.pointer = pointer
        self.byteOffset = byteOffset
    }
}

enum JSONDocuments {
    /// A cost event line of 231 bytes with its line feed.
    static let event =
        #"{"source":"trust-rxk","id":"2015-000001","patient":"9990000018","setting":"secondary","#
        + #""serviceDate":"2015-06-02","amountPence":12345,"provider":"RXK","service":"A-and-E-minor-injury-units","#
        + #""kind":"cost","version":1,"funder":"X24"}"#

    static func show(_ bytes: [UInt8]) -> String {
        bytes.prefix(250).map { byte in
            (0x20...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "<\(String(byte, radix: 16))>"
        }.joined()
    }

    /// Tokens as words: `{`, `}`, `[`, `]`, `key:`, `"string"`, the digits of an integer, `~` before a fraction and `^`
    /// before a big integer.
    static func render(_ tokens: JSONTokens) -> String {
        (0..<tokens.count).map { index -> String in
            let token = tokens[index]
            let text = String(decoding: token.text, as: UTF8.self)
            switch token.kind {
            case .objectBegin: return "{"
            case .objectEnd: return "}"
            case .arrayBegin: return "["
            case .arrayEnd: return "]"
            case .key: return "\(text):"
            case .string: return "\"\(text)\""
            case .integer: return "\(token.integer)"
            case .fraction: return "~\(text)"
            case .bigInteger: return "^\(text)"
            case .true: return "true"
            case .false: return "false"
            case .null: return "null"
            }
        }.joined(separator: " ")
    }

    /// What the scanner says of a document: its tokens, or why and where it is refused.
    static func outcome(_ document: UnsafeRawBufferPointer, _ scanner: JSONScanner) -> String {
        do {
            return render(try scanner.scan(document))
        } catch {
            return "\(error.reason) in '\(error.pointer)' at \(error.byteOffset)"
        }
    }

    static let valid: [ValidDocument] = [
        ValidDocument("null", "null"),
        ValidDocument("true", "true"),
        ValidDocument("false", "false"),
        ValidDocument("0", "0"),
        ValidDocument("-0", "0"),
        ValidDocument("7", "7"),
        ValidDocument("-12", "-12"),
        ValidDocument("9223372036854775807", "9223372036854775807"),
        ValidDocument("-9223372036854775808", "-9223372036854775808"),
        ValidDocument("9223372036854775808", "^9223372036854775808"),
        ValidDocument("-9223372036854775809", "^-9223372036854775809"),
        ValidDocument("18446744073709551616", "^18446744073709551616"),
        ValidDocument("99999999999999999999", "^99999999999999999999"),
        ValidDocument("340282366920938463463374607431768211457", "^340282366920938463463374607431768211457"),
        ValidDocument("0.0", "~0.0"),
        ValidDocument("-0.5", "~-0.5"),
        ValidDocument("1.0", "~1.0"),
        ValidDocument("1e3", "~1e3"),
        ValidDocument("1E3", "~1E3"),
        ValidDocument("0e0", "~0e0"),
        ValidDocument("1e+3", "~1e+3"),
        ValidDocument("1.25e-3", "~1.25e-3"),
        ValidDocument("1e400", "~1e400"),
        ValidDocument("99999999999999999999.5", "~99999999999999999999.5"),
        ValidDocument(#""""#, #""""#),
        ValidDocument(#""a""#, #""a""#),
        ValidDocument(#""{[]},:""#, #""{[]},:""#),
        ValidDocument(#""a\"b""#, #""a"b""#),
        ValidDocument(#""\\""#, #""\""#),
        ValidDocument(#""\\\"""#, #""\"""#),
        ValidDocument(#""\/\b\f\n\r\t""#, "\"/\u{8}\u{C}\n\r\t\""),
        ValidDocument(#""\u0041\u00e9\u20AC""#, "\"A\u{E9}\u{20AC}\""),
        ValidDocument(#""\u0000""#, "\"\u{0}\""),
        ValidDocument(#""\u007f\u0080\u07ff\u0800\uffff""#, "\"\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\""),
        ValidDocument(#""\ud83d\ude00!""#, "\"\u{1F600}!\""),
        ValidDocument(#""\uD800\uDC00\udbff\udfff""#, "\"\u{10000}\u{10FFFF}\""),
        ValidDocument("\"\u{7F}\"", "\"\u{7F}\""),
        ValidDocument("\"\u{E9}\u{20AC}\u{1F600}\u{10FFFF}\"", "\"\u{E9}\u{20AC}\u{1F600}\u{10FFFF}\""),
        ValidDocument("\"\u{FEFF}\"", "\"\u{FEFF}\""),
        ValidDocument("{}", "{ }"),
        ValidDocument("[]", "[ ]"),
        ValidDocument("[[]]", "[ [ ] ]"),
        ValidDocument("[{}]", "[ { } ]"),
        ValidDocument("[{},{}]", "[ { } { } ]"),
        ValidDocument("[1,2,3]", "[ 1 2 3 ]"),
        ValidDocument("[1,[2,[3]],4]", "[ 1 [ 2 [ 3 ] ] 4 ]"),
        ValidDocument(#"["a","b"]"#, #"[ "a" "b" ]"#),
        ValidDocument("[true,false,null]", "[ true false null ]"),
        ValidDocument(#"{"a":1}"#, "{ a: 1 }"),
        ValidDocument(#"{"":1}"#, "{ : 1 }"),
        ValidDocument(#"{"a":1,"a":2}"#, "{ a: 1 a: 2 }"),
        ValidDocument(#"{"a":{"b":[{"c":null}]}}"#, "{ a: { b: [ { c: null } ] } }"),
        ValidDocument(#"{"\u0061\"":"\n"}"#, "{ a\": \"\n\" }"),
        ValidDocument(#"{"a":"b\\","c":"\\\\"}"#, #"{ a: "b\" c: "\\" }"#),
        ValidDocument(" \t\r\n1 \t\r\n", "1"),
        ValidDocument(" { \"a\" \n:\t1 ,\r\n\"b\" : [ 1 , 2 ] } ", "{ a: 1 b: [ 1 2 ] }"),
        ValidDocument("\"a\"\r\n", #""a""#),
        ValidDocument(
            event,
            #"{ source: "trust-rxk" id: "2015-000001" patient: "9990000018" setting: "secondary" "#
                + #"serviceDate: "2015-06-02" amountPence: 12345 provider: "RXK" "#
                + #"service: "A-and-E-minor-injury-units" kind: "cost" version: 1 funder: "X24" }"#),
    ]
}
