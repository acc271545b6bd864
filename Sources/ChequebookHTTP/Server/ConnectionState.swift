/// Where one connection stands: which part of a request may come next, whose turn it is, and whether it goes on.
///
/// It knows no sockets and no clock. The handler tells it what happened and performs the action that it returns. Two
/// things run beside each other in an exchange: the request's bytes still coming in, and the answer going out. The
/// exchange is over when both are done, and only then is the next request looked at.
struct ConnectionState {
    /// What becomes of the current request's bytes.
    enum Input: Equatable {
        /// They go to the application, which takes so many more.
        case delivering(bytesLeft: Int)
        /// Nobody wants them; after so many more it is cheaper to give up the connection.
        case discarding(bytesLeft: Int)
        /// All have come.
        case complete
    }

    enum Phase: Equatable {
        /// Between requests.
        case idle
        case exchanging(Input, answered: Bool)
        /// The last answer is given; what the client still sends is ignored until it is gone or its time is up.
        case lingering
        case closed
    }

    enum AdmissionAction: Equatable {
        case none, sendContinue, refuseTooLarge
    }

    enum BodyAction: Equatable {
        case deliver, discard, refuseTooLarge, linger
    }

    enum EndAction: Equatable {
        case none, deliverEnd, serveNext, linger
    }

    enum AnswerAction: Equatable {
        case none
        /// The answer says that the connection goes on; the rest of the request is still to come.
        case write
        case writeAndServeNext
        /// The answer says `Connection: close`.
        case writeAndLinger
    }

    /// How a request that cannot be completed ends.
    enum FailureAction: Equatable {
        case none
        /// Answer with the problem; the answer will be the last.
        case answer
        /// The same, and tell the application that its body will not be complete.
        case abortAndAnswer
        /// The answer has been given already.
        case linger
    }

    private(set) var phase = Phase.idle
    private var isLastRequest = false
    private var isContinueAwaited = false
    private var declaredBytes: Int?
    private let drainBytesMax: Int

    init(drainBytesMax: Int) {
        self.drainBytesMax = drainBytesMax
    }

    /// A head may be processed only now.
    var isIdle: Bool { phase == .idle }

    /// The answer to the current request is still to be given.
    var isAnswerDue: Bool {
        if case .exchanging(_, answered: false) = phase { true } else { false }
    }

    /// Bytes of a body are expected.
    var isReceiving: Bool {
        switch phase {
        case .exchanging(.complete, _), .idle, .lingering, .closed: false
        case .exchanging: true
        }
    }

    /// The application is taking a body.
    var isDelivering: Bool {
        if case .exchanging(.delivering, _) = phase { true } else { false }
    }

    /// Nothing that the client sends matters any more.
    var isOver: Bool { phase == .lingering || phase == .closed }

    /// A sound head has come. Call only when idle.
    mutating func began(_ length: BodyLength, keepAlive: Bool, awaitsContinue: Bool) {
        assert(isIdle)
        isLastRequest = isLastRequest || !keepAlive
        isContinueAwaited = awaitsContinue && length != .none
        switch length {
        case .none: declaredBytes = 0
        case .declared(let bytes): declaredBytes = bytes
        case .chunked: declaredBytes = nil
        }
        phase = .exchanging(.discarding(bytesLeft: declaredBytes ?? drainBytesMax), answered: false)
    }

    /// The application takes the body.
    mutating func admittedBody(bytesMax: Int) -> AdmissionAction {
        guard case .exchanging(.discarding, answered: false) = phase else { return .none }
        phase = .exchanging(.delivering(bytesLeft: bytesMax), answered: false)
        if let declaredBytes, declaredBytes > bytesMax { return .refuseTooLarge }
        defer { isContinueAwaited = false }
        return isContinueAwaited ? .sendContinue : .none
    }

    /// Some bytes of the body have come.
    mutating func received(bytes: Int) -> BodyAction {
        // A client that sends on without the `100 Continue` keeps the framing intact, so the connection may go on.
        isContinueAwaited = false
        declaredBytes = declaredBytes.map { $0 - bytes }
        switch phase {
        case .exchanging(.delivering(let bytesLeft), let answered):
            if bytes > bytesLeft { return .refuseTooLarge }
            phase = .exchanging(.delivering(bytesLeft: bytesLeft - bytes), answered: answered)
            return .deliver
        case .exchanging(.discarding(let bytesLeft), let answered):
            if bytes <= bytesLeft {
                phase = .exchanging(.discarding(bytesLeft: bytesLeft - bytes), answered: answered)
                return .discard
            }
            isLastRequest = true
            phase = answered ? .lingering : .exchanging(.discarding(bytesLeft: 0), answered: false)
            return answered ? .linger : .discard
        case .exchanging(.complete, _), .idle, .lingering, .closed:
            return .discard
        }
    }

    /// The request is complete.
    mutating func ended() -> EndAction {
        guard case .exchanging(let input, let answered) = phase else { return .none }
        guard answered else {
            phase = .exchanging(.complete, answered: false)
            if case .delivering = input { return .deliverEnd }
            return .none
        }
        phase = isLastRequest ? .lingering : .idle
        return isLastRequest ? .linger : .serveNext
    }

    /// The answer is about to be written.
    mutating func answered() -> AnswerAction {
        guard case .exchanging(let input, answered: false) = phase else { return .none }
        if input != .complete {
            // A client that still waits for `100 Continue` may send the body or not: the next bytes could be either.
            isLastRequest = isLastRequest || isContinueAwaited || (declaredBytes ?? 0) > drainBytesMax
        }
        if isLastRequest {
            phase = .lingering
            return .writeAndLinger
        }
        if input == .complete {
            phase = .idle
            return .writeAndServeNext
        }
        let bytesLeft = if case .discarding(let bytes) = input { bytes } else { declaredBytes ?? drainBytesMax }
        phase = .exchanging(.discarding(bytesLeft: bytesLeft), answered: true)
        return .write
    }

    /// The request is malformed, too slow or too large, or the server refuses the connection. After `answer` and
    /// `abortAndAnswer` the next event is ``answered()``.
    mutating func failed() -> FailureAction {
        switch phase {
        case .idle:
            isLastRequest = true
            phase = .exchanging(.complete, answered: false)
            return .answer
        case .exchanging(let input, answered: false):
            isLastRequest = true
            phase = .exchanging(.complete, answered: false)
            if case .delivering = input { return .abortAndAnswer }
            return .answer
        case .exchanging(_, answered: true):
            phase = .lingering
            return .linger
        case .lingering, .closed:
            return .none
        }
    }

    /// No further request will be served: the server shuts down, the client has ended its side or was idle too long.
    /// True if the connection can go at once; otherwise it goes after the current answer.
    mutating func finishing() -> Bool {
        isLastRequest = true
        guard isIdle else { return false }
        phase = .lingering
        return true
    }

    /// The connection is gone. True if the application is to be told that its body will not be complete.
    mutating func closed() -> Bool {
        defer { phase = .closed }
        return isDelivering
    }
}
