public import ChequebookModel

/// Reads one item of a list: what a route's body consists of.
public protocol ItemReader {
    /// The fact that the item says.
    ///
    /// - Throws: `WireProblem` naming the first field that is wrong.
    func fact(_ tokens: JSONTokens) throws(WireProblem) -> Fact

    /// Adds the record of that fact, and nothing if it throws.
    func append(_ tokens: JSONTokens, to records: inout RecordBatchBuilder) throws(WireProblem)
}

extension ItemReader {
    public func append(_ tokens: JSONTokens, to records: inout RecordBatchBuilder) throws(WireProblem) {
        records.append(try fact(tokens))
    }
}
