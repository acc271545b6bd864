import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("Events booked in runs")
struct OutlineTests {
    /// Books the same facts in two ledgers: one by one, and cost events in runs of up to `runMax` of a commit.
    private static func compare(seed: UInt64, runMax: Int) throws {
        let (plain, fast) = (
            Books(today: "2015-12-01", commissioners: []), Books(today: "2015-12-01", commissioners: [])
        )
        for code in Happenings.bodies {
            plain.add(code)
            fast.add(code)
        }
        var (one, other) = (Happenings(seed: seed), Happenings(seed: seed))
        for number in 0..<120 {
            plain.clock(("2015-12-01" as CalendarDate).adding(days: number / 10))
            fast.clock(("2015-12-01" as CalendarDate).adding(days: number / 10))
            for _ in 0..<4 {
                one.happen(plain)
                other.happen(fast)
            }
            let events = (0..<runMax).map { _ in one.anyEvent() }
            let outcomes = events.map { plain.post($0) }
            #expect((0..<runMax).map { _ in other.anyEvent() } == events)
            #expect(try fast.postInRun(events) == outcomes)
            #expect(fast.ledger.takeChanges().indices.sorted() == plain.ledger.takeChanges().indices.sorted())
        }
        #expect(fast.answers() == plain.answers())
        for day in ["2015-12-03", "2015-12-08"] as [CalendarDate] {
            #expect(fast.answers(at: .asOf(day)) == plain.answers(at: .asOf(day)))
        }
        #expect(try fast.ledger.reconciliation(Books.year) == plain.ledger.reconciliation(Books.year))
        #expect(fast.ledger.lastSequence == plain.ledger.lastSequence)
        #expect(fast.ledger.identityCount == plain.ledger.identityCount)
        for patient in Happenings.patients {
            let costs = try [plain, fast].map {
                try $0.ledger.patientCosts(patient.key, Books.year, after: nil, limit: 9)
            }
            #expect(costs[0]?.events.map(\.sequence) == costs[1]?.events.map(\.sequence))
            #expect(costs[0]?.totalPence == costs[1]?.totalPence)
        }
    }

    @Test("come to the same as events booked one by one, whatever happens between", arguments: 0..<20 as Range<UInt64>)
    func alike(_ seed: UInt64) throws {
        try Self.compare(seed: seed, runMax: [1, 2, 7, 64][Int(seed % 4)])
    }

    @Test("of one run see each other: the second with an identity is a duplicate, or another version")
    func withinARun() throws {
        let books = Books(today: "2015-12-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        let first = cost("e1", 5, for: .ann, on: "2015-06-02")
        let outcomes = try books.postInRun([
            first, first, cost("e1", 6, for: .ann, on: "2015-06-02"),
            cost("e1", 7, for: .ann, on: "2015-06-02", version: 2),
            cost("e2", 1, for: .bob, on: "2015-06-02"), cost("e3", 1, for: .bob, on: "2015-06-02"),
            cost("e4", 1, for: .ann, on: "2015-12-02"), cost("e5", 1, for: .ann, on: "2015-06-02", commissioner: "99X"),
            cost("e6", 1, for: .ann, on: "2015-06-02", provider: "RXA", funder: "X24"),
        ])
        #expect(
            outcomes == [
                .posted(isUnattributed: false), .duplicate, .refused(.conflictingDuplicate),
                .reposted(isUnattributed: false), .posted(isUnattributed: true), .posted(isUnattributed: true),
                .refused(.futureServiceDate), .refused(.unknownCommissioner), .posted(isUnattributed: false),
            ])
        #expect(books.costPence("15E") == 8)
        #expect(books.unattributed.sum().pence == 2)
        #expect(books.penceByProvider("15E") == ["RXA": 1, nil: 7])
    }
}

extension Books {
    /// Commits events and books them as one run.
    func postInRun(_ events: [CostEvent]) throws -> [Outcome] {
        let committed = events.map { commit(.costEvent($0)) }
        let run = ContiguousArray(
            zip(events, committed).map { event, committed in
                OutlinedRecord(
                    EventOutline(event), sequence: committed.stamp.sequence, position: committed.stamp.position)
            })
        guard let stamp = committed.first?.stamp else { return [] }
        var outcomes: ContiguousArray<Outcome> = []
        try run.withUnsafeBufferPointer { run in
            try ledger.apply(run, recordedAt: stamp.recordedAt, recordedOn: stamp.recordedOn, outcomes: &outcomes) {
                committed[$0].fact
            }
        }
        return Array(outcomes)
    }
}
