public import ChequebookModel

/// What an answer is told to, member by member: the JSON writer, or the tree that sheets are made from.
///
/// An answer has one function that tells it all, generic over the sink, so that no form of it can say anything else.
/// Names are ours and never need an escape; that every name is followed by one value is the caller's business.
public protocol AnswerSink: ~Copyable {
    /// A value or member list in braces.
    mutating func object(_ body: (inout Self) -> Void)

    /// A value or list of values in brackets.
    mutating func array(_ body: (inout Self) -> Void)

    /// The name of the next value.
    mutating func key(_ name: StaticString)

    /// Any text; what needs an escape gets it.
    mutating func string(_ text: String)

    /// A word of ours, which never needs an escape.
    mutating func word(_ word: StaticString)

    /// As `string` of its text.
    mutating func plain(_ value: some PlainText)

    /// A whole number, written out in full.
    mutating func integer(_ value: some BinaryInteger)

    /// A number that is not whole, as it is to be read: `-69.00`. JSON has it as a string, because readers of JSON
    /// would make it binary; in a sheet it is a number.
    mutating func decimal(_ text: String)

    /// True or false.
    mutating func boolean(_ value: Bool)

    /// Nothing.
    mutating func null()
}

extension AnswerSink where Self: ~Copyable {
    public mutating func word(_ word: StaticString) { string("\(word)") }

    public mutating func plain(_ value: some PlainText) { string(value.text) }

    /// A member with a word, or null.
    @inline(__always)
    mutating func wordMember(_ name: StaticString, _ word: StaticString?) {
        key(name)
        if let word { self.word(word) } else { null() }
    }

    /// A member with a short text, or null.
    @inline(__always)
    mutating func plainMember(_ name: StaticString, _ value: (some PlainText)?) {
        key(name)
        if let value { plain(value) } else { null() }
    }

    /// A member with a short text, left out if there is none.
    @inline(__always)
    mutating func plainMemberIfAny(_ name: StaticString, _ value: (some PlainText)?) {
        if let value { plainMember(name, value) }
    }

    /// A member with text, or null.
    @inline(__always)
    public mutating func member(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { string(text) } else { null() }
    }

    /// A member with an integer, or null.
    @inline(__always)
    public mutating func member(_ name: StaticString, _ value: (some BinaryInteger)?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    /// A member with text, left out if there is none.
    @inline(__always)
    mutating func memberIfAny(_ name: StaticString, _ text: String?) {
        if let text { member(name, text) }
    }

    /// A member with a number that is not whole, or null.
    mutating func decimalMember(_ name: StaticString, _ text: String?) {
        key(name)
        if let text { decimal(text) } else { null() }
    }
}
