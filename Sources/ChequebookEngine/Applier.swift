import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import ChequebookWire

/// Carries a commit's records to the ledger, the same way at replay as when serving.
struct Applier {
    /// Told of single records at the moment at which they have been applied and none after them has.
    struct Watch {
        /// Their places in the commit, ascending.
        let places: [Int]
        let tell: (AppliedRecord) -> Void
    }

    private let commit: PreparedCommit
    private let ledger: Ledger
    private let watch: Watch?
    private let recordedAt: Instant
    private let recordedOn: CalendarDate
    /// What became of each record applied so far.
    private var outcomes: ContiguousArray<Outcome> = []
    /// The next of the outlined records.
    private var nextOutlined = 0
    /// How many of the watched have been told of.
    private var toldCount = 0

    /// So many records are applied in one step, give or take a run or an atomic list: under a millisecond, and a few right
    /// after a fork, when every page that is written to has to be copied first.
    private static let stepRecords = 256

    /// Applies a commit.
    ///
    /// - Parameter step: runs what it is given, which applies some of the records. Between two steps the ledger stands
    ///   behind a record, and never inside of an atomic list: so others may look at it and ask it, as between commits.
    /// - Returns: what became of each record, in order.
    /// - Throws: `RecordError`, `EngineError.brokenList`, or what reading a record back throws. The ledger must then not
    ///   be used any more.
    @discardableResult
    static func apply(
        _ commit: PreparedCommit, to ledger: Ledger, watch: Watch? = nil,
        step: (() throws -> Void) throws -> Void = { try $0() }
    ) throws -> ContiguousArray<Outcome> {
        var applier = Applier(commit, ledger, watch)
        return try withExtendedLifetime(commit.batch) {
            while applier.place < commit.payloads.count {
                let end = min(applier.place + stepRecords, commit.payloads.count)
                try step {
                    while applier.place < end { try applier.applyNext() }
                }
            }
            return applier.outcomes
        }
    }

    private init(_ commit: PreparedCommit, _ ledger: Ledger, _ watch: Watch?) {
        (self.commit, self.ledger, self.watch) = (commit, ledger, watch)
        recordedAt = Instant(microseconds: commit.batch.recordedAtMicroseconds)
        recordedOn = recordedAt.londonDay
        outcomes.reserveCapacity(commit.payloads.count)
    }

    /// The place of the next record in the commit.
    private var place: Int { outcomes.count }

    private mutating func applyNext() throws {
        let count = runCount
        if count > 0 {
            try book(count)
        } else {
            let fact = try RecordDecoder.fact(commit.payloads[place])
            let stamp = stamp(place)
            outcomes.append(try ledger.apply(fact, stamp))
            if case .atomicList(let count) = fact { try applyList(count, bracket: stamp.sequence) }
        }
        tell()
    }

    /// How many cost events follow each other from here on. A run ends with a record that is watched.
    private var runCount: Int {
        let limit = min(commit.outlined.count, nextOutlined + Ledger.outlinesInRunMax)
        var end = nextOutlined
        while end < limit, commit.outlined[end].sequence == sequence(place + end - nextOutlined) {
            end += 1
            if isWatched(place + end - nextOutlined - 1) { break }
        }
        return end - nextOutlined
    }

    private mutating func book(_ count: Int) throws {
        let first = place
        try commit.outlined.withUnsafeBufferPointer { outlined in
            try ledger.apply(
                UnsafeBufferPointer(rebasing: outlined[nextOutlined..<nextOutlined + count]), recordedAt: recordedAt,
                recordedOn: recordedOn, outcomes: &outcomes
            ) { index in
                try RecordDecoder.fact(commit.payloads[first + index])
            }
        }
        nextOutlined += count
    }

    /// Applies the records of a list that is all or nothing, behind its bracket.
    private mutating func applyList(_ count: Int, bracket: UInt64) throws {
        let end = place + count
        guard end <= commit.payloads.count else { throw EngineError.brokenList(sequence: bracket) }
        let list = try (place..<end).map { place in
            (fact: try RecordDecoder.fact(commit.payloads[place]), stamp: stamp(place))
        }
        outcomes += try ledger.applyAtomically(list)
        while nextOutlined < commit.outlined.count, commit.outlined[nextOutlined].sequence < sequence(end) {
            nextOutlined += 1
        }
    }

    private func sequence(_ place: Int) -> UInt64 { commit.batch.firstSequence + UInt64(place) }

    private func stamp(_ place: Int) -> RecordStamp {
        RecordStamp(
            sequence: sequence(place), recordedAt: recordedAt, recordedOn: recordedOn,
            position: commit.positions[place])
    }

    private func isWatched(_ place: Int) -> Bool {
        guard let watch, toldCount < watch.places.count else { return false }
        return watch.places[toldCount] == place
    }

    /// Tells of the record applied last, if it is watched.
    private mutating func tell() {
        guard let outcome = outcomes.last, isWatched(place - 1) else { return }
        toldCount += 1
        watch?.tell(AppliedRecord(stamp: stamp(place - 1), outcome: outcome, payload: commit.payloads[place - 1]))
    }
}

/// What became of a record.
struct AppliedRecord {
    let stamp: RecordStamp
    let outcome: Outcome
    fileprivate let payload: UnsafeRawBufferPointer

    /// The record's fact, made anew.
    func fact() throws(RecordError) -> Fact { try RecordDecoder.fact(payload) }
}
