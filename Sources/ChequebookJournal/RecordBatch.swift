/// The records of one producer, on their way into a commit.
public struct RecordBatch: Sendable {
    /// The records, each behind its length in bytes as a little-endian `UInt16`.
    public var bytes: [UInt8]
    /// How many records there are.
    public var count: Int

    public init(bytes: [UInt8], count: Int) {
        self.bytes = bytes
        self.count = count
    }

    /// An empty batch.
    public init() { self.init(bytes: [], count: 0) }

    /// Adds a record of 1 to 65,535 bytes; returns false, and adds nothing, for any other.
    @discardableResult
    public mutating func append(_ record: some Collection<UInt8>) -> Bool {
        guard let length = UInt16(exactly: record.count), length > 0 else { return false }
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        bytes.append(contentsOf: record)
        count += 1
        return true
    }

    /// What the batch counts for against ``JournalConfiguration/commitBytesMax``, in bytes.
    public var payloadBytes: Int {
        bytes.count + count * (JournalFormat.recordHeaderBytes - JournalFormat.batchLengthBytes)
    }
}
