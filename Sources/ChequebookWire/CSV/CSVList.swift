/// A whole CSV body as the JSON object of the list that it stands for, and the lines from which its items come.
public struct CSVList: Sendable {
    /// `{"name":[…]}`.
    public private(set) var json: [UInt8]
    /// The line of each item.
    public private(set) var lines: [Int] = []
    private let headerLine: Int

    /// - Parameter name: the list's, which is the only field of the object.
    /// - Throws: `CSVProblem` for the first row, or the header, that cannot be written as JSON.
    public init(_ body: UnsafeRawBufferPointer, name: String, _ columns: CSVColumns) throws(CSVProblem) {
        var rows = CSVReader()
        var rest = body
        guard rows.readRow(from: &rest) || rows.end() else { throw CSVProblem.noHeader }
        let header = try CSVHeader(rows, of: columns)
        headerLine = rows.line
        json = Array("{\"\(name)\":[".utf8)
        while rows.readRow(from: &rest) || rows.end() {
            if !lines.isEmpty { json.append(UInt8(ascii: ",")) }
            do throws(WireProblem) {
                try header.appendObject(rows, to: &json)
            } catch {
                throw CSVProblem(line: rows.line, error)
            }
            lines.append(rows.line)
        }
        json.append(contentsOf: "]}".utf8)
    }

    /// What is wrong with the list's object, by line and column: `/rates/3/annualPence` is on the line of rate 3.
    public func problem(_ problem: WireProblem) -> CSVProblem {
        let steps = problem.pointer.split(separator: "/")
        guard steps.count >= 2, let index = Int(steps[1]), lines.indices.contains(index) else {
            return CSVProblem(
                line: headerLine, WireProblem(code: problem.code, pointer: "", detail: "the table \(problem.detail)"))
        }
        let pointer = steps.count > 2 ? "/\(steps[2])" : ""
        return CSVProblem(
            line: lines[index],
            WireProblem(isMalformed: problem.isMalformed, code: problem.code, pointer: pointer, detail: problem.detail))
    }
}

extension CSVProblem {
    /// A body without any row.
    public static var noHeader: CSVProblem {
        CSVProblem(line: 1, WireProblem(code: "missing-header", pointer: "", detail: "must name the columns"))
    }
}
