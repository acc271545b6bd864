import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A list that is all or nothing")
struct AtomicListTests {
    private static func books() -> Books {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        return books
    }

    private static let event = cost("e1", 1_000, for: .ann, on: "2015-06-02")

    @Test("books items that rest on earlier ones of it")
    func dependencies() {
        let books = Self.books()
        let outcomes = books.atomically([
            .costEvent(Self.event),
            .costEvent(Self.event.with(version: 2, amountPence: 2_000)),
            .costEvent(Self.event),
            .costEvent(Self.event.with(version: 2, amountPence: 2_000)),
            .reversal(reversal(of: "e1", by: "r1")),
            .reversal(reversal(of: "e1", by: "r1")),
            .costEvent(cost("e2", 7, for: .bob, on: "2015-06-02")),
        ])
        #expect(
            outcomes == [
                .posted(isUnattributed: false), .reposted(isUnattributed: false), .superseded, .duplicate,
                .posted(isUnattributed: false), .duplicate, .posted(isUnattributed: true),
            ])
        #expect(books.costs("15E") == CostFigures())
        #expect(books.unattributed.sum() == CostFigures.Cell(pence: 7, events: 1))
    }

    /// Each a list of which one item is refused, with its place and why.
    private static let refused: [(facts: [Fact], place: Int, refusal: Refusal)] = [
        ([.costEvent(event), .costEvent(event.with(amountPence: 1))], 1, .conflictingDuplicate),
        ([.reversal(reversal(of: "e1", by: "r1")), .costEvent(event)], 0, .unknownOriginal),
        (
            [
                .costEvent(event), .reversal(reversal(of: "e1", by: "r1")),
                .reversal(reversal(of: "e1", by: "r2")),
            ], 2, .alreadyReversed
        ),
        (
            [
                .costEvent(event), .reversal(reversal(of: "e1", by: "r1")),
                .reversal(reversal(of: "r1", by: "r2")),
            ], 2, .reversesAReversal
        ),
        (
            [.costEvent(event), .reversal(reversal(of: "e1", by: "r1")), .costEvent(event.with(version: 2))], 2,
            .alreadyReversed
        ),
        ([.costEvent(event), .reversal(reversal(of: "e1", by: "e1"))], 1, .conflictingDuplicate),
        (
            [.costEvent(cost("e2", 1, for: .ann, on: "2015-11-02")), .costEvent(event)], 0, .futureServiceDate
        ),
        (
            [.costEvent(event), .costEvent(cost("e2", 1, for: nil, on: "2015-10-01", commissioner: "99X"))], 1,
            .unknownCommissioner
        ),
        (
            [.costEvent(cost("old", 2, for: .ann, on: "2015-06-02")), .costEvent(event)], 0, .conflictingDuplicate
        ),
        (
            [
                .costEvent(cost("old", 2, for: .ann, on: "2015-06-02", version: 2)),
                .costEvent(cost("old", 3, for: .ann, on: "2015-06-02", version: 2)),
            ], 1, .conflictingDuplicate
        ),
        (
            [.reversal(reversal(of: "old", by: "r1")), .reversal(reversal(of: "old", by: "r2"))], 1, .alreadyReversed
        ),
    ]

    @Test("books none when one is refused, and leaves no trace", arguments: refused.indices)
    func none(_ index: Int) {
        let (facts, place, refusal) = Self.refused[index]
        let books = Self.books()
        books.post(cost("old", 1, for: .ann, on: "2015-06-02"))
        let before = books.everything
        let change = books.lastChange("15E")
        _ = books.ledger.takeChanges()
        var expected = [Outcome](repeating: .notBooked, count: facts.count)
        expected[place] = .refused(refusal)
        #expect(books.atomically(facts) == expected)
        #expect(books.everything == before)
        #expect(books.lastChange("15E") == change)
        #expect(books.ledger.takeChanges().isEmpty)
        #expect(books.ledger.identityCount == 1)
        #expect(books.ledger.lastSequence == books.sequence)
        #expect(books.event("e1") == nil)
        #expect(books.event("old")?.reversedBy == nil)
        #expect(books.post(Self.event) == .posted(isUnattributed: false))
    }

    @Test("of duplicates and superseded versions alone is booked as such")
    func nothingNew() {
        let books = Self.books()
        let second = Self.event.with(version: 2)
        books.post(second)
        #expect(books.atomically([.costEvent(second), .costEvent(Self.event)]) == [.duplicate, .superseded])
    }

    @Test("tells every refusal in it, not only the first")
    func allRefusals() {
        let books = Self.books()
        #expect(
            books.atomically([
                .costEvent(cost("e1", 1, for: .ann, on: "2015-11-02")), .costEvent(Self.event.with(amountPence: 5)),
                .reversal(reversal(of: "e7", by: "r1")),
            ]) == [.refused(.futureServiceDate), .notBooked, .refused(.unknownOriginal)])
    }

    @Test("holds as many items as are allowed")
    func most() throws {
        let books = Self.books()
        let facts = try (0..<Limits.atomicItemsMax).map { number in
            Fact.costEvent(cost(try #require(Identifier("e\(number)")), 1, for: .ann, on: "2015-06-02"))
        }
        #expect(books.atomically(facts).allSatisfy { $0 == .posted(isUnattributed: false) })
        #expect(books.costPence("15E") == Int128(Limits.atomicItemsMax))
    }
}
