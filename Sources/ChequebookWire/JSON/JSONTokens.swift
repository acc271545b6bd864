internal import CSIMDJSON

/// The tokens of one document, in the order of its bytes; valid until the scanner's next call.
///
/// A document's value is token 0. An object's begin is followed by its members, each a key and the tokens of a value,
/// and an array's begin by its elements. Keys are as sent: a repeated key is there twice.
public struct JSONTokens {
    private let base: UnsafePointer<chequebook_json_token>?
    public let count: Int
    /// Where the first member of the root object is that ``members(of:)`` gives.
    private var rootMembersIndex = 1

    init(base: UnsafePointer<chequebook_json_token>?, count: Int) {
        self.base = base
        self.count = count
    }

    public var isEmpty: Bool { count == 0 }

    public subscript(index: Int) -> JSONToken {
        precondition(index >= 0 && index < count, "no such token")
        // The shim's pointer is nil only with a count of 0.
        return JSONToken(token: base.unsafelyUnwrapped[index])
    }

    /// The index of the token after the whole value at `index`, its members and elements included.
    public func index(after index: Int) -> Int {
        let token = self[index]
        return token.isContainerBegin ? token.indexAfterEnd ?? count : index + 1
    }

    /// The members of the object that begins at `index`; none if no object does.
    public func members(of index: Int = 0) -> JSONMembers {
        let first = index == 0 ? rootMembersIndex : index + 1
        return JSONMembers(tokens: self, keyIndex: self[index].kind == .objectBegin ? first : count)
    }

    /// The same document, of whose root object ``members(of:)`` gives only the members that are left in `rest`: for a
    /// reader of some of them, where another has read those in front.
    func leaving(_ rest: JSONMembers) -> JSONTokens {
        var tokens = self
        tokens.rootMembersIndex = rest.keyIndex
        return tokens
    }

    /// The indexes of the elements of the array that begins at `index`; none if no array does.
    public func elements(of index: Int) -> JSONElements {
        JSONElements(tokens: self, index: self[index].kind == .arrayBegin ? index + 1 : count)
    }
}

@available(*, unavailable)
extension JSONTokens: Sendable {}

/// One member of an object.
public struct JSONMember {
    public let key: JSONToken
    public let value: JSONToken

    /// Where the value is among the document's tokens, for a value that has members or elements, and for its pointer.
    public let valueIndex: Int
}

/// The members of an object, as they were sent.
public struct JSONMembers: Sequence, IteratorProtocol {
    let tokens: JSONTokens
    var keyIndex: Int

    public mutating func next() -> JSONMember? {
        guard keyIndex < tokens.count else { return nil }
        let key = tokens[keyIndex]
        guard key.isKind(.key) else { return nil }
        let valueIndex = keyIndex + 1
        keyIndex = tokens.index(after: valueIndex)
        return JSONMember(key: key, value: tokens[valueIndex], valueIndex: valueIndex)
    }
}

/// The indexes of an array's elements.
public struct JSONElements: Sequence, IteratorProtocol {
    let tokens: JSONTokens
    var index: Int

    public mutating func next() -> Int? {
        guard index < tokens.count, tokens[index].kind != .arrayEnd else { return nil }
        defer { index = tokens.index(after: index) }
        return index
    }
}
