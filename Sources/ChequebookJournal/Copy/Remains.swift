/// What can still be told of the commits behind a damaged place, by their headers alone.
public struct Remains: Hashable, Sendable {
    /// How many headers of commits there are, each with its checksum right, and how many records they speak of.
    public private(set) var commits: UInt64 = 0
    public private(set) var records: UInt64 = 0
    /// The first and the last sequence that they speak of; nil if there is none.
    public private(set) var sequences: ClosedRange<UInt64>?
    /// When the last of them was recorded, in microseconds since 1970 UTC.
    public private(set) var lastRecordedAtMicroseconds: Int64?

    /// A block of an archived segment, so that one that cannot be read hides no other.
    private static let windowBytes = ArchiveFormat.blockBytes

    /// Looks through the segments of `storage` from a damaged place on. Nothing is changed; what cannot be read tells
    /// nothing.
    ///
    /// - Parameter lastSequence: the last one that is sound.
    /// - Throws: ``StorageError`` if the files cannot be listed.
    public init(in storage: any Storage, behind damage: JournalDamage, lastSequence: UInt64) throws(StorageError) {
        let damaged = ArchiveFormat.segment(ofFileNamed: damage.name) ?? damage.name
        for name in try storage.names().sorted()
        where name >= damaged && JournalFormat.firstSequence(ofSegmentNamed: name) != nil {
            guard let file = try? storage.open(name), let byteCount = try? file.byteCount() else { continue }
            let start = name == damaged ? Int(clamping: damage.byteOffset) : 0
            look(through: file, from: start, byteCount: Int(clamping: byteCount), lastSequence: lastSequence)
        }
    }

    private mutating func look(through file: any StorageFile, from start: Int, byteCount: Int, lastSequence: UInt64) {
        let window = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.windowBytes, alignment: JournalFormat.pageBytes)
        defer { window.deallocate() }
        var offset = start / Self.windowBytes * Self.windowBytes
        while offset < byteCount {
            let count = (try? file.read(into: window, at: UInt64(offset))) ?? 0
            for page in stride(from: 0, to: count, by: JournalFormat.pageBytes) where offset + page >= start {
                let bytes = UnsafeRawBufferPointer(window).slice(page..<min(page + JournalFormat.pageBytes, count))
                guard let header = FrameHeader(bytes), header.recordCount > 0, header.firstSequence > lastSequence
                else { continue }
                add(header)
            }
            offset += Self.windowBytes
        }
    }

    private mutating func add(_ header: FrameHeader) {
        let (last, overflow) = header.firstSequence.addingReportingOverflow(UInt64(header.recordCount) - 1)
        guard !overflow else { return }
        commits += 1
        records += UInt64(header.recordCount)
        let first = min(sequences?.lowerBound ?? header.firstSequence, header.firstSequence)
        sequences = first...max(sequences?.upperBound ?? last, last)
        lastRecordedAtMicroseconds = max(lastRecordedAtMicroseconds ?? .min, header.recordedAtMicroseconds)
    }
}
