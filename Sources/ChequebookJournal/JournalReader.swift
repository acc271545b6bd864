import Synchronization

/// Reads single records by position, on any thread, also while the journal is appended to.
public final class JournalReader: Sendable {
    private let table: SegmentTable
    /// Whether it reads what is not in memory; if not, it throws.
    private let mayWait: Bool
    /// Headers that had to be read by themselves: the records of one large commit all need the same.
    private let headers = Mutex(FrameHeaderMemory())

    /// Read at once with a record's header: most records.
    private static let guessBytes = 152
    /// A record that begins so near its page's start is read from there on, since its frame's header is mostly there too:
    /// all records of small commits.
    private static let headerBytesMax = 256

    init(table: SegmentTable, mayWait: Bool) {
        self.table = table
        self.mayWait = mayWait
    }

    /// Gives `body` the record at `position`, which came from a ``CommittedBatch`` or an earlier read.
    ///
    /// It takes one read of the file when the record is the first of its commit or another record of it was read lately,
    /// two otherwise, and one more for a record that is long. The frame's header is checked with its checksum; the payload,
    /// whose checksum is over the whole commit, was checked when the journal was opened or written.
    /// - Throws: ``JournalError/noRecord(_:)`` if none begins there, ``JournalError/storage(_:)``,
    ///   ``JournalError/closed``, ``JournalError/notInMemory``, or what `body` throws.
    @inlinable
    public func read<Result>(
        _ position: JournalPosition, _ body: (JournalRecord) throws -> Result
    ) throws -> Result {
        var result: Result?
        try give(position) { result = try body($0) }
        guard let result else { throw JournalError.noRecord(position) }
        return result
    }

    /// As ``read(_:_:)``, for one kind of body, so that it is compiled once and for no type in particular.
    @usableFromInline
    func give(_ position: JournalPosition, _ body: (JournalRecord) throws -> Void) throws {
        guard let file = try table.file(ordinal: position.segmentOrdinal) else {
            throw JournalError.noRecord(position)
        }
        let inPage = Int(position.byteOffset) % JournalFormat.pageBytes
        let before = inPage <= Self.headerBytesMax ? inPage : 0
        let start = before + JournalFormat.recordHeaderBytes
        return try withUnsafeTemporaryAllocation(byteCount: start + Self.guessBytes, alignment: 8) { memory in
            let count = try read(file, into: memory, at: Int(position.byteOffset) - before)
            let window = UnsafeRawBufferPointer(memory).slice(0..<count)
            guard count >= start else { throw JournalError.noRecord(position) }
            let record = RecordHeader(window, at: before)
            let frame = try frameHeader(of: record, at: position, in: file, before: window.slice(0..<before))
            func give(_ payload: UnsafeRawBufferPointer) throws {
                try body(
                    JournalRecord(
                        sequence: frame.firstSequence + UInt64(record.index), position: position,
                        recordedAtMicroseconds: frame.recordedAtMicroseconds, payload: payload))
            }
            if start + record.byteCount <= count { return try give(window.slice(start..<start + record.byteCount)) }
            return try withUnsafeTemporaryAllocation(byteCount: record.byteCount, alignment: 8) { memory in
                let offset = Int(position.byteOffset) + JournalFormat.recordHeaderBytes
                guard try read(file, into: memory, at: offset) == record.byteCount else {
                    throw JournalError.noRecord(position)
                }
                return try give(UnsafeRawBufferPointer(memory))
            }
        }
    }

    /// The header of the frame that the record says it is in, if record and header agree with each other.
    ///
    /// - Parameter before: what was read in front of the record, from the start of its page on.
    private func frameHeader(
        of record: RecordHeader, at position: JournalPosition, in file: any StorageFile,
        before: UnsafeRawBufferPointer
    ) throws -> FrameHeader {
        let frameOffset = Int(position.byteOffset) - record.bytesBack
        guard record.byteCount > 0, record.bytesBack >= JournalFormat.frameHeaderBytesMin,
            frameOffset >= JournalFormat.pageBytes, frameOffset % JournalFormat.pageBytes == 0
        else { throw JournalError.noRecord(position) }
        let header: FrameHeader?
        if record.bytesBack == before.count {
            header = FrameHeader(before)
        } else {
            let framePosition = JournalPosition(
                segmentOrdinal: position.segmentOrdinal, byteOffset: UInt32(frameOffset))
            header = try headers.withLock({ $0[framePosition] }) ?? readHeader(at: framePosition, in: file)
        }
        guard let header, record.index < header.recordCount, record.bytesBack >= header.byteCount,
            record.bytesBack + JournalFormat.recordHeaderBytes + record.byteCount
                <= header.byteCount + header.payloadBytes
        else { throw JournalError.noRecord(position) }
        return header
    }

    private func readHeader(at position: JournalPosition, in file: any StorageFile) throws -> FrameHeader? {
        let header = try withUnsafeTemporaryAllocation(byteCount: JournalFormat.frameHeaderBytes, alignment: 8) {
            let count = try read(file, into: $0, at: Int(position.byteOffset))
            return count == $0.count ? FrameHeader(UnsafeRawBufferPointer($0)) : nil
        }
        if let header { headers.withLock { $0[position] = header } }
        return header
    }

    private func read(
        _ file: any StorageFile, into memory: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws -> Int {
        let count: Int?
        do {
            let offset = UInt64(offset)
            count = try mayWait ? file.read(into: memory, at: offset) : file.readCached(into: memory, at: offset)
        } catch {
            throw JournalError(error)
        }
        guard let count else { throw JournalError.notInMemory }
        return count
    }
}
