import Synchronization

/// Counts the open connections of all event loops, so that the limit is the server's and not a loop's.
final class ConnectionTally: Sendable {
    enum Admission {
        case served
        /// One too many: it gets a 503.
        case refused
        /// Far too many: it is closed without a word.
        case dropped
    }

    private let connections = Atomic(0)
    private let servedMax: Int
    private let openMax: Int

    init(limits: ServerLimits) {
        servedMax = limits.connectionsMax
        openMax = limits.connectionsMax + limits.refusalsMax
    }

    /// Counts a connection in; a dropped one is not counted.
    func enter() -> Admission {
        let number = connections.add(1, ordering: .relaxed).newValue
        if number > openMax {
            leave()
            return .dropped
        }
        return number > servedMax ? .refused : .served
    }

    /// Counts a connection out.
    func leave() {
        connections.subtract(1, ordering: .relaxed)
    }
}
