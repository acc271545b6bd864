import ChequebookReports
import NIOCore

/// An answer in one form, with the header fields that go with it every time: made once, sent often.
struct Rendition: Sendable {
    /// What a client may do with the answer.
    enum Keeping: String {
        /// Keep it for itself, and ask each time whether it still holds.
        case whileAsking = "private, no-cache"
        /// Not keep it: it is about one person.
        case never = "private, no-store"
    }

    private let contentType: ContentType
    private let body: ByteBuffer
    private let tag: EntityTag
    private let fields: PreparedFields

    init(_ answer: some Answer, as form: AnswerForm, hasByteOrderMark: Bool, keeping: Keeping) {
        contentType = form.contentType
        body = ByteBuffer(bytes: answer.bytes(as: form, hasByteOrderMark: hasByteOrderMark))
        tag = EntityTag(contentType, body)
        fields = PreparedFields([("ETag", tag.text), ("Vary", "Accept"), ("Cache-Control", keeping.rawValue)])
    }

    /// The answer to a GET or HEAD: 304 for a client that says it has this body.
    ///
    /// - Parameter sequence: a record that the answer is not older than.
    func response(to request: Request, sequence: UInt64) -> Response {
        let sequenceField = (name: "Chequebook-Sequence", value: String(sequence))
        var response =
            tag.isNamed(in: request.headers)
            ? Response(status: 304, headers: [sequenceField])
            : Response(contentType: contentType, headers: [sequenceField], body: body)
        response.preparedFields = fields
        return response
    }
}

extension AnswerForm {
    fileprivate var contentType: ContentType {
        switch self {
        case .json: .json
        case .csv: .csv
        case .table: .text
        }
    }
}
