/// Reads a storage from the first segment to the last and, if it may, leaves it ready to append to.
struct Recovery {
    let storage: any Storage
    let configuration: JournalConfiguration
    let ledgerIdentity: LedgerIdentity
    let access: JournalAccess
    let pool: FrameBufferPool
    let table: SegmentTable
    /// Behind the commits that are not to be replayed; nil to replay all.
    let start: JournalPoint?

    let hasher: CommitHasher
    var chain: Chain
    var report = RecoveryReport()
    /// The head that the journal was closed at, as long as nothing has been written since.
    var closedAt: JournalHead?
    /// How far the journal reaches if it is a copy; nothing behind it is read.
    private var copiedTo: JournalPoint?

    init(
        storage: any Storage, configuration: JournalConfiguration, ledgerIdentity: LedgerIdentity,
        access: JournalAccess, pool: FrameBufferPool, table: SegmentTable, hasher: CommitHasher, start: JournalPoint?
    ) {
        self.storage = storage
        self.configuration = configuration
        self.ledgerIdentity = ledgerIdentity
        self.access = access
        self.pool = pool
        self.table = table
        self.hasher = hasher
        self.start = start
        chain = Chain(ledgerIdentity, hasher)
    }

    /// Replays every commit behind the start and returns the segment to append to; nil if nothing may be written.
    ///
    /// - Parameter attach: called once all that is before the start can be read.
    mutating func run(
        attach: () -> Void, _ replay: (CommittedBatch) throws -> Void
    ) throws -> OpenSegment? {
        if start == nil { attach() }
        let names = try storage.names()
        if access == .readWrite {
            for name in names where name.hasSuffix(StorageNames.temporarySuffix) { try storage.remove(name) }
        }
        if access != .salvage {
            closedAt = try ClosedMarker.read(in: storage, names: names)
            copiedTo = try CopyMarker.newest(in: storage, names: names)
        }
        report.wasClosed = closedAt != nil
        if copiedTo != nil, access == .readWrite { throw JournalError.isBackup }
        let firstSequences = names.compactMap(JournalFormat.firstSequence(ofSegmentNamed:)).sorted()

        var last: OpenSegment?
        try checkClosed(firstSequences)
        for (index, firstSequence) in firstSequences.enumerated() {
            if hasAllCopied { break }
            report.segments += 1
            let name = JournalFormat.segmentName(firstSequence: firstSequence)
            let isLast = index == firstSequences.count - 1
            let file = try storage.open(name)
            if isLast, access == .readWrite || access == .beside, canBeTorn { try file.settle() }
            if let point = start, report.segments <= point.segmentOrdinal {
                last = try take(file, firstSequence, upTo: point, isLast: isLast, attach: attach, replay)
                continue
            }
            guard firstSequence == chain.nextSequence else {
                throw Self.damage(name, at: 0, .firstSequence(chain.nextSequence))
            }
            last = try read(file, isLast: isLast, replay)
        }
        if let point = start, report.segments < point.segmentOrdinal {
            let name = firstSequences.last.map { JournalFormat.segmentName(firstSequence: $0) } ?? "the journal"
            throw Self.damage(name, at: 0, .commitOfCheckpoint(lastSequence: point.lastSequence))
        }
        try checkCopied(firstSequences)
        guard access == .readWrite else { return nil }
        if last != nil { return last }

        report.segments = 1
        let segment = try OpenSegment.create(newHeader(segmentBytes: configuration.segmentBytesMax), in: storage)
        table.add(segment.file, ordinal: segment.header.ordinal)
        return segment
    }

