/// Copies a journal into another storage: the same commits, in the same places of segments of the same names.
///
/// Everything is checked on the way, and every commit stands as it stood, so that a copy has the same chain of hashes. A
/// segment of the copy ends with its last commit, so what was reserved and never used takes no room.
public struct JournalCopy {
    /// What a copy is for.
    public enum Purpose: Sendable {
        /// To be gone on with: it says how far it reaches, and cannot be served.
        case backup
        /// To be served in place of the one that it was made of.
        case ledger
        /// The same, of what is sound in front of a damaged place.
        case repair
    }

    /// What was done.
    public struct Report: Hashable, Sendable {
        /// How many commits and records were copied now.
        public var commits: UInt64 = 0
        public var records: UInt64 = 0
        /// The head that the copy reaches; nil if there is no commit in it.
        public var head: JournalHead?
        /// When its last commit was recorded, in microseconds since 1970 UTC; nil as above.
        public var lastRecordedAtMicroseconds: Int64?
        /// In a repair, the damaged places: first any file beside the segments, then the one behind which all is lost.
        public var damages: [JournalDamage] = []
    }

    private struct Segment {
        let file: any StorageFile
        let ordinal: UInt32
        let version: UInt16
    }

    private static let attemptsMax = 10
    /// A new file system's own, in the root of a volume.
    private static let namesPassedOver: Set = ["lost+found"]

    private let source: any Storage
    private let target: any Storage
    private let purpose: Purpose
    private let ledgerIdentity: LedgerIdentity
    private var access: JournalAccess
    private var report = Report()
    private var point: JournalPoint?
    private var segment: Segment?

    /// Copies what there is in `source` and not yet in `target`.
    ///
    /// The source of a backup may be written meanwhile by the process that has it: the copy is then a prefix of its
    /// history, and what it has is durable in the source too, so that a power cut there cannot take back what is here.
    /// - Parameters:
    ///   - source: a journal, or a backup of one.
    ///   - target: an empty storage or one in which the same was begun; for a backup also a backup of the same history.
    ///   - ledgerIdentity: the source's.
    ///   - pause: called before the source's end is read again, where its writer was in the middle of something.
    ///   - pass: told of each commit that was copied.
    /// - Throws: ``JournalError``. What was copied up to there stays, and a backup reaches at least as far as it did.
    public static func run(
        from source: any Storage, to target: any Storage, purpose: Purpose, ledgerIdentity: LedgerIdentity,
        pause: () -> Void = {}, pass: (CommittedBatch) -> Void = { _ in }
    ) throws -> Report {
        var copy = JournalCopy(source: source, target: target, purpose: purpose, ledgerIdentity: ledgerIdentity)
        do {
            try copy.run(pause, pass)
        } catch let error as StorageError {
            throw JournalError(error)
        }
        return copy.report
    }

    private init(source: any Storage, target: any Storage, purpose: Purpose, ledgerIdentity: LedgerIdentity) {
        self.source = source
        self.target = target
        self.purpose = purpose
        self.ledgerIdentity = ledgerIdentity
        access = purpose == .backup ? .beside : .readOnly
    }

    private mutating func run(_ pause: () -> Void, _ pass: (CommittedBatch) -> Void) throws {
        try begin()
        var attempts = 1
        while true {
            let start = point
            do {
                try readOn(pass)
                break
            } catch JournalError.damaged(let damage) {
                if let start, damage.expected == .commitOfCheckpoint(lastSequence: start.lastSequence) {
                    throw JournalError.otherHistory(copiedSequence: start.lastSequence)
                }
                if purpose == .repair {
                    report.damages.append(damage)
                    if access == .salvage || damage.isInSegment { break }
                    access = .salvage
                    continue
                }
                guard purpose == .backup, attempts < Self.attemptsMax else { throw JournalError.damaged(damage) }
            } catch JournalError.storage(.failed(.open, let name, let code)) {
                guard purpose == .backup, attempts < Self.attemptsMax else {
                    throw JournalError.storage(.failed(operation: .open, name: name, code: code))
                }
            }
            // A writer at work can be met in the middle of a write, or a file between being listed and being opened; what
            // is wrong for good stays so.
            attempts = point == start ? attempts + 1 : 1
            pause()
        }
        try finish()
    }

