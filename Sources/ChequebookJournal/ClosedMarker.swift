/// The file that closing a journal leaves behind: its head, durable after the last sync.
///
/// While it is there nothing has been written since, so nothing can be torn: what looks torn is damage. It goes, durably,
/// before the next write. A crash at any moment leaves it whole beside the journal that it describes, or not at all.
enum ClosedMarker {
    static let name = "closed"

    /// The longest content: 20 digits, a colon, 64 digits, a line feed.
    private static let byteCountMax = 20 + 1 + 2 * CommitHash.byteCount + 1

    /// The head that the journal was closed at; nil if it was not closed.
    static func read(in storage: any Storage, names: [String]) throws -> JournalHead? {
        guard names.contains(name) else { return nil }
        var bytes = [UInt8](repeating: 0, count: byteCountMax + 1)
        let file = try storage.open(name)
        let count = try bytes.withUnsafeMutableBytes { buffer throws in try file.read(into: buffer, at: 0) }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        guard text.hasSuffix("\n"), let head = JournalHead(text.dropLast()), "\(head)\n" == text else {
            throw JournalError.damaged(JournalDamage(name: name, byteOffset: 0, expected: .anyHead))
        }
        return head
    }

    static func write(_ head: JournalHead, to storage: any Storage) throws(StorageError) {
        let text = Array("\(head)\n".utf8)
        try text.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
            try storage.create(name, holding: bytes)
        }
    }

    static func remove(from storage: any Storage) throws(StorageError) { try storage.remove(name) }

    /// What is wrong if the commits in the segments end at `head` and the journal was closed at `closed`.
    ///
    /// - Parameters:
    ///   - name: of the last segment.
    ///   - end: where its commits end, in bytes.
    static func disagreement(
        _ closed: JournalHead, with head: JournalHead, name: String, end: Int
    ) -> JournalDamage? {
        if closed == head { return nil }
        // With fewer records than there were the journal is at fault, else the file is of another journal.
        return closed.sequence > head.sequence
            ? JournalDamage(name: name, byteOffset: UInt64(end), expected: .commits(to: closed))
            : JournalDamage(name: Self.name, byteOffset: 0, expected: .closed(at: head))
    }
}
