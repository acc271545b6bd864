import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A service date")
struct ServiceDateTests {
    @Test("may be the day of the record, and not the day after")
    func today() {
        let books = Books(today: "2015-11-01")
        #expect(books.post(cost("e1", 1, for: .ann, on: "2015-11-01")).refusal == nil)
        #expect(books.post(cost("e2", 1, for: .ann, on: "2015-11-02")) == .refused(.futureServiceDate))
        books.clock("2015-11-02")
        #expect(books.post(cost("e2", 1, for: .ann, on: "2015-11-02")).refusal == nil)
    }

    @Test("at half past midnight in British Summer Time may be the new day")
    func summerTime() {
        let books = Books(today: "2015-06-01")
        books.clock("2015-06-01", hour: 22, minute: 59)
        #expect(books.post(cost("e1", 1, for: .ann, on: "2015-06-02")) == .refused(.futureServiceDate))
        books.clock("2015-06-01", hour: 23, minute: 30)
        #expect(books.post(cost("e1", 1, for: .ann, on: "2015-06-02")).refusal == nil)
        #expect(books.post(cost("e2", 1, for: .ann, on: "2015-06-03")) == .refused(.futureServiceDate))
    }

    @Test("at half past eleven in winter may not be the new day")
    func winterTime() {
        let books = Books(today: "2015-12-01")
        books.clock("2015-12-01", hour: 23, minute: 30)
        #expect(books.post(cost("e1", 1, for: .ann, on: "2015-12-02")) == .refused(.futureServiceDate))
        #expect(books.post(cost("e1", 1, for: .ann, on: "2015-12-01")).refusal == nil)
    }
}

@Suite("A refused event")
struct RefusedEventTests {
    @Test("leaves its identity free for another")
    func identityIsFree() {
        let books = Books(today: "2015-11-01")
        let before = books.everything
        #expect(books.post(cost("e1", 100, for: .ann, on: "2015-11-02")) == .refused(.futureServiceDate))
        #expect(
            books.post(cost("e1", 200, for: .ann, on: "2015-10-01", commissioner: "99X"))
                == .refused(.unknownCommissioner))
        #expect(books.event("e1") == nil)
        #expect(books.ledger.identityCount == 0)
        #expect(books.everything == before)
        #expect(books.post(cost("e1", 300, for: .bob, on: "2015-10-01")) == .posted(isUnattributed: true))
        #expect(books.unattributed.sum().pence == 300)
    }

    @Test("for a commissioner that is not registered is posted once it is")
    func unknownCommissioner() {
        let books = Books(today: "2015-11-01")
        let event = cost("e1", 100, for: nil, on: "2015-10-01", commissioner: "99X")
        #expect(books.post(event) == .refused(.unknownCommissioner))
        books.add("99X")
        #expect(books.post(event) == .posted(isUnattributed: false))
        #expect(books.costPence("99X") == 100)
    }

    @Test("names a patient of the other form; one without a patient is taken by either ledger")
    func patientForm() throws {
        let pseudonym = try #require(Patient(pseudonym: "sixteen-letters-", digest: (1, 2)))
        let numbers = Books(today: "2015-11-01")
        #expect(numbers.post(cost("e1", 1, for: pseudonym, on: "2015-10-01")) == .refused(.wrongPatientForm))
        let pseudonyms = Books(today: "2015-11-01", patients: .pseudonym)
        #expect(pseudonyms.post(cost("e1", 1, for: .ann, on: "2015-10-01")) == .refused(.wrongPatientForm))
        #expect(pseudonyms.post(cost("e1", 1, for: pseudonym, on: "2015-10-01")).refusal == nil)
        for books in [numbers, pseudonyms] {
            #expect(books.post(cost("e2", 1, for: nil, on: "2015-10-01", commissioner: "15E")).refusal == nil)
        }
    }
}
