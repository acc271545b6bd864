/// What can still be told of the commits behind a damaged place, by their headers alone.
public struct Remains: Hashable, Sendable {
    /// How many headers of commits there are, each with its checksum right, and how many records they speak of.
    public private(set) var commits: UInt64 = 0
    public private(set) var records: UInt64 = 0
    /// The first and the last sequence that they speak of; nil if there is none.
    public private(set) var sequences: ClosedRange<UInt64>?
    /// When the last of them was recorded, in microseconds since 1970 UTC.
    public private(set) var lastRecordedAtMicroseconds: Int64?

    private static let windowBytes = 1 << 20

    /// Looks through the segments of `storage` from a damaged place on. Nothing is changed.
    ///
    /// - Parameter lastSequence: the last one that is sound.
    /// - Throws: ``StorageError``.
    public init(in storage: any Storage, behind damage: JournalDamage, lastSequence: UInt64) throws(StorageError) {
        for name in try storage.names().sorted()
        where name >= damage.name && JournalFormat.firstSequence(ofSegmentNamed: name) != nil {
            let start = name == damage.name ? Int(clamping: damage.byteOffset) : 0
            try look(through: storage.open(name), from: start, lastSequence: lastSequence)
        }
    }

    private mutating func look(
        through file: any StorageFile, from start: Int, lastSequence: UInt64
    ) throws(StorageError) {
        let window = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.windowBytes, alignment: JournalFormat.pageBytes)
        defer { window.deallocate() }
        var offset = max(start / JournalFormat.pageBytes, 1) * JournalFormat.pageBytes
        while true {
            let count = try file.read(into: window, at: UInt64(offset))
            guard count > 0 else { return }
            var inWindow = 0
            while inWindow < count {
                let page = UnsafeRawBufferPointer(window).slice(
                    inWindow..<min(inWindow + JournalFormat.pageBytes, count))
                inWindow += JournalFormat.pageBytes
                guard let header = FrameHeader(page), header.firstSequence > lastSequence else { continue }
                add(header)
            }
            offset += Self.windowBytes
        }
    }

    private mutating func add(_ header: FrameHeader) {
        commits += 1
        records += UInt64(header.recordCount)
        let (last, overflow) = header.firstSequence.addingReportingOverflow(UInt64(max(header.recordCount, 1)) - 1)
        guard header.recordCount > 0, !overflow else { return }
        sequences =
            min(
                sequences?.lowerBound ?? header.firstSequence, header.firstSequence)...max(
                sequences?.upperBound ?? last, last)
        lastRecordedAtMicroseconds = max(lastRecordedAtMicroseconds ?? .min, header.recordedAtMicroseconds)
    }
}
