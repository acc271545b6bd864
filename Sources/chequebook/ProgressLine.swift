import Foundation

/// One line on a terminal that says how far a long walk over bytes has come; nothing anywhere else.
struct ProgressLine {
    private let byteCount: Int
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shownAt: ContinuousClock.Instant
    private static let lineWidth = 40
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

    /// Makes the line empty, for another one to be printed there.
    func clear() { Self.write("\r" + String(repeating: " ", count: Self.lineWidth) + "\r") }

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
        return line + String(repeating: " ", count: max(0, lineWidth - line.count))
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
