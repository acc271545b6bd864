/// How what a crash left is made fit to be appended to.
extension Recovery {
    /// The segment to append to, when it is the last one and has nothing in it yet.
    mutating func beginAgain(_ segment: OpenSegment, fileBytes: Int) throws -> OpenSegment {
        if closedAt != nil {
            let header = newHeader(segmentBytes: max(JournalFormat.pages(fileBytes), configuration.segmentBytesMax))
            if segment.header == header { return segment }
            try ClosedMarker.remove(from: storage)
            closedAt = nil
        }
        return try writeHeaderAgain(of: segment.file, fileBytes: fileBytes)
    }

    /// An empty segment gets its header once more, for the same reason as a last frame, and the present size.
    func writeHeaderAgain(of file: any StorageFile, fileBytes: Int) throws(StorageError) -> OpenSegment {
        let header = newHeader(segmentBytes: max(JournalFormat.pages(fileBytes), configuration.segmentBytesMax))
        let segment = OpenSegment(storage: storage, file: file, header: header)
        try segment.writeHeader()
        table.add(file, ordinal: header.ordinal)
        return segment
    }

    func newHeader(segmentBytes: Int) -> SegmentHeader {
        SegmentHeader(
            ordinal: UInt32(clamping: max(report.segments, 1)), firstSequence: chain.nextSequence,
            ledgerIdentity: ledgerIdentity, segmentBytes: segmentBytes)
    }

    /// Keeps a torn tail in a file of its own and makes its place unwritten space, which new frames rely on.
    mutating func cut(
        _ range: Range<Int>, from file: any StorageFile, kept bytes: [UInt8]
    ) throws {
        let name = "\(file.name).torn-\(range.lowerBound)"
        // A crash while zeros are written leaves the tail torn, and less of it, so what was kept first stays.
        let names = Set(try storage.names())
        var keptIn = name
        var number = 2
        while names.contains(keptIn) {
            keptIn = "\(name)-\(number)"
            number += 1
        }
        try bytes.withUnsafeBytes { try storage.create(keptIn, holding: $0) }
        try Self.clear(range, of: file)
        report.tornTail?.keptIn = keptIn
    }

    /// Makes a torn part of a file unwritten space again. The first sector goes last: until the rest is zero it tells
    /// how far the frame reached, and afterwards any part of it alone is a write that ended there.
    static func clear(_ range: Range<Int>, of file: any StorageFile) throws {
        let zeros = [UInt8](repeating: 0, count: range.count)
        let rest = min(range.lowerBound + JournalFormat.sectorBytes, range.upperBound)
        for part in [rest..<range.upperBound, range.lowerBound..<rest] where !part.isEmpty {
            try zeros.withUnsafeBytes { try file.write($0.slice(0..<part.count), at: UInt64(part.lowerBound)) }
            try file.sync()
        }
    }
}