    /// Takes a segment of which a checkpoint has all, or all up to its point; what follows is replayed.
    private mutating func take(
        _ file: any StorageFile, _ firstSequence: UInt64, upTo point: JournalPoint, isLast: Bool,
        attach: () -> Void, _ replay: (CommittedBatch) throws -> Void
    ) throws -> OpenSegment? {
        let fileBytes = Int(clamping: try file.byteCount())
        chain.skip(to: firstSequence)
        guard let header = try readHeader(of: file, fileBytes: fileBytes, mayBeTorn: false) else {
            throw Self.damage(file.name, at: 0, .segmentHeader)
        }
        table.add(file, ordinal: header.ordinal)
        guard header.ordinal == point.segmentOrdinal else {
            return OpenSegment(storage: storage, file: file, header: header)
        }
        var head = [UInt8](repeating: 0, count: JournalFormat.frameHeaderBytes)
        _ = try head.withUnsafeMutableBytes { try file.read(into: $0, at: UInt64(point.frameOffset)) }
        let isThere = head.withUnsafeBytes { point.isBehind(FrameHeader($0), checksum: FrameHeader.checksum(in: $0)) }
        guard isThere else {
            let expected = JournalDamage.Expectation.commitOfCheckpoint(lastSequence: point.lastSequence)
            throw Self.damage(file.name, at: UInt64(point.frameOffset), expected)
        }
        chain = point.chain
        report.lastSequence = point.lastSequence
        report.lastRecordedAtMicroseconds = point.chain.lastRecordedAtMicroseconds
        report.checkpointSequence = point.lastSequence
        attach()
        return try read(file, header, fileBytes: fileBytes, from: point.endOffset, isLast: isLast, replay)
    }

    private mutating func read(
        _ file: any StorageFile, isLast: Bool, _ replay: (CommittedBatch) throws -> Void
    ) throws -> OpenSegment? {
        let fileBytes = Int(clamping: try file.byteCount())
        let mayBeTorn = isLast && canBeTorn
        guard let header = try readHeader(of: file, fileBytes: fileBytes, mayBeTorn: mayBeTorn) else {
            guard access == .readWrite else {
                report.tornTail = RecoveryReport.TornTail(
                    name: file.name, byteOffset: 0, byteCount: JournalFormat.pageBytes)
                return nil
            }
            // Else a second torn write could mix with the first into a page without an unwritten sector.
            try Self.clear(0..<JournalFormat.pageBytes, of: file)
            return try writeHeaderAgain(of: file, fileBytes: fileBytes)
        }
        table.add(file, ordinal: header.ordinal)
        let start = JournalFormat.pageBytes
        return try read(file, header, fileBytes: fileBytes, from: start, isLast: isLast, replay)
    }

    /// Replays a segment from where a frame begins.
    private mutating func read(
        _ file: any StorageFile, _ header: SegmentHeader, fileBytes: Int, from start: Int, isLast: Bool,
        _ replay: (CommittedBatch) throws -> Void
    ) throws -> OpenSegment? {
        let mayBeTorn = isLast && canBeTorn
        var scanner = SegmentScanner(
            file: file, header: header, fileBytes: fileBytes, mayBeTorn: mayBeTorn,
            frameBytesMax: configuration.frameBytesMax, pool: pool, hasher: hasher)
        var segment = OpenSegment(storage: storage, file: file, header: header)
        segment.end = start
        var lastBatch: CommittedBatch?
        scan: while !hasAllCopied {
            switch try scanner.next(at: segment.end, after: chain) {
            case .commit(let batch, let checksum, let frameBytes):
                try replay(batch)
                chain.advance(over: batch, checksum: checksum)
                report.add(batch)
                segment.end += frameBytes
                lastBatch = batch
            case .torn(let range):
                report.tornTail = RecoveryReport.TornTail(
                    name: file.name, byteOffset: UInt64(range.lowerBound), byteCount: range.count)
                if access == .readWrite { try cut(range, from: file, kept: try scanner.copy(range)) }
                break scan
            case .end:
                break scan
            }
        }
        guard isLast else { return segment }
        guard ArchiveFormat.segment(ofFileNamed: file.name) == nil else {
            throw Self.damage(file.name, at: UInt64(segment.end), .laterSegment)
        }
        if let closedAt,
            let damage = ClosedMarker.disagreement(closedAt, with: chain.head, name: file.name, end: segment.end)
        {
            throw JournalError.damaged(damage)
        }
        // Its writer may not have come to that; if its sync has failed, this file, opened before, is told of it.
        if access == .beside, canBeTorn { try file.sync() }
        guard access == .readWrite else { return nil }
        // What was cut short has no space that is known to be there: the next commit begins a segment. One without a
        // commit is begun again.
        if fileBytes < header.segmentBytes, segment.end > JournalFormat.pageBytes { segment.end = header.segmentBytes }
        guard let lastBatch else {
            // What a checkpoint was made of was known to be durable.
            if start > JournalFormat.pageBytes { return segment }
            return try beginAgain(segment, fileBytes: max(fileBytes, header.segmentBytes))
        }
        // When it was closed everything had been synced.
        if closedAt != nil { return segment }
        // The process before may have ended between this write and its sync, or because the sync failed, after which
        // a kernel takes the pages for clean. So what was not known to be durable is written once more.
        try lastBatch.write(to: file)
        try file.sync()
        return segment
    }

