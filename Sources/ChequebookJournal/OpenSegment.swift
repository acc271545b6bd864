/// The segment that commits are appended to.
struct OpenSegment {
    let storage: any Storage
    let file: any StorageFile
    let header: SegmentHeader
    /// Where the next frame begins, in bytes.
    var end = JournalFormat.pageBytes

    /// Makes the segment that `header` describes; file and header are durable on return.
    static func create(_ header: SegmentHeader, in storage: any Storage) throws(StorageError) -> OpenSegment {
        let name = JournalFormat.segmentName(firstSequence: header.firstSequence)
        let file = try storage.create(name, byteCount: UInt64(header.segmentBytes))
        let segment = OpenSegment(storage: storage, file: file, header: header)
        try segment.writeHeader()
        return segment
    }

    /// Writes the header page and syncs it. Frames come only behind a durable header, so that a bad header in front
    /// of a frame is always damage.
    func writeHeader() throws(StorageError) {
        let page = UnsafeMutableRawBufferPointer.allocate(
            byteCount: JournalFormat.pageBytes, alignment: JournalFormat.pageBytes)
        defer { page.deallocate() }
        header.write(to: page)
        try file.write(UnsafeRawBufferPointer(page), at: 0)
        try file.sync()
    }

    /// A segment of an older version takes no more frames: those of one segment are all of one version.
    func fits(frameBytes: Int) -> Bool {
        header.version == JournalFormat.version && frameBytes <= header.segmentBytes - end
    }

    /// Makes the segment that follows this one.
    func next(firstSequence: UInt64, segmentBytes: Int) throws(StorageError) -> OpenSegment {
        var header = header
        header.version = JournalFormat.version
        header.ordinal += 1
        header.firstSequence = firstSequence
        header.segmentBytes = segmentBytes
        return try OpenSegment.create(header, in: storage)
    }
}
