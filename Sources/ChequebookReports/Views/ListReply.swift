/// The reply to a list of events or registrations: counts, and what was wrong with which line.
public struct ListReply: Sendable {
    public struct LineError: Sendable {
        /// From 1; blank lines count.
        public let line: Int
        /// The name of the column in CSV; nil in JSON, and for an error of the whole line.
        public let column: String?
        public let code: String
        public let detail: String

        public init(line: Int, column: String? = nil, code: String, detail: String) {
            (self.line, self.column, self.code, self.detail) = (line, column, code, detail)
        }
    }

    public enum Kind: Sendable { case events, registrations }

    public let kind: Kind
    public var received = 0
    public var posted = 0
    public var replaced = 0
    public var duplicates = 0
    public var superseded = 0
    public var unattributed = 0
    public var registered = 0
    public var unchanged = 0
    public private(set) var rejected = 0
    /// The last record of the list; nil if nothing of it was well formed.
    public var sequence: UInt64?
    private var collected: [LineError] = []
    /// Errors of lines from here on are not among the first any more.
    private var lineEnd = Int.max
    private let errorsMax: Int

    public init(_ kind: Kind, errorsMax: Int) {
        self.kind = kind
        self.errorsMax = errorsMax
    }

    /// The first errors, by line.
    public var errors: [LineError] {
        Array(collected.sorted { $0.line < $1.line }.prefix(errorsMax))
    }

    /// Counts a line as rejected, and keeps why if it can be among the first errors.
    ///
    /// Lines come in any order: a malformed one is refused at once, one before it when the ledger has answered.
    public mutating func reject(line: Int, column: String? = nil, code: String, detail: @autoclosure () -> String) {
        rejected += 1
        guard line < lineEnd else { return }
        collected.append(LineError(line: line, column: column, code: code, detail: detail()))
        guard collected.count > 2 * errorsMax else { return }
        collected = errors
        lineEnd = collected.last?.line ?? 0
    }

    /// The reply as JSON with a line feed.
    public var json: [UInt8] {
        var writer = JSONWriter(byteCapacity: 256 + min(collected.count, errorsMax) * 96)
        writer.object { writer in
            writer.member("received", received)
            switch kind {
            case .events:
                writer.member("posted", posted)
                writer.member("replaced", replaced)
                writer.member("duplicates", duplicates)
                writer.member("superseded", superseded)
                writer.member("rejected", rejected)
                writer.member("unattributed", unattributed)
            case .registrations:
                writer.member("registered", registered)
                writer.member("unchanged", unchanged)
                writer.member("rejected", rejected)
            }
            writer.member("sequence", sequence)
            writeErrors(to: &writer)
        }
        writer.endLine()
        return writer.bytes
    }

    /// The members `errors` and `errorsOmitted`, errors by line.
    public func writeErrors(to writer: inout some AnswerSink & ~Copyable) {
        let errors = errors
        writer.key("errors")
        writer.array { writer in
            for error in errors {
                writer.object { writer in
                    writer.member("line", error.line)
                    writer.memberIfAny("column", error.column)
                    writer.member("code", error.code)
                    writer.member("detail", error.detail)
                }
            }
        }
        writer.member("errorsOmitted", rejected - errors.count)
    }
}
