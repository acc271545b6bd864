import ChequebookJournal
import ChequebookModel

/// What copying a journal came to, in words and as JSON.
struct CopyResult {
    private struct Document: ResultDocument {
        let commits: UInt64
        let records: UInt64
        let sequence: UInt64
        let hash: String?
        let recordedThrough: String?
    }

    private let report: JournalCopy.Report

    init(_ report: JournalCopy.Report) { self.report = report }

    private var recordedThrough: String? {
        report.lastRecordedAtMicroseconds.map { "\(Instant(microseconds: $0))" }
    }

    /// - Parameter what: the copy, as the first words of a sentence.
    func say(json: Bool, what: String) throws {
        guard !json else {
            let document = Document(
                commits: report.commits, records: report.records, sequence: report.head?.sequence ?? 0,
                hash: report.head.map { "\($0.hash)" }, recordedThrough: recordedThrough)
            return print(try document.json)
        }
        print("Copied \(report.records) records in \(report.commits) commits, each checked.")
        guard let head = report.head, let recordedThrough else { return print("\(what) is empty.") }
        print("\(what) reaches sequence \(head.sequence), recorded at \(recordedThrough).")
        print("Head: \(head)")
    }

    /// What a repaired ledger has and has not.
    func linesOfRepair(_ path: String, of storage: some Storage) throws -> [String] {
        let sequence = report.head?.sequence ?? 0
        var lines = ["\(path) is a ledger of the \(report.records) records up to sequence \(sequence)."]
        for damage in report.damages where !damage.isInSegment {
            lines.append("\(damage.name) does not hold what it should, and was not believed.")
        }
        guard let damage = report.damages.last, damage.isInSegment else {
            lines.append("Nothing is lost: every segment is sound.")
            return lines
        }
        let remains = try Remains(in: storage, behind: damage, lastSequence: sequence)
        lines.append("Lost from it is everything behind that, beginning at \(damage.name), byte \(damage.byteOffset).")
        if let sequences = remains.sequences, let last = remains.lastRecordedAtMicroseconds {
            lines.append(
                """
                Of what is behind, the headers of \(remains.commits) commits can be read: \(remains.records) records from \
                sequence \(sequences.lowerBound) to \(sequences.upperBound), the last recorded at \
                \(Instant(microseconds: last)).
                """)
        }
        let since = recordedThrough.map { "since \($0)" } ?? "ever"
        lines.append("Have every source send again what it sent \(since); what is there already changes nothing.")
        return lines
    }
}
