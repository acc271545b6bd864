import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A reversal")
struct ReversalTests {
    private static func books() -> Books {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older)
        return books
    }

    /// Events of every kind that a reversal must cancel in every dimension.
    private static let events = [
        cost("e1", 1_000, for: .ann, on: "2015-06-02"),
        cost("e1", 1_000, for: .ann, on: "2015-06-02", kind: .credit),
        cost("e1", 0, for: .ann, on: "2016-02-29"),
        cost("e1", 1_000, for: nil, on: "2015-06-02", commissioner: "05L"),
        cost("e1", 1_000, for: nil, on: "2015-06-02", commissioner: "05L", kind: .credit),
        cost("e1", 1_000, for: .bob, on: "2015-06-02"),
        cost("e1", 1_000, for: .ann, on: "2015-06-02", commissioner: "05L"),
    ]

    @Test("takes an event out of every total and count", arguments: events)
    func cancels(_ event: CostEvent) {
        let books = Self.books()
        let before = books.everything
        books.post(event)
        #expect(books.everything != before)
        #expect(books.reverse("e1", by: "r1") == .posted(isUnattributed: false))
        #expect(books.everything == before)
        #expect(books.event("e1")?.reversedBy == "r1")
        #expect(books.event("r1")?.fact == .reversal(reversal(of: "e1", by: "r1")))
    }

    @Test("counts on the event's own service date")
    func ownDate() {
        let books = Self.books()
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        books.clock("2016-07-01")
        books.reverse("e1", by: "r1")
        for through in ["2015-06-01", "2015-06-02", "2016-03-31"] as [CalendarDate] {
            #expect(books.costPence("15E", through: through) == 0)
        }
        #expect(books.costPence("15E", year: "2016-17") == 0)
    }

    @Test("that comes twice is a duplicate; a second one of the same event is refused")
    func twice() {
        let books = Self.books()
        let before = books.everything
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        books.reverse("e1", by: "r1")
        #expect(books.reverse("e1", by: "r1") == .duplicate)
        #expect(books.reverse("e1", by: "r2") == .refused(.alreadyReversed))
        #expect(books.everything == before)
        #expect(books.event("r2") == nil)
    }

    @Test("cannot be reversed, nor can what is not there")
    func noOriginal() {
        let books = Self.books()
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        #expect(books.reverse("e9", by: "r1") == .refused(.unknownOriginal))
        #expect(books.reverse("e1", by: "r1", source: "gp") == .refused(.unknownOriginal))
        books.reverse("e1", by: "r1")
        #expect(books.reverse("r1", by: "r2") == .refused(.reversesAReversal))
        #expect(books.reverse("r2", by: "r2") == .refused(.unknownOriginal))
        #expect(books.costPence("15E") == 0)
    }

    @Test("before its original is refused, and may be sent again after it")
    func beforeOriginal() {
        let books = Self.books()
        #expect(books.reverse("e1", by: "r1") == .refused(.unknownOriginal))
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        #expect(books.costPence("15E") == 1_000)
        #expect(books.reverse("e1", by: "r1") == .posted(isUnattributed: false))
        #expect(books.costPence("15E") == 0)
    }

    @Test("holds its identity for ever, as an event does")
    func identity() {
        let books = Self.books()
        let event = cost("e1", 1_000, for: .ann, on: "2015-06-02")
        books.post(event)
        books.post(cost("e2", 1_000, for: .ann, on: "2015-06-02"))
        #expect(books.reverse("e1", by: "e1") == .refused(.conflictingDuplicate))
        #expect(books.reverse("e2", by: "e1") == .refused(.conflictingDuplicate))
        books.reverse("e1", by: "r1")
        #expect(books.reverse("e2", by: "r1") == .refused(.conflictingDuplicate))
        #expect(books.post(cost("r1", 5, for: .ann, on: "2015-06-02")) == .refused(.conflictingDuplicate))
        #expect(books.post(cost("r1", 5, for: .ann, on: "2015-06-02", version: 2)) == .refused(.conflictingDuplicate))
        #expect(books.costPence("15E") == 1_000)
    }

    @Test("closes its event: no new version, and the old ones get their old answers")
    func closes() {
        let books = Self.books()
        let event = cost("e1", 1_000, for: .ann, on: "2015-06-02", version: 2)
        books.post(event)
        books.reverse("e1", by: "r1")
        let before = books.everything
        #expect(books.post(event.with(version: 3)) == .refused(.alreadyReversed))
        #expect(books.post(event) == .duplicate)
        #expect(books.post(event.with(amountPence: 1)) == .refused(.conflictingDuplicate))
        #expect(books.post(event.with(version: 1)) == .superseded)
        #expect(books.everything == before)
    }

    @Test("takes the version out that stands")
    func ofVersion() {
        let books = Self.books()
        let before = books.everything
        let event = cost("e1", 1_000, for: .ann, on: "2015-06-02")
        books.post(event)
        books.post(event.with(version: 2, setting: .social, serviceDate: "2015-12-31", amountPence: 77))
        books.reverse("e1", by: "r1")
        #expect(books.everything == before)
    }

    @Test("keeps its event out when the patient's statements change afterwards")
    func staysOut() {
        let books = Self.books()
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        books.post(cost("e2", 30, for: .ann, on: "2015-06-02"))
        books.reverse("e1", by: "r1")
        books.register(.ann, with: "05L", from: "2015-05-01")
        #expect(books.costs("15E") == CostFigures())
        #expect(books.costs("05L").sum() == CostFigures.Cell(pence: 30, events: 1))
        #expect(books.event("e1")?.commissioner == "05L")
    }

    @Test("that follows its event to another commissioner cancels it there")
    func afterMove() {
        let books = Self.books()
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        books.register(.ann, with: "05L", from: "2015-05-01", group: .mothersAndChildren)
        books.reverse("e1", by: "r1")
        #expect(books.costs("15E") == CostFigures())
        #expect(books.costs("05L") == CostFigures())
        #expect(books.unattributed == CostFigures())
    }
}
