import Synchronization

/// A ledger's records in the order in which they were committed, each once, kept for ever.
///
/// One thread appends; what ``append(_:recordedAtMicroseconds:)`` returns is on disk. Records are opaque bytes. After
/// a crash at any moment opening the journal again replays every commit that was returned, in the same order with the
/// same sequences, and at most one more: the one that was being written.
public final class Journal: Sendable {
    /// Reads single records by position, on any thread, while this journal is appended to.
    public let reader: JournalReader
    /// As ``reader``, but never waits for a disk, and throws ``JournalError/notInMemory`` instead.
    public let cachedReader: JournalReader

    private enum Status {
        case open(OpenSegment)
        case readOnly
        case failed(StorageError)
        case closed
    }

    private struct State {
        var status: Status
        var chain: Chain
        /// Whether the next segment is being prepared, or is there.
        var isNextPrepared = false
        /// Whether the file that says that the journal is closed is there; it goes before the first write.
        var isMarkedClosed: Bool
    }

    private let configuration: JournalConfiguration
    private let pool: FrameBufferPool
    private let table: SegmentTable
    /// Used by whoever holds the state.
    private let hasher: CommitHasher
    private let state: Mutex<State>

    private init(
        configuration: JournalConfiguration, pool: FrameBufferPool, table: SegmentTable, hasher: CommitHasher,
        status: Status, recovery: Recovery
    ) {
        self.configuration = configuration
        self.pool = pool
        self.table = table
        self.hasher = hasher
        reader = JournalReader(table: table, mayWait: true)
        cachedReader = JournalReader(table: table, mayWait: false)
        state = Mutex(
            State(status: status, chain: recovery.chain, isMarkedClosed: recovery.closedAt != nil))
    }

    /// Opens the journal in `storage`, or makes a new one if there is none, and gives `replay` every commit in order.
    ///
    /// Everything is checked: checksums, hashes, padding, order of sequences and instants. A commit that a crash tore is
    /// moved to a file of its own, named in the report; anything else that is wrong is refused and left as it is. So is
    /// anything torn in a journal that was closed.
    /// - Parameters:
    ///   - access: to read only, nothing is mended or made, and a torn commit stays where it is.
    ///   - start: where to begin; nil for the beginning. Of what is before, only the segments' headers and the commit
    ///     that ends there are checked.
    ///   - attach: called once before the first commit with a reader of all that has been replayed so far and all before
    ///     `start`, for whoever must look back while replaying.
    /// - Throws: ``JournalError``, or what `replay` throws.
    public static func open(
        storage: any Storage, configuration: JournalConfiguration = JournalConfiguration(),
        ledgerIdentity: LedgerIdentity, access: JournalAccess = .readWrite, from start: JournalPoint? = nil,
        attach: (JournalReader) -> Void = { _ in },
        replay: (CommittedBatch) throws -> Void
    ) throws -> (journal: Journal, report: RecoveryReport) {
        try configuration.check()
        let pool = FrameBufferPool()
        let table = SegmentTable()
        let hasher = CommitHasher()
        var recovery = Recovery(
            storage: storage, configuration: configuration, ledgerIdentity: ledgerIdentity, access: access, pool: pool,
            table: table, hasher: hasher, start: start)
        do {
            let segment = try recovery.run(attach: { attach(JournalReader(table: table, mayWait: true)) }, replay)
            let journal = Journal(
                configuration: configuration, pool: pool, table: table, hasher: hasher,
                status: segment.map { Status.open($0) } ?? .readOnly, recovery: recovery)
            return (journal, recovery.report)
        } catch let error as StorageError {
            throw JournalError(error)
        }
    }

    /// The end of history: the last commit that is on disk.
    public var head: JournalHead { state.withLock { $0.chain.head } }

    /// The sequence of the last record; 0 in a new ledger.
    public var lastSequence: UInt64 { state.withLock { $0.chain.nextSequence - 1 } }

    /// The last commit's instant in microseconds since 1970 UTC; nil in a new ledger.
    public var lastRecordedAtMicroseconds: Int64? { state.withLock { $0.chain.lastRecordedAtMicroseconds } }

    /// The error that failed the journal for good, or nil.
    public var failure: StorageError? {
        state.withLock { state in
            if case .failed(let error) = state.status { error } else { nil }
        }
    }

