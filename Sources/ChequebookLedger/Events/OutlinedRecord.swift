public import ChequebookModel

/// A cost event's record, in outline.
public struct OutlinedRecord: Sendable {
    public let outline: EventOutline
    /// The record's number in the ledger, from 1.
    public let sequence: UInt64
    /// Where the journal keeps it.
    public let position: UInt64

    public init(_ outline: EventOutline, sequence: UInt64, position: UInt64) {
        (self.outline, self.sequence, self.position) = (outline, sequence, position)
    }
}
