public import ChequebookModel

/// Why a record cannot be exported without a loss.
public enum ExportError: Error, Equatable, CustomStringConvertible {
    /// It is no record of the format.
    case record(RecordError, sequence: UInt64)
    /// Its instant is outside of the years that an instant is written with.
    case instant(sequence: UInt64)

    public var description: String {
        switch self {
        case .record(let error, let sequence): "at sequence \(sequence): \(error)"
        case .instant(let sequence): "the instant of sequence \(sequence) is outside of the years 1900 to 2199"
        }
    }
}

/// Writes an export: every record of a ledger as one line, between a line that begins it and one that ends it.
///
/// It keeps what is written until ``take(_:)``, and nothing else, so that a ledger of any size takes the same memory.
/// `docs/EXPORT_FORMAT.md` has the lines.
public struct ExportWriter: ~Copyable {
    private let form: ExportForm
    private var text = ExportText(byteCapacity: 1 << 19)
    /// The JSON of a cell.
    private var scratch = ExportText(byteCapacity: 1 << 12)

    public init(_ form: ExportForm) { self.form = form }

    /// Bytes that have been written and not taken yet.
    public var byteCount: Int { text.count }

    /// Begins the export.
    ///
    /// - Parameter identity: the ledger's sixteen bytes.
    public mutating func begin(identity: [UInt8]) {
        if form == .csv { text.headerRow() }
        line(.exportBegins) { text in
            text.member("format", UInt64(ExportFormat.version))
            text.member("identity", hex: identity)
        }
    }

    /// Ends the export.
    ///
    /// - Parameter head: the ledger's, as `SEQUENCE:HASH`.
    public mutating func end(head: String) {
        line(.exportEnds) { $0.member("head", text: head) }
    }

    /// Writes a record's line.
    ///
    /// - Throws: ``ExportError`` if it could not be made again from its line.
    public mutating func append(
        _ record: UnsafeRawBufferPointer, sequence: UInt64, recordedAt: Instant
    ) throws(ExportError) {
        guard Instant.written.contains(recordedAt) else { throw .instant(sequence: sequence) }
        let fact: Fact
        do throws(RecordError) {
            fact = try RecordDecoder.fact(record)
        } catch {
            throw .record(error, sequence: sequence)
        }
        let word = ExportWord(fact)
        switch form {
        case .ndjson:
            text.object { text in
                text.member("sequence", sequence)
                text.member("recordedAt", recordedAt)
                text.member("fact", word: word.word)
                Self.members(of: fact, record, to: &text)
            }
            text.endLine("\n")
        case .csv:
            guard !text.row(of: fact, sequence: sequence, recordedAt: recordedAt) else { return }
            scratch.removeAll()
            scratch.object { Self.members(of: fact, record, to: &$0) }
            text.row(word, (sequence, recordedAt), details: scratch.bytes)
        }
    }

    /// Gives `body` all that has been written since it was called last, and forgets it.
    public mutating func take<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        defer { text.removeAll() }
        return try body(text.bytes)
    }

    /// The fields of a fact. In front of them stands the record itself if the fact would be written as other bytes today:
    /// one that an older program wrote.
    private static func members(of fact: Fact, _ record: UnsafeRawBufferPointer, to text: inout ExportText) {
        if !hasOneEncoding(fact), !RecordEncoder.bytes(of: fact).elementsEqual(record) {
            text.member("record", hex: record)
        }
        text.members(of: fact)
    }

    /// Facts that there may be many of have one encoding in every version of the program.
    private static func hasOneEncoding(_ fact: Fact) -> Bool {
        switch fact {
        case .costEvent, .reversal, .statement, .withdrawal: true
        default: false
        }
    }

    /// A line that is no fact of the ledger.
    private mutating func line(_ word: ExportWord, _ members: (inout ExportText) -> Void) {
        switch form {
        case .ndjson:
            text.object { text in
                text.member("fact", word: word.word)
                members(&text)
            }
            text.endLine("\n")
        case .csv:
            scratch.removeAll()
            scratch.object(members)
            text.row(word, nil, details: scratch.bytes)
        }
    }
}
