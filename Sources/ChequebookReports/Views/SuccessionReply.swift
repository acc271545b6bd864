public import ChequebookModel

/// The reply to `POST /v1/commissioners/{code}/succession`.
public struct SuccessionReply: Sendable {
    private let succession: Succession
    private let movedCount: Int
    private let sequence: UInt64

    /// - Parameter movedCount: people of whom at least one statement was put.
    public init(_ succession: Succession, movedCount: Int, sequence: UInt64) {
        (self.succession, self.movedCount, self.sequence) = (succession, movedCount, sequence)
    }

    /// The reply as JSON with a line feed.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("commissioner", "\(succession.commissioner)")
            writer.key("from")
            writer.array { writer in
                for code in succession.from { writer.string("\(code)") }
            }
            writer.member("date", "\(succession.date)")
            writer.member("moved", movedCount)
            writer.member("sequence", sequence)
        }
        writer.endLine()
        return writer.bytes
    }
}
