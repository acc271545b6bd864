extension Sheet {
    /// The sheet as CSV (RFC 4180) in UTF-8: a header row, lines ended by CR LF, nothing in an empty cell.
    ///
    /// Text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers are never touched.
    ///
    /// - Parameter hasByteOrderMark: whether U+FEFF stands in front, by which Excel knows UTF-8.
    func csv(hasByteOrderMark: Bool) -> [UInt8] {
        var bytes: [UInt8] = hasByteOrderMark ? [0xef, 0xbb, 0xbf] : []
        bytes.reserveCapacity((rows.count + 1) * columns.count * 12)
        Self.append(columns.map { .text($0.path.text) }, to: &bytes)
        for row in rows { Self.append(row, to: &bytes) }
        return bytes
    }

    private static func append(_ row: [Cell], to bytes: inout [UInt8]) {
        for (index, cell) in row.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch cell {
            case .empty: break
            case .number(let text): bytes.append(contentsOf: text.utf8)
            case .text(let text): append(isFormula(text) ? "'" + text : text, to: &bytes)
            }
        }
        bytes.append(contentsOf: "\r\n".utf8)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        guard text.utf8.contains(where: isQuoted) else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// What spreadsheets evaluate, by its first character; some skip a tab or a line break in front.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return "=+-@\t\r\n".utf8.contains(first)
    }

    private static func isQuoted(_ byte: UInt8) -> Bool {
        "\",\r\n".utf8.contains(byte)
    }
}
