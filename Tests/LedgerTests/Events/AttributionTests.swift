import ChequebookLedger
import ChequebookModel
import Testing

@Suite("A cost belongs")
struct AttributionTests {
    @Test("to nobody until a statement covers its day, then moves by itself")
    func beforeRegistration() {
        let books = Books(today: "2015-11-01")
        #expect(books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02")) == .posted(isUnattributed: true))
        #expect(books.unattributed[.secondary, nil, 2] == CostFigures.Cell(pence: 1_000, events: 1))
        #expect(books.event("e1")?.attribution == .unattributed)
        books.register(.ann, with: "15E", from: "2015-06-03", group: .older)
        #expect(books.unattributed.sum().pence == 1_000)
        books.register(.ann, with: "05L", from: "2015-06-02", group: .mentalHealth)
        #expect(books.unattributed == CostFigures())
        #expect(books.costs("05L")[.secondary, .mentalHealth, 2] == CostFigures.Cell(pence: 1_000, events: 1))
        #expect(books.costs("05L").sum() == CostFigures.Cell(pence: 1_000, events: 1))
        #expect(books.costs("15E") == CostFigures())
        #expect(books.event("e1")?.attribution == .registered)
        #expect(books.event("e1")?.commissioner == "05L")
    }

    @Test("to the stated commissioner, whoever registered the patient; the group is still the patient's")
    func stated() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older)
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02", commissioner: "05L"))
        #expect(books.costs("05L")[.secondary, .older, 2].pence == 1_000)
        #expect(books.costs("15E") == CostFigures())
        #expect(books.event("e1")?.attribution == .stated)
        books.register(.ann, with: "15E", from: "2015-05-01", group: .mentalHealth)
        #expect(books.costs("05L")[.secondary, .older, 2].pence == 0)
        #expect(books.costs("05L")[.secondary, .mentalHealth, 2].pence == 1_000)
        #expect(books.costPence("05L") == 1_000)
    }

    @Test("to a stated commissioner although nobody knows the patient, in no group")
    func statedForUnknown() {
        let books = Books(today: "2015-11-01")
        books.post(cost("e1", 1_000, for: .cat, on: "2015-06-02", commissioner: "05L"))
        #expect(books.costs("05L")[.secondary, nil, 2].pence == 1_000)
        #expect(books.costs("05L").withoutPatientPence == 0)
    }

    @Test("to the new commissioner from the day of a move, which counts once")
    func move() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.register(.ann, with: "05L", from: "2015-06-02")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-01"))
        books.post(cost("e2", 10, for: .ann, on: "2015-06-02"))
        #expect(books.costPence("15E") == 1)
        #expect(books.costPence("05L") == 10)
    }

    @Test("to nobody from the day on which the deciding statement ends, even over an older one without end")
    func until() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.register(.ann, with: "05L", from: "2015-06-01", until: "2015-07-01")
        books.post(cost("e1", 1, for: .ann, on: "2015-05-31"))
        books.post(cost("e2", 1, for: .ann, on: "2015-06-30"))
        books.post(cost("e3", 1, for: .ann, on: "2015-07-01"))
        #expect(books.event("e1")?.commissioner == "15E")
        #expect(books.event("e2")?.commissioner == "05L")
        #expect(books.event("e3")?.attribution == .unattributed)
        books.register(.ann, with: "15E", from: "2015-09-01")
        #expect(books.event("e3")?.attribution == .unattributed)
        books.post(cost("e4", 1, for: .ann, on: "2015-09-01"))
        #expect(books.event("e4")?.commissioner == "15E")
    }

    @Test("by the same statements in whatever order they arrive")
    func anyOrder() {
        let arrivals: [(OrganisationCode, CalendarDate)] = [
            ("15E", "2015-04-01"), ("05L", "2015-06-01"), ("15E", "2015-08-01"),
        ]
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let books = Books(today: "2015-11-01")
            for month in 3...10 {
                let day = CalendarDate(year: 2015, month: month, day: 15) ?? .min
                books.post(cost(["a", "b", "c", "d", "e", "f", "g", "h"][month - 3], 1, for: .ann, on: day))
            }
            for place in order { books.register(.ann, with: arrivals[place].0, from: arrivals[place].1) }
            // 15E has April, May, August to October; 05L June and July; March stays with nobody, in the year before.
            #expect(books.costPence("15E") == 5, "\(order)")
            #expect(books.costPence("05L") == 2, "\(order)")
            #expect(books.unattributed.sum().events == 0)
            #expect(books.ledger.unattributedCost("2014-15", through: "2015-03-31").sum().pence == 1)
        }
    }

    @Test("to the new body when a statement is replaced by another commissioner's with the same day")
    func replaced() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        books.register(.ann, with: "05L", from: "2015-04-01", until: "2015-06-03")
        #expect(books.costs("15E") == CostFigures())
        #expect(books.costPence("05L") == 1_000)
        books.register(.ann, with: "05L", from: "2015-04-01", until: "2015-06-02")
        #expect(books.unattributed.sum().pence == 1_000)
        #expect(books.costs("05L") == CostFigures())
    }

    @Test("again to the commissioner before when a statement is withdrawn under it")
    func withdrawn() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01", group: .older)
        books.post(cost("e1", 1_000, for: .ann, on: "2015-06-02"))
        let before = books.everything
        books.register(.ann, with: "05L", from: "2015-05-01")
        #expect(books.costPence("05L") == 1_000)
        #expect(books.withdraw(.ann, from: "2015-05-01", by: "05L") == .registered)
        #expect(books.everything == before)
        #expect(books.withdraw(.ann, from: "2015-04-01", by: "15E") == .registered)
        #expect(books.unattributed[.secondary, nil, 2] == CostFigures.Cell(pence: 1_000, events: 1))
        #expect(books.costs("15E") == CostFigures())
        #expect(books.ledger.patient(Patient.ann.key)?.statements.isEmpty == true)
    }

    @Test("to somebody at every moment: moves never change the sum over all bodies and nobody")
    func conserved() throws {
        var generator = SeededGenerator(seed: 21)
        let bodies: [OrganisationCode] = ["15E", "05L", "99C"]
        let patients: [Patient] = [.ann, .bob, .cat]
        let books = Books(today: "2016-06-01", commissioners: bodies)
        var posted = CostFigures.Cell()
        for step in 0..<600 {
            let patient = patients[Int.random(in: 0..<3, using: &generator)]
            let body = bodies[Int.random(in: 0..<3, using: &generator)]
            let day = Books.year.firstDay.adding(days: .random(in: 0..<366, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                let pence = Int64.random(in: 0...1_000, using: &generator)
                let isStated = Bool.random(using: &generator)
                let event = cost(
                    try #require(Identifier("e\(step)")), pence, for: patient, on: day,
                    commissioner: isStated ? body : nil, kind: Bool.random(using: &generator) ? .cost : .credit)
                books.post(event)
                posted += CostFigures.Cell(pence: Int128(event.signedPence), events: 1)
            case 1: books.withdraw(patient, from: day, by: body)
            default:
                let length = Int.random(in: 0...200, using: &generator)
                books.register(
                    patient, with: body, from: day, until: length == 0 ? nil : day.adding(days: length),
                    group: PatientGroup.allCases[Int.random(in: 0..<5, using: &generator)])
            }
            var found = books.unattributed.sum()
            for body in bodies { found += books.costs(body).sum() }
            #expect(found == posted, "step \(step)")
        }
    }

    @Test("where it did without being read again, unless its day changes hands or council")
    func onlyMovedAreRead() {
        let books = Books(today: "2015-11-01")
        books.register(.ann, with: "15E", from: "2015-04-01")
        books.post(cost("e1", 1, for: .ann, on: "2015-05-02"))
        books.post(cost("e2", 1, for: .ann, on: "2015-06-02"))
        books.post(cost("e3", 1, for: .ann, on: "2015-07-02"))
        let reads = books.records.readCount
        books.register(.ann, with: "15E", from: "2015-04-15", practice: "A81001")
        #expect(books.records.readCount == reads)
        books.register(.ann, with: "05L", from: "2015-06-01", until: "2015-07-01")
        #expect(books.records.readCount == reads + 2)
        books.register(.ann, with: "15E", from: "2015-04-15", practice: "A81001", council: "E06")
        #expect(books.records.readCount == reads + 3)
        #expect(books.costPence("15E") == 1)
        #expect(books.costPence("05L") == 1)
    }
}
