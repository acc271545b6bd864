import Testing

extension ServiceProcess {
    /// Plays a ``Transcript`` and records every answer that is not the expected one.
    func plays(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for mismatch in try mismatches(text) { Issue.record("\(mismatch)", sourceLocation: sourceLocation) }
    }

    /// Sends what a ``Transcript`` says, one request after the other on one connection.
    ///
    /// - Returns: for each answer that is not the expected one both of them, and how they differ.
    func mismatches(_ text: String) throws -> [String] {
        let client = try connect()
        return try Transcript(text).exchanges.compactMap { exchange in
            let answer = try client.ask(exchange.request)
            let differences = try exchange.differences(from: answer)
            guard !differences.isEmpty else { return nil }
            let list = differences.map { "  \($0)" }.joined(separator: "\n")
            return "\(exchange.text)\n\nanswered with\n\n\(answer.whole)\n\(list)"
        }
    }
}

extension Transcript.Exchange {
    /// How an answer differs from the one that was written down, and from what holds for all answers.
    fileprivate func differences(from answer: RawAnswer) throws -> [String] {
        var differences = answer.shortcomings(toHead: request.method == "HEAD")
        if answer.status != status { differences.append("status: \(status) expected, not \(answer.status)") }
        for (name, expected) in headers where !Placeholder.matches(answer[name] ?? "(none)", expected) {
            differences.append("\(name): \(expected) expected, not \(answer[name] ?? "(none)")")
        }
        if let body {
            guard let actual = try? FlatJSON(answer.text) else { return differences + ["body: not JSON"] }
            differences += try FlatJSON(body).differences(from: actual)
        }
        return differences
    }
}

extension RawAnswer {
    /// What is missing of the things that every answer has: ids, and for a problem the form of RFC 9457.
    func shortcomings(toHead: Bool = false) -> [String] {
        var shortcomings: [String] = []
        for name in ["X-Request-ID", "X-Correlation-ID", "Date"] where self[name] == nil {
            shortcomings.append("\(name): missing")
        }
        let isProblem = status >= 400
        let hasBody = status != 204 && status != 304
        let type = isProblem ? "application/problem+json" : "application/json"
        if hasBody, self["Content-Type"] != type {
            shortcomings.append("Content-Type: \(type) expected, not \(self["Content-Type"] ?? "(none)")")
        }
        guard isProblem, !toHead else { return shortcomings }
        guard let problem = try? FlatJSON(text) else { return shortcomings + ["the problem is not JSON"] }
        for name in ["type", "title", "detail", "instance", "code"] where problem["/\(name)"] ?? "\"\"" == "\"\"" {
            shortcomings.append("\(name): missing in the problem")
        }
        if problem["/status"] != "\(status)" { shortcomings.append("status: not \(status) in the problem") }
        let code = problem["/code"].map { $0.dropFirst().dropLast() } ?? ""
        if code.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) == nil { shortcomings.append("code: not kebab-case") }
        return shortcomings
    }
}
