/// The end of a ledger's history: its last record, and the hash of all that led to it.
///
/// Whoever noted it once can prove later that history up to there is still the same, and was only added to.
public struct JournalHead: Hashable, Sendable, CustomStringConvertible {
    /// The sequence of the last record; 0 in a new ledger.
    public let sequence: UInt64
    /// The hash of the last commit; in a new ledger that of its identity.
    public let hash: CommitHash

    public init(sequence: UInt64, hash: CommitHash) {
        (self.sequence, self.hash) = (sequence, hash)
    }

    /// The head that a text of the form `SEQUENCE:HASH` names, the sequence in decimal and the hash in 64 hexadecimal
    /// digits; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let sequence = UInt64(parts[0]), let hash = CommitHash(hex: parts[1])
        else { return nil }
        self.init(sequence: sequence, hash: hash)
    }

    /// `SEQUENCE:HASH`
    public var description: String { "\(sequence):\(hash)" }
}
