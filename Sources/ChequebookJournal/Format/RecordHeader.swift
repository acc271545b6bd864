/// The eight bytes before a record: enough to find its frame, and so its sequence and instant, from its position.
struct RecordHeader {
    var byteCount: Int
    var index: Int
    /// From the frame's first byte to this header's.
    var bytesBack: Int

    private enum Offset {
        static let byteCount = 0
        static let index = 2
        static let bytesBack = 4
    }

    init(byteCount: Int, index: Int, bytesBack: Int) {
        self.byteCount = byteCount
        self.index = index
        self.bytesBack = bytesBack
    }

    /// Reads the header at a byte offset, which with seven more the caller knows to be inside.
    init(_ bytes: UnsafeRawBufferPointer, at byteOffset: Int) {
        byteCount = Int(bytes.integer(UInt16.self, at: byteOffset + Offset.byteCount))
        index = Int(bytes.integer(UInt16.self, at: byteOffset + Offset.index))
        bytesBack = Int(bytes.integer(UInt32.self, at: byteOffset + Offset.bytesBack))
    }

    func write(to bytes: UnsafeMutableRawBufferPointer, at byteOffset: Int) {
        bytes.put(UInt16(truncatingIfNeeded: byteCount), at: byteOffset + Offset.byteCount)
        bytes.put(UInt16(truncatingIfNeeded: index), at: byteOffset + Offset.index)
        bytes.put(UInt32(truncatingIfNeeded: bytesBack), at: byteOffset + Offset.bytesBack)
    }

    /// Whether `payload`, the bytes of a frame behind its header of `headerBytes`, is `recordCount` records in order and
    /// nothing else.
    static func areWellFormed(payload: UnsafeRawBufferPointer, recordCount: Int, headerBytes: Int) -> Bool {
        guard (1...JournalFormat.recordsInFrameMax).contains(recordCount) else { return false }
        var offset = 0
        for index in 0..<recordCount {
            guard payload.count - offset > JournalFormat.recordHeaderBytes else { return false }
            let header = RecordHeader(payload, at: offset)
            guard header.byteCount > 0, header.index == index,
                header.bytesBack == headerBytes + offset,
                header.byteCount <= payload.count - offset - JournalFormat.recordHeaderBytes
            else { return false }
            offset += JournalFormat.recordHeaderBytes + header.byteCount
        }
        return offset == payload.count
    }
}
