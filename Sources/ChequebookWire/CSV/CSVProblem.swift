/// Why a CSV body is refused as a whole: a problem with the line and the column on which it is.
public struct CSVProblem: Error, Equatable, Sendable {
    /// From 1, the header's; blank lines count.
    public let line: Int
    /// The name of the column; nil for a problem of the whole row.
    public let column: String?
    /// Whether it is not CSV at all (400), or CSV that says what is not allowed (422).
    public let isMalformed: Bool
    /// Stable and kebab-case.
    public let code: String
    /// One sentence without a full stop that says what would be right.
    public let detail: String

    /// - Parameter problem: with the pointer that it has in the row's JSON object.
    public init(line: Int, _ problem: WireProblem) {
        (self.line, column, isMalformed) = (line, problem.column, problem.isMalformed)
        (code, detail) = (problem.code, problem.detail)
    }
}

extension WireProblem {
    /// What is wrong with the form of a row.
    init(_ fault: CSVFault, column: String?) {
        self.init(
            isMalformed: fault.code == "malformed-csv" || fault.kind == .unclosedQuote, code: fault.code,
            pointer: column.map { "/\($0)" } ?? "", detail: fault.detail)
    }

    /// The column of a problem with a row's object: the field to which the pointer leads; nil for the row itself.
    public var column: String? {
        pointer.lastIndex(of: "/").map { String(pointer[pointer.index(after: $0)...]) }
    }
}
