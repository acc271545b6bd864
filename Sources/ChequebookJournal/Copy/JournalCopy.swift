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
        /// In a repair, the damaged place; nil if there was none.
        public var damage: JournalDamage?
    }

    private static let attemptsMax = 10

    private let source: any Storage
    private let target: any Storage
    private let purpose: Purpose
    private let ledgerIdentity: LedgerIdentity
    private var report = Report()
    private var point: JournalPoint?
    private var segment: (file: any StorageFile, source: any StorageFile, ordinal: UInt32)?

    /// Copies what there is in `source` and not yet in `target`.
    ///
    /// The source may be written meanwhile by the process that has it: the copy is then a prefix of its history, and what
    /// it has is durable in the source too, so that a power cut there cannot take back what is here.
    /// - Parameters:
    ///   - source: a journal, or a backup of one.
    ///   - target: for a backup, an empty storage or a backup of the same history; else an empty one.
    ///   - ledgerIdentity: the source's.
    ///   - pause: called before the source's end is read again, where its writer was in the middle of a write.
    ///   - pass: told of each commit that was copied.
    /// - Throws: ``JournalError``. What was copied up to there stays, and a backup still reaches as far as it did.
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
                    report.damage = damage
                    break
                }
                // A writer at work can be met in the middle of a write; what is wrong for good stays so.
                guard attempts < Self.attemptsMax, try mayBeInWork(damage) else { throw JournalError.damaged(damage) }
                attempts += 1
                pause()
            }
        }
        try finish()
    }

    private mutating func begin() throws {
        let names = try target.names().filter { !$0.hasSuffix(StorageNames.temporarySuffix) }
        guard purpose == .backup, let copied = try CopyMarker.newest(in: target, names: names) else {
            guard names.isEmpty else { throw JournalError.notEmpty }
            guard purpose == .backup else { return }
            // First of all, so that a half made backup is never taken for a ledger.
            try CopyMarker.write(JournalPoint(beginningOf: ledgerIdentity), to: target)
            return try ledgerIdentity.store(in: target)
        }
        if let stored = try LedgerIdentity.stored(in: target) {
            guard stored == ledgerIdentity.bytes else {
                throw JournalError.otherHistory(copiedSequence: copied.lastSequence)
            }
        } else {
            try ledgerIdentity.store(in: target)
        }
        // What an attempt that ended early left behind the place that is known to be whole.
        for firstSequence in names.compactMap(JournalFormat.firstSequence(ofSegmentNamed:))
        where firstSequence > copied.lastSequence {
            try target.remove(JournalFormat.segmentName(firstSequence: firstSequence))
        }
        guard copied.lastSequence > 0 else { return }
        point = copied
        report.head = copied.chain.head
        report.lastRecordedAtMicroseconds = copied.chain.lastRecordedAtMicroseconds
    }

    /// Copies every commit behind the point.
    private mutating func readOn(_ pass: (CommittedBatch) -> Void) throws {
        // Segments are read through the storage again, so that this does not depend on what the walk keeps open.
        _ = try Journal.open(
            storage: source, ledgerIdentity: ledgerIdentity, access: .readOnly, from: point,
            replay: { batch in
                try put(batch)
                pass(batch)
            })
    }

    private mutating func put(_ batch: CommittedBatch) throws {
        let place = batch.framePosition
        if segment?.ordinal != place.segmentOrdinal {
            try sync()
            segment = try open(ordinal: place.segmentOrdinal, firstSequence: batch.firstSequence)
        }
        guard let segment else { return }
        try batch.write(to: segment.file)
        point = batch.point
        report.commits += 1
        report.records += UInt64(batch.recordCount)
        report.head = batch.head
        report.lastRecordedAtMicroseconds = batch.recordedAtMicroseconds
    }

    /// The segment of the copy that a commit belongs to, with its header.
    private func open(
        ordinal: UInt32, firstSequence: UInt64
    ) throws -> (file: any StorageFile, source: any StorageFile, ordinal: UInt32) {
        let names = try target.names()
        if let point, point.segmentOrdinal == ordinal {
            // The copy is gone on with in the middle of this one.
            let begun = names.compactMap(JournalFormat.firstSequence(ofSegmentNamed:)).sorted()
            guard begun.count >= Int(ordinal) else {
                throw JournalError.otherHistory(copiedSequence: point.lastSequence)
            }
            let name = JournalFormat.segmentName(firstSequence: begun[Int(ordinal) - 1])
            return (try target.open(name), try source.open(name), ordinal)
        }
        let name = JournalFormat.segmentName(firstSequence: firstSequence)
        let original = try source.open(name)
        var page = [UInt8](repeating: 0, count: JournalFormat.pageBytes)
        _ = try page.withUnsafeMutableBytes { buffer throws in try original.read(into: buffer, at: 0) }
        let file =
            names.contains(name) ? try target.open(name) : try target.create(name, byteCount: UInt64(page.count))
        try page.withUnsafeBytes { bytes throws in try file.write(bytes, at: 0) }
        return (file, original, ordinal)
    }

    /// Makes what was copied durable, in the source first.
    private func sync() throws {
        if purpose == .backup { try segment?.source.sync() }
        try segment?.file.sync()
    }

    private mutating func finish() throws {
        try sync()
        guard let point else {
            if purpose != .backup { try ledgerIdentity.store(in: target) }
            return
        }
        if purpose == .backup { return try CopyMarker.write(point, to: target) }
        // Nothing in it can be torn, and the next start shall know.
        try ClosedMarker.write(point.chain.head, to: target)
        try ledgerIdentity.store(in: target)
    }

    /// Whether a place that looks damaged may only be one that is being written.
    private func mayBeInWork(_ damage: JournalDamage) throws -> Bool {
        let last = try source.names().compactMap(JournalFormat.firstSequence(ofSegmentNamed:)).max()
        return ClosedMarker.isName(damage.name) || damage.name == last.map(JournalFormat.segmentName(firstSequence:))
    }
}
