/// The first bytes of a frame, which holds one commit: 64 in version 1, 72 since, with the hash.
struct FrameHeader: Equatable {
    var firstSequence: UInt64
    var recordedAtMicroseconds: Int64
    var payloadBytes: Int
    var payloadChecksum: UInt32
    var recordCount: Int
    /// The header checksum of the frame before, in this segment or the last one; 0 in a ledger's first frame.
    var previousChecksum: UInt32
    /// The commit's hash; version 1 has none.
    var hash: CommitHash?

    /// The magic tells the version, so that a header can be read by itself.
    static let magic: UInt32 = 0x3251_4843
    static let magicOfVersion1: UInt32 = 0x4651_4843

    private enum Offset {
        static let magic = 0
        static let checksum = 4
        static let firstSequence = 8
        static let recordedAtMicroseconds = 16
        static let payloadBytes = 24
        static let payloadChecksum = 28
        static let recordCount = 32
        static let previousChecksum = 36
        static let hash = 40
    }

    var version: UInt16 { hash == nil ? 1 : 2 }

    var byteCount: Int { hash == nil ? JournalFormat.frameHeaderBytesMin : JournalFormat.frameHeaderBytes }

    var frameBytes: Int { JournalFormat.frameBytes(payloadBytes: payloadBytes, headerBytes: byteCount) }

    /// Where the payload is in the frame.
    var payloadRange: Range<Int> { byteCount..<byteCount + payloadBytes }

    /// A header of the present version.
    init(
        firstSequence: UInt64, recordedAtMicroseconds: Int64, payload: UnsafeRawBufferPointer, recordCount: Int,
        previousChecksum: UInt32, hash: CommitHash
    ) {
        self.firstSequence = firstSequence
        self.recordedAtMicroseconds = recordedAtMicroseconds
        self.payloadBytes = payload.count
        self.payloadChecksum = payload.crc32c
        self.recordCount = recordCount
        self.previousChecksum = previousChecksum
        self.hash = hash
    }

    /// Reads the header that `bytes` begin with; nil if they are not one, whole.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= JournalFormat.frameHeaderBytesMin else { return nil }
        let hasHash = bytes.integer(UInt32.self, at: Offset.magic) == Self.magic
        guard hasHash || bytes.integer(UInt32.self, at: Offset.magic) == Self.magicOfVersion1,
            !hasHash || bytes.count >= JournalFormat.frameHeaderBytes
        else { return nil }
        let end = hasHash ? JournalFormat.frameHeaderBytes : JournalFormat.frameHeaderBytesMin
        guard bytes.integer(UInt32.self, at: Offset.checksum) == bytes.slice(Offset.firstSequence..<end).crc32c,
            hasHash || bytes.slice(Offset.hash..<end).isAll(0)
        else { return nil }
        firstSequence = bytes.integer(UInt64.self, at: Offset.firstSequence)
        recordedAtMicroseconds = bytes.integer(Int64.self, at: Offset.recordedAtMicroseconds)
        payloadBytes = Int(bytes.integer(UInt32.self, at: Offset.payloadBytes))
        payloadChecksum = bytes.integer(UInt32.self, at: Offset.payloadChecksum)
        recordCount = Int(bytes.integer(UInt32.self, at: Offset.recordCount))
        previousChecksum = bytes.integer(UInt32.self, at: Offset.previousChecksum)
        hash = hasHash ? CommitHash(bytes.slice(Offset.hash..<end)) : nil
    }

    /// Writes the header, which is of the present version, and returns its checksum.
    func write(to bytes: UnsafeMutableRawBufferPointer) -> UInt32 {
        bytes.put(Self.magic, at: Offset.magic)
        bytes.put(firstSequence, at: Offset.firstSequence)
        bytes.put(recordedAtMicroseconds, at: Offset.recordedAtMicroseconds)
        bytes.put(UInt32(payloadBytes), at: Offset.payloadBytes)
        bytes.put(payloadChecksum, at: Offset.payloadChecksum)
        bytes.put(UInt32(recordCount), at: Offset.recordCount)
        bytes.put(previousChecksum, at: Offset.previousChecksum)
        hash?.write(to: bytes.slice(Offset.hash..<JournalFormat.frameHeaderBytes))
        let header = UnsafeRawBufferPointer(bytes).slice(Offset.firstSequence..<JournalFormat.frameHeaderBytes)
        let checksum = header.crc32c
        bytes.put(checksum, at: Offset.checksum)
        return checksum
    }

    /// The checksum that stands in the header in `bytes`.
    static func checksum(in bytes: UnsafeRawBufferPointer) -> UInt32 {
        bytes.integer(UInt32.self, at: Offset.checksum)
    }
}
