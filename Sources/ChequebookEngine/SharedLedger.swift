import ChequebookLedger
import Glibc

/// A ledger that one thread changes, and that others may look at between its changes without ever waiting for it.
///
/// The changing thread waits until those who look are gone; how much a look may read is bounded, and meanwhile nobody else
/// gets in, so that many who look cannot keep it from its work. What it reads itself needs no lock, since nobody else
/// changes anything. `Mutex` cannot let several in at once.
final class SharedLedger: @unchecked Sendable {
    /// A patient with more events is a matter for the ledger's thread: nobody who looks may keep a commit waiting for long.
    private static let eventsMax = 500

    // Sendable, because others than the changing thread touch the ledger only with the lock held, and only to read.
    private let lock = UnsafeMutablePointer<pthread_rwlock_t>.allocate(capacity: 1)
    private let ledger: Ledger
    /// Of records, for those who look.
    private let reader: any RecordReader
    private var isWhole = true

    /// - Parameter reader: used by several threads at once; it throws where it would have to wait.
    init(_ ledger: Ledger, reader: any RecordReader) {
        (self.ledger, self.reader) = (ledger, reader)
        var attributes = pthread_rwlockattr_t()
        pthread_rwlockattr_init(&attributes)
        // The other kinds let a new reader in while a writer waits.
        pthread_rwlockattr_setkind_np(&attributes, Int32(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP))
        pthread_rwlock_init(lock, &attributes)
        pthread_rwlockattr_destroy(&attributes)
    }

    deinit {
        pthread_rwlock_destroy(lock)
        lock.deallocate()
    }

    /// Changes the ledger. Only on the thread that owns it.
    ///
    /// - Throws: what `body` throws; the ledger may then be half changed, and nobody can look at it any more.
    func change<Result>(_ body: (Ledger) throws -> Result) throws -> Result {
        pthread_rwlock_wrlock(lock)
        defer { pthread_rwlock_unlock(lock) }
        do {
            return try body(ledger)
        } catch {
            isWhole = false
            throw error
        }
    }

    /// Looks at the ledger on any thread; nil if it is being changed, or if `body` throws.
    func look<Answer>(_ body: (LedgerLookup) throws -> Answer) -> Answer? {
        guard pthread_rwlock_tryrdlock(lock) == 0 else { return nil }
        defer { pthread_rwlock_unlock(lock) }
        return isWhole ? try? body(LedgerLookup(ledger, reader: reader, eventsMax: Self.eventsMax)) : nil
    }
}
