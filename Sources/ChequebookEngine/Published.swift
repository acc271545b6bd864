import ChequebookJournal
import ChequebookLedger
public import ChequebookModel
import Synchronization

/// What other threads may know of the ledger without asking its thread: how far it is, and whose figures changed when.
///
/// An answer that was made for a commissioner is good for as long as the commissioner's edition stays the same.
public final class Published: Sendable {
    private let sequenceCell = Atomic<UInt64>(0)
    private let headCell = Mutex<JournalHead?>(nil)
    private let everyoneCell = Atomic<UInt64>(0)
    private let editions: Editions
    private let codes = Mutex<[OrganisationCode: (index: UInt16, registeredOn: CalendarDate)]>([:])

    init() {
        editions = Editions(count: Limits.commissionersMax + 1)
    }

    /// The last record applied.
    public var sequence: UInt64 { sequenceCell.load(ordering: .acquiring) }

    /// The end of the history that has been applied, all of which is on disk; nil until replay is complete.
    ///
    /// - Returns: the sequence of its last record, and the hash of its last commit in 64 hexadecimal digits.
    public var head: (sequence: UInt64, hash: String)? {
        headCell.withLock { $0 }.map { ($0.sequence, "\($0.hash)") }
    }

    /// The row number of a commissioner that is registered.
    public func index(of code: OrganisationCode) -> UInt16? { codes.withLock { $0[code]?.index } }

    /// Whether a commissioner was registered by the end of a day.
    public func isRegistered(_ code: OrganisationCode, by day: CalendarDate) -> Bool {
        codes.withLock { $0[code].map { $0.registeredOn <= day } ?? false }
    }

    /// Rises whenever an answer about this commissioner may have changed.
    public func edition(_ index: UInt16) -> UInt64 {
        editions[index].load(ordering: .acquiring) &+ everyoneCell.load(ordering: .acquiring)
    }

    /// Rises whenever any answer may have changed.
    public var edition: UInt64 { sequence }

    /// Commissioners made known so far.
    var commissionerCount: Int { codes.withLock { $0.count } }

    func add(_ code: OrganisationCode, index: UInt16, registeredOn: CalendarDate) {
        codes.withLock { $0[code] = (index, registeredOn) }
    }

    /// - Parameter head: of the last commit that has been applied.
    func publish(_ head: JournalHead, _ changes: ChangedCommissioners) {
        if changes.all { everyoneCell.wrappingAdd(1, ordering: .releasing) }
        for index in changes.indices { editions[index].wrappingAdd(1, ordering: .releasing) }
        headCell.withLock { $0 = head }
        sequenceCell.store(head.sequence, ordering: .releasing)
    }
}

/// A fixed row of atomic counters.
private final class Editions: @unchecked Sendable {
    // Sendable, because the pointer never changes and what it points to is atomic.
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    private let count: Int

    init(count: Int) {
        self.count = count
        cells = .allocate(capacity: count)
        for index in 0..<count { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: count)
        cells.deallocate()
    }

    subscript(index: UInt16) -> Atomic<UInt64> {
        _read {
            precondition(Int(index) < count)
            yield cells[Int(index)]
        }
    }
}
