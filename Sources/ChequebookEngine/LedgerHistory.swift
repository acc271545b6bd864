public import ChequebookJournal

/// A ledger's records by themselves, without the ledger that they make: to be copied out of a directory, or into one.
public enum LedgerHistory {
    /// The identity of the ledger in a storage.
    ///
    /// - Throws: `EngineError.noLedger` if there is none, `.identityMalformed`, or `StorageError`.
    public static func identity(in storage: any Storage) throws -> LedgerIdentity {
        guard let bytes = try LedgerIdentity.stored(in: storage) else { throw EngineError.noLedger }
        guard let identity = LedgerIdentity(bytes: bytes) else { throw EngineError.identityMalformed }
        return identity
    }

    /// Makes an empty ledger with this identity: a journal without a commit, which the caller appends to and closes.
    ///
    /// - Parameter storage: an empty one.
    /// - Throws: `JournalError` or `StorageError`.
    public static func begin(in storage: any Storage, identity: LedgerIdentity) throws -> Journal {
        let identity = try LedgerCore.identity(in: storage, newIdentity: identity.bytes)
        return try Journal.open(storage: storage, ledgerIdentity: identity, replay: { _ in }).journal
    }
}
