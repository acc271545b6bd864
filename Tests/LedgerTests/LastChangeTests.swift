import ChequebookLedger
import ChequebookModel
import Testing

@Suite("The sequence of an answer")
struct LastChangeTests {
    private static func books() -> Books {
        let books = Books(today: "2015-11-01", commissioners: ["15E", "05L", "99C"])
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.register(.bob, with: "05L", from: "2015-04-01")
        _ = books.ledger.takeChanges()
        return books
    }

    /// Whose sequence moved to the last record; every other stays.
    private static func moved(_ books: Books, _ change: (Books) -> Void) -> [OrganisationCode] {
        let codes = books.ledger.commissioners().map(\.code)
        let before = codes.map { books.lastChange($0) }
        change(books)
        return zip(codes, before).compactMap { code, sequence in
            let after = books.lastChange(code)
            guard after != sequence else { return nil }
            #expect(after == books.sequence)
            return code
        }
    }

    /// The commissioners that the ledger tells to be out of date.
    private static func changed(_ books: Books) -> [OrganisationCode] {
        let changes = books.ledger.takeChanges()
        return books.ledger.commissioners().map(\.code).filter { code in
            changes.all || books.ledger.commissionerIndex(code).map { changes.indices.contains($0) } ?? false
        }
    }

    private static let band = ListSizeBand(people: 5)

    /// What happens, and to whom.
    private static let happenings: [(name: String, change: @Sendable (Books) -> Void, whom: [OrganisationCode])] = [
        ("a cost", { $0.post(cost("e1", 1, for: .ann, on: "2015-06-02")) }, ["15E"]),
        ("a cost of nobody", { $0.post(cost("e1", 1, for: .cat, on: "2015-06-02")) }, []),
        ("a refused cost", { $0.post(cost("e1", 1, for: .ann, on: "2015-11-02")) }, []),
        ("a stated cost", { $0.post(cost("e1", 1, for: .ann, on: "2015-06-02", commissioner: "99C")) }, ["99C"]),
        ("a move", { $0.register(.ann, with: "05L", from: "2015-06-01") }, ["15E", "05L"]),
        ("a later stay after a gap", { $0.register(.cat, with: "99C", from: "2015-06-01") }, ["99C"]),
        ("a statement that stands", { $0.register(.ann, with: "15E", from: "2015-04-01") }, []),
        ("a withdrawal", { $0.withdraw(.ann, from: "2015-04-01", by: "15E") }, ["15E"]),
        ("a withdrawal of nothing", { $0.withdraw(.ann, from: "2015-04-01", by: "05L") }, []),
        ("an own card", { $0.setRates(of: "99C", weight: 2, []) }, ["99C"]),
        ("a national card", { $0.setRates([]) }, ["05L", "15E", "99C"]),
        ("a new name", { $0.add("99C", name: "NHS Other CCG") }, ["99C"]),
        ("the same name", { $0.add("99C") }, []),
        ("a list", { $0.list("99C", "2015-04-01", ListSizeBand(people: 5)) }, ["99C"]),
        ("a list that overlaps itself", { $0.list("99C", "2015-04-01", band, band) }, []),
        ("a death", { $0.say(of: .ann, died: .set("2015-05-01")) }, ["15E"]),
        ("a death of nobody's patient", { $0.say(of: .cat, died: .set("2015-05-01")) }, []),
        ("what is known of a patient", { $0.say(of: .ann, born: "1960-06-15", sex: .female) }, []),
        ("another age", { $0.say(of: .ann, born: "1950-06-15") }, ["15E"]),
        // Of two statements with the same first day the later received, Bob's, decides.
        ("a joined number", { $0.say(of: .ann, replacedBy: .set(.bob)) }, ["15E"]),
        ("a number of nobody", { $0.say(of: .ann, replacedBy: .set(.cat)) }, []),
    ]

    @Test(
        "moves with what could change a figure of that commissioner, and with nothing else",
        arguments: happenings.indices)
    func happens(_ index: Int) {
        let (name, change, whom) = Self.happenings[index]
        let books = Self.books()
        #expect(Self.moved(books, change) == whom.sorted(), "\(name)")
        #expect(Self.changed(books) == whom.sorted(), "\(name)")
    }

    @Test("stays for the commissioners of stays that a statement leaves as they were")
    func otherStays() {
        let books = Self.books()
        books.register(.ann, with: "05L", from: "2015-06-01", until: "2015-07-01")
        books.register(.ann, with: "99C", from: "2015-08-01")
        #expect(Self.moved(books) { $0.register(.ann, with: "99C", from: "2015-09-01", group: .older) } == ["99C"])
        #expect(Self.moved(books) { $0.register(.ann, with: "99C", from: "2015-07-15") } == ["99C"])
        #expect(Self.moved(books) { $0.withdraw(.ann, from: "2015-07-15", by: "99C") } == ["99C"])
        // A day between two others' stays concerns neither.
        books.register(.bob, with: "05L", from: "2015-04-01", until: "2015-05-01")
        books.register(.bob, with: "15E", from: "2015-08-01")
        let inTheGap = { (books: Books) in
            _ = books.register(.bob, with: "99C", from: "2015-06-01", until: "2015-06-02")
        }
        #expect(Self.moved(books, inTheGap) == ["99C"])
        // A birthday that leaves the age on every 1 April as it was concerns nobody, another one everybody.
        func correct(born: CalendarDate) -> (Books) -> Void {
            { $0.register(.ann, with: "99C", from: "2015-08-01", born: born) }
        }
        #expect(Self.moved(books, correct(born: "1960-06-16")) == [])
        #expect(books.ledger.patient(Patient.ann.key)?.born == "1960-06-16")
        #expect(Self.moved(books, correct(born: "1960-04-01")) == ["05L", "15E", "99C"])
    }

    @Test("of a stated cost stays when the patient moves within the same group")
    func statedStays() {
        let books = Self.books()
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02", commissioner: "99C"))
        #expect(Self.moved(books) { $0.register(.ann, with: "05L", from: "2015-05-01") } == ["05L", "15E"])
        let regrouped = { (books: Books) in
            _ = books.register(.ann, with: "05L", from: "2015-05-01", group: .older)
        }
        #expect(Self.moved(books, regrouped) == ["05L", "99C"])
    }

    @Test("moves in a cost's own year alone")
    func ownYear() {
        let books = Self.books()
        let before = books.lastChange("15E", year: "2014-15")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        #expect(books.lastChange("15E", year: "2014-15") == before)
        books.setRates(year: "2014-15", [])
        #expect(books.lastChange("15E", year: "2014-15") == books.sequence)
        #expect(books.lastChange("15E") == books.sequence - 1)
    }

    @Test("comes with the instant of its record")
    func instant() {
        let books = Self.books()
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        let recordedAt = books.now
        books.clock("2015-12-24")
        books.post(cost("e2", 1, for: .bob, on: "2015-06-02"))
        #expect(books.ledger.figures("15E", "2015-16", through: nil)?.lastChange.recordedAt == recordedAt)
    }

    @Test("is told once")
    func taken() {
        let books = Self.books()
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.post(cost("e2", 1, for: .ann, on: "2015-06-02"))
        #expect(Self.changed(books) == ["15E"])
        #expect(books.ledger.takeChanges().isEmpty)
        books.post(cost("e3", 1, for: .ann, on: "2015-06-02"))
        #expect(Self.changed(books) == ["15E"])
    }
}
