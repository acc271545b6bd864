import Foundation

/// A file of `config/reference`, row by row, every cell as it is written there.
struct ReferenceTable {
    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// Cells by their column's name.
    let rows: [[String: String]]

    init(_ name: String) throws {
        let url = ChequebookBinary.packageRoot.appending(path: "config/reference/\(name)")
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline).map(Self.cells)
        guard let heads = lines.first, lines.allSatisfy({ $0.count == heads.count }) else {
            throw Malformed(description: "\(name) has rows of different lengths")
        }
        rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(heads, $0)) }
    }

    /// The cells of a line; a quoted one may have commas. No file there has a quotation mark within a cell.
    private static func cells(_ line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}

extension [String: String] {
    /// The cell as written.
    func text(_ column: String) throws -> String {
        guard let text = self[column] else { throw ReferenceTable.Malformed(description: "no column \(column)") }
        return text
    }

    /// A whole number.
    func integer(_ column: String) throws -> Int {
        guard let number = try Int(text(column)) else {
            throw ReferenceTable.Malformed(description: "\(try text(column)) is no integer")
        }
        return number
    }

    /// A number with one decimal place, in tenths.
    func tenths(_ column: String) throws -> Int {
        let parts = try text(column).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 1, let tenths = Int(parts.joined()) else {
            throw ReferenceTable.Malformed(description: "\(try text(column)) has not one decimal place")
        }
        return tenths
    }
}
