/// Why a body or a line is refused before it can become a fact.
///
/// Neither its detail nor its pointer ever repeats a value from the input, which may be a patient's number.
public struct WireProblem: Error, Equatable, Sendable {
    /// Whether it is not JSON at all (400), or JSON that says what is not allowed (422).
    public let isMalformed: Bool
    /// Stable and kebab-case.
    public let code: String
    /// RFC 6901, relative to the item.
    public let pointer: String
    /// One sentence without a full stop that says what would be right.
    public let detail: String

    public init(isMalformed: Bool = false, code: String, pointer: String, detail: String) {
        self.isMalformed = isMalformed
        self.code = code
        self.pointer = pointer
        self.detail = detail
    }

    /// Runs `body`; bytes that are not JSON become a problem too.
    public static func reading<Value>(_ body: () throws(JSONError) -> Value) throws(WireProblem) -> Value {
        do {
            return try body()
        } catch {
            throw WireProblem(error)
        }
    }

    init(_ error: JSONError) {
        self.init(isMalformed: true, code: error.code, pointer: error.pointer, detail: error.detail)
    }
}
