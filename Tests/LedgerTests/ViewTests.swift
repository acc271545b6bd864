import ChequebookLedger
import ChequebookModel
import Testing

@Suite("An event as it stands")
struct EventViewTests {
    @Test("shows the version that stands, with its own sequence and instant")
    func version() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.clock("2015-11-05")
        books.post(cost("e1", 2, for: .ann, on: "2015-06-02", version: 2))
        let sequence = books.sequence
        let recordedAt = books.now
        books.clock("2015-11-06")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        let view = books.event("e1")
        #expect(view?.fact == .costEvent(cost("e1", 2, for: .ann, on: "2015-06-02", version: 2)))
        #expect(view?.sequence == sequence)
        #expect(view?.recordedAt == recordedAt)
        #expect(view?.reversedBy == nil)
    }

    @Test("just booked shows the same as when it is read back")
    func booked() throws {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        for fact in [
            .costEvent(cost("e1", 1, for: .ann, on: "2015-06-02")),
            .costEvent(cost("e2", 1, for: .cat, on: "2015-06-02")),
            .costEvent(cost("e3", 1, for: nil, on: "2015-06-02", commissioner: "05L", funder: "X24")),
            .reversal(reversal(of: "e1", by: "r1")),
        ] as [EventFact] {
            let (_, stamp) = books.commit(fact.fact)
            _ = try books.ledger.apply(fact.fact, stamp)
            let booked = books.ledger.event(booked: fact, stamp)
            let read = try #require(try books.ledger.event(fact.identity))
            #expect(booked.fact == read.fact)
            #expect(booked.sequence == read.sequence)
            #expect(booked.recordedAt == read.recordedAt)
            #expect(booked.commissioner == read.commissioner)
            #expect(booked.attribution == read.attribution)
            #expect(booked.funder == read.funder)
            #expect(booked.isAfterDeath == read.isAfterDeath)
        }
    }

    @Test("that is a reversal belongs to nobody")
    func ofReversal() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.reverse("e1", by: "r1")
        let view = books.event("r1")
        #expect(view?.commissioner == nil)
        #expect(view?.attribution == nil)
        #expect(view?.funder == nil)
        #expect(books.event("e1")?.reversedBy == "r1")
        #expect(books.event("e1")?.commissioner == "15E")
    }

    @Test("that nobody sent is nothing")
    func unknown() {
        #expect(Books(today: "2015-11-01").event("e1") == nil)
    }
}

@Suite("The funder of an event")
struct FunderTests {
    private static func books(_ funders: [CareSetting: Funder], rates: [CapitationRate] = []) -> Books {
        let books = Books(today: "2015-11-01")
        books.setRates(funders: funders, rates)
        books.register(.ann, with: "15E", from: "2015-04-01", council: "E06")
        books.register(.bob, with: "15E", from: "2015-04-01")
        return books
    }

    @Test("is whom the card in use names for its setting, else the commissioner itself")
    func named() {
        let books = Self.books([.secondary: .organisation("X24")])
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.post(cost("e2", 1, for: .ann, on: "2015-06-02", setting: .primary))
        #expect(books.event("e1")?.funder == "X24")
        #expect(books.event("e2")?.funder == "15E")
    }

    @Test("is the registration's council, or without one the commissioner")
    func council() {
        let books = Self.books([.secondary: .council])
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.post(cost("e2", 1, for: .bob, on: "2015-06-02"))
        books.post(cost("e3", 1, for: nil, on: "2015-06-02", commissioner: "05L"))
        #expect(books.event("e1")?.funder == "E06")
        #expect(books.event("e2")?.funder == "15E")
        #expect(books.event("e3")?.funder == "05L")
    }

    @Test("is the stated one before any card's, and for nobody's cost too")
    func stated() {
        let books = Self.books([.secondary: .organisation("X24")])
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02", funder: "X25"))
        books.post(cost("e2", 1, for: .cat, on: "2015-06-02", funder: "X25"))
        books.post(cost("e3", 1, for: .cat, on: "2015-06-02"))
        #expect(books.event("e1")?.funder == "X25")
        #expect(books.event("e2")?.funder == "X25")
        #expect(books.event("e3")?.funder == nil)
    }

    @Test("is not named by an own card without a rate for the setting: that one is not in use")
    func ownCard() {
        let books = Self.books([.secondary: .organisation("X24")])
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.setRates(of: "15E", funders: [.secondary: .organisation("X25")], [])
        #expect(books.event("e1")?.funder == "X24")
        let rate = CapitationRate(setting: .secondary, annualPence: 1)
        books.setRates(of: "15E", funders: [.secondary: .organisation("X25")], [rate])
        #expect(books.event("e1")?.funder == "X25")
        books.setRates(of: "15E", [rate])
        #expect(books.event("e1")?.funder == "15E")
    }
}
