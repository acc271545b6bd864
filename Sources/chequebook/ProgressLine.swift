import ChequebookJournal
import Foundation

/// One line on a terminal that says how far a long walk over bytes has come; nothing anywhere else.
struct ProgressLine {
    private let byteCount: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant
    private static let interval = Duration.milliseconds(200)

    /// Nil if standard error is no terminal.
    ///
    /// - Parameter byteCount: of all that there is to walk over.
    init?(byteCount: Int) {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        self.byteCount = byteCount
        start = clock.now
        shownAt = start
    }

    /// Shows how far it is, now and then.
    mutating func pass(_ done: Int) {
        let now = clock.now
        guard now - shownAt >= Self.interval else { return }
        shownAt = now
        show(done, now - start)
    }

    /// Shows the end, and lets the line stand.
    mutating func end() {
        show(byteCount, clock.now - start)
        Self.write("\n")
    }

    private func show(_ done: Int, _ time: Duration) {
        Self.write("\r" + Self.line(done: done, of: byteCount, time / .seconds(1)))
    }

    /// `42 %, 812 MB/s, 3 s left`, with blanks behind it that cover a longer line before.
    static func line(done: Int, of all: Int, _ seconds: Double) -> String {
        let share = all == 0 ? 1 : min(Double(done) / Double(all), 1)
        let rate = Double(done) / max(seconds, 0.001)
        let left = Double(max(all - done, 0)) / max(rate, 1)
        let line = "\(Int(share * 100)) %, \(Int(rate / 1e6)) MB/s, \(Int(left.rounded(.up))) s left"
        return line + String(repeating: " ", count: max(0, 40 - line.count))
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

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
