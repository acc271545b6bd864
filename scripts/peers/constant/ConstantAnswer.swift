import NIOCore
import NIOHTTP1

/// An answer that is always the same but for the ids of its request.
struct ConstantAnswer: Sendable {
    let status: HTTPResponseStatus
    /// All fields but the ids, which are made anew for each request.
    let headers: HTTPHeaders
    let body: ByteBuffer

    /// The fields that name a request, in lower case.
    static let idNames = ["x-request-id", "x-correlation-id"]

    /// Reads an HTTP/1.1 answer as it stands on the wire; nil if the lines are none.
    ///
    /// - Parameter readLine: gives the next line with its end, nil at the end of the text.
    init?(_ readLine: () -> String?) {
        func headLine() -> Substring? {
            readLine().map { $0.prefix { !$0.isNewline } }
        }
        guard let words = headLine()?.split(separator: " ", maxSplits: 2), words.count == 3, let code = Int(words[1])
        else { return nil }
        status = HTTPResponseStatus(statusCode: code, reasonPhrase: String(words[2]))
        var headers = HTTPHeaders()
        while let line = headLine(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = String(line[..<colon])
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            if !Self.idNames.contains(name.lowercased()) { headers.add(name: name, value: String(value)) }
        }
        var body = ByteBuffer()
        while let line = readLine() { body.writeString(line) }
        guard headers.first(name: "Content-Length") == String(body.readableBytes) else { return nil }
        (self.headers, self.body) = (headers, body)
    }
}
