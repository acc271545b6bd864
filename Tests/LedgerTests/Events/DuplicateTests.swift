import ChequebookLedger
import ChequebookModel
import Testing

@Suite("The same event again")
struct DuplicateTests {
    private static let original = cost(
        "e1", 5_000, for: .ann, on: "2015-06-02", commissioner: "15E", provider: "RXA", service: "HRG1", funder: "X24")

    /// The original with one field changed, or left out where it may be.
    private static let variants: [(field: String, event: CostEvent)] = [
        ("patient", original.with(subject: .patient(.bob))),
        ("no patient", original.with(subject: .without(.block))),
        ("commissioner", original.with(commissioner: "05L")),
        ("no commissioner", original.with(commissioner: .some(nil))),
        ("setting", original.with(setting: .primary)),
        ("serviceDate", original.with(serviceDate: "2015-06-03")),
        ("amountPence", original.with(amountPence: 5_001)),
        ("kind", original.with(kind: .credit)),
        ("provider", original.with(provider: "RXB")),
        ("no provider", original.with(provider: .some(nil))),
        ("service", original.with(service: "HRG2")),
        ("no service", original.with(service: .some(nil))),
        ("funder", original.with(funder: "X25")),
        ("no funder", original.with(funder: .some(nil))),
    ]

    @Test("is a duplicate and changes no total, however often it comes")
    func duplicate() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        #expect(books.post(Self.original) == .posted(isUnattributed: false))
        let before = books.everything
        let change = books.lastChange("15E")
        for _ in 0..<3 { #expect(books.post(Self.original) == .duplicate) }
        #expect(books.everything == before)
        #expect(books.lastChange("15E") == change)
        #expect(books.ledger.identityCount == 1)
    }

    @Test("with one field different is a conflicting duplicate and changes nothing", arguments: variants.indices)
    func conflict(_ index: Int) {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(Self.original)
        let before = books.everything
        let variant = Self.variants[index]
        #expect(books.post(variant.event) == .refused(.conflictingDuplicate), "\(variant.field)")
        #expect(books.everything == before)
        #expect(books.event("e1")?.fact == .costEvent(Self.original))
        #expect(books.post(Self.original) == .duplicate)
    }

    @Test("without a patient for another reason is a conflicting duplicate")
    func otherReason() {
        let books = Books(today: "2015-11-01")
        for (id, reason) in [("e1", .block), ("e2", .newborn)] as [(Identifier, WithoutPatient)] {
            let event = cost(id, 1, for: nil, on: "2015-06-02", commissioner: "15E").with(subject: .without(reason))
            #expect(books.post(event).refusal == nil)
            #expect(books.post(event) == .duplicate)
            #expect(books.post(event.with(subject: .without(.withheld))) == .refused(.conflictingDuplicate))
        }
    }

    @Test("is told from its original before its date and its commissioner are looked at")
    func orderOfChecks() {
        let books = Books(today: "2015-11-01")
        books.post(Self.original)
        #expect(books.post(Self.original.with(serviceDate: "2015-12-24")) == .refused(.conflictingDuplicate))
        #expect(books.post(Self.original.with(commissioner: "99X")) == .refused(.conflictingDuplicate))
    }

    @Test("under the same id of another source is another event")
    func otherSource() {
        let books = Books(today: "2015-11-01")
        books.post(cost("e1", 10, for: .ann, on: "2015-06-02", source: "pas"))
        #expect(books.post(cost("e1", 20, for: .ann, on: "2015-06-02", source: "gp")) == .posted(isUnattributed: true))
        #expect(books.unattributed.sum() == CostFigures.Cell(pence: 30, events: 2))
    }

    @Test("with an id and a source that read the same when joined is another event")
    func joinedAlike() {
        let books = Books(today: "2015-11-01")
        #expect(books.post(cost("bc", 1, for: .ann, on: "2015-06-02", source: "a")).refusal == nil)
        #expect(books.post(cost("c", 1, for: .ann, on: "2015-06-02", source: "ab")).refusal == nil)
        #expect(books.ledger.identityCount == 2)
    }

    @Test("under an id of 64 bytes that differs in the last one is another event")
    func longIdentifiers() throws {
        let books = Books(today: "2015-11-01")
        let stem = String(repeating: "x", count: 63)
        let (first, second) = (try #require(Identifier(stem + "1")), try #require(Identifier(stem + "2")))
        #expect(books.post(cost(first, 1, for: .ann, on: "2015-06-02", source: first)).refusal == nil)
        #expect(books.post(cost(second, 1, for: .ann, on: "2015-06-02", source: first)).refusal == nil)
        #expect(books.post(cost(first, 1, for: .ann, on: "2015-06-02", source: first)) == .duplicate)
    }

    @Test("cannot be told when its record is unreadable: apply throws")
    func unreadable() throws {
        let books = Books(today: "2015-11-01")
        books.post(Self.original)
        books.records.isBroken = true
        let (fact, stamp) = books.commit(.costEvent(Self.original))
        #expect(throws: MemoryRecords.NoSuchRecord.self) { try books.ledger.apply(fact, stamp) }
    }
}

extension CostEvent {
    /// This event with the given fields in place of its own.
    func with(
        version: Int32? = nil, subject: CostSubject? = nil, commissioner: OrganisationCode?? = nil,
        setting: CareSetting? = nil, serviceDate: CalendarDate? = nil, amountPence: Int64? = nil,
        kind: EventKind? = nil, provider: OrganisationCode?? = nil, service: Identifier?? = nil,
        funder: OrganisationCode?? = nil
    ) -> CostEvent {
        CostEvent(
            identity: identity, version: version ?? self.version, subject: subject ?? self.subject,
            commissioner: commissioner ?? self.commissioner, setting: setting ?? self.setting,
            serviceDate: serviceDate ?? self.serviceDate, amountPence: amountPence ?? self.amountPence,
            kind: kind ?? self.kind, provider: provider ?? self.provider, service: service ?? self.service,
            funder: funder ?? self.funder)
    }
}
