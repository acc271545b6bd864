/// A conversation with the service, written down to be read.
///
/// Lines that begin with `> ` are sent and those with `< ` are the answer expected; every other line is there for the
/// reader. A request is its method and target, then header fields, then its body; an answer its status, then header
/// fields, then its body. A body that is not called anything else is JSON. Figures in the answer must be exactly those;
/// see ``FlatJSON`` and ``Placeholder`` for what may be left open.
struct Transcript {
    struct Exchange {
        var request: RawRequest
        var status: Int
        var headers: [(name: String, value: String)]
        /// Nil if nothing is said about it.
        var body: String?
        /// As it was written.
        var text: String
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    private(set) var exchanges: [Exchange] = []

    /// - Throws: ``Malformed`` for a text that can not be played.
    init(_ text: String) throws {
        var sent: [String] = []
        var expected: [String] = []
        func add(to exchanges: inout [Exchange]) throws {
            if !sent.isEmpty { exchanges.append(try Exchange(sent: sent, expected: expected)) }
            (sent, expected) = ([], [])
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(">") {
                if !expected.isEmpty { try add(to: &exchanges) }
                sent.append(String(line.dropFirst(2)))
            } else if line.hasPrefix("<") {
                expected.append(String(line.dropFirst(2)))
            } else {
                try add(to: &exchanges)
            }
        }
        try add(to: &exchanges)
        guard !exchanges.isEmpty else { throw Malformed(description: "there is nothing to be sent") }
    }
}

extension Transcript.Exchange {
    fileprivate init(sent: [String], expected: [String]) throws {
        text = (sent.map { "> \($0)" } + expected.map { "< \($0)" }).joined(separator: "\n")
        let start = sent[0].split(separator: " ").map(String.init)
        guard start.count == 2, let status = expected.first.flatMap({ Int($0) }) else {
            throw Transcript.Malformed(description: "neither a request with its answer nor prose:\n\(text)")
        }
        self.status = status
        let (sentHeaders, sentBody) = Self.split(sent.dropFirst())
        request = RawRequest(start[0], start[1], headers: sentHeaders)
        if let sentBody {
            request.body = Array(sentBody.utf8)
            if !sentHeaders.contains(where: { $0.name == "Content-Type" }) {
                request.headers.append(("Content-Type", "application/json"))
            }
        }
        (headers, body) = Self.split(expected.dropFirst())
    }

    /// Header fields, then the body; an empty line begins a body that looks like a field.
    private static func split(_ lines: ArraySlice<String>) -> ([(name: String, value: String)], String?) {
        var rest = lines
        var headers: [(name: String, value: String)] = []
        while let field = rest.first?.wholeMatch(of: /([A-Za-z-]+): (.*)/) {
            headers.append((String(field.1), String(field.2)))
            rest = rest.dropFirst()
        }
        return (headers, rest.isEmpty ? nil : rest.joined(separator: "\n"))
    }
}
