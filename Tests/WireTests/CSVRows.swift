import ChequebookWire

/// A row as a test reads it.
struct CSVRow: Equatable, CustomStringConvertible {
    var line: Int
    /// Empty for a row whose form is wrong.
    var fields: [String] = []
    var fault: CSVFault.Kind?
    var faultIndex: Int?

    var description: String { "\(line): \(fault.map { "\($0) \(faultIndex ?? -1)" } ?? "\(fields)")" }

    /// The rows of a body that comes in parts.
    static func all(in parts: [[UInt8]]) -> [CSVRow] {
        var reader = CSVReader()
        var rows: [CSVRow] = []
        for part in parts {
            part.withUnsafeBytes { part in
                var rest = part
                while reader.readRow(from: &rest) { rows.append(CSVRow(reader)) }
            }
        }
        if reader.end() { rows.append(CSVRow(reader)) }
        return rows
    }

    static func all(in text: String) -> [CSVRow] { all(in: [Array(text.utf8)]) }

    init(_ line: Int, _ fields: String...) { (self.line, self.fields) = (line, fields) }

    init(_ line: Int, fault: CSVFault.Kind, at index: Int? = nil) {
        (self.line, self.fault, faultIndex) = (line, fault, index)
    }

    private init(_ reader: CSVReader) {
        (line, fault, faultIndex) = (reader.line, reader.fault?.kind, reader.fault?.fieldIndex)
        guard fault == nil else { return }
        fields = (0..<reader.fieldCount).map { reader.withField($0) { String(decoding: $0, as: UTF8.self) } }
    }
}
