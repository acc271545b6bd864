/// The segments of a journal as whoever does not own it may read them: all but the last take no more commits.
struct SealedSegments {
    /// The directory's path.
    let path: String
    /// Of every segment in order, the last one's too.
    let firstSequences: [UInt64]

    private let ledgerIdentity: LedgerIdentity
    private let cache = BlockCache()
    private let pool = FrameBufferPool()
    private let hasher = CommitHasher()

    /// - Throws: if there is no segment, or the first cannot be read.
    init(path: String) throws {
        self.path = path
        firstSequences = try FileStorage.names(in: path)
            .compactMap(JournalFormat.firstSequence(ofSegmentNamed:)).sorted()
        guard let first = firstSequences.first else { throw ArchiveError.noJournal(path: path) }
        let file = try FileStorage.open(
            JournalFormat.segmentName(firstSequence: first), readingFrom: path, cache: cache)
        ledgerIdentity = try Self.header(of: file).ledgerIdentity
    }

    func name(_ index: Int) -> String { JournalFormat.segmentName(firstSequence: firstSequences[index]) }

    /// Opens a segment in whichever form it has.
    func open(_ index: Int) throws(StorageError) -> any StorageFile {
        try FileStorage.open(name(index), readingFrom: path, cache: cache)
    }

    /// Opens the archived form of a segment that lies at `path`.
    func openArchived(_ path: String, of index: Int) throws(StorageError) -> ArchivedFile {
        try ArchivedFile(path, name: ArchiveFormat.name(of: name(index)), cache: cache)
    }

    /// Checks every byte of a sealed segment as a start does, and that the next one goes on where it ends.
    ///
    /// - Parameter progress: told how many of its bytes have been checked.
    /// - Returns: the chain behind it.
    func check(_ index: Int, after chain: Chain, progress: (Int) -> Void) throws -> Chain {
        var chain = chain
        let file = try open(index)
        let header = try Self.header(of: file)
        let fileBytes = Int(clamping: try file.byteCount())
        try checkPlace(of: file, header, index, fileBytes: fileBytes, after: chain)
        var scanner = SegmentScanner(
            file: file, header: header, fileBytes: fileBytes, mayBeTorn: false,
            frameBytesMax: JournalConfiguration().frameBytesMax, pool: pool, hasher: hasher)
        var end = JournalFormat.pageBytes
        while case .commit(let batch, let checksum, let frameBytes) = try scanner.next(at: end, after: chain) {
            chain.advance(over: batch, checksum: checksum)
            end += frameBytes
            progress(end)
        }
        let next = index + 1
        guard next < firstSequences.count, firstSequences[next] == chain.nextSequence else {
            throw Self.damage(next < firstSequences.count ? name(next) : file.name, .firstSequence(chain.nextSequence))
        }
        return chain
    }

    /// The chain in front of a segment.
    ///
    /// A frame of the present version has the hash of its commit, so the last one of the segment before is enough. Before
    /// version 2 a hash has to be reckoned from the beginning.
    func chain(before index: Int) throws -> Chain {
        var start = index
        while start > 0 {
            let file = try open(start - 1)
            let header = try Self.header(of: file)
            if header.version > 1 {
                var chain = try Self.chain(behind: file, header)
                for between in start..<index { chain = try check(between, after: chain) { _ in } }
                return chain
            }
            start -= 1
        }
        var chain = Chain(ledgerIdentity, hasher)
        for between in 0..<index { chain = try check(between, after: chain) { _ in } }
        return chain
    }

    /// The chain behind a segment, from the header of its last frame.
    private static func chain(behind file: any StorageFile, _ header: SegmentHeader) throws -> Chain {
        var chain: Chain?
        var offset = JournalFormat.pageBytes
        var bytes = [UInt8](repeating: 0, count: JournalFormat.frameHeaderBytes)
        while offset < header.segmentBytes {
            let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: UInt64(offset)) }
            let frame = bytes.withUnsafeBytes { FrameHeader($0.slice(0..<count)) }
            guard let frame, let hash = frame.hash else { break }
            chain = Chain(
                head: JournalHead(sequence: frame.firstSequence + UInt64(frame.recordCount) - 1, hash: hash),
                lastRecordedAtMicroseconds: frame.recordedAtMicroseconds,
                lastChecksum: bytes.withUnsafeBytes { FrameHeader.checksum(in: $0) })
            offset += frame.frameBytes
        }
        guard let chain else { throw damage(file.name, at: UInt64(JournalFormat.pageBytes), .frameHeader) }
        return chain
    }

    private func checkPlace(
        of file: any StorageFile, _ header: SegmentHeader, _ index: Int, fileBytes: Int, after chain: Chain
    ) throws {
        guard header.ledgerIdentity == ledgerIdentity else {
            throw JournalError.foreignLedger(name: file.name, expected: ledgerIdentity, found: header.ledgerIdentity)
        }
        guard header.firstSequence == chain.nextSequence, firstSequences[index] == chain.nextSequence else {
            throw Self.damage(file.name, .firstSequence(chain.nextSequence))
        }
        guard header.ordinal == index + 1 else { throw Self.damage(file.name, .ordinal(UInt32(index + 1))) }
        guard fileBytes <= header.segmentBytes else {
            throw Self.damage(file.name, at: UInt64(header.segmentBytes), .segmentBytes(header.segmentBytes))
        }
    }

    private static func header(of file: any StorageFile) throws -> SegmentHeader {
        var page = [UInt8](repeating: 0, count: JournalFormat.pageBytes)
        _ = try page.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        do throws(SegmentHeader.Fault) {
            return try page.span.bytes.withUnsafeBytes { (page) throws(SegmentHeader.Fault) in
                try SegmentHeader(page: page)
            }
        } catch {
            switch error {
            case .version(let found):
                throw JournalError.newerVersion(name: file.name, supported: JournalFormat.version, found: found)
            case .unchecked: throw damage(file.name, .segmentHeader)
            }
        }
    }

    private static func damage(
        _ name: String, at byteOffset: UInt64 = 0, _ expected: JournalDamage.Expectation
    ) -> JournalError {
        .damaged(JournalDamage(name: name, byteOffset: byteOffset, expected: expected))
    }
}
