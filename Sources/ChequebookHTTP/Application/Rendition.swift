import ChequebookReports
import NIOCore

/// An answer in one form, with the header fields that go with it every time: made once, sent often.
struct Rendition: Sendable {
    /// What a client may do with the answer.
    enum Keeping {
        /// Keep it for itself, and ask each time whether it still holds.
        case whileAsking
        /// Not keep it: it is about one person.
        case never
    }

    /// Those of an answer that nobody keeps are the same each time, but for the tag.
    private static let neverFields = PreparedFields(varyFields("private, no-store"))

    private static func varyFields(_ cacheControl: String) -> [(name: String, value: String)] {
        [("Vary", "Accept"), ("Cache-Control", cacheControl)]
    }

    private let contentType: ContentType
    private let body: ByteBuffer
    private let tag: EntityTag
    private let fields: PreparedFields

    init(_ answer: some Answer, as form: AnswerForm, hasByteOrderMark: Bool, keeping: Keeping) {
        contentType = form.contentType
        var body = ByteBuffer()
        answer.give(as: form, hasByteOrderMark: hasByteOrderMark) { body.writeBytes($0) }
        self.body = body
        tag = EntityTag(contentType, body)
        fields =
            switch keeping {
            case .whileAsking: PreparedFields([("ETag", tag.text)] + Self.varyFields("private, no-cache"))
            case .never: PreparedFields(Self.neverFields, tag)
            }
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
