/// The checkpoints of a ledger: what all commits up to one made, so that a start need not read them again.
///
/// They are a shortening and never the truth: whatever is wrong with one, the journal has everything.
public struct CheckpointStore: Sendable {
    /// How many are kept: should the newest be damaged, there is one more.
    public static let keptCount = 2

    private static let suffix = ".checkpoint"

    private let storage: any Storage
    private let ledgerIdentity: LedgerIdentity

    public init(storage: any Storage, ledgerIdentity: LedgerIdentity) {
        self.storage = storage
        self.ledgerIdentity = ledgerIdentity
    }

    /// Begins to write what `pieces` hold now. They may change as soon as this returns.
    ///
    /// - Parameters:
    ///   - pieces: the image, which all commits up to `point` made and no later one.
    ///   - imageVersion: which form it has.
    /// - Returns: whose `finish` makes it a checkpoint.
    public func capture(
        _ pieces: [UnsafeRawBufferPointer], at point: JournalPoint, imageVersion: UInt32
    ) throws(StorageError) -> any StorageCapture {
        let header = CheckpointHeader(
            ledgerIdentity: ledgerIdentity, imageVersion: imageVersion,
            imageBytes: UInt64(pieces.reduce(0) { $0 + $1.count }), point: point)
        let name = Self.name(lastSequence: point.lastSequence)
        // Nobody makes again what could be used: whatever has the name is damaged or of another form.
        if try storage.names().contains(name) { try storage.remove(name) }
        return try storage.capture(name, head: header.page, pieces: pieces)
    }

    /// The names of all checkpoints, the newest first.
    public func names() throws(StorageError) -> [String] {
        try storage.names().filter { Self.lastSequence(ofCheckpointNamed: $0) != nil }.sorted(by: >)
    }

    /// Opens a checkpoint, its header checked.
    ///
    /// - Throws: ``JournalError``.
    public func open(_ name: String) throws(JournalError) -> CheckpointReader {
        let file: any StorageFile
        do throws(StorageError) { file = try storage.open(name) } catch { throw .storage(error) }
        return try CheckpointReader(file, ledgerIdentity: ledgerIdentity)
    }

    /// Removes all but the newest ``keptCount``.
    public func removeOld() throws(StorageError) {
        for name in try names().dropFirst(Self.keptCount) { try storage.remove(name) }
    }

    static func name(lastSequence: UInt64) -> String { JournalFormat.name(lastSequence, suffix: suffix) }

    static func lastSequence(ofCheckpointNamed name: String) -> UInt64? {
        JournalFormat.sequence(ofName: name, suffix: suffix)
    }
}
