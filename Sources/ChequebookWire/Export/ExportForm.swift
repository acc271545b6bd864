/// The two forms of an export, which say the same.
public enum ExportForm: String, Sendable, CaseIterable {
    /// Newline-delimited JSON: an object for each fact.
    case ndjson
    /// RFC 4180: a header row, then a row for each fact.
    case csv
}

/// What holds for every export.
public enum ExportFormat {
    /// What the first line of an export says of its form. Another number means that lines are read in another way.
    public static let version: Int64 = 1
    /// Bytes of a ledger's identity.
    static let identityBytes = 16
}

/// The columns of an export in CSV, in their order.
enum ExportColumn: Int, CaseIterable {
    case sequence, recordedAt, fact
    case commissioner, source, id, version, reverses, patient, withoutPatient, setting, serviceDate, amountPence, kind
    case provider, service, funder
    case from, until, born, sex, group, practice, council, withdrawn
    case details

    fileprivate var column: CSVColumns.Column {
        let kind: CSVColumns.Kind =
            switch self {
            case .sequence, .version, .amountPence: .integer
            case .withdrawn: .boolean
            case .details: .members
            default: .text
            }
        return CSVColumns.Column(name: "\(self)", kind: kind)
    }
}

extension CSVColumns {
    /// Those of an export. What a fact says that has no column is in `details`, the members of a JSON object.
    static let export = CSVColumns(ExportColumn.allCases.map(\.column))
}
