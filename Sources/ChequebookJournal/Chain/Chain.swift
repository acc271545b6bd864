/// What ties each commit to the one before it.
struct Chain: Hashable {
    /// The sequence that the next record gets.
    private(set) var nextSequence: UInt64 = 1
    private(set) var lastRecordedAtMicroseconds: Int64?
    /// The header checksum of the last frame.
    private(set) var lastChecksum: UInt32 = 0
    /// The hash of the last commit.
    private(set) var lastHash: CommitHash

    /// The chain of a new ledger.
    init(_ identity: LedgerIdentity, _ hasher: CommitHasher) {
        lastHash = hasher.hash(of: identity)
    }

    /// The chain behind a commit.
    ///
    /// - Parameters:
    ///   - lastRecordedAtMicroseconds: the commit's instant.
    ///   - lastChecksum: that of its header.
    init(head: JournalHead, lastRecordedAtMicroseconds: Int64, lastChecksum: UInt32) {
        nextSequence = head.sequence + 1
        self.lastRecordedAtMicroseconds = lastRecordedAtMicroseconds
        self.lastChecksum = lastChecksum
        lastHash = head.hash
    }

    /// Goes to the beginning of a segment that is not read.
    mutating func skip(to sequence: UInt64) { nextSequence = sequence }

    var head: JournalHead { JournalHead(sequence: nextSequence - 1, hash: lastHash) }

    /// What a frame does not meet that is to be the next one, or nil.
    func expectation(notMetBy header: FrameHeader) -> JournalDamage.Expectation? {
        if header.firstSequence != nextSequence { return .sequence(nextSequence) }
        if header.previousChecksum != lastChecksum { return .previousChecksum(lastChecksum) }
        if let last = lastRecordedAtMicroseconds, header.recordedAtMicroseconds <= last {
            return .instantLater(than: last)
        }
        return nil
    }

    /// Takes a frame as the last one. Nobody can append the 2^64 records that would overflow the sequence.
    ///
    /// - Parameter checksum: that of its header.
    mutating func advance(over commit: CommittedBatch, checksum: UInt32) {
        nextSequence = commit.lastSequence + 1
        lastRecordedAtMicroseconds = commit.recordedAtMicroseconds
        lastChecksum = checksum
        lastHash = commit.head.hash
    }
}
