import ChequebookModel
import ChequebookWire
import NIOCore

/// Reads a whole document as one fact, and writes what it says.
typealias FactReader = (JSONTokens) throws(WireProblem) -> (fact: Fact, json: [UInt8])

/// A list that may come as a CSV table: its name in JSON, and its columns.
struct ListTable {
    let name: String
    let columns: CSVColumns

    static let rates = ListTable(name: "rates", columns: .rates)
    static let listSizes = ListTable(name: "listSizes", columns: .listSizes)
}

/// A body that is one fact.
enum WholeBody {
    /// The fact of a JSON body or, with a table, of a CSV body, whose problems are told by line and column.
    static func read(
        _ body: ByteBuffer, _ scanner: JSONScanner, _ table: ListTable?, _ read: FactReader,
        check: (Fact) -> Overlap?
    ) throws(ProblemError) -> (fact: Fact, json: [UInt8]) {
        let list = try table.map { (table) throws(ProblemError) in try self.list(body, table) }
        let document = list.map { ByteBuffer(bytes: $0.json) } ?? body
        let whole: (fact: Fact, json: [UInt8])
        do throws(WireProblem) {
            whole = try document.withUnsafeReadableBytes { (bytes) throws(WireProblem) in
                try read(WireProblem.reading { () throws(JSONError) in try scanner.scan(bytes) })
            }
        } catch {
            throw ProblemError(list.map { Problem($0.problem(error)) } ?? Problem(error))
        }
        if let overlap = check(whole.fact) { throw ProblemError(overlap.problem(lines: list?.lines)) }
        return whole
    }

    private static func list(_ body: ByteBuffer, _ table: ListTable) throws(ProblemError) -> CSVList {
        do throws(CSVProblem) {
            return try body.withUnsafeReadableBytes { (bytes) throws(CSVProblem) in
                try CSVList(bytes, name: table.name, table.columns)
            }
        } catch {
            throw ProblemError(Problem(error))
        }
    }
}
