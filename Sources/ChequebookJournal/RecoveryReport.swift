/// What opening a journal found.
public struct RecoveryReport: Hashable, Sendable {
    /// What a crash left of a commit that was never acknowledged.
    public struct TornTail: Hashable, Sendable {
        /// The segment it is in.
        public var name: String
        /// Where in the segment it began, in bytes.
        public var byteOffset: UInt64
        /// How many bytes they are.
        public var byteCount: Int
        /// The file that keeps them; nil if they were only looked at and stay where they are.
        public var keptIn: String?
    }

    /// How many segments there are, the one to append to included.
    public var segments = 0
    /// How many commits were replayed.
    public var commits: UInt64 = 0
    /// How many records were replayed.
    public var records: UInt64 = 0
    /// The last record's sequence; 0 in a new ledger.
    public var lastSequence: UInt64 = 0
    /// The last commit's instant in microseconds since 1970 UTC; nil in a new ledger.
    public var lastRecordedAtMicroseconds: Int64?
    /// The last record that a checkpoint stood for, of those that were not replayed; nil without a checkpoint.
    public var checkpointSequence: UInt64?
    /// Checkpoints that could not be used, each with the reason. The journal has what they stood for.
    public var unusableCheckpoints: [String] = []
    /// The torn tail, if there was one.
    public var tornTail: TornTail?
    /// Whether the journal had been closed and nothing written since, so that nothing could be torn.
    public var wasClosed = false

    /// The report of a storage in which nothing was found.
    public init() {}
}
