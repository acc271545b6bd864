import ChequebookModel

/// Which parts of an answer are the rows and columns of its sheet.
///
/// Columns are fixed by the question alone, never by the figures, so that a spreadsheet made for one answer fits the
/// next; what an answer does not say is an empty cell.
public struct SheetLayout: Sendable {
    /// A column of the sheet.
    struct Column: Sendable, ExpressibleByStringLiteral {
        /// Where the value stands; the heading of the column in CSV. It is looked for in the row, then in what the row
        /// stands in, outwards.
        let path: AnswerTree.Path
        /// Where the value stands in a closing row, if not at `path`.
        var closingPath: AnswerTree.Path?
        /// The heading in a table; nil for a column that tables do without.
        var heading: String?
        /// Longer text is cut in a table, never in CSV.
        var tableWidthMax = Int.max

        /// A column that every form has, under its path.
        init(stringLiteral path: String) {
            self.init(path, heading: path)
        }

        /// - Parameter heading: what a table calls it; nil for a column that tables do without.
        init(_ path: String, heading: String?) {
            self.path = AnswerTree.Path(path)
            self.heading = heading
        }

    }

    /// The list whose elements are the rows, with the lists in front that it stands in; none for an answer of one row.
    var lists: [Substring] = []
    let columns: [Column]
    /// Members beside the list that are rows behind it; the first column has their names.
    var closingRows: [Substring] = []

    /// A column that tables do without.
    static func inCSVOnly(_ path: String) -> Column { Column(path, heading: nil) }

    /// A column for each care setting, in CSV only.
    static func inCSVOnly(bySetting path: String) -> [Column] {
        CareSetting.allCases.map { inCSVOnly("\(path).\($0.word)") }
    }
}
