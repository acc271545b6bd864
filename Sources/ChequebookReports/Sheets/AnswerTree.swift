/// An answer in memory, to be asked for by path.
enum AnswerTree: Equatable {
    case null
    case text(String)
    /// A number as it is written.
    case number(String)
    case object([Member])
    case array([AnswerTree])

    struct Member: Equatable {
        let name: String
        let value: AnswerTree
    }

    /// Where a value stands: the names of members with points between, outermost first.
    struct Path: Equatable, Sendable {
        let text: String
        let names: [Substring]

        init(_ text: String) {
            self.text = text
            names = text.split(separator: ".")
        }
    }

    /// The value of a member; nil if there is no such member.
    subscript(name: Substring) -> AnswerTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The value at the end of a path; nil if there is none.
    subscript(path: Path) -> AnswerTree? {
        var value: AnswerTree? = self
        for name in path.names { value = value?[name] }
        return value
    }

    /// The elements of an array; nothing for any other value.
    var elements: [AnswerTree] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
}

/// Keeps what an answer tells.
struct AnswerTreeWriter: AnswerSink {
    private var told: [AnswerTree.Member] = []
    private var name = ""

    /// What was told first.
    var tree: AnswerTree { told.first?.value ?? .null }

    mutating func object(_ body: (inout Self) -> Void) {
        var inner = Self()
        body(&inner)
        put(.object(inner.told))
    }

    mutating func array(_ body: (inout Self) -> Void) {
        var inner = Self()
        body(&inner)
        put(.array(inner.told.map(\.value)))
    }

    mutating func key(_ name: StaticString) { self.name = "\(name)" }

    mutating func string(_ text: String) { put(.text(text)) }

    mutating func integer(_ value: some BinaryInteger) { put(.number("\(value)")) }

    mutating func decimal(_ text: String) { put(.number(text)) }

    mutating func boolean(_ value: Bool) { put(.text(value ? "true" : "false")) }

    mutating func null() { put(.null) }

    private mutating func put(_ value: AnswerTree) {
        told.append(AnswerTree.Member(name: name, value: value))
    }
}
