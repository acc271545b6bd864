/// Why a document was refused, and where.
///
/// It never holds a string value or a number of the document, which may be a patient's number; of its keys only what
/// ``JSONTokens/pointer(at:)`` shows.
public struct JSONError: Error, Sendable, Equatable {
    /// The most bytes of a key that an error repeats.
    public static let keyBytesShownMax = 64

    public let reason: Reason

    /// The RFC 6901 pointer of the value in which the error was found or, where an object's key or closing brace is
    /// wrong, of the object; empty for the root.
    public let pointer: String

    /// The bytes of the document before the error.
    public let byteOffset: Int

    let limits: JSONLimits

    /// Stable and kebab-case: `malformed-json`, `bad-utf-8`, `too-deep`, `too-many-values`,
    /// `too-large`, `out-of-memory`.
    public var code: String { reason.code }

    /// One sentence of plain English without a full stop.
    public var detail: String { reason.detail(limits: limits) }

    /// What was wrong, in the order of the C shim's codes.
    public enum Reason: UInt32, Sendable, CaseIterable {
        case empty = 1
        case tooLarge, outOfMemory
        case byteOrderMark, badUTF8
        case controlCharacter, unclosedString, badEscape, loneSurrogate
        case badNumber, badLiteral
        case expectedValue, expectedKey, expectedColon, expectedComma, trailingComma, trailingContent, incomplete
        case tooDeep, tooManyTokens
    }

    init(code: UInt32, byteOffset: Int, tokensBefore tokens: JSONTokens, limits: JSONLimits) {
        guard let reason = Reason(rawValue: code) else { preconditionFailure("a code that the shim never gives") }
        self.reason = reason
        self.pointer = tokens.pointerAtEnd(orLastValue: reason.isAfterValue)
        self.byteOffset = byteOffset
        self.limits = limits
    }
}

extension JSONError.Reason {
    /// Whether the last value before the error says better where it is than the one that might have followed.
    var isAfterValue: Bool {
        switch self {
        case .expectedComma, .incomplete, .tooManyTokens: true
        default: false
        }
    }

    /// See ``JSONError/code``.
    public var code: String {
        switch self {
        case .badUTF8: "bad-utf-8"
        case .tooDeep: "too-deep"
        case .tooManyTokens: "too-many-values"
        case .tooLarge: "too-large"
        case .outOfMemory: "out-of-memory"
        default: "malformed-json"
        }
    }

    /// See ``JSONError/detail``.
    ///
    /// - Parameter limits: those that the document was held to.
    public func detail(limits: JSONLimits) -> String {
        switch self {
        case .empty: "there is no JSON value"
        case .tooLarge: "the JSON is longer than \(limits.documentBytesMax) bytes"
        case .outOfMemory: "there is no memory to read JSON of this length"
        case .byteOrderMark: "the JSON starts with a byte order mark, which RFC 8259 forbids"
        case .badUTF8: "the bytes are not UTF-8"
        case .controlCharacter: "a control character stands unescaped in a string"
        case .unclosedString: "a string is not closed"
        case .badEscape: "a backslash in a string is not followed by an escape that JSON has"
        case .loneSurrogate: "half of a surrogate pair is escaped without its other half"
        case .badNumber: "a number is not written as JSON requires"
        case .badLiteral: "a word is not true, false or null"
        case .expectedValue: "a value was expected"
        case .expectedKey: "a key in double quotes was expected"
        case .expectedColon: "a colon was expected after a key"
        case .expectedComma: "a comma or the end of the object or array was expected after a value"
        case .trailingComma: "a comma is followed by the end of the object or array"
        case .trailingContent: "something follows the end of the JSON value"
        case .incomplete: "the JSON ends before its value is complete"
        case .tooDeep: "objects and arrays are nested more than \(limits.depthMax) deep"
        case .tooManyTokens: "there are more than \(limits.tokenCountMax) keys, values, begins and ends"
        }
    }
}
