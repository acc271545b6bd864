/// What ties each commit to the one before it.
struct Chain: Hashable {
    /// The sequence that the next record gets.
    var nextSequence: UInt64 = 1
    var lastRecordedAtMicroseconds: Int64?
    /// The header checksum of the last frame.
    var lastChecksum: UInt32 = 0

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
    mutating func advance(over header: FrameHeader, checksum: UInt32) {
        nextSequence += UInt64(header.recordCount)
        lastRecordedAtMicroseconds = header.recordedAtMicroseconds
        lastChecksum = checksum
    }
}
