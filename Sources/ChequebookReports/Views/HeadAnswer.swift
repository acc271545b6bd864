/// The answer to `GET /v1/ledger/head`: the end of history, for whoever wants to prove later that it was only added to.
public struct HeadAnswer: Answer {
    /// The sequence of the last record.
    public let sequence: UInt64
    /// The hash of the last commit, in 64 hexadecimal digits.
    public let hash: String

    public init(sequence: UInt64, hash: String) {
        (self.sequence, self.hash) = (sequence, hash)
    }

    public var layout: SheetLayout { SheetLayout(columns: ["sequence", "hash"]) }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("sequence", sequence)
            sink.member("hash", hash)
        }
    }
}
