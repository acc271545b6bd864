import ChequebookModel
import ChequebookReports
import ChequebookWire

/// Takes the items of a list one by one, and answers the request when the last one is dealt with.
///
/// Confined to the request's event loop.
protocol ItemIntake: AnyObject {
    /// Reads an item.
    ///
    /// - Throws: what is wrong with it; it is then to be rejected.
    func take(_ item: JSONTokens, line: Int) throws(WireProblem)
    /// An item that is not well formed. The column is that of CSV.
    func reject(_ problem: WireProblem, line: Int, column: String?)
    /// There are no more items.
    func end()
    /// The client is gone: whatever is submitted is still booked, nobody is answered.
    func abandon()
}

extension ItemIntake {
    func reject(_ problem: WireProblem, line: Int) { reject(problem, line: line, column: nil) }
}

extension ListReply {
    /// Counts an item that is not well formed; in a table its place is the column's name, not a pointer.
    mutating func reject(_ problem: WireProblem, line: Int, column: String?) {
        reject(
            line: line, column: column, code: problem.code,
            detail: column.map { "\($0) \(problem.detail)" } ?? problem.sentence)
    }

    /// Counts what became of an item.
    mutating func add(_ outcome: Outcome, line: Int) {
        switch outcome {
        case .posted(let isUnattributed):
            posted += 1
            unattributed += isUnattributed ? 1 : 0
        case .reposted(let isUnattributed):
            replaced += 1
            unattributed += isUnattributed ? 1 : 0
        case .registered: registered += 1
        case .duplicate: duplicates += 1
        case .superseded: superseded += 1
        case .refused(let refusal): reject(line: line, code: refusal.code.rawValue, detail: refusal.detail)
        case .unchanged, .created, .replaced, .moved, .notBooked: unchanged += 1
        }
    }
}

/// A whole JSON body: one item, or an object with a list of items.
enum ListBody {
    /// Adds the single item's record; false if the body was a list, whose items then went to an intake.
    ///
    /// A malformed list is refused as a whole before any of its items is taken.
    static func read(
        _ bytes: UnsafeRawBufferPointer, _ scanner: JSONScanner, name: StaticString, _ reader: any ItemReader,
        to records: inout RecordBatchBuilder, _ makeIntake: () -> any ItemIntake
    ) throws(WireProblem) -> Bool {
        let root = try WireProblem.reading { () throws(JSONError) in try scanner.open(bytes, list: name) }
        guard let list = root.members().first(where: { $0.key.isText(name) }) else {
            try reader.append(root, to: &records)
            return true
        }
        guard list.value.kind == .arrayBegin else {
            throw WireProblem(code: "wrong-type", pointer: "/\(name)", detail: "must be an array")
        }
        if let other = root.members().first(where: { $0.valueIndex != list.valueIndex }) {
            let isSame = other.key.isText(name)
            throw WireProblem(
                code: isSame ? "duplicate-field" : "unknown-field", pointer: root.pointer(at: other.valueIndex),
                detail: isSame ? "stands in the object more than once" : "cannot stand beside \(name)")
        }
        let intake = makeIntake()
        var line = 0
        while let tokens = try WireProblem.reading({ () throws(JSONError) in try scanner.nextItem() }) {
            line += 1
            do throws(WireProblem) {
                try intake.take(tokens, line: line)
            } catch {
                intake.reject(error, line: line)
            }
        }
        intake.end()
        return false
    }
}