    /// Commits the records of `batches`, in their order, as one frame with one write and one sync.
    /// - Parameter recordedAtMicroseconds: the commit's instant since 1970 UTC, later than the one before.
    /// - Returns: the commit, which is on disk.
    /// - Throws: what is wrong with the records, and the journal is as it was; or ``JournalError/storage(_:)``, and
    ///   every later append throws ``JournalError/failed(_:)``. Whether this commit is there is then known when the
    ///   journal is opened again: a sync that failed once cannot be believed when it succeeds.
    public func append(
        _ batches: [RecordBatch], recordedAtMicroseconds: Int64
    ) throws(JournalError) -> CommittedBatch {
        try state.withLock { (state) throws(JournalError) in
            var segment: OpenSegment
            switch state.status {
            case .open(let open): segment = open
            case .failed(let error): throw .failed(error)
            case .readOnly: throw .readOnly
            case .closed: throw .closed
            }
            if let last = state.chain.lastRecordedAtMicroseconds, recordedAtMicroseconds <= last {
                throw .instantNotLater(recordedAtMicroseconds: recordedAtMicroseconds, last: last)
            }
            let builder = try FrameBuilder(batches, configuration: configuration)
            let buffer = pool.buffer(byteCount: builder.frameBytes)
            let frame = buffer.bytes.slice(0..<builder.frameBytes)
            try builder.fill(frame)
            let payload = UnsafeRawBufferPointer(frame).slice(
                JournalFormat.frameHeaderBytes..<JournalFormat.frameHeaderBytes + builder.payloadBytes)
            let hash = hasher.hash(
                after: state.chain, recordedAtMicroseconds: recordedAtMicroseconds, recordCount: builder.recordCount,
                payload: payload)
            let header = FrameHeader(
                firstSequence: state.chain.nextSequence, recordedAtMicroseconds: recordedAtMicroseconds,
                payload: payload, recordCount: builder.recordCount, previousChecksum: state.chain.lastChecksum,
                hash: hash)
            let checksum = header.write(to: frame)
            do throws(StorageError) {
                if state.isMarkedClosed {
                    try ClosedMarker.remove(from: segment.storage)
                    state.isMarkedClosed = false
                }
                if !segment.fits(frameBytes: frame.count) {
                    segment = try segment.next(
                        firstSequence: header.firstSequence, segmentBytes: configuration.segmentBytesMax)
                    table.add(segment.file, ordinal: segment.header.ordinal)
                    state.isNextPrepared = false
                }
                let position = JournalPosition(
                    segmentOrdinal: segment.header.ordinal, byteOffset: UInt32(segment.end))
                let batch = CommittedBatch(
                    header: header, hash: hash, buffer: buffer, start: 0, position: position)
                try batch.write(to: segment.file)
                try segment.file.sync()
                segment.end += frame.count
                state.status = .open(segment)
                state.chain.advance(over: batch, checksum: checksum)
                return batch
            } catch {
                state.status = .failed(error)
                throw .storage(error)
            }
        }
    }

    /// What makes the next segment ready, to be run once on a thread that may wait; nil most of the time. It is given when
    /// an eighth of the present one is taken, so that few small ledgers ever need it. Without it a commit that begins a
    /// segment waits until the segment's zeros are on disk.
    public func takePreparation() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard case .open(let segment) = state.status, !state.isNextPrepared,
                segment.end >= segment.header.segmentBytes / 8
            else { return nil }
            state.isNextPrepared = true
            let byteCount = UInt64(configuration.segmentBytesMax)
            return { segment.storage.prepare(byteCount: byteCount) }
        }
    }

    /// Syncs, notes durably that all is well, and lets go of all files. The storage, and the hold on its directory, end
    /// with their last user. Closing again does nothing.
    public func close() throws(JournalError) {
        try state.withLock { (state) throws(JournalError) in
            defer {
                state.status = .closed
                table.close()
            }
            guard case .open(let segment) = state.status, !state.isMarkedClosed else { return }
            do throws(StorageError) {
                try segment.file.sync()
                // A program of version 1 may go on in such a segment, and would not take the file away.
                guard segment.header.version == JournalFormat.version else { return }
                try ClosedMarker.write(state.chain.head, to: segment.storage)
            } catch {
                throw .storage(error)
            }
        }
    }
}
