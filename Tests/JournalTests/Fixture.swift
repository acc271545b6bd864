import ChequebookJournal

/// A ledger of small segments, and a journal in it as a test wants to see it.
enum Fixture {
    static let identity = LedgerIdentity(bytes: Array(1...16))!
    static let otherIdentity = LedgerIdentity(bytes: Array(2...17))!
    static let firstSegment = "00000000000000000001.segment"
    static let pageBytes = 4096

    /// One commit of up to 8,000 bytes of records in segments of a header page and three more.
    static let small = JournalConfiguration(segmentBytesMax: 4 * pageBytes, commitBytesMax: 8000)

    static func batch(_ records: [[UInt8]]) -> RecordBatch {
        var batch = RecordBatch()
        for record in records { batch.append(record) }
        return batch
    }
}

/// A journal, with everything that its opening replayed.
struct OpenedJournal {
    struct Commit: Equatable {
        var firstSequence: UInt64
        var recordedAtMicroseconds: Int64
        var records: [[UInt8]]
    }

    let journal: Journal
    let report: RecoveryReport
    var commits: [Commit] = []
    var positions: [JournalPosition] = []
    /// Of each commit.
    var heads: [JournalHead] = []

    init(
        _ storage: any Storage, configuration: JournalConfiguration = Fixture.small,
        identity: LedgerIdentity = Fixture.identity
    ) throws {
        var commits: [Commit] = []
        var positions: [JournalPosition] = []
        var heads: [JournalHead] = []
        (journal, report) = try Journal.open(
            storage: storage, configuration: configuration, ledgerIdentity: identity
        ) { batch in
            commits.append(Self.commit(batch))
            batch.forEachRecord { positions.append($0.position) }
            heads.append(batch.head)
        }
        self.commits = commits
        self.positions = positions
        self.heads = heads
    }

    var records: [[UInt8]] { commits.flatMap(\.records) }

    static func commit(_ batch: CommittedBatch) -> Commit {
        var records: [[UInt8]] = []
        batch.forEachRecord { records.append(Array($0.payload)) }
        return Commit(
            firstSequence: batch.firstSequence, recordedAtMicroseconds: batch.recordedAtMicroseconds, records: records)
    }

    /// Appends records as one batch, a microsecond after the last commit.
    @discardableResult
    func append(_ records: [[UInt8]]) throws(JournalError) -> CommittedBatch {
        let instant = (journal.lastRecordedAtMicroseconds ?? 0) + 1
        return try journal.append([Fixture.batch(records)], recordedAtMicroseconds: instant)
    }
}

/// A generator that a seed repeats: SplitMix64, after Steele, Lea and Flood, 2014.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A record of up to `bytesMax` bytes with runs of zeros in it, none longer than the journal takes.
    mutating func record(bytesMax: Int) -> [UInt8] {
        let count = Int.random(in: 1...bytesMax, using: &self)
        var record: [UInt8] = []
        while record.count < count {
            let zeros = Bool.random(using: &self) ? Int.random(in: 0...240, using: &self) : 0
            record.append(contentsOf: repeatElement(0, count: zeros))
            record.append(UInt8.random(in: 1...255, using: &self))
        }
        return record
    }
}

/// The refusal of a file that does not hold `expected` at a byte.
func damage(_ name: String, at byteOffset: UInt64, _ expected: JournalDamage.Expectation) -> JournalError {
    .damaged(JournalDamage(name: name, byteOffset: byteOffset, expected: expected))
}

/// What a closure that must be refused throws.
func journalError(_ body: () throws -> Void) -> JournalError? {
    do {
        try body()
        return nil
    } catch {
        return error as? JournalError
    }
}

/// A storage that never has anything in memory.
final class ForgetfulStorage: Storage {
    private final class File: StorageFile {
        private let wrapped: any StorageFile

        init(_ file: any StorageFile) { wrapped = file }

        var name: String { wrapped.name }

        func byteCount() throws(StorageError) -> UInt64 { try wrapped.byteCount() }

        func read(into buffer: UnsafeMutableRawBufferPointer, at byteOffset: UInt64) throws(StorageError) -> Int {
            try wrapped.read(into: buffer, at: byteOffset)
        }

        func write(_ bytes: UnsafeRawBufferPointer, at byteOffset: UInt64) throws(StorageError) {
            try wrapped.write(bytes, at: byteOffset)
        }

        func sync() throws(StorageError) { try wrapped.sync() }
    }

    private let wrapped: any Storage

    init(_ storage: any Storage) { wrapped = storage }

    func names() throws(StorageError) -> [String] { try wrapped.names() }

    func create(_ name: String, byteCount: UInt64) throws(StorageError) -> any StorageFile {
        File(try wrapped.create(name, byteCount: byteCount))
    }

    func create(_ name: String, holding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        try wrapped.create(name, holding: bytes)
    }

    func capture(
        _ name: String, head: [UInt8], pieces: [UnsafeRawBufferPointer]
    ) throws(StorageError) -> any StorageCapture { try wrapped.capture(name, head: head, pieces: pieces) }

    func open(_ name: String) throws(StorageError) -> any StorageFile { File(try wrapped.open(name)) }

    func remove(_ name: String) throws(StorageError) { try wrapped.remove(name) }
}
