import ChequebookEngine

/// Carries what became of a submission back to the request's event loop.
final class LoopReceiver: OutcomeReceiver {
    typealias Handler = @Sendable (Result<Booked, NotBookedError>) -> Void

    private struct Delivery: LoopTask {
        let handler: Handler
        let result: Result<Booked, NotBookedError>

        func run() { handler(result) }
    }

    private let mailbox: LoopMailbox
    private let handler: Handler

    /// - Parameter handler: called once, on the loop of `mailbox`.
    init(_ mailbox: LoopMailbox, _ handler: @escaping Handler) {
        (self.mailbox, self.handler) = (mailbox, handler)
    }

    func booked(_ booked: Booked) {
        mailbox.post(Delivery(handler: handler, result: .success(booked)))
    }

    func notBooked(_ reason: NotBooked) {
        mailbox.post(Delivery(handler: handler, result: .failure(NotBookedError(reason: reason))))
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
