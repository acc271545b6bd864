/// A JSON document as one line for each scalar: `/cost/bySetting/primary` → `1200`, `/name` → `"NHS …"`.
///
/// Scalars stay as they were written, so figures of any size compare exactly. In an expected document `…` may stand for
/// any value, and in place of an object's last member for whatever else there is.
struct FlatJSON {
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// Scalars, `{}` and `[]` by their JSON pointers.
    private(set) var lines: [(path: String, value: String)] = []
    /// Objects that may have more members than are named.
    private(set) var openPaths: [String] = []
    private let text: [Character]
    private var position = 0

    /// - Throws: ``Malformed`` for anything that is not JSON, `…` apart.
    init(_ text: String) throws {
        self.text = Array(text)
        try readValue("")
        skipSpace()
        guard position == self.text.count else { throw malformed("the end") }
    }

    /// The scalar at a pointer.
    subscript(path: String) -> String? {
        lines.first { $0.path == path }?.value
    }

    /// The integer at a pointer.
    func integer(_ path: String) throws -> Int {
        guard let number = self[path].flatMap({ Int($0) }) else { throw malformed("an integer at \(path)") }
        return number
    }

    private func malformed(_ expected: String) -> Malformed {
        Malformed(description: "\(expected) expected at character \(position) of \(String(text))")
    }

    private mutating func readValue(_ path: String) throws {
        skipSpace()
        guard position < text.count else { throw malformed("a value") }
        switch text[position] {
        case "{": try readObject(path)
        case "[": try readArray(path)
        case "\"": lines.append((path, try string()))
        default: lines.append((path, try word()))
        }
    }

    private mutating func readObject(_ path: String) throws {
        position += 1
        if take("}") { return lines.append((path, "{}")) }
        repeat {
            if take("…") {
                openPaths.append(path)
                break
            }
            let name = try string().dropFirst().dropLast()
            guard take(":") else { throw malformed("a colon") }
            let member = "\(path)/\(name)"
            guard !lines.contains(where: { $0.path == member || $0.path.hasPrefix(member + "/") }) else {
                throw malformed("another name than \(name)")
            }
            try readValue(member)
        } while take(",")
        guard take("}") else { throw malformed("}") }
    }

    private mutating func readArray(_ path: String) throws {
        position += 1
        if take("]") { return lines.append((path, "[]")) }
        var index = 0
        repeat {
            try readValue("\(path)/\(index)")
            index += 1
        } while take(",")
        guard take("]") else { throw malformed("]") }
    }

    private mutating func string() throws -> String {
        skipSpace()
        guard position < text.count, text[position] == "\"" else { throw malformed("a string") }
        let start = position
        position += 1
        while position < text.count, text[position] != "\"" { position += text[position] == "\\" ? 2 : 1 }
        guard position < text.count else { throw malformed("a quotation mark") }
        position += 1
        return String(text[start..<position])
    }

    private mutating func word() throws -> String {
        let start = position
        while position < text.count, !",]} \n\r\t".contains(text[position]) { position += 1 }
        let word = String(text[start..<position])
        let isNumber = word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
        guard isNumber || ["true", "false", "null", "…"].contains(word) else { throw malformed("a value") }
        return word
    }

    private mutating func skipSpace() {
        // A carriage return and its line feed are one character.
        while position < text.count, " \n\r\t\r\n".contains(text[position]) { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        skipSpace()
        guard position < text.count, text[position] == character else { return false }
        position += 1
        return true
    }
}

extension FlatJSON {
    /// How an answer differs from this expected document, a line for each difference; empty if it does not.
    func differences(from actual: FlatJSON) -> [String] {
        var rest = actual.lines
        var differences: [String] = []
        for (path, expected) in lines {
            let found = rest.filter { $0.path == path || $0.path.hasPrefix(path + "/") }
            rest.removeAll { line in found.contains { $0.path == line.path } }
            if found.isEmpty {
                differences.append("\(path): \(expected) expected, missing")
            } else if expected != "…",
                found.count > 1 || found[0].path != path
                    || !Placeholder.matches(found[0].value, expected)
            {
                let values = found.map(\.value).joined(separator: ", ")
                differences.append("\(path): \(expected) expected, not \(values)")
            }
        }
        for (path, value) in rest where !openPaths.contains(where: { $0.isEmpty || path.hasPrefix($0 + "/") }) {
            differences.append("\(path): \(value) not expected")
        }
        return differences
    }
}
