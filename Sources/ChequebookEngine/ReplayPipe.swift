import ChequebookJournal

/// Hands the commits of a journal that is being opened from the thread that reads them to the one that applies them.
///
/// On two cores reading, checking and making ready then go on beside the applying. It holds few commits, so that the
/// reader cannot run away with the memory.
final class ReplayPipe: Sendable {
    /// What the reading thread throws to itself when the ledger has given up.
    struct Abandoned: Error {}

    enum Item {
        /// Reads back all that has been replayed so far; comes before the first commit.
        case reader(JournalReader)
        case commit(PreparedCommit)
    }

    private struct State {
        var items: [Item] = []
        var outcome: Result<(journal: Journal, report: RecoveryReport), any Error>?
        var isAbandoned = false
    }

    private static let itemsMax = 3

    private let monitor = Monitor(State())

    /// Hands the reader over. It is the first item, so nobody waits.
    func attach(_ reader: JournalReader) {
        monitor.change { state in
            state.items.append(.reader(reader))
            return true
        }
    }

    /// Puts an item in, waiting while there are enough.
    func put(_ item: Item) throws(Abandoned) {
        let isTaken = monitor.wait { state -> Bool? in
            if state.isAbandoned { return false }
            guard state.items.count < Self.itemsMax else { return nil }
            state.items.append(item)
            return true
        }
        guard isTaken else { throw Abandoned() }
        monitor.change { _ in true }
    }

    /// No item follows.
    func end(_ outcome: Result<(journal: Journal, report: RecoveryReport), any Error>) {
        monitor.change { state in
            state.outcome = outcome
            return true
        }
    }

    /// Takes the next item, waiting for it; nil behind the last.
    func take() -> Item? {
        let item = monitor.wait { state -> Item?? in
            if !state.items.isEmpty { return state.items.removeFirst() }
            return state.outcome == nil ? nil : .some(nil)
        }
        monitor.change { _ in true }
        return item
    }

    /// What opening the journal came to, waiting for its end.
    func outcome() throws -> (journal: Journal, report: RecoveryReport) {
        try monitor.wait { $0.outcome }.get()
    }

    /// The ledger takes no more; the reading thread ends at its next commit.
    func abandon() {
        monitor.change { state in
            state.isAbandoned = true
            state.items = []
            return true
        }
    }
}
