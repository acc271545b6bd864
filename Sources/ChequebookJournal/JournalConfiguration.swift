/// How large things may grow. The sizes may differ from one start to the next; what is written stays readable.
public struct JournalConfiguration: Hashable, Sendable {
    /// The size of a segment file in bytes: whole pages of 4096, room for a header page and one full commit, and
    /// under 4 GiB because a ``JournalPosition`` has 32 bits for the offset. Bounds what one file operation handles.
    public var segmentBytesMax: Int

    /// The most bytes of records in one commit, each counted with its eight-byte header
    /// (``RecordBatch/payloadBytes``). Bounds how long a sync keeps everybody waiting.
    public var commitBytesMax: Int

    /// The most records in one commit, 1 to 65,535, because a record's index in its commit has 16 bits.
    public var recordsInCommitMax: Int

    /// The longest record in bytes, because a record's length has 16 bits.
    public static let recordBytesMax = 65_535

    public init(
        segmentBytesMax: Int = 64 << 20, commitBytesMax: Int = 4 << 20, recordsInCommitMax: Int = 65_535
    ) {
        self.segmentBytesMax = segmentBytesMax
        self.commitBytesMax = commitBytesMax
        self.recordsInCommitMax = recordsInCommitMax
    }

    func check() throws(JournalError) {
        guard segmentBytesMax % JournalFormat.pageBytes == 0, segmentBytesMax < JournalFormat.segmentBytesLimit,
            (JournalFormat.recordHeaderBytes + 1..<JournalFormat.segmentBytesLimit).contains(commitBytesMax),
            JournalFormat.pageBytes + frameBytesMax <= segmentBytesMax,
            (1...JournalFormat.recordsInFrameMax).contains(recordsInCommitMax)
        else { throw .impossibleConfiguration(self) }
    }

    var frameBytesMax: Int { JournalFormat.frameBytes(payloadBytes: commitBytesMax) }
}
