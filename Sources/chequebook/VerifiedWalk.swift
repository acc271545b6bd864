import ChequebookJournal

/// Follows a journal commit by commit, and looks for a head that was noted before.
struct VerifiedWalk {
    /// What became of the noted head.
    enum Finding: Equatable {
        case same
        /// The commit that ends at its sequence has another hash.
        case other(JournalHead)
        /// Its sequence is inside a commit, which ends at this one.
        case inside(commitEnd: UInt64)
        /// The commits that could be read end before it.
        case beyond(last: UInt64)
    }

    /// The head that is looked for, if there is one.
    let noted: JournalHead?
    /// The last commit passed; nil before the first.
    private(set) var head: JournalHead?
    private(set) var commits: UInt64 = 0
    private var met: Finding?

    init(noted: JournalHead?) { self.noted = noted }

    /// Takes the next commit.
    mutating func pass(_ batch: CommittedBatch) {
        head = batch.head
        commits += 1
        guard let noted, (batch.firstSequence...batch.lastSequence).contains(noted.sequence) else { return }
        if batch.lastSequence != noted.sequence {
            met = .inside(commitEnd: batch.lastSequence)
        } else {
            met = batch.head == noted ? .same : .other(batch.head)
        }
    }

    /// What became of the noted head; nil if there is none.
    var finding: Finding? {
        noted == nil ? nil : met ?? .beyond(last: head?.sequence ?? 0)
    }
}
