/// Why the journal refuses. After a refusal of what was given the journal is as it was.
public enum JournalError: Error, Hashable, Sendable {
    /// The sizes do not fit each other or the format.
    case impossibleConfiguration(JournalConfiguration)

    /// The storage failed while the journal was opened or read, or in the append that failed the journal for good.
    case storage(StorageError)

    /// A file does not hold what was once written there. Nothing was changed.
    case damaged(JournalDamage)

    /// The file `name` belongs to the ledger `found`.
    case foreignLedger(name: String, expected: LedgerIdentity, found: LedgerIdentity)

    /// The file `name` was written by a newer program, in the format version `found`.
    case newerVersion(name: String, supported: UInt16, found: UInt16)

    /// This is a backup, or a copy that was not finished, and neither is appended to.
    case isBackup

    /// A copy was to be made where there is something already.
    case notEmpty

    /// The storage of a copy failed, and not that of the journal which is copied.
    case copy(StorageError)

    /// A copy that was to be gone on with does not hold what was once written there.
    case copyDamaged(JournalDamage)

    /// The backup reaches this sequence, of a history that the journal does not have.
    case otherHistory(copiedSequence: UInt64)

    /// There is no record at this position.
    case noRecord(JournalPosition)

    /// A reader that never waits for a disk would have had to.
    case notInMemory

    /// A commit without records was given.
    case emptyCommit

    /// A batch, numbered from 0, does not hold as many whole records as it says.
    case malformedBatch(batch: Int)

    /// A record of no bytes was given. Batch and record are numbered from 0.
    case emptyRecord(batch: Int, record: Int)

    /// A record has more zero bytes in a row than `max`. Batch and record are numbered from 0.
    case zeroRun(batch: Int, record: Int, max: Int)

    /// The records of a commit take `byteCount` bytes.
    case commitTooLarge(byteCount: Int, max: Int)

    /// The commit has `recordCount` records.
    case tooManyRecords(recordCount: Int, max: Int)

    /// The commit's instant is not later than the one before it. Both in microseconds since 1970 UTC.
    case instantNotLater(recordedAtMicroseconds: Int64, last: Int64)

    /// An earlier append failed with this error; nothing is taken any more until the journal is opened again.
    case failed(StorageError)

    /// The journal was opened to be read only.
    case readOnly

    /// The journal was closed.
    case closed
}
