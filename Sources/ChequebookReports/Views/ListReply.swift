/// The reply to a list of events or registrations: counts, and what was wrong with which line.
public struct ListReply: Sendable {
    public struct LineError: Sendable {
        /// From 1; blank lines count.
        public let line: Int
        public let code: String
        public let detail: String

        public init(line: Int, code: String, detail: String) {
            (self.line, self.code, self.detail) = (line, code, detail)
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
    public private(set) var errors: [LineError] = []
    private let errorsMax: Int

    public init(_ kind: Kind, errorsMax: Int) {
        self.kind = kind
        self.errorsMax = errorsMax
    }

    /// Counts a line as rejected, and keeps why while there is room.
    public mutating func reject(line: Int, code: String, detail: @autoclosure () -> String) {
        rejected += 1
        if errors.count < errorsMax { errors.append(LineError(line: line, code: code, detail: detail())) }
    }

    /// The reply as JSON with a line feed.
    public var json: [UInt8] {
        var writer = JSONWriter(byteCapacity: 256 + errors.count * 96)
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
    public func writeErrors(to writer: inout JSONWriter) {
        writer.key("errors")
        writer.array { writer in
            for error in errors.sorted(by: { $0.line < $1.line }) {
                writer.object { writer in
                    writer.member("line", error.line)
                    writer.member("code", error.code)
                    writer.member("detail", error.detail)
                }
            }
        }
        writer.member("errorsOmitted", rejected - errors.count)
    }
}
