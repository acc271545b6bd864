import ChequebookEngine
import ChequebookModel
import ChequebookReports
import ChequebookWire
import NIOCore

/// What one event loop keeps for itself: a JSON scanner and the answers it gave last.
///
/// `@unchecked Sendable`: it is made by its loop's thread, kept in that thread's own storage and never handed on.
final class LoopState: @unchecked Sendable {
    /// A target and what `Accept` chose; the same of both always asks the same.
    struct Target: Hashable {
        let path: Substring
        let query: Substring?
        /// What the query may overrule.
        let accepted: AnswerForm
    }

    /// An answer that is good while the edition it was made at is still the current one, and the day the same.
    struct Answer {
        let rendition: Rendition
        /// Nil for an answer about everybody.
        let commissioner: UInt16?
        let edition: UInt64
        let today: CalendarDate
    }

    /// Answers that one loop keeps. Dashboards ask for a few hundred targets again and again.
    private static let answersMax = 4_096

    let scanner = JSONScanner(
        limits: JSONLimits(documentBytesMax: Limits.bodyBytesMax, depthMax: Limits.jsonDepthMax))
    private var answers: [Target: Answer] = [:]

    private var startsCommit = false

    /// Has what this loop submits commit together, as soon as it has dealt with all that it has read.
    func startCommitSoon(_ engine: Engine, _ eventLoop: any EventLoop) {
        guard !startsCommit else { return }
        startsCommit = true
        eventLoop.assumeIsolated().execute {
            self.startsCommit = false
            engine.startCommit()
        }
    }

    func answer(_ target: Target) -> Answer? { answers[target] }

    func keep(_ answer: Answer, for target: Target) {
        if answers.count >= Self.answersMax { answers.removeAll(keepingCapacity: true) }
        answers[target] = answer
    }
}
