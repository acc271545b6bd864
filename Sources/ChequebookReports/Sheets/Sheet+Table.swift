extension Sheet {
    /// The sheet aligned for a terminal: a header line, a rule, then the rows; text to the left, numbers to the right,
    /// without separators in them, because they may be copied.
    var table: [UInt8] {
        let shown = columns.indices.filter { columns[$0].heading != nil }
        let grid = shown.map { index in
            PaddedColumn(
                heading: columns[index].heading ?? "", cells: rows.map { $0[index] },
                widthMax: columns[index].tableWidthMax)
        }
        var text = Self.line(grid.map(\.heading))
        text += Self.line(grid.map { String(repeating: "-", count: $0.width) })
        for row in rows.indices { text += Self.line(grid.map { $0.cells[row] }) }
        return Array(text.utf8)
    }

    private static func line(_ cells: [String]) -> String {
        var line = cells.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }

    /// A column with its cells padded to one width.
    private struct PaddedColumn {
        let heading: String
        let cells: [String]
        let width: Int

        init(heading: String, cells: [Cell], widthMax: Int) {
            let texts = cells.map { Self.printable($0.content, widthMax: widthMax) }
            let width = max(heading.count, texts.map(\.count).max() ?? 0)
            let isNumeric = cells.contains { $0 != .empty } && !cells.contains(where: \.isText)
            func padded(_ text: String) -> String {
                let space = String(repeating: " ", count: width - text.count)
                return isNumeric ? space + text : text + space
            }
            self.heading = padded(heading)
            self.cells = texts.map(padded)
            self.width = width
        }

        /// Without what would steer the terminal, and cut if it is too long.
        private static func printable(_ text: String, widthMax: Int) -> String {
            let safe = String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) ? " " : $0 }))
            return safe.count <= widthMax ? safe : safe.prefix(widthMax - 1) + "…"
        }
    }
}
