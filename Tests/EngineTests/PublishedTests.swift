import ChequebookEngine
import ChequebookJournal
import ChequebookModel
import Testing

@Suite("What is published")
struct PublishedTests {
    private static let third = OrganisationCode("99M")!
    private static let codes = [Facts.home, Facts.other, third]

    private let service: Service

    init() throws {
        service = try Service(MemoryStorage())
        for code in Self.codes { try service.book(Facts.commissioner(code)) }
    }

    private var published: Published { service.engine.published }

    /// Editions of the unattributed row and of each commissioner.
    private func editions() throws -> [UInt64] {
        let indices = try [0] + Self.codes.map { try #require(published.index(of: $0)) }
        return indices.map { published.edition($0) }
    }

    /// Books a fact and tells which editions rose: unattributed, then each commissioner. None may fall.
    private func risen(_ facts: Fact..., sourceLocation: SourceLocation = #_sourceLocation) throws -> [Bool] {
        let before = try editions()
        let sequence = published.sequence
        _ = try #require(service.submit(facts).outcomes, sourceLocation: sourceLocation)
        let after = try editions()
        #expect(published.sequence == sequence + UInt64(facts.count), sourceLocation: sourceLocation)
        #expect(published.edition == published.sequence, sourceLocation: sourceLocation)
        for (old, new) in zip(before, after) { #expect(new >= old, sourceLocation: sourceLocation) }
        return zip(before, after).map { $0 < $1 }
    }

    @Test("is a commissioner's number once it is registered, the same for ever, and none for another")
    func index() throws {
        let indices = Self.codes.map { published.index(of: $0) }
        #expect(Set(indices).count == 3 && !indices.contains(nil) && !indices.contains(0))
        #expect(published.index(of: OrganisationCode("0A0")!) == nil)
        try service.book(Facts.commissioner(Facts.home, name: "Another name"))
        #expect(Self.codes.map { published.index(of: $0) } == indices)
        service.engine.stop()
    }

    @Test("are higher editions for exactly the commissioners whose answers may have changed")
    func events() throws {
        #expect(try risen(Facts.event("e-1")) == [false, true, false, false])
        #expect(try risen(Facts.event("e-2", Facts.other)) == [false, false, true, false])
        #expect(try risen(Facts.event("e-1", version: 2, Self.third)) == [false, true, false, true])
        #expect(try risen(Facts.reversal("r-2", of: "e-2")) == [false, false, true, false])
        #expect(try risen(Facts.event("e-3", nil)) == [true, false, false, false])
        // The unattributed cost moves, and the one that is stated for the third takes on the registration's group.
        #expect(try risen(Facts.statement(Facts.other)) == [true, false, true, true])
        #expect(try risen(Facts.event("e-4"), Facts.event("e-5", Self.third)) == [false, true, false, true])
        #expect(try risen(Facts.commissioner(Self.third, name: "New name")) == [false, false, false, true])
        let own = Fact.ownRateCard(Facts.other, Facts.card(annualPence: 7))
        #expect(try risen(own) == [false, false, true, false])
        service.engine.stop()
    }

    @Test("are higher editions for everybody after a national card")
    func nationalCard() throws {
        let card = Fact.nationalRateCard(Facts.card(annualPence: 7))
        #expect(try risen(card) == [true, true, true, true])
        #expect(try risen(card) == [false, false, false, false])
        service.engine.stop()
    }

    @Test("are the same editions after a repeat, an old version or a refusal")
    func nothingChanged() throws {
        try service.book(Facts.event("e-1", version: 2), Facts.statement())
        let facts = [
            Facts.event("e-1", version: 2), Facts.event("e-1", version: 1), Facts.event("e-1", pence: 7, version: 2),
            Facts.event("e-2", on: "2016-06-02"), Facts.event("e-3", OrganisationCode("0A0")),
            Facts.reversal("r", of: "none"), Facts.statement(), Facts.statement(OrganisationCode("0A0")!),
            Facts.commissioner(), .ownRateCard(OrganisationCode("0A0")!, Facts.card(annualPence: 1)),
        ]
        for fact in facts { #expect(try risen(fact) == [false, false, false, false]) }
        service.engine.stop()
    }
}

@Suite("The event beside an answer")
struct BookedEventTests {
    private let service: Service

    init() throws {
        service = try Service(MemoryStorage())
        try service.book(Facts.commissioner())
    }

    private func book(_ fact: Fact) throws -> Booked {
        try #require(service.submit([fact], wantsEvent: true).booked)
    }

    @Test("is the event as it stands: the stored one for a repeat and an old version")
    func standing() throws {
        let first = try book(Facts.event("e-1"))
        #expect(first.event?.fact == Facts.event("e-1"))
        #expect(first.event?.sequence == first.lastSequence)
        #expect(first.event?.recordedAt == service.clock.now().later(byMicroseconds: 2))
        let second = try book(Facts.event("e-1", pence: 7, version: 2))
        #expect(second.event?.fact == Facts.event("e-1", pence: 7, version: 2))
        for repeated in [Facts.event("e-1", pence: 7, version: 2), Facts.event("e-1")] {
            let booked = try book(repeated)
            #expect(booked.event?.fact == Facts.event("e-1", pence: 7, version: 2))
            #expect(booked.event?.sequence == second.lastSequence)
            #expect(booked.lastSequence > second.lastSequence)
        }
        let reversal = try book(Facts.reversal("r", of: "e-1"))
        #expect(reversal.event?.fact == Facts.reversal("r", of: "e-1"))
        #expect(try book(Facts.event("e-1")).event?.reversedBy == Identifier("r"))
        service.engine.stop()
    }

    @Test("is none for a refusal, for another fact, and when it was not asked for")
    func none() throws {
        #expect(try book(Facts.event("e-1", on: "2016-06-02")).event == nil)
        #expect(try book(Facts.commissioner(Facts.other)).event == nil)
        #expect(service.submit([Facts.event("e-2")]).booked?.event == nil)
        service.engine.stop()
    }
}

extension Instant {
    fileprivate func later(byMicroseconds microseconds: Int64) -> Instant {
        Instant(microseconds: self.microseconds + microseconds)
    }
}