    /// The segment's header; nil if it is the last segment, it holds nothing, and its header was never whole.
    private func readHeader(
        of file: any StorageFile, fileBytes: Int, mayBeTorn: Bool
    ) throws -> SegmentHeader? {
        let expected = newHeader(segmentBytes: max(JournalFormat.pages(fileBytes), configuration.segmentBytesMax))
        var page = [UInt8](repeating: 0, count: JournalFormat.pageBytes)
        let header: SegmentHeader
        do {
            _ = try page.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
            header = try page.withUnsafeBytes { try SegmentHeader(page: $0) }
        } catch SegmentHeader.Fault.version(let found) {
            throw JournalError.newerVersion(name: file.name, supported: JournalFormat.version, found: found)
        } catch SegmentHeader.Fault.unchecked {
            var scanner = SegmentScanner(
                file: file, header: expected, fileBytes: fileBytes, mayBeTorn: mayBeTorn,
                frameBytesMax: configuration.frameBytesMax, pool: pool, hasher: hasher)
            let isTorn = page.withUnsafeBytes(SegmentScanner.hasUnwrittenPart)
            guard mayBeTorn, isTorn, fileBytes < JournalFormat.segmentBytesLimit, try scanner.isEmpty() else {
                throw Self.damage(file.name, at: 0, .segmentHeader)
            }
            return nil
        }
        guard header.ledgerIdentity == ledgerIdentity else {
            throw JournalError.foreignLedger(name: file.name, expected: ledgerIdentity, found: header.ledgerIdentity)
        }
        guard header.firstSequence == expected.firstSequence else {
            throw Self.damage(file.name, at: 0, .firstSequence(expected.firstSequence))
        }
        guard header.ordinal == expected.ordinal else {
            throw Self.damage(file.name, at: 0, .ordinal(expected.ordinal))
        }
        guard fileBytes <= header.segmentBytes else {
            throw Self.damage(file.name, at: UInt64(header.segmentBytes), .segmentBytes(header.segmentBytes))
        }
        return header
    }

    /// Whether what looks half written may be taken so: neither in a closed journal nor in a copy.
    private var canBeTorn: Bool { closedAt == nil && copiedTo == nil }

    /// Whether everything that a copy says it has was read.
    private var hasAllCopied: Bool { copiedTo.map { chain.nextSequence > $0.lastSequence } ?? false }

    /// Refuses a copy that does not have what it says.
    private func checkCopied(_ firstSequences: [UInt64]) throws {
        guard let copiedTo, chain.head != copiedTo.chain.head else { return }
        let name = JournalFormat.segmentName(firstSequence: firstSequences.last ?? 1)
        throw Self.damage(name, at: 0, .commits(to: copiedTo.chain.head))
    }

    /// Refuses a closed journal of which no segment is left.
    private func checkClosed(_ firstSequences: [UInt64]) throws {
        guard let closedAt, firstSequences.isEmpty else { return }
        throw Self.damage(JournalFormat.segmentName(firstSequence: 1), at: 0, .commits(to: closedAt))
    }

    private static func damage(
        _ name: String, at byteOffset: UInt64, _ expected: JournalDamage.Expectation
    ) -> JournalError {
        .damaged(JournalDamage(name: name, byteOffset: byteOffset, expected: expected))
    }
}

extension RecoveryReport {
    fileprivate mutating func add(_ batch: CommittedBatch) {
        commits += 1
        records += UInt64(batch.recordCount)
        lastSequence = batch.lastSequence
        lastRecordedAtMicroseconds = batch.recordedAtMicroseconds
    }
}
