/// The header row of a CSV body: which field each column is.
///
/// With it a row becomes the JSON object that it stands for, so that the rules for a fact are written once, in the
/// readers of JSON.
public struct CSVHeader: Sendable {
    private let columns: [CSVColumns.Column]

    /// Whether it has all the columns that there are, in their order.
    func isWhole(_ known: CSVColumns) -> Bool { columns.map(\.name) == known.all.map(\.name) }

    /// Reads the row that `rows` has just completed.
    ///
    /// A name that is not known is told by its place and never repeated: if the header is missing, it is a patient's.
    ///
    /// - Throws: `CSVProblem` for a name that is empty, not known, or there twice.
    public init(_ rows: CSVReader, of known: CSVColumns) throws(CSVProblem) {
        if let fault = rows.fault { throw CSVProblem(line: rows.line, WireProblem(fault, column: nil)) }
        var columns: [CSVColumns.Column] = []
        for index in 0..<rows.fieldCount {
            guard let column = rows.withField(index, known.column) else {
                let detail = "the header's column \(index + 1) must be one of \(known.known)"
                throw CSVProblem(line: rows.line, WireProblem(code: "unknown-column", pointer: "", detail: detail))
            }
            guard !columns.contains(where: { $0.name == column.name }) else {
                throw CSVProblem(
                    line: rows.line,
                    WireProblem(
                        code: "duplicate-column", pointer: "/\(column.name)",
                        detail: "stands in the header more than once"))
            }
            columns.append(column)
        }
        self.columns = columns
    }

    /// Appends to `json` the object that a row stands for. An empty cell is an absent field.
    ///
    /// - Throws: `WireProblem` with a column's pointer if the row cannot be written as JSON; then part of it has been.
    public func appendObject(_ rows: CSVReader, to json: inout [UInt8]) throws(WireProblem) {
        if let fault = rows.fault { throw WireProblem(fault, column: fault.fieldIndex.flatMap(name)) }
        guard rows.fieldCount == columns.count else {
            throw WireProblem(
                code: "wrong-field-count", pointer: "",
                detail: "must have as many fields as the header has columns: \(columns.count), not \(rows.fieldCount)")
        }
        json.append(UInt8(ascii: "{"))
        try rows.withText { (text) throws(WireProblem) in
            var isFirst = true
            for (index, column) in columns.enumerated() {
                let cell = UnsafeRawBufferPointer(rebasing: text[rows.fieldRange(index)])
                guard !cell.isEmpty else { continue }
                if !isFirst { json.append(UInt8(ascii: ",")) }
                isFirst = false
                guard column.kind != .members else {
                    try Self.appendMembers(cell, column, to: &json)
                    continue
                }
                json.append(UInt8(ascii: "\""))
                json.append(contentsOf: column.name.utf8)
                json.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
                try Self.append(cell, column, to: &json)
            }
        }
        json.append(UInt8(ascii: "}"))
    }

    private func name(_ index: Int) -> String? {
        columns.indices.contains(index) ? columns[index].name : nil
    }

    private static func append(
        _ cell: UnsafeRawBufferPointer, _ column: CSVColumns.Column, to json: inout [UInt8]
    ) throws(WireProblem) {
        switch column.kind {
        case .integer:
            guard isInteger(cell) else {
                throw WireProblem(
                    code: "not-an-integer", pointer: "/\(column.name)",
                    detail: "must be a whole number in plain digits, such as 125000")
            }
            json.append(contentsOf: cell)
        case .boolean where cell.elementsEqual("true".utf8) || cell.elementsEqual("false".utf8):
            json.append(contentsOf: cell)
        case .boolean, .text, .members:
            guard isUTF8(cell) else {
                throw WireProblem(
                    isMalformed: true, code: "bad-utf-8", pointer: "/\(column.name)", detail: "must be UTF-8")
            }
            appendString(cell, to: &json)
        }
    }

    /// Appends what is between the braces. If that is no list of members the row's object is no JSON either.
    private static func appendMembers(
        _ cell: UnsafeRawBufferPointer, _ column: CSVColumns.Column, to json: inout [UInt8]
    ) throws(WireProblem) {
        guard cell.count > 2, cell.first == UInt8(ascii: "{"), cell.last == UInt8(ascii: "}") else {
            throw WireProblem(
                isMalformed: true, code: "malformed-json", pointer: "/\(column.name)",
                detail: "must be a JSON object with members, without blanks around it")
        }
        json.append(contentsOf: cell.dropFirst().dropLast())
    }

    /// Whether a cell is an integer as JSON writes it: an optional minus, digits, no needless 0 before them.
    private static func isInteger(_ cell: UnsafeRawBufferPointer) -> Bool {
        let digits = cell.first == UInt8(ascii: "-") ? cell.dropFirst() : cell[...]
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return false }
        return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isUTF8(_ cell: UnsafeRawBufferPointer) -> Bool {
        cell.allSatisfy { $0 < 0x80 } || String(validating: cell, as: UTF8.self) != nil
    }

    /// Appends a JSON string. RFC 8259 wants quotes, backslashes and control characters escaped, and nothing else.
    private static func appendString(_ text: UnsafeRawBufferPointer, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                json.append(UInt8(ascii: "\\"))
                json.append(byte)
            case 0..<0x20:
                json.append(contentsOf: "\\u00".utf8)
                json.append(hexDigit(byte >> 4))
                json.append(hexDigit(byte & 0xf))
            default: json.append(byte)
            }
        }
        json.append(UInt8(ascii: "\""))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
