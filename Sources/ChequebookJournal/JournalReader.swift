import Synchronization

/// Reads single records by position, on any thread, also while the journal is appended to.
public final class JournalReader: Sendable {
    private let table: SegmentTable
    /// Headers that had to be read by themselves: the records of one large commit all need the same.
    private let headers = Mutex(FrameHeaderMemory())

    /// Read at once behind the record's page start: most records, and the frame header when it is on the same page.
    private static let guessBytes = 1024

    init(table: SegmentTable) { self.table = table }

    /// Gives `body` the record at `position`, which came from a ``CommittedBatch`` or an earlier read.
    ///
    /// It takes one read of the file when the frame begins on the record's page, as small commits do, or when another
    /// record of it was read lately, two otherwise, and one more for a record that is long. The frame's header is checked with its checksum; the payload, whose
    /// checksum is over the whole commit, was checked when the journal was opened or written.
    /// - Throws: ``JournalError/noRecord(_:)`` if none begins there, ``JournalError/storage(_:)``,
    ///   ``JournalError/closed``, or what `body` throws.
    public func read<Result>(
        _ position: JournalPosition, _ body: (JournalRecord) throws -> Result
    ) throws -> Result {
        guard let file = try table.file(ordinal: position.segmentOrdinal) else {
            throw JournalError.noRecord(position)
        }
        let inPage = Int(position.byteOffset) % JournalFormat.pageBytes
        let windowBytes = inPage + JournalFormat.recordHeaderBytes + Self.guessBytes
        return try withUnsafeTemporaryAllocation(byteCount: windowBytes, alignment: 8) { memory in
            let count = try Self.read(file, into: memory, at: Int(position.byteOffset) - inPage)
            let window = UnsafeRawBufferPointer(memory).slice(0..<count)
            guard count >= inPage + JournalFormat.recordHeaderBytes else { throw JournalError.noRecord(position) }
            let record = RecordHeader(window, at: inPage)
            let frame = try frameHeader(of: record, at: position, in: file, window: window)
            let start = inPage + JournalFormat.recordHeaderBytes
            func give(_ payload: UnsafeRawBufferPointer) throws -> Result {
                try body(
                    JournalRecord(
                        sequence: frame.firstSequence + UInt64(record.index), position: position,
                        recordedAtMicroseconds: frame.recordedAtMicroseconds, payload: payload))
            }
            if start + record.byteCount <= count { return try give(window.slice(start..<start + record.byteCount)) }
            return try withUnsafeTemporaryAllocation(byteCount: record.byteCount, alignment: 8) { memory in
                let offset = Int(position.byteOffset) + JournalFormat.recordHeaderBytes
                guard try Self.read(file, into: memory, at: offset) == record.byteCount else {
                    throw JournalError.noRecord(position)
                }
                return try give(UnsafeRawBufferPointer(memory))
            }
        }
    }

    /// The header of the frame that the record says it is in, if record and header agree with each other.
    private func frameHeader(
        of record: RecordHeader, at position: JournalPosition, in file: any StorageFile,
        window: UnsafeRawBufferPointer
    ) throws -> FrameHeader {
        let offset = Int(position.byteOffset)
        let frameOffset = offset - record.bytesBack
        guard record.byteCount > 0, record.bytesBack >= JournalFormat.frameHeaderBytesMin,
            frameOffset >= JournalFormat.pageBytes, frameOffset % JournalFormat.pageBytes == 0
        else { throw JournalError.noRecord(position) }
        let header: FrameHeader?
        if frameOffset == offset - offset % JournalFormat.pageBytes {
            header = FrameHeader(window)
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
            let count = try Self.read(file, into: $0, at: Int(position.byteOffset))
            return count == $0.count ? FrameHeader(UnsafeRawBufferPointer($0)) : nil
        }
        if let header { headers.withLock { $0[position] = header } }
        return header
    }

    private static func read(
        _ file: any StorageFile, into memory: UnsafeMutableRawBufferPointer, at offset: Int
    ) throws -> Int {
        do {
            return try file.read(into: memory, at: UInt64(offset))
        } catch {
            throw JournalError.storage(error)
        }
    }
}
