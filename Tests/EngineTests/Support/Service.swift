import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import ChequebookWire
import Synchronization
import Testing

/// A clock that stands where a test sets it.
final class TestClock: EngineClock {
    private let instant: Mutex<Instant>

    /// 1 June 2016, 12:00 UTC.
    static let start = Instant(microseconds: 1_464_782_400_000_000)

    init(_ instant: Instant = start) { self.instant = Mutex(instant) }

    func now() -> Instant { instant.withLock { $0 } }

    func set(microseconds: Int64) { instant.withLock { $0 = Instant(microseconds: microseconds) } }
}

/// What a submission's receiver was told.
final class Receipt: OutcomeReceiver {
    enum Answer: Sendable {
        case booked(Booked)
        case notBooked(NotBooked)
    }

    private let promise = Promise<Answer>()
    private let told = Atomic(0)

    func booked(_ booked: Booked) { promise.set(.booked(booked)) }

    func notBooked(_ reason: NotBooked) { promise.set(.notBooked(reason)) }

    func commitIsTold() { told.add(1, ordering: .relaxed) }

    /// How often it was told that all of its commit have been told.
    var toldCount: Int { told.load(ordering: .relaxed) }

    /// How often it was told something.
    var count: Int { promise.count }

    /// Waits for the outcomes; nil if it was told that nothing is booked, or nothing in time.
    var booked: Booked? {
        guard case .booked(let booked) = promise.wait() else { return nil }
        return booked
    }

    var outcomes: [Outcome]? { booked?.outcomes }

    /// Waits for the reason why nothing is booked.
    var notBooked: NotBooked? {
        guard case .notBooked(let reason) = promise.wait() else { return nil }
        return reason
    }
}

/// An engine that is up, or was refused.
struct Service {
    static let identity = Array("identity of test".utf8)

    let engine: Engine
    let clock: TestClock

    /// - Throws: why the ledger cannot be opened.
    init(
        _ storage: any Storage, form: PatientForm? = nil, clock: TestClock = TestClock(),
        configuration: JournalConfiguration = Service.small, queueBytesMax: Int = 1 << 20
    ) throws {
        let engine = Engine(clock: clock, configuration: configuration, queueBytesMax: queueBytesMax)
        let opened = Promise<Result<RecoveryReport, any Error>>()
        engine.start(storage: { storage }, form: form, newIdentity: Self.identity, opened: { opened.set($0) })
        _ = try #require(opened.wait()).get()
        (self.engine, self.clock) = (engine, clock)
    }

    /// Commits of up to 64 KiB in segments of 256 KiB.
    static let small = JournalConfiguration(segmentBytesMax: 256 << 10, commitBytesMax: 64 << 10)

    static func submission(_ facts: [Fact], wantsEvent: Bool = false, _ receipt: Receipt) -> Submission {
        var records = RecordBatchBuilder()
        for fact in facts { records.append(fact) }
        return Submission(&records, wantsEvent: wantsEvent, receiver: receipt)
    }

    /// Submits facts that must be admitted.
    func submit(
        _ facts: [Fact], wantsEvent: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
    ) -> Receipt {
        let receipt = Receipt()
        let admission = engine.submit(Self.submission(facts, wantsEvent: wantsEvent, receipt))
        #expect(admission == .admitted, sourceLocation: sourceLocation)
        return receipt
    }

    func submit(atomically facts: [Fact], sourceLocation: SourceLocation = #_sourceLocation) -> Receipt {
        let receipt = Receipt()
        let admission = engine.submit(Submission(atomically: facts, receiver: receipt))
        #expect(admission == .admitted, sourceLocation: sourceLocation)
        return receipt
    }

    /// Books facts and gives their outcomes.
    @discardableResult
    func book(_ facts: Fact..., sourceLocation: SourceLocation = #_sourceLocation) throws -> [Outcome] {
        try #require(submit(facts, sourceLocation: sourceLocation).outcomes, sourceLocation: sourceLocation)
    }

    /// How many events a commissioner has in 2015-16, as a question on the ledger's thread sees it.
    func eventCount(_ code: OrganisationCode = Facts.home) -> Int? { cost(code)?.events }

    /// The cost of a commissioner in 2015-16; nil if it is unknown or the question was not taken.
    func cost(_ code: OrganisationCode = Facts.home) -> (pence: Int128, events: Int)? {
        let answer = Promise<(pence: Int128, events: Int)?>()
        let isTaken = engine.ask { ledger in
            let cells = ledger?.figures(code, Facts.year, through: Facts.year.lastDay)?.cost.cells
            answer.set(
                cells.map { cells in cells.reduce((0, 0)) { ($0.0 + $1.pence, $0.1 + $1.events) } })
        }
        return isTaken ? answer.wait() ?? nil : nil
    }
}