    private mutating func begin() throws {
        let names = try inCopy { () throws(StorageError) in try target.names() }
            .filter { !$0.hasSuffix(StorageNames.temporarySuffix) && !Self.namesPassedOver.contains($0) }
        guard let copied = try marked(names) else {
            guard names.isEmpty else { throw JournalError.notEmpty }
            // First of all, so that half a copy is never taken for a ledger.
            try mark(JournalPoint(beginningOf: ledgerIdentity))
            return try inCopy { () throws(StorageError) in try ledgerIdentity.store(in: target) }
        }
        guard purpose == .backup || copied.lastSequence == 0 else { throw JournalError.notEmpty }
        if let stored = try inCopy({ () throws(StorageError) in try LedgerIdentity.stored(in: target) }) {
            guard stored == ledgerIdentity.bytes else {
                throw JournalError.otherHistory(copiedSequence: copied.lastSequence)
            }
        } else {
            try inCopy { () throws(StorageError) in try ledgerIdentity.store(in: target) }
        }
        // What an attempt that ended early left behind the place that is known to be whole.
        for firstSequence in names.compactMap(JournalFormat.firstSequence(ofSegmentNamed:))
        where firstSequence > copied.lastSequence {
            let name = JournalFormat.segmentName(firstSequence: firstSequence)
            try inCopy { () throws(StorageError) in try target.remove(name) }
        }
        if names.contains(ClosedMarker.name) {
            try inCopy { () throws(StorageError) in try ClosedMarker.remove(from: target) }
        }
        guard copied.lastSequence > 0 else { return }
        point = copied
        report.head = copied.chain.head
        report.lastRecordedAtMicroseconds = copied.chain.lastRecordedAtMicroseconds
    }

    /// Copies every commit behind the point.
    private mutating func readOn(_ pass: (CommittedBatch) -> Void) throws {
        _ = try Journal.open(
            storage: source, ledgerIdentity: ledgerIdentity, access: access, from: point,
            replay: { batch in
                try put(batch)
                pass(batch)
            })
    }

    private mutating func put(_ batch: CommittedBatch) throws {
        let place = batch.framePosition
        let segment = try segment(ordinal: place.segmentOrdinal, firstSequence: batch.firstSequence)
        try inCopy { () throws(StorageError) in try batch.write(to: segment.file) }
        point = batch.point
        report.commits += 1
        report.records += UInt64(batch.recordCount)
        report.head = batch.head
        report.lastRecordedAtMicroseconds = batch.recordedAtMicroseconds
    }

    /// The segment of the copy that a commit belongs to, with its header.
    private mutating func segment(ordinal: UInt32, firstSequence: UInt64) throws -> Segment {
        if let segment, segment.ordinal == ordinal { return segment }
        if let finished = segment {
            try inCopy { () throws(StorageError) in try finished.file.sync() }
            // The source's writer begins a segment when all before it is durable.
            if purpose == .backup, let point { try mark(point) }
        }
        let names = try inCopy { () throws(StorageError) in try target.names() }
        var name = JournalFormat.segmentName(firstSequence: firstSequence)
        if let point, point.segmentOrdinal == ordinal {
            // The copy is gone on with in the middle of this one.
            let begun = names.compactMap(JournalFormat.firstSequence(ofSegmentNamed:)).sorted()
            guard begun.count >= Int(ordinal) else {
                throw JournalError.copyDamaged(JournalDamage(name: name, byteOffset: 0, expected: .ordinal(ordinal)))
            }
            name = JournalFormat.segmentName(firstSequence: begun[Int(ordinal) - 1])
        }
        var page = [UInt8](repeating: 0, count: JournalFormat.pageBytes)
        let original = try source.open(name)
        _ = try page.withUnsafeMutableBytes { buffer throws in try original.read(into: buffer, at: 0) }
        guard let header = page.withUnsafeBytes({ try? SegmentHeader(page: $0) }) else {
            throw JournalError.damaged(JournalDamage(name: name, byteOffset: 0, expected: .segmentHeader))
        }
        let file = try inCopy { () throws(StorageError) in
            if names.contains(name) { return try target.open(name) }
            let file = try target.create(name, byteCount: UInt64(page.count))
            try page.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in try file.write(bytes, at: 0) }
            return file
        }
        let begun = Segment(file: file, ordinal: ordinal, version: header.version)
        segment = begun
        return begun
    }

    private mutating func finish() throws {
        if let segment { try inCopy { () throws(StorageError) in try segment.file.sync() } }
        if purpose == .backup {
            if let point { try mark(point) }
            return
        }
        try inCopy { () throws(StorageError) in
            // Nothing in it can be torn, and the next start shall know. A program of version 1 would leave the file there.
            if let point, segment?.version == JournalFormat.version {
                try ClosedMarker.write(point.chain.head, to: target)
            }
            for name in CopyMarker.names(try target.names()) { try target.remove(name) }
        }
    }

    private func mark(_ point: JournalPoint) throws(JournalError) {
        try inCopy { () throws(StorageError) in try CopyMarker.write(point, to: target) }
    }

    private func marked(_ names: [String]) throws -> JournalPoint? {
        do {
            return try CopyMarker.newest(in: target, names: names)
        } catch JournalError.damaged(let damage) {
            throw JournalError.copyDamaged(damage)
        }
    }

    /// Tells a failure of the copy's storage from one of the source's, whose files have the same names.
    private func inCopy<Result>(_ body: () throws(StorageError) -> Result) throws(JournalError) -> Result {
        do throws(StorageError) { return try body() } catch { throw .copy(error) }
    }
}

extension JournalDamage {
    /// Whether it is in a segment, and not in a file that says something of them.
    public var isInSegment: Bool {
        JournalFormat.firstSequence(ofSegmentNamed: ArchiveFormat.segment(ofFileNamed: name) ?? name) != nil
    }
}
