/// The first 64 bytes of a frame, which holds one commit.
struct FrameHeader: Equatable {
    var firstSequence: UInt64
    var recordedAtMicroseconds: Int64
    var payloadBytes: Int
    var payloadChecksum: UInt32
    var recordCount: Int
    /// The header checksum of the frame before, in this segment or the last one; 0 in a ledger's first frame.
    var previousChecksum: UInt32

    static let magic: UInt32 = 0x4651_4843

    private enum Offset {
        static let magic = 0
        static let checksum = 4
        static let firstSequence = 8
        static let recordedAtMicroseconds = 16
        static let payloadBytes = 24
        static let payloadChecksum = 28
        static let recordCount = 32
        static let previousChecksum = 36
        static let reserved = 40
    }

    var frameBytes: Int { JournalFormat.frameBytes(payloadBytes: payloadBytes) }

    /// Where the payload is in the frame.
    var payloadRange: Range<Int> {
        JournalFormat.frameHeaderBytes..<JournalFormat.frameHeaderBytes + payloadBytes
    }

    init(
        firstSequence: UInt64, recordedAtMicroseconds: Int64, payload: UnsafeRawBufferPointer, recordCount: Int,
        previousChecksum: UInt32
    ) {
        self.firstSequence = firstSequence
        self.recordedAtMicroseconds = recordedAtMicroseconds
        self.payloadBytes = payload.count
        self.payloadChecksum = payload.crc32c
        self.recordCount = recordCount
        self.previousChecksum = previousChecksum
    }

    /// Reads the header from the first 64 of `bytes`; nil if they are not one, whole.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.integer(UInt32.self, at: Offset.magic) == Self.magic,
            bytes.integer(UInt32.self, at: Offset.checksum) == Self.checksum(of: bytes),
            bytes.slice(Offset.reserved..<JournalFormat.frameHeaderBytes).isAll(0)
        else { return nil }
        firstSequence = bytes.integer(UInt64.self, at: Offset.firstSequence)
        recordedAtMicroseconds = bytes.integer(Int64.self, at: Offset.recordedAtMicroseconds)
        payloadBytes = Int(bytes.integer(UInt32.self, at: Offset.payloadBytes))
        payloadChecksum = bytes.integer(UInt32.self, at: Offset.payloadChecksum)
        recordCount = Int(bytes.integer(UInt32.self, at: Offset.recordCount))
        previousChecksum = bytes.integer(UInt32.self, at: Offset.previousChecksum)
    }

    /// Writes the header and returns its checksum.
    func write(to bytes: UnsafeMutableRawBufferPointer) -> UInt32 {
        bytes.put(Self.magic, at: Offset.magic)
        bytes.put(firstSequence, at: Offset.firstSequence)
        bytes.put(recordedAtMicroseconds, at: Offset.recordedAtMicroseconds)
        bytes.put(UInt32(payloadBytes), at: Offset.payloadBytes)
        bytes.put(payloadChecksum, at: Offset.payloadChecksum)
        bytes.put(UInt32(recordCount), at: Offset.recordCount)
        bytes.put(previousChecksum, at: Offset.previousChecksum)
        bytes.fill(Offset.reserved..<JournalFormat.frameHeaderBytes, with: 0)
        let checksum = Self.checksum(of: UnsafeRawBufferPointer(bytes))
        bytes.put(checksum, at: Offset.checksum)
        return checksum
    }

    /// The checksum of the header in `bytes`, over everything behind the field that holds it.
    static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        bytes.slice(Offset.firstSequence..<JournalFormat.frameHeaderBytes).crc32c
    }
}
