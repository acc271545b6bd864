/// A request as it goes over the wire.
struct RawRequest: Sendable {
    var method: String
    var target: String
    /// Fields beside `Host` and `Content-Length`.
    var headers: [(name: String, value: String)]
    var body: [UInt8]?

    init(
        _ method: String, _ target: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil
    ) {
        (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
    }

    /// A request with a JSON body.
    init(_ method: String, _ target: String, json: String) {
        self.init(
            method, target, headers: [("Content-Type", "application/json")], body: Array(json.utf8))
    }

    /// A POST of newline-delimited JSON.
    init(post target: String, lines: [String]) {
        self.init(
            "POST", target, headers: [("Content-Type", "application/x-ndjson")],
            body: Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Request line and header fields, and the empty line behind them.
    var head: String {
        var fields = headers
        fields.insert(("Host", "localhost"), at: 0)
        if let body { fields.append(("Content-Length", "\(body.count)")) }
        return "\(method) \(target) HTTP/1.1\r\n" + fields.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
    }

    var bytes: [UInt8] { Array(head.utf8) + (body ?? []) }
}

/// An answer as it came over the wire.
struct RawAnswer: Sendable {
    var status: Int
    var reason: String
    var headers: [(name: String, value: String)]
    var body: [UInt8] = []

    subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as text.
    var text: String { String(decoding: body, as: UTF8.self) }

    /// Everything in it, for a search.
    var whole: String {
        "\(status) \(reason)\n" + headers.map { "\($0.name): \($0.value)\n" }.joined() + text
    }

    /// The problem's code, or whatever `code` the body has at its top.
    var code: String? {
        (try? FlatJSON(text))?["/code"].map { String($0.dropFirst().dropLast()) }
    }
}
