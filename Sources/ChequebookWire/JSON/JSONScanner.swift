internal import CSIMDJSON

/// Reads one JSON document after another into tokens, with buffers that it keeps.
///
/// It allocates nothing for a document unless the document is the largest, or the first with escapes in its strings.
/// Everything that RFC 8259 forbids is refused, and so are bytes that are not UTF-8 and halves of surrogate pairs, which
/// no ledger could write back. A number of any size is well-formed: its field can then be named by whoever refuses it.
///
/// One scanner belongs to one event loop. The tokens of a document live in the scanner and in the document's bytes:
/// they are valid until the next call, while both are alive, and using them later reads freed or foreign memory.
public final class JSONScanner {
    private let parser: OpaquePointer

    /// The limits that every document and every list item is held to.
    public let limits: JSONLimits

    /// - Precondition: the limits are in the ranges that ``JSONLimits`` gives.
    public init(limits: JSONLimits = JSONLimits()) {
        precondition(limits.depthMax <= CHEQUEBOOK_JSON_DEPTH_LIMIT, "depthMax is beyond what the parser supports")
        guard
            let parser = chequebook_json_parser_create(limits.documentBytesMax, limits.tokenCountMax, limits.depthMax)
        else { preconditionFailure("no memory for a JSON parser, or limits out of range") }
        self.parser = parser
        self.limits = limits
    }

    deinit {
        chequebook_json_parser_destroy(parser)
    }

    /// The tokens of one whole document.
    ///
    /// No byte outside `document` is read, so it can be a line in the middle of a larger buffer.
    public func scan(_ document: UnsafeRawBufferPointer) throws(JSONError) -> JSONTokens {
        try tokens(chequebook_json_scan(parser, document.baseAddress, document.count))
    }

    /// Runs `body`, which reads the lines of `run` one after another with ``scan(line:)``.
    ///
    /// The starts of all their tokens are found at once, which for lines as short as events takes a fraction of the time.
    ///
    /// - Parameter run: whole lines of newline-delimited JSON, the line feed of the last one included.
    public func withIndex(ofLines run: UnsafeRawBufferPointer, _ body: () -> Void) {
        chequebook_json_index_lines(parser, run.baseAddress, run.count)
        body()
        // The index must not outlive the bytes: a later line could lie at the same address.
        chequebook_json_index_lines(parser, nil, 0)
    }

    /// The tokens of one whole document, exactly as ``scan(_:)`` gives them; quicker for a line of the run that is
    /// indexed, without its line feed, if those are read in their order.
    public func scan(line: UnsafeRawBufferPointer) throws(JSONError) -> JSONTokens {
        try tokens(chequebook_json_scan_line(parser, line.baseAddress, line.count))
    }

    /// The tokens of one whole document without the elements of the root object's array `name`, which ``nextItem()``
    /// then gives one at a time.
    ///
    /// The document has been validated to its end when this returns, so that nothing of a malformed list need be acted
    /// on. The array's begin and end are among the tokens, like all other members; its `childCount` is the number of
    /// elements. A document without such an array is read as ``scan(_:)`` reads it, and has no items. Limits on depth
    /// and tokens count anew for each element, so that an item is refused alike in a list and on a line of its own.
    public func open(_ document: UnsafeRawBufferPointer, list name: StaticString) throws(JSONError) -> JSONTokens {
        try tokens(
            chequebook_json_open(
                parser, document.baseAddress, document.count, name.utf8Start, name.utf8CodeUnitCount))
    }

    /// The tokens of the next element of the opened list, nil after the last. They replace those of ``open(_:list:)``
    /// and of the element before.
    ///
    /// - Throws: only if the document's bytes have been changed since it was opened.
    public func nextItem() throws(JSONError) -> JSONTokens? {
        let item = try tokens(chequebook_json_next_item(parser))
        return item.isEmpty ? nil : item
    }

    private func tokens(_ result: chequebook_json_result) throws(JSONError) -> JSONTokens {
        let tokens = JSONTokens(base: result.tokens, count: result.tokenCount)
        guard result.code == CHEQUEBOOK_JSON_OK else {
            throw JSONError(code: result.code, byteOffset: result.offset, tokensBefore: tokens, limits: limits)
        }
        return tokens
    }
}

@available(*, unavailable)
extension JSONScanner: Sendable {}

/// What a document may ask of the scanner. Each limit is inclusive.
public struct JSONLimits: Sendable, Equatable {
    /// Bytes of one document, 1 to 2^32 − 1. The scanner keeps up to five times as many.
    public var documentBytesMax: Int

    /// Tokens of one document or list item, 0 to 2^32 − 1. The scanner keeps room for twice as many, 16 bytes each.
    public var tokenCountMax: Int

    /// Objects and arrays open at once, 0 to 64.
    public var depthMax: Int

    /// A rate card of some thousand rates fits the defaults, and so does a list body of the size that is accepted.
    public init(documentBytesMax: Int = 16 << 20, tokenCountMax: Int = 1 << 16, depthMax: Int = 16) {
        self.documentBytesMax = documentBytesMax
        self.tokenCountMax = tokenCountMax
        self.depthMax = depthMax
    }
}
