import ChequebookModel

/// Why an export is refused, and at which line.
public struct ExportProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// From 1; that of a header and blank lines count. Of a row of several lines it is the first.
    public let line: Int
    /// What is wrong, with a pointer to the field.
    public let problem: WireProblem

    public init(line: Int, _ problem: WireProblem) {
        (self.line, self.problem) = (line, problem)
    }

    /// It repeats no value of the line, which may be a patient's.
    public var description: String {
        let place = problem.pointer.isEmpty ? "" : ", at \(problem.pointer)"
        return "line \(line)\(place): \(problem.detail) (\(problem.code))"
    }
}

/// Cuts an export, whatever the parts in which its bytes come, into lines, and reads them.
///
/// It keeps one line and one commit.
public final class ExportParser {
    private let scanner = JSONScanner(limits: JSONLimits(depthMax: Limits.jsonDepthMax))
    private let form: ExportForm
    private var reader: ExportReader
    /// Of a line of JSON, what has come of it.
    private var partial: [UInt8] = []
    private var rows = CSVReader(rowBytesMax: Limits.exportLineBytesMax)
    private var header: CSVHeader?
    /// A row as JSON.
    private var json: [UInt8] = []
    /// The line that was read last; 0 before the first.
    public private(set) var line = 0

    /// - Parameters:
    ///   - commitBytesMax: that no commit's records can exceed.
    ///   - recordsInCommitMax: the most records in one commit.
    public init(_ form: ExportForm, commitBytesMax: Int, recordsInCommitMax: Int) {
        self.form = form
        reader = ExportReader(commitBytesMax: commitBytesMax, recordsInCommitMax: recordsInCommitMax)
    }

    /// Reads the next bytes, and gives `body` what each line that is whole makes known.
    ///
    /// - Throws: ``ExportProblem``, or what `body` throws.
    public func take(_ bytes: UnsafeRawBufferPointer, _ body: (ExportStep) throws -> Void) throws {
        switch form {
        case .ndjson: try takeLines(bytes, body)
        case .csv:
            var rest = bytes
            while rows.readRow(from: &rest) { try takeRow(body) }
        }
    }

    /// Says that there are no more bytes.
    ///
    /// - Throws: ``ExportProblem``, also if the export has no end, or what `body` throws.
    public func end(_ body: (ExportStep) throws -> Void) throws {
        switch form {
        case .ndjson: if !partial.isEmpty { try takePartial(body) }
        case .csv: if rows.end() { try takeRow(body) }
        }
        guard reader.isEnded else {
            throw ExportProblem(
                line: line + 1,
                WireProblem(
                    code: "no-end", pointer: "", detail: "the line export-ends is missing: the export is not whole"))
        }
    }

    private func takeLines(_ bytes: UnsafeRawBufferPointer, _ body: (ExportStep) throws -> Void) throws {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let part = UnsafeRawBufferPointer(rebasing: rest[..<end])
            rest = rest[(end + 1)...]
            if partial.isEmpty {
                try takeLine(part, body)
            } else {
                try keep(part)
                try takePartial(body)
            }
        }
        try keep(UnsafeRawBufferPointer(rebasing: rest))
    }

    private func keep(_ part: UnsafeRawBufferPointer) throws(ExportProblem) {
        partial.append(contentsOf: part)
        guard partial.count <= Limits.exportLineBytesMax else { throw Self.tooLong(line + 1) }
    }

    private static func tooLong(_ line: Int) -> ExportProblem {
        ExportProblem(
            line: line,
            WireProblem(
                isMalformed: true, code: "line-too-long", pointer: "",
                detail: "must be at most \(Limits.exportLineBytesMax) bytes"))
    }

    /// Reads the line that came in several parts.
    private func takePartial(_ body: (ExportStep) throws -> Void) throws {
        let whole = partial
        partial = []
        try whole.withUnsafeBytes { try takeLine($0, body) }
    }

    private func takeLine(_ bytes: UnsafeRawBufferPointer, _ body: (ExportStep) throws -> Void) throws {
        line += 1
        guard bytes.count <= Limits.exportLineBytesMax else { throw Self.tooLong(line) }
        guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) else { return }
        try body(try read(bytes))
    }

    private func takeRow(_ body: (ExportStep) throws -> Void) throws {
        line = rows.line
        guard let header else { return try takeHeader() }
        json.removeAll(keepingCapacity: true)
        do throws(WireProblem) {
            try header.appendObject(rows, to: &json)
        } catch {
            throw ExportProblem(line: line, error)
        }
        let step = try json.withUnsafeBytes { bytes in try read(bytes) }
        try body(step)
    }

    private func takeHeader() throws(ExportProblem) {
        do throws(CSVProblem) {
            header = try CSVHeader(rows, of: .export)
        } catch {
            throw ExportProblem(
                line: error.line,
                WireProblem(
                    isMalformed: error.isMalformed, code: error.code, pointer: error.column.map { "/\($0)" } ?? "",
                    detail: error.detail))
        }
        guard header?.isWhole(.export) == true else {
            throw ExportProblem(
                line: line,
                WireProblem(
                    code: "other-columns", pointer: "",
                    detail: "must have all columns of an export in their order: \(CSVColumns.export.known)"))
        }
    }

    private func read(_ document: UnsafeRawBufferPointer) throws(ExportProblem) -> ExportStep {
        do throws(WireProblem) {
            let tokens = try WireProblem.reading { () throws(JSONError) in try scanner.scan(document) }
            return try reader.take(tokens)
        } catch {
            throw ExportProblem(line: line, error)
        }
    }
}
