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

    /// So many records of a list are read before the first of them is given: on a page there are mostly fewer.
    private static let togetherMax = 16

    /// Gives `body` the record at `position`, which came from a ``CommittedBatch`` or an earlier read.
    ///
    /// It takes one read of the file when the record is the first of its commit or another record of it was ever read,
    /// two otherwise, and one more for a record that is long. The frame's header is checked with its checksum; the payload,
    /// whose checksum is over the whole commit, was checked when the journal was opened or written.
    /// - Throws: ``JournalError/noRecord(_:)`` if none begins there, ``JournalError/storage(_:)``,
    ///   ``JournalError/closed``, ``JournalError/notInMemory``, or what `body` throws.
    @inlinable
    public func read<Result>(
        _ position: JournalPosition, _ body: (JournalRecord) throws -> Result
    ) throws -> Result {
        var result: Result?
        try readOne(position) { result = try body($0) }
        guard let result else { throw JournalError.noRecord(position) }
        return result
    }

    /// As ``read(_:_:)``, for one kind of body, so that it is compiled once and for no type in particular.
    @usableFromInline
    func readOne(_ position: JournalPosition, _ body: (JournalRecord) throws -> Void) throws {
        var next: UInt64? = position.rawValue
        _ = try give(atMost: 1, in: table.all(), { next.take() }, body)
    }

    /// As ``read(_:_:)`` for each position that `next` gives until it has no more, in their order; what many of them ask
    /// for is looked up once. `next` is asked for some positions before the first of their records is given.
    ///
    /// - Parameter next: gives raw values of ``JournalPosition``.
    public func read(at next: () throws -> UInt64?, _ body: (JournalRecord) throws -> Void) throws {
        let files = try table.all()
        while try give(atMost: Self.togetherMax, in: files, next, body) {}
    }

    /// What was read of one record and, if it is near, of its frame's header.
    private struct Window {
        let position: JournalPosition
        let record: RecordHeader
        /// Of what was read, from the record's header on; and how much lies in front of that.
        let bytes: UnsafeRawBufferPointer
        let before: Int
        /// Found in memory, or in front of the record.
        var frame: FrameHeaderMemory.Entry?

        var framePosition: UInt64 { position.rawValue - UInt64(record.bytesBack) }
    }

    /// Returns false when `next` has no more.
    private func give(
        atMost countMax: Int, in files: SegmentFiles, _ next: () throws -> UInt64?,
        _ body: (JournalRecord) throws -> Void
    ) throws -> Bool {
        let bytesMax = Self.headerBytesMax + JournalFormat.recordHeaderBytes + Self.guessBytes
        return try withUnsafeTemporaryAllocation(byteCount: bytesMax * countMax, alignment: 8) { memory in
            try withUnsafeTemporaryAllocation(of: Window.self, capacity: countMax) { windows in
                var target = UnsafeMutableRawBufferPointer(rebasing: memory[...])
                var count = 0
                while count < countMax, let rawPosition = try next() {
                    let window = try window(JournalPosition(rawValue: rawPosition), in: files, &target)
                    windows.initializeElement(at: count, to: window)
                    count += 1
                }
                findHeaders(of: windows[..<count])
                for window in windows[..<count] { try give(window, in: files, body) }
                return count == countMax
            }
        }
    }

    /// Reads what most records need, into memory that has room for it and is taken.
    @inline(__always)
    private func window(
        _ position: JournalPosition, in files: SegmentFiles, _ memory: inout UnsafeMutableRawBufferPointer
    ) throws -> Window {
        let file = try files.file(of: position)
        let inPage = Int(position.byteOffset) % JournalFormat.pageBytes
        let before = inPage <= Self.headerBytesMax ? inPage : 0
        let start = before + JournalFormat.recordHeaderBytes
        let target = UnsafeMutableRawBufferPointer(rebasing: memory[..<(start + Self.guessBytes)])
        memory = UnsafeMutableRawBufferPointer(rebasing: memory[target.count...])
        let count = try read(file, into: target, at: Int(position.byteOffset) - before)
        guard count >= start else { throw JournalError.noRecord(position) }
        let bytes = UnsafeRawBufferPointer(target).slice(0..<count)
        let record = RecordHeader(bytes, at: before)
        let frameOffset = Int(position.byteOffset) - record.bytesBack
        guard record.byteCount > 0, record.bytesBack >= JournalFormat.frameHeaderBytesMin,
            frameOffset >= JournalFormat.pageBytes, frameOffset % JournalFormat.pageBytes == 0
        else { throw JournalError.noRecord(position) }
        return Window(
            position: position, record: record, bytes: bytes.slice(before..<count), before: before,
            frame: record.bytesBack == before
                ? FrameHeader(bytes.slice(0..<before)).map(FrameHeaderMemory.Entry.init) : nil)
    }

    private func findHeaders(of windows: Slice<UnsafeMutableBufferPointer<Window>>) {
        headers.withLock { headers in
            for place in windows.indices where windows[place].frame == nil {
                windows.base[place].frame = headers[windows[place].framePosition]
            }
        }
    }

    private func give(
        _ window: Window, in files: SegmentFiles, _ body: (JournalRecord) throws -> Void
    ) throws {
        let (position, record) = (window.position, window.record)
        let end = JournalFormat.recordHeaderBytes + record.byteCount
        guard let frame = try window.frame ?? readHeader(of: window, in: files),
            record.index < Int(frame.recordCount), record.bytesBack >= Int(frame.byteCount),
            record.bytesBack + end <= Int(frame.byteCount) + Int(frame.payloadBytes)
        else { throw JournalError.noRecord(position) }
        func give(_ payload: UnsafeRawBufferPointer) throws {
            try body(
                JournalRecord(
                    sequence: frame.firstSequence + UInt64(record.index), position: position,
                    recordedAtMicroseconds: frame.recordedAtMicroseconds, payload: payload))
        }
        if end <= window.bytes.count {
            return try give(window.bytes.slice(JournalFormat.recordHeaderBytes..<end))
        }
        try withUnsafeTemporaryAllocation(byteCount: record.byteCount, alignment: 8) { memory in
            let offset = Int(position.byteOffset) + JournalFormat.recordHeaderBytes
            guard try read(files.file(of: position), into: memory, at: offset) == record.byteCount else {
                throw JournalError.noRecord(position)
            }
            try give(UnsafeRawBufferPointer(memory))
        }
    }

    /// Reads the header of a record's frame by itself, and keeps it; nil if there is none.
    private func readHeader(of window: Window, in files: SegmentFiles) throws -> FrameHeaderMemory.Entry? {
        // What is in front of the record is the whole of its frame's header, and was none.
        guard window.record.bytesBack != window.before else { return nil }
        let position = JournalPosition(rawValue: window.framePosition)
        let file = try files.file(of: position)
        let header = try withUnsafeTemporaryAllocation(byteCount: JournalFormat.frameHeaderBytes, alignment: 8) {
            let count = try read(file, into: $0, at: Int(position.byteOffset))
            return count == $0.count ? FrameHeader(UnsafeRawBufferPointer($0)) : nil
        }
        guard let entry = header.map(FrameHeaderMemory.Entry.init) else { return nil }
        headers.withLock { $0.add(entry, at: position.rawValue) }
        return entry
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
