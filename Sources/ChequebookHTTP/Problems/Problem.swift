import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

/// A problem (RFC 9457) on its way to a response.
struct Problem {
    enum Place {
        case pointer(String)
        /// The column's name in CSV; nil in JSON, and for the whole line.
        case line(Int, column: String?)
    }

    struct Entry {
        let place: Place
        let code: String
        let detail: String
    }

    let status: Int
    let code: String
    let title: String
    let detail: String
    var errors: [Entry] = []
    var errorsOmitted: Int?
    var headers: [(name: String, value: String)] = []

    /// A problem from the table.
    init(_ code: ProblemCode, _ detail: String, headers: [(name: String, value: String)] = []) {
        self.init(status: code.status, code: code.rawValue, title: code.title, detail: detail)
        self.headers = headers
    }

    init(status: Int, code: String, title: String, detail: String) {
        (self.status, self.code, self.title, self.detail) = (status, code, title, detail)
    }

    /// What the ledger refused of an item that is well formed. A commissioner that the item names and nobody registered
    /// is the item's fault (422), not the path's (404).
    init(_ refusal: ChequebookModel.Refusal) {
        let code = refusal.code
        self.init(
            status: code == .unknownCommissioner ? 422 : code.status, code: code.rawValue, title: code.title,
            detail: refusal.detail)
    }

    /// What is wrong with a body that is one item.
    init(_ problem: WireProblem) {
        self.init(
            status: problem.isMalformed ? 400 : 422, code: problem.code,
            title: problem.isMalformed ? "The body is not JSON that can be read" : "A field is not as it must be",
            detail: problem.sentence)
        errors = [Entry(place: .pointer(problem.pointer), code: problem.code, detail: problem.detail)]
    }

    /// What is wrong with a CSV body that is refused as a whole.
    init(_ problem: CSVProblem) {
        let place = problem.column.map { "line \(problem.line), \($0)" } ?? "line \(problem.line):"
        self.init(
            status: problem.isMalformed ? 400 : 422, code: problem.code,
            title: problem.isMalformed ? "The body is not CSV that can be read" : "A field is not as it must be",
            detail: "\(place) \(problem.detail)")
        errors = [
            Entry(place: .line(problem.line, column: problem.column), code: problem.code, detail: problem.detail)
        ]
    }

    /// The answer; `instance` names the request and nothing else.
    func response(_ requestID: RequestID) -> Response {
        var writer = JSONWriter(byteCapacity: 512)
        writer.object { writer in
            writer.member("type", "/problems/\(code)")
            writer.member("title", title)
            writer.member("status", status)
            writer.member("detail", detail)
            writer.member("instance", "/requests/\(requestID)")
            writer.member("code", code)
            if !errors.isEmpty {
                writer.key("errors")
                writer.array { writer in
                    for error in errors { error.write(to: &writer) }
                }
            }
            if let errorsOmitted { writer.member("errorsOmitted", errorsOmitted) }
        }
        writer.endLine()
        return Response(
            status: status, contentType: .problem, headers: headers, body: ByteBuffer(bytes: writer.bytes))
    }
}

extension Problem.Entry {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch place {
            case .pointer(let pointer): writer.member("pointer", pointer)
            case .line(let line, let column):
                writer.member("line", line)
                if let column { writer.member("column", column) }
            }
            writer.member("code", code)
            writer.member("detail", detail)
        }
    }
}

extension WireProblem {
    /// The detail with its place in front, to stand alone.
    var sentence: String { pointer.isEmpty ? detail : "\(pointer) \(detail)" }
}
