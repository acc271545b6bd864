/// The sixteen bytes that all segments of one ledger share, so that a file of another one is never read as its own.
public struct LedgerIdentity: Hashable, Sendable {
    /// How many bytes an identity has.
    public static let byteCount = 16

    /// The identity's bytes, always sixteen.
    public let bytes: [UInt8]

    /// The identity with these bytes; nil unless there are sixteen.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = Array(bytes) }
}
