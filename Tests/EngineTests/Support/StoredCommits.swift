import ChequebookJournal
import ChequebookModel
import ChequebookWire

/// A commit as it stands in a journal.
struct StoredCommit {
    let recordedAtMicroseconds: Int64
    let facts: [Fact]

    /// All commits of a storage, which stays as it is.
    static func all(in storage: MemoryStorage, configuration: JournalConfiguration = Service.small) throws -> [Self] {
        var commits: [Self] = []
        let (journal, _) = try Journal.open(
            storage: storage.copy(), configuration: configuration,
            ledgerIdentity: LedgerIdentity(bytes: Service.identity)!
        ) { batch in
            var facts: [Fact] = []
            try batch.forEachRecord { record throws in facts.append(try RecordDecoder.fact(record.payload)) }
            commits.append(Self(recordedAtMicroseconds: batch.recordedAtMicroseconds, facts: facts))
        }
        try journal.close()
        return commits
    }
}
