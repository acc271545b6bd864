import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("The organisations that are named")
struct CodeTableTests {
    /// One of the codes of five letters and digits.
    private static func code(_ number: Int) -> OrganisationCode {
        var packed: UInt64 = 0
        var rest = UInt64(number)
        for place in 0..<Limits.organisationCodeBytesMax {
            packed *= 37
            guard place < 5 else { continue }
            packed += 1 + rest % 36
            rest /= 36
        }
        return OrganisationCode(packed: packed) ?? "BROKEN"
    }

    @Test("keep their numbers, none being 0")
    func numbers() {
        var codes = CodeTable()
        let numbers = [nil, "RXA", "RXB", "RXA", nil].map { codes.number($0) }
        #expect(numbers == [0, 1, 2, 1, 0])
        #expect((0...2).map { codes.code($0) } == [nil, "RXA", "RXB"])
    }

    @Test("are as many as are allowed, and no more: then costs and registrations that name another are refused")
    func most() {
        let books = Books(today: "2015-11-01")
        for number in 0..<Limits.organisationsNamedMax - 2 { _ = books.ledger.codes.number(Self.code(number)) }
        func event(_ id: Identifier, _ provider: OrganisationCode?, _ funder: OrganisationCode? = nil) -> CostEvent {
            cost(id, 5, for: nil, on: "2015-06-02", commissioner: "15E", provider: provider, funder: funder)
        }
        let (one, other) = (Fact.costEvent(event("a1", "RXA")), Fact.costEvent(event("a2", "RXA", "RXB")))
        // Room for two: a list that names three is not booked in part, one that names two twice is.
        let three = [one, other, .costEvent(event("a3", "RXC"))]
        #expect(books.atomically(three) == [.notBooked, .notBooked, .refused(.tooManyOrganisations)])
        #expect(books.eventCount("15E") == 0)
        let posted = Outcome.posted(isUnattributed: false)
        #expect(books.atomically([one, other]) == [posted, posted])
        #expect(books.post(event("e1", "RXC")) == .refused(.tooManyOrganisations))
        #expect(books.post(event("e1", nil, "RXC")) == .refused(.tooManyOrganisations))
        #expect(books.post(event("e1", "RXA", "RXB")) == posted)
        #expect(books.post(event("e2", nil)) == posted)
        let council = books.register(.ann, with: "15E", from: "2015-04-01", council: "E06")
        #expect(council == .refused(.tooManyOrganisations))
        #expect(books.register(.ann, with: "15E", from: "2015-04-01", council: "RXB") == .registered)
        #expect(books.penceByProvider("15E") == ["RXA": 15, nil: 5])
        #expect(books.penceByFunder("15E") == ["15E": 10, "RXB": 10])
    }
}
