/// Percent-encoded text of targets (RFC 3986, 2.1).
enum PercentCoding {
    /// The decoded text; nil for a broken escape or bytes that are not UTF-8.
    static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
        if !text.utf8.hasAny({ $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) { return String(text) }
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%") {
                guard index + 2 < source.count, let high = nibble(source[index + 1]),
                    let low = nibble(source[index + 2])
                else { return nil }
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(plusIsSpace && source[index] == UInt8(ascii: "+") ? 0x20 : source[index])
                index += 1
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension Substring.UTF8View {
    /// Whether any byte is such a one.
    func hasAny(_ isWanted: (UInt8) -> Bool) -> Bool {
        withContiguousStorageIfAvailable { $0.contains(where: isWanted) } ?? contains(where: isWanted)
    }
}

/// A target's query, every parameter known and none there twice: a misspelt one must never be read as nothing.
struct Query: Sendable {
    /// In the order in which they came: they are never more than a handful.
    private var values: [(name: String, value: String)] = []

    init(_ raw: Substring?, known: [String]) throws(ProblemError) {
        guard let raw else { return }
        for pair in raw.utf8.split(separator: UInt8(ascii: "&")) {
            let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = PercentCoding.decoded(Substring(pair[..<end]), plusIsSpace: true),
                let value = PercentCoding.decoded(Substring(pair[end...].dropFirst()), plusIsSpace: true)
            else { throw ProblemError(.badRequest, "the query must be percent-encoded UTF-8") }
            guard known.contains(name) else {
                let names = known.isEmpty ? "none" : known.joined(separator: ", ")
                throw ProblemError(.unknownParameter, "the parameters here are: \(names)")
            }
            guard self[name] == nil else {
                throw ProblemError(.badParameter, "\(name) must stand in the query only once")
            }
            values.append((name, value))
        }
    }

    subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// A parameter that is there or not, with one value that it can have.
    func isSet(_ name: String, to only: String) throws(ProblemError) -> Bool {
        guard let value = self[name] else { return false }
        guard value == only else { throw ProblemError(.badParameter, "\(name) can only be \(only)") }
        return true
    }
}

/// A problem, thrown.
struct ProblemError: Error {
    let problem: Problem

    init(_ code: ProblemCode, _ detail: String) {
        problem = Problem(code, detail)
    }

    init(_ problem: Problem) {
        self.problem = problem
    }
}
