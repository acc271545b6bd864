internal import CSIMDJSON

/// What a token is.
public enum JSONKind: UInt8, Sendable {
    case objectBegin, objectEnd, arrayBegin, arrayEnd
    case key, string
    /// A number without fraction and exponent, from −2^63 to 2^63 − 1.
    case integer
    /// A number with a fraction or an exponent, of any size: `1.0` and `1e3` are fractions too.
    case fraction
    /// A number without fraction and exponent that is beyond 64 bits.
    case bigInteger
    case `true`, `false`, null
}

/// One token of a document, valid for as long as its ``JSONTokens``.
///
/// A key or string can be matched against literals, which compiles to a comparison of lengths and of a few words:
///
///     switch member.key {
///     case "amountPence": …
///     case "serviceDate": …
///     default: refuse(unknownField: member.key)
///     }
public struct JSONToken {
    let token: chequebook_json_token

    public var kind: JSONKind {
        guard let kind = JSONKind(rawValue: token.kind) else { preconditionFailure("a kind the shim never writes") }
        return kind
    }

    /// Whether it is of a kind: one comparison, where ``kind`` has to make sure that the number is a kind at all.
    @inline(__always)
    func isKind(_ kind: JSONKind) -> Bool { token.kind == kind.rawValue }

    /// The number of objects and arrays open around the token.
    public var depth: Int { Int(token.depth) }

    /// The value of an `integer`.
    public var integer: Int64 {
        precondition(isKind(.integer))
        return token.integer
    }

    /// The UTF-8 of a `key` or `string` with its escapes resolved; the characters of a `fraction` or `bigInteger` as
    /// they were sent; no bytes for any other token.
    public var text: UnsafeRawBufferPointer {
        let hasText = isKind(.key) || isKind(.string) || isKind(.fraction) || isKind(.bigInteger)
        return UnsafeRawBufferPointer(start: hasText ? token.text : nil, count: hasText ? Int(token.length) : 0)
    }

    /// The members of the object or elements of the array that begins here; 0 for any other token.
    public var childCount: Int { isContainerBegin ? Int(token.length) : 0 }

    /// Whether this is the key or string `literal`, byte for byte.
    public func isText(_ literal: StaticString) -> Bool {
        chequebook_json_token_is(token, literal.utf8Start, literal.utf8CodeUnitCount) != 0
    }

    /// Lets a key or string be the subject of a `switch` over literals.
    public static func ~= (literal: StaticString, token: JSONToken) -> Bool { token.isText(literal) }

    var isContainerBegin: Bool {
        token.kind == CHEQUEBOOK_JSON_OBJECT_BEGIN || token.kind == CHEQUEBOOK_JSON_ARRAY_BEGIN
    }

    /// The index after the end of the object or array that begins here, nil while it is open in a refused document.
    var indexAfterEnd: Int? { token.next == 0 ? nil : Int(token.next) }
}
