import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A ledger that is full")
struct FullLedgerTests {
    /// Room for four events, three of them there, and for four patients.
    private static func books() -> Books {
        let books = Books(today: "2015-12-01", rowsMax: 4)
        books.register(.ann, with: "15E", from: "2015-04-01")
        for id in ["e1", "e2", "e3"] as [Identifier] { books.post(cost(id, 1, for: .ann, on: "2015-06-02")) }
        return books
    }

    @Test("takes events and reversals up to its last row, and refuses the next whichever way it comes")
    func events() throws {
        let books = Self.books()
        #expect(books.reverse("e1", by: "r1") == .posted(isUnattributed: false))
        #expect(books.post(cost("e4", 1, for: .ann, on: "2015-06-02")) == .refused(.ledgerFull))
        #expect(try books.postInRun([cost("e5", 1, for: .ann, on: "2015-06-02")]) == [.refused(.ledgerFull)])
        #expect(books.reverse("e2", by: "r2") == .refused(.ledgerFull))
        #expect(books.costPence("15E") == 2)
        // What needs no row is still booked.
        #expect(books.post(cost("e2", 1, for: .ann, on: "2015-06-02")) == .duplicate)
        #expect(books.post(cost("e2", 9, for: .ann, on: "2015-06-02", version: 2)) == .reposted(isUnattributed: false))
    }

    @Test("takes a list that is all or nothing only if all of it fits")
    func lists() {
        let facts = ["e4", "e5"].map { Fact.costEvent(cost(Identifier($0) ?? "e", 1, for: .ann, on: "2015-06-02")) }
        let books = Self.books()
        #expect(books.atomically(facts) == [.notBooked, .refused(.ledgerFull)])
        #expect(books.atomically([facts[0]]) == [.posted(isUnattributed: false)])
    }

    @Test("takes patients up to its last row")
    func patients() {
        let books = Books(today: "2015-12-01", rowsMax: 4)
        for patient in [.ann, .bob, .cat] as [Patient] { books.register(patient, with: "15E", from: "2015-04-01") }
        #expect(books.say(of: "9990000042", replacedBy: .set("9990000050")) == .refused(.ledgerFull))
        #expect(books.say(of: .ann, replacedBy: .set(.bob)) == .replaced)
        #expect(books.register("9990000042", with: "15E", from: "2015-04-01") == .registered)
        #expect(books.register("9990000050", with: "15E", from: "2015-04-01") == .refused(.ledgerFull))
        #expect(books.register(.cat, with: "05L", from: "2015-05-01") == .registered)
        #expect(books.post(cost("e1", 1, for: nil, on: "2015-06-02", commissioner: "15E")) == .refused(.ledgerFull))
    }
}
