/// The sixteen bytes that all segments of one ledger share, so that a file of another one is never read as its own.
public struct LedgerIdentity: Hashable, Sendable {
    /// How many bytes an identity has.
    public static let byteCount = 16

    /// The file of a ledger that has it.
    public static let fileName = "identity"

    /// The identity's bytes, always sixteen.
    public let bytes: [UInt8]

    /// The identity with these bytes; nil unless there are sixteen.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = Array(bytes) }

    /// What the file in `storage` holds, at most one byte more than it should; nil if there is none.
    public static func stored(in storage: any Storage) throws(StorageError) -> [UInt8]? {
        guard try storage.names().contains(fileName) else { return nil }
        let file = try storage.open(fileName)
        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        var span = bytes.mutableSpan
        var memory = span.mutableBytes
        let count = try memory.withUnsafeMutableBytes { (buffer) throws(StorageError) in
            try file.read(into: buffer, at: 0)
        }
        return Array(bytes.prefix(count))
    }

    /// Makes the file in `storage`, durably.
    public func store(in storage: any Storage) throws(StorageError) {
        try bytes.span.bytes.withUnsafeBytes { (bytes) throws(StorageError) in
            try storage.create(Self.fileName, holding: bytes)
        }
    }
}
