/// Reads the frames of one segment and tells what is torn from what is damaged.
///
/// A sector of a frame is never all zero and a frame never ends in a zero byte, while unwritten space is all zero. So
/// a frame in which some sectors did not reach the disk shows it, and a frame that was whole once cannot come to look
/// like that by a wrong bit. Only what shows it, at the very end of the last segment, is torn; all else is damaged. In a
/// journal that was closed nothing is.
struct SegmentScanner {
    /// What is found where a frame should begin.
    enum Finding {
        case commit(CommittedBatch, checksum: UInt32, frameBytes: Int)
        /// Nothing, to the end of the segment.
        case end
        /// These bytes of a commit that was never acknowledged.
        case torn(Range<Int>)
    }

    private static let windowBytesMax = 8 << 20

    private let file: any StorageFile
    private let header: SegmentHeader
    private let fileBytes: Int
    private let mayBeTorn: Bool
    private let frameBytesMax: Int
    private let pool: FrameBufferPool
    private let hasher: CommitHasher

    private var window: FrameBuffer
    private var windowRange = 0..<0

    init(
        file: any StorageFile, header: SegmentHeader, fileBytes: Int, mayBeTorn: Bool, frameBytesMax: Int,
        pool: FrameBufferPool, hasher: CommitHasher
    ) {
        self.file = file
        self.header = header
        self.fileBytes = fileBytes
        self.mayBeTorn = mayBeTorn
        self.frameBytesMax = frameBytesMax
        self.pool = pool
        self.hasher = hasher
        window = pool.buffer(byteCount: 0)
    }

    /// Reads what begins at `offset`, a multiple of the page size inside the segment or its end.
    mutating func next(at offset: Int, after chain: Chain) throws(JournalError) -> Finding {
        guard offset < header.segmentBytes else { return .end }
        let head = try bytes(offset..<offset + JournalFormat.frameHeaderBytes)
        guard let frameHeader = FrameHeader(head), frameHeader.version == header.version else {
            return try withoutHeader(at: offset)
        }
        guard frameHeader.frameBytes <= header.segmentBytes - offset else {
            throw damage(at: offset, .frameWithinSegment)
        }
        let extent = offset..<offset + frameHeader.frameBytes
        let frame = try bytes(extent)
        if let expected = Self.expectation(notMetBy: frame, frameHeader) {
            let isTorn = Self.hasUnwrittenPart(frame)
            let end = try endOfNonZero(from: offset)
            guard mayBeTorn, isTorn, end <= extent.upperBound else { throw damage(at: offset, expected) }
            return .torn(offset..<end)
        }
        if let expected = chain.expectation(notMetBy: frameHeader) { throw damage(at: offset, expected) }
        let payload = frame.slice(frameHeader.payloadRange)
        let isWellFormed = RecordHeader.areWellFormed(
            payload: payload, recordCount: frameHeader.recordCount, headerBytes: frameHeader.byteCount)
        guard isWellFormed else { throw damage(at: offset, .records) }
        let hash = hasher.hash(
            after: chain, recordedAtMicroseconds: frameHeader.recordedAtMicroseconds,
            recordCount: frameHeader.recordCount, payload: payload)
        guard frameHeader.hash == nil || frameHeader.hash == hash else { throw damage(at: offset, .hash(hash)) }
        let position = JournalPosition(segmentOrdinal: header.ordinal, byteOffset: UInt32(offset))
        let batch = CommittedBatch(
            header: frameHeader, hash: hash, buffer: window, start: offset - windowRange.lowerBound,
            position: position)
        return .commit(batch, checksum: FrameHeader.checksum(in: frame), frameBytes: frame.count)
    }

    /// Whether there is nothing behind the header page.
    mutating func isEmpty() throws(JournalError) -> Bool {
        try endOfNonZero(from: JournalFormat.pageBytes) == JournalFormat.pageBytes
    }

    /// A copy of a part of the segment.
    mutating func copy(_ range: Range<Int>) throws(JournalError) -> [UInt8] { Array(try bytes(range)) }

    /// The bytes of a part of the segment, good until the next call. Behind the file's end they are zero.
    private mutating func bytes(_ range: Range<Int>) throws(JournalError) -> UnsafeRawBufferPointer {
        if range.lowerBound < windowRange.lowerBound || range.upperBound > windowRange.upperBound {
            try move(to: range.lowerBound, atLeast: range.count)
        }
        let start = range.lowerBound - windowRange.lowerBound
        return UnsafeRawBufferPointer(window.bytes).slice(start..<start + range.count)
    }

    private mutating func move(to offset: Int, atLeast byteCount: Int) throws(JournalError) {
        let byteCount = max(byteCount, min(Self.windowBytesMax, header.segmentBytes - offset))
        // A new buffer each time, because the commits of this window may still be in use.
        windowRange = offset..<offset
        window = pool.buffer(byteCount: byteCount)
        let buffer = window.bytes.slice(0..<byteCount)
        do {
            let count = try file.read(into: buffer, at: UInt64(offset))
            buffer.fill(count..<byteCount, with: 0)
        } catch {
            throw JournalError(error)
        }
        windowRange = offset..<offset + byteCount
    }

    private mutating func withoutHeader(at offset: Int) throws(JournalError) -> Finding {
        let end = try endOfNonZero(from: offset)
        if end == offset { return .end }
        guard mayBeTorn, end - offset <= frameBytesMax else { throw damage(at: offset, .frameHeader) }
        // The header's sector is written whole or not at all. A write that ended inside it has nothing behind it.
        let sector = offset..<offset + JournalFormat.sectorBytes
        let headerIsUnwritten = try bytes(sector).isAll(0)
        guard headerIsUnwritten || end <= sector.upperBound else { throw damage(at: offset, .frameHeader) }
        for page in stride(from: offset + JournalFormat.pageBytes, to: end, by: JournalFormat.pageBytes) {
            // A frame behind it was written later, so this one had been acknowledged.
            guard FrameHeader(try bytes(page..<page + JournalFormat.frameHeaderBytes)) == nil else {
                throw damage(at: offset, .frameHeader)
            }
        }
        return .torn(offset..<end)
    }

    /// Where the zeros that end the segment begin; `offset` if nothing else follows it.
    private mutating func endOfNonZero(from offset: Int) throws(JournalError) -> Int {
        var end = offset
        var start = offset
        while start < fileBytes {
            let part = start..<min(start + Self.windowBytesMax, header.segmentBytes)
            let count = try bytes(part).endOfNonZero
            if count > 0 { end = start + count }
            start = part.upperBound
        }
        return end
    }

    private static func expectation(
        notMetBy frame: UnsafeRawBufferPointer, _ header: FrameHeader
    ) -> JournalDamage.Expectation? {
        guard frame.slice(header.payloadRange).crc32c == header.payloadChecksum else {
            return .payload(checksum: header.payloadChecksum)
        }
        let padding = frame.slice(header.payloadRange.upperBound..<frame.count)
        return padding.isAll(JournalFormat.padding) ? nil : .padding
    }

    /// Whether the bytes hold a sector that was never written, or end before a written frame can.
    static func hasUnwrittenPart(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.last == 0 { return true }
        return stride(from: 0, to: bytes.count, by: JournalFormat.sectorBytes).contains { start in
            bytes.slice(start..<min(start + JournalFormat.sectorBytes, bytes.count)).isAll(0)
        }
    }

    private func damage(at offset: Int, _ expected: JournalDamage.Expectation) -> JournalError {
        .damaged(JournalDamage(name: file.name, byteOffset: UInt64(offset), expected: expected))
    }
}
