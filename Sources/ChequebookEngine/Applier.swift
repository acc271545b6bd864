import ChequebookJournal
import ChequebookLedger
import ChequebookModel
import ChequebookWire

/// Carries committed records to the ledger, the same way at replay as when serving.
struct Applier {
    private let ledger: Ledger
    private let recordedAt: Instant
    private let recordedOn: CalendarDate
    private let inRuns: Bool
    private let each: (AppliedRecord) -> Void
    /// Cost events that follow each other, to be booked together.
    private var run: ContiguousArray<OutlinedRecord> = []
    private var payloads: ContiguousArray<UnsafeRawBufferPointer> = []
    /// What there is so far of a list that is all or nothing, behind its bracket.
    private var list: [(fact: Fact, stamp: RecordStamp)] = []
    private var listPayloads: [UnsafeRawBufferPointer] = []
    private var listCount = 0
    private var listSequence: UInt64 = 0

    /// Applies a commit and tells what became of each record, in order.
    ///
    /// - Parameter inRuns: whether new cost events that follow each other are booked together. One by one is slower and
    ///   comes to the same; it is there to be compared with.
    /// - Throws: `RecordError`, `EngineError.brokenList`, or what reading a record back throws. The ledger must then not
    ///   be used any more.
    static func apply(
        _ batch: CommittedBatch, to ledger: Ledger, inRuns: Bool = true, _ each: (AppliedRecord) -> Void
    ) throws {
        try withoutActuallyEscaping(each) { each in
            var applier = Applier(batch, ledger, inRuns: inRuns, each)
            // The payloads of a run are looked at again when it is booked.
            try withExtendedLifetime(batch) {
                try batch.forEachRecord { record throws in try applier.take(record) }
                try applier.end()
            }
        }
    }

    private init(
        _ batch: CommittedBatch, _ ledger: Ledger, inRuns: Bool, _ each: @escaping (AppliedRecord) -> Void
    ) {
        (self.ledger, self.inRuns, self.each) = (ledger, inRuns, each)
        recordedAt = Instant(microseconds: batch.recordedAtMicroseconds)
        recordedOn = recordedAt.londonDay
        let runMax = min(batch.recordCount, Ledger.outlinesInRunMax)
        run.reserveCapacity(runMax)
        payloads.reserveCapacity(runMax)
    }

    private mutating func take(_ record: JournalRecord) throws {
        if inRuns, listCount == 0, let outline = RecordDecoder.outline(record.payload) {
            run.append(OutlinedRecord(outline, sequence: record.sequence, position: record.position.rawValue))
            payloads.append(record.payload)
            if run.count == Ledger.outlinesInRunMax { try bookRun() }
            return
        }
        try bookRun()
        let fact = try RecordDecoder.fact(record.payload)
        let stamp = RecordStamp(
            sequence: record.sequence, recordedAt: recordedAt, recordedOn: recordedOn,
            position: record.position.rawValue)
        if listCount > 0 { return try add(fact, stamp, record.payload) }
        if case .atomicList(let count) = fact {
            listCount = count
            listSequence = record.sequence
        }
        each(AppliedRecord(stamp: stamp, outcome: try ledger.apply(fact, stamp), payload: record.payload))
    }

    private mutating func end() throws {
        try bookRun()
        guard listCount == 0 else { throw EngineError.brokenList(sequence: listSequence) }
    }

    private mutating func bookRun() throws {
        guard !run.isEmpty else { return }
        try ledger.apply(run, recordedAt: recordedAt, recordedOn: recordedOn) { index in
            try RecordDecoder.fact(payloads[index])
        } _: { index, stamp, outcome in
            each(AppliedRecord(stamp: stamp, outcome: outcome, payload: payloads[index]))
        }
        run.removeAll(keepingCapacity: true)
        payloads.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ fact: Fact, _ stamp: RecordStamp, _ payload: UnsafeRawBufferPointer) throws {
        list.append((fact, stamp))
        listPayloads.append(payload)
        guard list.count == listCount else { return }
        for (index, outcome) in try ledger.applyAtomically(list).enumerated() {
            each(AppliedRecord(stamp: list[index].stamp, outcome: outcome, payload: listPayloads[index]))
        }
        list = []
        listPayloads = []
        listCount = 0
    }
}

/// What became of a record.
struct AppliedRecord {
    let stamp: RecordStamp
    let outcome: Outcome
    fileprivate let payload: UnsafeRawBufferPointer

    /// The record's fact, made anew: hardly anybody asks.
    func fact() throws(RecordError) -> Fact { try RecordDecoder.fact(payload) }
}
