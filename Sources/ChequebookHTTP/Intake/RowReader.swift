import ChequebookModel
import ChequebookWire
import NIOCore

/// Reads a CSV body row by row, whatever the parts in which it comes. It keeps at most one row.
///
/// A row is read as the JSON object that it stands for. Without a good header there are no items, and the body is
/// refused.
final class RowReader: BodyConsumer {
    private let scanner: JSONScanner
    private let columns: CSVColumns
    private let intake: any ItemIntake
    private let refuse: (CSVProblem) -> Void
    private var rows = CSVReader()
    private var header: CSVHeader?
    private var refusal: CSVProblem?
    private var json: [UInt8] = []

    /// - Parameter refuse: called once, after the body's end, in place of the intake's end.
    init(
        _ scanner: JSONScanner, _ columns: CSVColumns, _ intake: any ItemIntake,
        refuse: @escaping (CSVProblem) -> Void
    ) {
        (self.scanner, self.columns, self.intake) = (scanner, columns, intake)
        self.refuse = refuse
    }

    func received(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { bytes in
            var rest = bytes
            while refusal == nil, rows.readRow(from: &rest) { takeRow() }
        }
    }

    func ended() {
        if refusal == nil, rows.end() { takeRow() }
        guard let refusal = refusal ?? (header == nil ? .noHeader : nil) else { return intake.end() }
        intake.abandon()
        refuse(refusal)
    }

    func aborted() { intake.abandon() }

    private func takeRow() {
        guard let header else { return takeHeader() }
        json.removeAll(keepingCapacity: true)
        do throws(WireProblem) {
            try header.appendObject(rows, to: &json)
            try takeItem()
        } catch {
            intake.reject(error, line: rows.line, column: error.column)
        }
    }

    private func takeHeader() {
        do throws(CSVProblem) {
            header = try CSVHeader(rows, of: columns)
        } catch {
            refusal = error
        }
    }

    private func takeItem() throws(WireProblem) {
        try json.withUnsafeBufferPointer { (json) throws(WireProblem) in
            let tokens = try WireProblem.reading { () throws(JSONError) in
                try scanner.scan(UnsafeRawBufferPointer(json))
            }
            try intake.take(tokens, line: rows.line)
        }
    }
}
