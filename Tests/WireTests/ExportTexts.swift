import ChequebookModel
import ChequebookWire
import Testing

/// Exports as the command writes and reads them, on text.
enum ExportTexts {
    static let identity = Array(UInt8(0)..<16)
    static let begins = #"{"fact":"export-begins","format":1,"identity":"000102030405060708090a0b0c0d0e0f"}"# + "\n"
    static let head = "1:" + String(repeating: "ab", count: 32)
    static let ends = #"{"fact":"export-ends","head":"\#(head)"}"# + "\n"
    static let created =
        #"{"sequence":1,"recordedAt":"2015-06-02T09:30:00.000000Z","fact":"ledger-created","patients":"nhs-number"}"#
        + "\n"
    /// 2015-06-02T09:30:00Z.
    static let start = Instant(microseconds: 1_433_237_400_000_000)

    /// A commit, each fact of it as its record.
    struct Commit: Equatable {
        var records: [[UInt8]]
        var recordedAt: Instant
    }

    /// An export of these commits.
    static func written(_ commits: [Commit], _ form: ExportForm) throws -> [UInt8] {
        var writer = ExportWriter(form)
        writer.begin(identity: identity)
        var sequence: UInt64 = 0
        for commit in commits {
            for record in commit.records {
                sequence += 1
                try record.withUnsafeBytes { bytes in
                    try writer.append(bytes, sequence: sequence, recordedAt: commit.recordedAt)
                }
            }
        }
        writer.end(head: head)
        #expect(writer.byteCount > 0)
        let bytes = writer.take { Array($0) }
        #expect(writer.byteCount == 0)
        return bytes
    }

    /// The line of one fact, which is at a sequence.
    static func line(_ fact: Fact, _ form: ExportForm = .ndjson, sequence: UInt64 = 7) throws -> String {
        var writer = ExportWriter(form)
        let record = Record.bytes(fact)
        try record.withUnsafeBytes { try writer.append($0, sequence: sequence, recordedAt: start) }
        return writer.take { String(decoding: $0, as: UTF8.self) }
    }

    /// What an export that comes in parts has.
    struct Read: Equatable {
        var identity: [UInt8] = []
        var commits: [Commit] = []
        var head = ""
    }

    static func read(
        _ parts: [[UInt8]], _ form: ExportForm, commitBytesMax: Int = 4 << 20, recordsInCommitMax: Int = 65_535
    ) throws -> Read {
        let parser = ExportParser(form, commitBytesMax: commitBytesMax, recordsInCommitMax: recordsInCommitMax)
        var read = Read()
        func take(_ step: ExportStep) {
            switch step {
            case .begins(let identity): read.identity = identity
            case .fact: break
            case .commit(let commit): read.commits.append(Commit(commit))
            case .ends(let commit, let head):
                if let commit { read.commits.append(Commit(commit)) }
                read.head = head
            }
        }
        for part in parts { try part.withUnsafeBytes { try parser.take($0, take) } }
        try parser.end(take)
        return read
    }

    static func read(_ text: String, _ form: ExportForm = .ndjson) throws -> Read {
        try read([Array(text.utf8)], form)
    }

    /// Why an export is refused; nil if it is not.
    static func problem(_ text: String, _ form: ExportForm = .ndjson) -> ExportProblem? {
        do {
            _ = try read(text, form)
            return nil
        } catch {
            return error as? ExportProblem
        }
    }
}

extension ExportTexts.Commit {
    init(_ commit: ExportedCommit) {
        var rest = commit.records[...]
        var records: [[UInt8]] = []
        while let low = rest.popFirst(), let high = rest.popFirst() {
            let count = Int(low) | Int(high) << 8
            records.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        #expect(records.count == commit.count)
        self.init(records: records, recordedAt: commit.recordedAt)
    }

    init(_ facts: [Fact], at recordedAt: Instant) {
        self.init(records: facts.map(Record.bytes), recordedAt: recordedAt)
    }
}
