import ChequebookJournal

/// Submissions that wait for the journal, bounded in bytes: a full queue refuses at once.
final class CommitQueue: Sendable {
    private struct State {
        var waiting: [Submission] = []
        var byteCount = 0
        var isClosed = false
    }

    enum Refusal { case full, closed }

    private let bytesMax: Int
    private let configuration: JournalConfiguration
    private let monitor = Monitor(State())

    init(bytesMax: Int, configuration: JournalConfiguration) {
        self.bytesMax = bytesMax
        self.configuration = configuration
    }

    var byteCount: Int { monitor.read(\.byteCount) }

    var isCrowded: Bool { byteCount > bytesMax / 2 }

    /// Takes a submission in, or says why not. An empty queue takes any submission.
    ///
    /// - Parameter wakes: false if ``wake()`` follows: then whoever sleeps in ``take()`` sleeps on until then.
    func offer(_ submission: Submission, wakes: Bool = true) -> Refusal? {
        var refusal: Refusal?
        let byteCount = submission.batch.payloadBytes
        monitor.change { state in
            if state.isClosed {
                refusal = .closed
                return false
            }
            guard state.waiting.isEmpty || state.byteCount + byteCount <= bytesMax else {
                refusal = .full
                return false
            }
            state.waiting.append(submission)
            state.byteCount += byteCount
            return wakes
        }
        return refusal
    }

    /// Has what waits taken.
    func wake() {
        monitor.change { !$0.waiting.isEmpty }
    }

    /// Waits for submissions and gives as many as fit one commit; nil when the queue is closed and empty.
    func take() -> [Submission]? {
        let group: [Submission] = monitor.wait { state in
            guard !state.waiting.isEmpty else { return state.isClosed ? [] : nil }
            var bytes = 0
            var records = 0
            var count = 0
            for submission in state.waiting {
                bytes += submission.batch.payloadBytes
                records += submission.batch.count
                guard
                    count == 0
                        || (bytes <= configuration.commitBytesMax && records <= configuration.recordsInCommitMax)
                else { break }
                state.byteCount -= submission.batch.payloadBytes
                count += 1
            }
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting[..<count])
        }
        return group.isEmpty ? nil : group
    }

    /// Refuses what comes from now on; what waits is still taken.
    func close() {
        monitor.change { state in
            state.isClosed = true
            return true
        }
    }
}
