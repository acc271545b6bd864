import ChequebookLedger
import ChequebookModel
import Testing

@Suite("Two numbers of one person")
struct JoinedNumberTests {
    /// £1 a day in primary care. Ann is with 15E from 1 April, Bob with 05L from 11 April: one person, perhaps.
    private static func books() -> Books {
        let books = Books(today: "2016-06-01", commissioners: ["15E", "05L", "99C"])
        books.setRates([CapitationRate(setting: .primary, annualPence: 36_600)])
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older)
        books.register(.bob, with: "05L", from: "2015-04-11", group: .mentalHealth)
        books.post(cost("a1", 1, for: .ann, on: "2015-04-20"))
        books.post(cost("b1", 2, for: .bob, on: "2015-04-05"))
        return books
    }

    /// Person-days and pence of 15E and 05L, and the pence of nobody.
    private static func figures(_ books: Books) -> [Int128] {
        (["15E", "05L"] as [OrganisationCode]).flatMap { [books.budget($0).personDays, books.costPence($0)] }
            + [books.unattributed.sum().pence]
    }

    @Test("are one person in every total once one replaces the other, and two again when that is taken back")
    func joined() {
        let books = Self.books()
        let before = books.everything
        // Two people: 366 days and 356; Ann's cost with 15E, Bob's before he was registered with nobody.
        #expect(Self.figures(books) == [366, 1, 356, 0, 2])
        #expect(books.say(of: .ann, replacedBy: .set(.bob)) == .replaced)
        // One: ten days with 15E and the rest with 05L, the costs by the same rule.
        #expect(Self.figures(books) == [10, 2, 356, 1, 0])
        #expect(books.budget("15E").pence == 1_000)
        #expect(books.budget("05L").pence == 35_600)
        #expect(books.costs("15E")[.secondary, .older, 0].pence == 2)
        #expect(books.costs("05L")[.secondary, .mentalHealth, 0].pence == 1)
        books.say(of: .ann, replacedBy: .clear)
        #expect(books.everything == before)
        #expect(books.ledger.patient(Patient.ann.key)?.replacedBy == nil)
    }

    @Test("are one person whichever of them replaces the other")
    func eitherWay() {
        let (one, other) = (Self.books(), Self.books())
        one.say(of: .ann, replacedBy: .set(.bob))
        other.say(of: .bob, replacedBy: .set(.ann))
        #expect(one.everything == other.everything)
    }

    @Test("show the same statements and the same person, and events keep the number that they were sent with")
    func views() throws {
        let books = Self.books()
        books.say(of: .ann, replacedBy: .set(.bob))
        for patient in [Patient.ann, .bob] {
            let view = books.ledger.patient(patient.key)
            #expect(view?.statements.map(\.from) == ["2015-04-01", "2015-04-11"])
            #expect(view?.statements.map(\.commissioner) == ["15E", "05L"])
            #expect(view?.replacedBy == (patient == .ann ? .bob : nil))
            let costs = try books.ledger.patientCosts(patient.key, Books.year, after: nil, limit: 10)
            #expect(costs?.events.map(\.fact.eventIdentity?.id) == ["a1", "b1"])
        }
        #expect(books.event("a1")?.fact == .costEvent(cost("a1", 1, for: .ann, on: "2015-04-20")))
        #expect(books.event("a1")?.commissioner == "05L")
    }

    @Test("stay one for whatever arrives later, under either number")
    func later() {
        let books = Self.books()
        books.say(of: .ann, replacedBy: .set(.bob))
        books.post(cost("a2", 4, for: .ann, on: "2015-04-11"))
        books.post(cost("b2", 8, for: .bob, on: "2015-04-10"))
        #expect(books.costPence("15E") == 10)
        #expect(books.costPence("05L") == 5)
        books.register(.ann, with: "99C", from: "2015-05-01")
        #expect(books.budget("05L").personDays == 20)
        #expect(books.budget("99C").personDays == 336)
        books.post(cost("b3", 16, for: .bob, on: "2015-05-01"))
        #expect(books.costPence("99C") == 16)
        books.reverse("a2", by: "r1")
        #expect(books.costPence("05L") == 1)
        books.say(of: .ann, replacedBy: .clear)
        // Ann: April with 15E, then 99C. Bob: with 05L from 11 April; b1 and b2 before it, b3 after.
        #expect(books.budget("15E").personDays == 30)
        #expect(books.costPence("15E") == 1)
        #expect(books.costPence("05L") == 16)
        #expect(books.unattributed.sum().pence == 10)
    }

    @Test("have of two statements with the same first day the one received last, and the other when that is gone")
    func sameFrom() {
        let books = Books(today: "2016-06-01", commissioners: ["15E", "05L", "99C"])
        books.register(.bob, with: "05L", from: "2015-04-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.say(of: .ann, replacedBy: .set(.bob))
        #expect(books.budget("15E").personDays == 366)
        #expect(books.budget("05L").personDays == 0)
        #expect(books.register(.bob, with: "05L", from: "2015-04-01") == .registered)
        #expect(books.budget("15E").personDays == 0)
        #expect(books.budget("05L").personDays == 366)
        #expect(books.register(.bob, with: "05L", from: "2015-04-01") == .unchanged)
        // Only what stands can be withdrawn, under whichever number it is asked.
        #expect(books.withdraw(.bob, from: "2015-04-01", by: "15E") == .refused(.noSuchRegistration))
        #expect(books.withdraw(.ann, from: "2015-04-01", by: "05L") == .registered)
        #expect(books.budget("15E").personDays == 366)
        books.say(of: .ann, replacedBy: .clear)
        #expect(books.budget("15E").personDays == 366)
        #expect(books.ledger.patient(Patient.bob.key)?.statements.isEmpty == true)
    }

    @Test("have birthday, sex and death as the latest word has them, and each its own again after")
    func latestWord() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01", born: "1950-01-01", sex: .male)
        books.register(.bob, with: "15E", from: "2015-05-01", born: "1951-01-01", sex: .female)
        books.say(of: .ann, born: "1952-01-01")
        books.say(of: .bob, died: .set("2015-07-01"))
        books.say(of: .ann, died: .set("2015-08-01"))
        books.say(of: .ann, replacedBy: .set(.bob))
        for patient in [Patient.ann, .bob] {
            let view = books.ledger.patient(patient.key)
            #expect(view?.born == "1952-01-01")
            #expect(view?.sex == .female)
            #expect(view?.died == "2015-08-01")
        }
        books.say(of: .bob, died: .clear)
        #expect(books.ledger.patient(Patient.ann.key)?.died == nil)
        books.say(of: .ann, replacedBy: .clear)
        #expect(books.ledger.patient(Patient.ann.key)?.sex == .male)
        #expect(books.ledger.patient(Patient.ann.key)?.died == "2015-08-01")
        #expect(books.ledger.patient(Patient.bob.key)?.born == "1951-01-01")
        #expect(books.ledger.patient(Patient.bob.key)?.died == nil)
    }

    @Test("count the dead as dead, whichever number the death was told of")
    func death() {
        let books = Self.books()
        books.say(of: .bob, died: .set("2015-04-15"))
        books.say(of: .ann, replacedBy: .set(.bob))
        #expect(Self.figures(books) == [10, 2, 5, 1, 0])
        #expect(books.event("a1")?.isAfterDeath == true)
        books.say(of: .ann, replacedBy: .clear)
        #expect(Self.figures(books) == [366, 1, 5, 0, 2])
        #expect(books.event("a1")?.isAfterDeath == false)
    }

    @Test("may be three and more in a chain, which may be cut anywhere")
    func chain() throws {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("c1", 5, for: .cat, on: "2015-05-01"))
        books.say(of: .ann, replacedBy: .set(.bob))
        #expect(books.unattributed.sum().pence == 5)
        books.say(of: .bob, replacedBy: .set(.cat))
        #expect(books.costPence("15E") == 5)
        #expect(books.budget("15E").people == 1)
        #expect(try books.ledger.patientCosts(Patient.bob.key, Books.year, after: nil, limit: 1)?.totalPence == 5)
        books.say(of: .bob, replacedBy: .clear)
        #expect(books.unattributed.sum().pence == 5)
        books.say(of: .bob, replacedBy: .set(.cat))
        // Ann is somebody else's number now: Bob and Cat are left to each other.
        books.say(of: .ann, replacedBy: .set("9990000042"))
        #expect(books.unattributed.sum().pence == 5)
        #expect(books.ledger.patient(Patient.bob.key)?.statements.isEmpty == true)
        #expect(books.ledger.patient(Patient("9990000042").key)?.statements.count == 1)
        books.say(of: .cat, replacedBy: .set(.ann))
        #expect(books.costPence("15E") == 5)
    }

    @Test("never replace each other in a circle: that is refused, and changes nothing")
    func circle() {
        let books = Self.books()
        #expect(books.say(of: .ann, replacedBy: .set(.ann)) == .refused(.replacementCycle))
        books.say(of: .ann, replacedBy: .set(.bob))
        books.say(of: .bob, replacedBy: .set(.cat))
        let before = books.everything
        for patient in [Patient.ann, .bob, .cat] {
            let outcome = books.say(of: .cat, sex: .male, died: .set("2015-05-01"), replacedBy: .set(patient))
            #expect(outcome == .refused(.replacementCycle))
        }
        #expect(books.say(of: .bob, replacedBy: .set(.ann)) == .refused(.replacementCycle))
        #expect(books.everything == before)
        #expect(books.ledger.patient(Patient.cat.key)?.sex == .female)
        #expect(books.ledger.patient(Patient.cat.key)?.died == nil)
        // Without what leads back it is no circle.
        books.say(of: .ann, replacedBy: .clear)
        #expect(books.say(of: .cat, replacedBy: .set(.ann)) == .replaced)
    }

    @Test("know each other, though nothing was ever said of one of them")
    func unheardOf() throws {
        let books = Self.books()
        #expect(books.say(of: .ann, replacedBy: .set(.cat)) == .replaced)
        #expect(books.ledger.patient(Patient.cat.key)?.statements.count == 1)
        #expect(try books.ledger.patientCosts(Patient.cat.key, Books.year, after: nil, limit: 1)?.totalPence == 1)
        books.say(of: .ann, replacedBy: .clear)
        #expect(books.ledger.patient(Patient.cat.key) == nil)
        #expect(try books.ledger.patientCosts(Patient.cat.key, Books.year, after: nil, limit: 1) == nil)
    }

    @Test("leave no trace in any figure when they are parted again, whatever arrived in between", arguments: 0..<40)
    func noTrace(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let (joined, apart) = (Self.books(), Self.books())
        let patients: [Patient] = [.ann, .bob, .cat]
        for step in 0..<30 {
            let patient = patients.randomElement(using: &generator) ?? .ann
            let day = Books.year.firstDay.adding(days: .random(in: 0..<366, using: &generator))
            let code = (["15E", "05L", "99C"] as [OrganisationCode]).randomElement(using: &generator) ?? "15E"
            let group = PatientGroup.allCases.randomElement(using: &generator) ?? .older
            let length = Int.random(in: 1...200, using: &generator)
            let isEvent = Bool.random(using: &generator)
            let id = try #require(Identifier("e\(step)"))
            for books in [joined, apart] {
                if isEvent {
                    books.post(cost(id, Int64(step), for: patient, on: day))
                } else {
                    books.register(patient, with: code, from: day, until: day.adding(days: length), group: group)
                }
            }
            if step == 5 { joined.say(of: .ann, replacedBy: .set(.cat)) }
            if step == 10 { joined.say(of: .cat, replacedBy: .set(.bob)) }
            if step == 20 { joined.say(of: .ann, replacedBy: .set(.bob)) }
        }
        #expect(joined.everything != apart.everything)
        joined.say(of: .cat, replacedBy: .clear)
        joined.say(of: .ann, replacedBy: .clear)
        #expect(joined.everything == apart.everything)
    }
}
