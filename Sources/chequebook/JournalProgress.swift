import ChequebookJournal

/// How far a walk over a journal has come.
struct JournalProgress {
    /// Where each segment begins if all were one file, in bytes, and where the last one ends.
    private let starts: [Int]
    private var line: ProgressLine

    /// Nil if standard error is no terminal.
    init?(_ storage: some Storage) throws {
        var starts = [0]
        for name in try storage.names().filter({ $0.hasSuffix(".segment") }).sorted() {
            starts.append(starts[starts.count - 1] + Int(clamping: try storage.open(name).byteCount()))
        }
        guard let line = ProgressLine(byteCount: starts[starts.count - 1]) else { return nil }
        (self.starts, self.line) = (starts, line)
    }

    /// Shows how far it is, now and then.
    mutating func pass(_ end: JournalPosition) {
        let segment = min(Int(end.segmentOrdinal) - 1, starts.count - 1)
        line.pass(starts[max(segment, 0)] + Int(end.byteOffset))
    }

    /// Shows the end, and lets the line stand.
    mutating func end() { line.end() }
}
