import ChequebookLedger

/// What the ledger's thread has to do: commits to apply, in order, and questions to answer between them.
final class LedgerInbox: Sendable {
    struct Commit {
        let prepared: PreparedCommit
        let submissions: [Submission]
    }

    typealias Question = @Sendable (Ledger?) -> Void

    struct Work {
        var commits: [Commit] = []
        var questions: [Question] = []
        var isClosed = false
    }

    private let commitsMax: Int
    private let questionsMax: Int
    private let monitor = Monitor(Work())

    init(commitsMax: Int, questionsMax: Int) {
        self.commitsMax = commitsMax
        self.questionsMax = questionsMax
    }

    /// Hands a commit over, waiting while the ledger is behind: so the journal cannot run away from it.
    func put(_ commit: Commit) {
        monitor.wait { work in work.commits.count < commitsMax ? () : nil }
        monitor.change { work in
            work.commits.append(commit)
            return true
        }
    }

    /// Takes a question in; false if there are too many or the engine is stopping.
    func ask(_ question: @escaping Question) -> Bool {
        var isTaken = false
        monitor.change { work in
            guard !work.isClosed, work.questions.count < questionsMax else { return false }
            isTaken = true
            work.questions.append(question)
            return work.questions.count == 1
        }
        return isTaken
    }

    /// Waits for work and takes one commit and all questions; nil when closed and empty.
    ///
    /// One commit at a time, and between its steps `takeQuestion`, so that no question waits for long.
    func take() -> (commit: Commit?, questions: [Question])? {
        let work: Work = monitor.wait { work in
            if work.commits.isEmpty && work.questions.isEmpty && !work.isClosed { return nil }
            let taken = Work(
                commits: Array(work.commits.prefix(1)), questions: work.questions, isClosed: work.isClosed)
            work.commits.removeFirst(taken.commits.count)
            work.questions = []
            return taken
        }
        if work.commits.isEmpty && work.questions.isEmpty { return nil }
        monitor.change { _ in !work.commits.isEmpty }
        return (work.commits.first, work.questions)
    }

    /// Takes the question that has waited longest; nil if none waits.
    ///
    /// One at a time, so that many who ask keep nobody's commit waiting for long.
    func takeQuestion() -> Question? {
        var question: Question?
        monitor.change { work in
            if !work.questions.isEmpty { question = work.questions.removeFirst() }
            return false
        }
        return question
    }

    func close() {
        monitor.change { work in
            work.isClosed = true
            return true
        }
    }
}
