/// Reads a JSON text into the lines that ``ReferenceLine`` describes, in the order in which the text has them.
///
/// It is for comparing answers, so it keeps numbers as they were written, whatever their size, and throws on anything
/// that is not JSON.
struct FlatJSON {
    struct Malformed: Error, Equatable {
        /// UTF-8 bytes read before what was wrong.
        let offset: Int
    }

    /// The fields that tell one row of a list from its neighbours; they become the row's key.
    private static let keys = [
        "breakdown": ["setting", "funder", "group", "month", "provider"], "byMonth": ["month"],
        "commissioners": ["commissioner"], "errors": ["line"],
    ]

    private let bytes: [UInt8]
    private var position = 0

    /// - Throws: ``Malformed``.
    static func lines(of text: String) throws(Malformed) -> [ReferenceLine] {
        var reader = FlatJSON(bytes: Array(text.utf8))
        let lines = try reader.value(at: "")
        reader.skipSpace()
        guard reader.position == reader.bytes.count else { throw reader.malformed }
        return lines
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var malformed: Malformed { Malformed(offset: position) }

    private mutating func value(at path: String) throws(Malformed) -> [ReferenceLine] {
        skipSpace()
        switch position < bytes.count ? bytes[position] : 0 {
        case UInt8(ascii: "{"): return try object(at: path)
        case UInt8(ascii: "["): return try array(at: path)
        case UInt8(ascii: "\""): return [ReferenceLine(path, try string())]
        default: return [ReferenceLine(path, try word())]
        }
    }

    private mutating func object(at path: String) throws(Malformed) -> [ReferenceLine] {
        var lines: [ReferenceLine] = []
        position += 1
        if take("}") { return lines }
        repeat {
            skipSpace()
            let name = try string()
            guard take(":") else { throw malformed }
            lines += try value(at: path.isEmpty ? name : "\(path).\(name)")
        } while take(",")
        guard take("}") else { throw malformed }
        return lines
    }

    private mutating func array(at path: String) throws(Malformed) -> [ReferenceLine] {
        let keys = Self.keys[path.split(separator: ".").last.map(String.init) ?? ""] ?? []
        var lines: [ReferenceLine] = []
        var index = 0
        position += 1
        if take("]") { return lines }
        repeat {
            let item = try value(at: "")
            let found = keys.compactMap { key in item.first { $0.path == key }.map { "\(key)=\($0.value)" } }
            // A commissioner is known by its code, and keeps it as a field.
            let known = keys == ["commissioner"] ? found.map { String($0.dropFirst("commissioner=".count)) } : found
            let row = "\(path)[\(known.isEmpty ? "\(index)" : known.joined(separator: ","))]"
            for line in item where keys == ["commissioner"] || !keys.contains(line.path) {
                let joint = line.path.isEmpty || line.path.hasPrefix("[") ? "" : "."
                lines.append(ReferenceLine(row + joint + line.path, line.value))
            }
            index += 1
        } while take(",")
        guard take("]") else { throw malformed }
        return lines
    }

    private mutating func string() throws(Malformed) -> String {
        guard take("\"") else { throw malformed }
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] >= 0x20 else { throw malformed }
            if bytes[position] == UInt8(ascii: "\\") {
                text += try escaped()
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        guard position < bytes.count, let string = String(validating: text, as: UTF8.self) else { throw malformed }
        position += 1
        return string
    }

    private mutating func escaped() throws(Malformed) -> [UInt8] {
        let escapes: [Character: Character] = [
            "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t",
        ]
        guard position + 1 < bytes.count else { throw malformed }
        let letter = Character(UnicodeScalar(bytes[position + 1]))
        if let plain = escapes[letter] {
            position += 2
            return Array(String(plain).utf8)
        }
        // Beyond the basic plane, answers are in plain UTF-8, so half a surrogate pair is an error here.
        guard letter == "u", position + 6 <= bytes.count,
            let digits = String(validating: bytes[(position + 2)..<(position + 6)], as: UTF8.self),
            let code = UInt16(digits, radix: 16), let scalar = UnicodeScalar(code)
        else { throw malformed }
        position += 6
        return Array(String(scalar).utf8)
    }

    /// A number, `true`, `false` or `null`.
    private mutating func word() throws(Malformed) -> String {
        let start = position
        while position < bytes.count, !Self.wordEnds.contains(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        guard Self.words.contains(word) || Self.isNumber(bytes[start..<position]) else {
            position = start
            throw malformed
        }
        return word
    }

    private static let words = ["true", "false", "null"]
    private static let wordEnds = Array(",]} \t\r\n".utf8)

    /// Whole numbers and decimals; no answer of the service has an exponent.
    private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
        let unsigned = word.first == UInt8(ascii: "-") ? word.dropFirst() : word
        let parts = unsigned.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(digits.contains) }
            && (parts[0].count == 1 || parts[0].first != UInt8(ascii: "0"))
    }

    /// Whether the next character was this one; if so it has been read.
    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        if character != "\"" { skipSpace() }
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
    }
}
