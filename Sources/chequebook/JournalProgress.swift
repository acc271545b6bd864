import ChequebookJournal
import Foundation

/// One line on a terminal that says how far a walk through a journal has come; nothing anywhere else.
struct JournalProgress {
    /// Where each segment begins if all were one file, in bytes, and where the last one ends.
    private let starts: [Int]
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant
    private static let lineWidth = 40
    private static let interval = Duration.milliseconds(200)

    /// Nil if standard error is no terminal.
    init?(_ storage: some Storage) throws {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        var starts = [0]
        for name in try storage.names().filter({ $0.hasSuffix(".segment") }).sorted() {
            starts.append(starts[starts.count - 1] + Int(clamping: try storage.open(name).byteCount()))
        }
        self.starts = starts
        start = clock.now
        shownAt = start
    }

    /// For work on so many bytes; nil if standard error is no terminal.
    init?(byteCount: Int) {
        guard isatty(STDERR_FILENO) == 1 else { return nil }
        starts = [0, byteCount]
        start = clock.now
        shownAt = start
    }

    /// Shows how far it is, now and then.
    mutating func pass(_ end: JournalPosition) {
        let segment = min(Int(end.segmentOrdinal) - 1, starts.count - 1)
        pass(byteCount: starts[max(segment, 0)] + Int(end.byteOffset))
    }

    /// Shows that so many bytes are done, now and then.
    mutating func pass(byteCount: Int) {
        let now = clock.now
        guard now - shownAt >= Self.interval else { return }
        shownAt = now
        show(byteCount, now - start)
    }

    /// Makes the line empty, for another one to be printed there.
    func clear() { Self.write("\r" + String(repeating: " ", count: Self.lineWidth) + "\r") }

    /// Shows the end, and lets the line stand.
    mutating func end() {
        show(starts[starts.count - 1], clock.now - start)
        Self.write("\n")
    }

    private func show(_ done: Int, _ time: Duration) {
        Self.write("\r" + Self.line(done: done, of: starts[starts.count - 1], time / .seconds(1)))
    }

    /// `42 %, 812 MB/s, 3 s left`, with blanks behind it that cover a longer line before.
    static func line(done: Int, of all: Int, _ seconds: Double) -> String {
        let share = all == 0 ? 1 : min(Double(done) / Double(all), 1)
        let rate = Double(done) / max(seconds, 0.001)
        let left = Double(max(all - done, 0)) / max(rate, 1)
        let line = "\(Int(share * 100)) %, \(Int(rate / 1e6)) MB/s, \(Int(left.rounded(.up))) s left"
        return line + String(repeating: " ", count: max(0, lineWidth - line.count))
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
