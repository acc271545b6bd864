/// The forms that an answer can be had in, the default first.
public enum AnswerForm: CaseIterable, Sendable {
    case json, csv, table

    /// The word of the query.
    public var word: StaticString {
        switch self {
        case .json: "json"
        case .csv: "csv"
        case .table: "table"
        }
    }
}

/// What is answered to a question, free of any form.
public protocol Answer: Sendable {
    /// How the answer is laid out in rows and columns, for CSV and tables.
    var layout: SheetLayout { get }

    /// Tells the answer, whole.
    func write(to sink: inout some AnswerSink & ~Copyable)

    /// About how long the answer is as JSON, in bytes.
    var jsonByteCapacity: Int { get }

    /// Gives `body` the answer in a form, in memory that is good until it returns.
    ///
    /// A type whose answers are asked for often implements it itself, by `write(as:hasByteOrderMark:_:)` and nothing
    /// else: called for one type, that is compiled for it and its sinks, which is more than twice as fast.
    ///
    /// - Parameter hasByteOrderMark: whether CSV begins with a byte order mark, which Excel needs to see UTF-8.
    func give(as form: AnswerForm, hasByteOrderMark: Bool, to body: (UnsafeRawBufferPointer) -> Void)
}

extension Answer {
    public var jsonByteCapacity: Int { 1_024 }

    public func give(as form: AnswerForm, hasByteOrderMark: Bool, to body: (UnsafeRawBufferPointer) -> Void) {
        write(as: form, hasByteOrderMark: hasByteOrderMark, body)
    }

    /// The answer in a form.
    public func bytes(as form: AnswerForm, hasByteOrderMark: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        give(as: form, hasByteOrderMark: hasByteOrderMark) { bytes = Array($0) }
        return bytes
    }

    /// The answer as JSON with a line feed.
    public var json: [UInt8] { bytes(as: .json, hasByteOrderMark: false) }

    func write(as form: AnswerForm, hasByteOrderMark: Bool, _ body: (UnsafeRawBufferPointer) -> Void) {
        switch form {
        case .json:
            var writer = JSONWriter(byteCapacity: jsonByteCapacity)
            write(to: &writer)
            writer.endLine()
            writer.withBytes(body)
        case .csv: sheet.csv(hasByteOrderMark: hasByteOrderMark).withUnsafeBytes(body)
        case .table: sheet.table.withUnsafeBytes(body)
        }
    }

    private var sheet: Sheet {
        var writer = AnswerTreeWriter()
        write(to: &writer)
        return Sheet(writer.tree, layout)
    }
}
