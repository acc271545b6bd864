import ChequebookEngine

/// Carries what became of a submission back to the request's event loop.
///
/// `@unchecked Sendable`: the engine's thread writes the result once, before it posts; the loop reads it after.
final class LoopReceiver: OutcomeReceiver, LoopTask, @unchecked Sendable {
    typealias Handler = @Sendable (Result<Booked, NotBookedError>) -> Void

    private let mailbox: LoopMailbox
    private let handler: Handler
    private var result: Result<Booked, NotBookedError>?

    /// - Parameter handler: called once, on the loop of `mailbox`.
    init(_ mailbox: LoopMailbox, _ handler: @escaping Handler) {
        (self.mailbox, self.handler) = (mailbox, handler)
    }

    func booked(_ booked: Booked) { post(.success(booked)) }

    func notBooked(_ reason: NotBooked) {
        post(.failure(NotBookedError(reason: reason)))
        mailbox.wake()
    }

    func commitIsTold() { mailbox.wake() }

    func run() {
        guard let result else { return }
        self.result = nil
        handler(result)
    }

    private func post(_ result: Result<Booked, NotBookedError>) {
        self.result = result
        mailbox.post(self, wakes: false)
    }
}

/// A submission that was not, or not certainly, booked.
struct NotBookedError: Error {
    let reason: NotBooked

    var problem: Problem {
        switch reason {
        case .journalFailed:
            Problem(.journalUnavailable, "it is not known whether this was stored; send the same again after a restart")
        case .stopping: Problem(.stopping, "nothing was stored; send the same again after a restart")
        }
    }
}

extension Problem {
    static var queueFull: Problem {
        Problem(.queueFull, "send the same again in a moment", headers: [("Retry-After", "1")])
    }
}
