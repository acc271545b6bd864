/// The file in a copy of a journal that says how far the copy reaches: `SEQUENCE.backup`.
///
/// It is made after everything up to there is durable, and before the one that stood for less is removed; so a copy that
/// is gone on with reaches one of the two at any moment. What is behind it may be half a write and is never read.
enum CopyMarker {
    private static let suffix = ".backup"
    private static let byteCountMax = 256

    /// The names of all markers, the newest first.
    static func names(_ names: [String]) -> [String] {
        names.filter { JournalFormat.sequence(ofName: $0, suffix: suffix) != nil }
            .sorted(by: >)
    }

    /// The place that the newest marker names; nil if the storage is no copy.
    ///
    /// - Throws: ``JournalError``.
    static func newest(in storage: any Storage, names: [String]) throws -> JournalPoint? {
        guard let name = self.names(names).first else { return nil }
        var bytes = [UInt8](repeating: 0, count: byteCountMax)
        let file = try storage.open(name)
        let count = try bytes.withUnsafeMutableBytes { buffer throws in try file.read(into: buffer, at: 0) }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        guard let point = JournalPoint(text), Self.name(lastSequence: point.lastSequence) == name else {
            throw JournalError.damaged(JournalDamage(name: name, byteOffset: 0, expected: .anyPoint))
        }
        return point
    }

    /// Says durably that everything up to `point` is there.
    static func write(_ point: JournalPoint, to storage: any Storage) throws(StorageError) {
        let old = names(try storage.names())
        let name = name(lastSequence: point.lastSequence)
        if !old.contains(name) {
            let text = Array(point.text.utf8)
            try text.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
                try storage.create(name, holding: bytes)
            }
        }
        for other in old where other != name { try storage.remove(other) }
    }

    static func name(lastSequence: UInt64) -> String { JournalFormat.name(lastSequence, suffix: suffix) }
}

extension JournalPoint {
    /// Where a ledger has no commit yet.
    init(beginningOf identity: LedgerIdentity) {
        self.init(segmentOrdinal: 0, frameOffset: 0, endOffset: 0, chain: Chain(identity, CommitHasher()))
    }

    /// `SEQUENCE:HASH INSTANT ORDINAL START END CHECKSUM CRC` and a line feed: the head behind the commit, its instant in
    /// microseconds since 1970 UTC, its segment, where in it the frame begins and ends, the header's checksum, and the
    /// CRC-32C of all characters before it.
    var text: String {
        let numbers = [
            "\(chain.lastRecordedAtMicroseconds ?? 0)", "\(segmentOrdinal)", "\(frameOffset)", "\(endOffset)",
            "\(chain.lastChecksum)",
        ]
        let line = ([chain.head.description] + numbers).joined(separator: " ") + " "
        return line + "\(Array(line.utf8).withUnsafeBytes { $0.crc32c })\n"
    }

    /// The place that such a text names; nil for any other text.
    init?(_ text: String) {
        let parts = text.dropLast().split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 7, let head = JournalHead(parts[0]), head.sequence < .max,
            let recordedAt = Int64(parts[1]),
            let segmentOrdinal = UInt32(parts[2]), let frameOffset = UInt32(parts[3]), let endOffset = UInt32(parts[4]),
            let checksum = UInt32(parts[5])
        else { return nil }
        self.init(
            segmentOrdinal: segmentOrdinal, frameOffset: Int(frameOffset), endOffset: Int(endOffset),
            chain: Chain(head: head, lastRecordedAtMicroseconds: recordedAt, lastChecksum: checksum))
        guard self.text == text else { return nil }
    }
}
