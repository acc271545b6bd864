import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("A patient's costs")
struct PatientCostsTests {
    private static func page(
        _ books: Books, of patient: Patient = .ann, year: FinancialYear = Books.year,
        after: PatientCosts.Cursor? = nil, limit: Int = 100
    ) -> PatientCosts? {
        do {
            return try books.ledger.patientCosts(patient.key, year, after: after, limit: limit)
        } catch {
            Issue.record(error)
            return nil
        }
    }

    private static func ids(_ page: PatientCosts?) -> [String] {
        (page?.events ?? []).compactMap { $0.fact.eventIdentity.map { "\($0.id)" } }
    }

    /// The ids of all pages, one list for each.
    private static func pages(_ books: Books, limit: Int) -> [[String]] {
        var pages: [[String]] = []
        var cursor: PatientCosts.Cursor?
        repeat {
            let page = page(books, after: cursor, limit: limit)
            pages.append(ids(page))
            cursor = page?.next
        } while cursor != nil && pages.count < 100
        return pages
    }

    @Test("are the sums of the year's events that stand, by setting and month, whoever they count for")
    func sums() {
        let books = Books(today: "2016-06-01")
        books.register(.ann, with: "15E", from: "2015-06-01")
        books.post(cost("before", 1, for: .ann, on: "2015-03-31"))
        books.post(cost("first", 2, for: .ann, on: "2015-04-01"))
        books.post(cost("social", 4, for: .ann, on: "2015-06-01", setting: .social))
        books.post(cost("stated", 8, for: .ann, on: "2015-06-30", commissioner: "05L"))
        books.post(cost("credit", 16, for: .ann, on: "2016-03-31", kind: .credit))
        books.post(cost("after", 32, for: .ann, on: "2016-04-01"))
        books.post(cost("reversed", 64, for: .ann, on: "2015-06-01"))
        books.post(cost("theirs", 128, for: .bob, on: "2015-06-01"))
        books.post(cost("block", 256, for: nil, on: "2015-06-01", commissioner: "15E"))
        books.reverse("reversed", by: "r1")
        let costs = Self.page(books)
        // 2 + 4 + 8 − 16
        #expect(costs?.totalPence == -2)
        #expect(costs?.creditsPence == -16)
        #expect(costs?.eventCount == 4)
        #expect(costs?.bySettingPence == [0, -6, 0, 4, 0, 0, 0, 0, 0])
        #expect(costs?.byMonth[0] == CostFigures.Cell(pence: 2, events: 1))
        #expect(costs?.byMonth[2] == CostFigures.Cell(pence: 12, events: 2))
        #expect(costs?.byMonth[11] == CostFigures.Cell(pence: -16, events: 1))
        #expect(costs?.byMonth.reduce(0) { $0 + $1.events } == 4)
        #expect(Self.ids(costs) == ["credit", "stated", "social", "first"])
        #expect(costs?.next == nil)
        #expect(Self.page(books, year: "2014-15")?.totalPence == 1)
        #expect(Self.page(books, year: "2016-17")?.totalPence == 32)
        #expect(Self.page(books, year: "2013-14")?.eventCount == 0)
    }

    @Test("are read back for the page alone, and not for what is behind it", arguments: [1, 2, 5, 6, 100])
    func readsOfPage(limit: Int) {
        let books = Books(today: "2016-06-01")
        for id in ["a", "b", "c", "d", "e", "f"] as [Identifier] {
            books.post(cost(id, 1, for: .ann, on: "2015-06-01"))
        }
        let before = books.records.readCount
        let page = Self.page(books, limit: limit)
        #expect(page?.eventCount == 6)
        #expect(page?.events.count == min(limit, 6))
        #expect((page?.next == nil) == (limit >= 6))
        #expect(books.records.readCount - before == min(limit, 6))
    }

    @Test("are the same in pages of any length, newest first", arguments: [1, 2, 15, 16, 17, 39, 40, 41, 1_000])
    func pagesOfAnyLength(limit: Int) throws {
        let books = Books(today: "2016-06-01")
        let days = ["2015-06-01", "2015-04-02", "2015-06-01", "2016-03-31"] as [CalendarDate]
        var sent: [(day: CalendarDate, id: String)] = []
        for number in 0..<40 {
            let day = days[number * 7 % 4]
            let id = try #require(Identifier("e\(number)"))
            sent.append((day, "\(id)"))
            books.post(cost(id, 1, for: .ann, on: day))
        }
        let expected = Array(sent.enumerated()).sorted { ($0.element.day, $0.offset) > ($1.element.day, $1.offset) }
        let pages = Self.pages(books, limit: limit)
        #expect(pages.flatMap(\.self) == expected.map(\.element.id))
        #expect(pages.dropLast().allSatisfy { $0.count == limit })
    }

    @Test("keep amounts that do not fit the index, on both sides of what does")
    func amounts() {
        let books = Books(today: "2016-06-01")
        let amounts: [Int64] = [
            0, 1, 4_294_967_294, 4_294_967_295, 4_294_967_296, Limits.amountPenceMax,
        ]
        for (place, amount) in amounts.enumerated() {
            for kind in EventKind.allCases {
                let books = Books(today: "2016-06-01")
                books.post(cost("e1", amount, for: .ann, on: "2015-06-01", kind: kind))
                #expect(Self.page(books)?.totalPence == Int128(kind == .cost ? amount : -amount))
                #expect(Self.page(books)?.creditsPence == Int128(kind == .cost ? 0 : -amount))
            }
            books.post(cost("e1", amount, for: .ann, on: "2015-06-01", version: Int32(place) + 1))
            #expect(Self.page(books)?.totalPence == Int128(amount), "version \(place + 1)")
        }
    }

    @Test("show the newest service date first, and of one day what was recorded last")
    func order() {
        let books = Books(today: "2016-06-01")
        for (id, day) in [("a", "2015-06-02"), ("b", "2015-06-01"), ("c", "2015-06-03"), ("d", "2015-06-02")]
            as [(Identifier, CalendarDate)]
        {
            books.post(cost(id, 1, for: .ann, on: day))
        }
        #expect(Self.ids(Self.page(books)) == ["c", "d", "a", "b"])
        // A version is recorded anew.
        books.post(cost("a", 2, for: .ann, on: "2015-06-02", version: 2))
        #expect(Self.ids(Self.page(books)) == ["c", "a", "d", "b"])
        books.post(cost("b", 2, for: .ann, on: "2015-06-04", version: 2))
        #expect(Self.ids(Self.page(books)) == ["b", "c", "a", "d"])
        #expect(Self.page(books)?.events.first?.sequence == books.sequence)
        // What is another patient's now is gone from here.
        books.post(cost("c", 2, for: .bob, on: "2015-06-03", version: 2))
        #expect(Self.ids(Self.page(books)) == ["b", "a", "d"])
        #expect(Self.ids(Self.page(books, of: .bob)) == ["c"])
        books.post(cost("c", 3, for: .ann, on: "2015-06-02", version: 3))
        #expect(Self.ids(Self.page(books)) == ["b", "c", "a", "d"])
        #expect(Self.page(books, of: .bob)?.eventCount == 0)
    }

    @Test(
        "come in pages of no more than asked for, each event once, the last page without a next",
        arguments: [
            (1, ["e", "d", "c", "b", "a"].map { [$0] }), (2, [["e", "d"], ["c", "b"], ["a"]]),
            (4, [["e", "d", "c", "b"], ["a"]]), (5, [["e", "d", "c", "b", "a"]]), (6, [["e", "d", "c", "b", "a"]]),
        ])
    func pages(limit: Int, expected: [[String]]) {
        let books = Books(today: "2016-06-01")
        // Three on one day, so that pages end within it.
        for (id, day) in [
            ("a", "2015-06-01"), ("b", "2015-06-02"), ("c", "2015-06-02"), ("d", "2015-06-02"), ("e", "2015-06-03"),
        ] as [(Identifier, CalendarDate)] {
            books.post(cost(id, 1, for: .ann, on: day))
        }
        #expect(Self.pages(books, limit: limit) == expected)
        #expect(Self.page(books, limit: limit)?.eventCount == 5)
    }

    @Test("go on where the page ended while events arrive, are replaced and are taken out before and behind it")
    func cursor() {
        let books = Books(today: "2016-06-01")
        for (id, day) in [
            ("a", "2015-06-01"), ("b", "2015-06-02"), ("c", "2015-06-02"), ("d", "2015-06-03"), ("e", "2015-06-04"),
        ] as [(Identifier, CalendarDate)] {
            books.post(cost(id, 1, for: .ann, on: day))
        }
        let first = Self.page(books, limit: 3)
        #expect(Self.ids(first) == ["e", "d", "c"])
        // Newer ones, of the cursor's own day and later, are on the pages before.
        books.post(cost("f", 1, for: .ann, on: "2015-06-02"))
        books.post(cost("g", 1, for: .ann, on: "2015-06-05"))
        #expect(Self.ids(Self.page(books, after: first?.next, limit: 3)) == ["b", "a"])
        // One of an older day is on a page behind.
        books.post(cost("h", 1, for: .ann, on: "2015-05-01"))
        #expect(Self.ids(Self.page(books, after: first?.next, limit: 3)) == ["b", "a", "h"])
        // The event at which the page ended may go: the place stays.
        books.reverse("c", by: "r1")
        books.reverse("a", by: "r2")
        #expect(Self.ids(Self.page(books, after: first?.next, limit: 3)) == ["b", "h"])
        #expect(Self.page(books, after: first?.next, limit: 3)?.totalPence == 6)
        books.post(cost("d", 1, for: .ann, on: "2015-06-01", version: 2))
        #expect(Self.ids(Self.page(books, after: first?.next, limit: 1)) == ["b"])
        #expect(Self.pages(books, limit: 2) == [["g", "e"], ["f", "b"], ["d", "h"]])
    }

    @Test("behind a cursor of nothing that was ever there begin at its place")
    func foreignCursor() {
        let books = Books(today: "2016-06-01")
        books.post(cost("a", 1, for: .ann, on: "2015-06-01"))
        func after(_ day: CalendarDate, _ sequence: UInt64) -> [String] {
            Self.ids(Self.page(books, after: PatientCosts.Cursor(serviceDate: day, sequence: sequence)))
        }
        #expect(after("2015-06-02", 0) == ["a"])
        #expect(after("2015-06-01", books.sequence + 1) == ["a"])
        #expect(after("2015-06-01", books.sequence) == [])
        #expect(after("2015-05-31", .max) == [])
        #expect(after(.min, 0) == [])
        #expect(after(.max, .max) == ["a"])
    }

    @Test("of a patient that the ledger never heard of are none; of one whose events are gone, nothing")
    func unknown() {
        let books = Books(today: "2016-06-01")
        #expect(Self.page(books) == nil)
        books.post(cost("e1", 1, for: .ann, on: "2016-06-02"))
        #expect(Self.page(books) == nil)
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.reverse("e1", by: "r1")
        #expect(Self.page(books)?.eventCount == 0)
        books.register(.bob, with: "15E", from: "2015-04-01")
        #expect(Self.page(books, of: .bob)?.totalPence == 0)
        books.say(of: .cat)
        #expect(Self.page(books, of: .cat)?.totalPence == 0)
    }

    @Test("read no more records than the page has, and the cursor's own")
    func reads() throws {
        let books = Books(today: "2016-06-01")
        for number in 0..<366 {
            let id = try #require(Identifier("e\(number)"))
            books.post(cost(id, Int64(number), for: .ann, on: Books.year.firstDay.adding(days: number)))
        }
        let reads = books.records.readCount
        let first = Self.page(books, limit: 10)
        // 0 + 1 + … + 365
        #expect(first?.totalPence == 66_795)
        #expect(books.records.readCount == reads + 10)
        #expect(Self.page(books, after: first?.next, limit: 10)?.events.count == 10)
        #expect(books.records.readCount == reads + 10 + 11)
    }

    @Test("of a patient with more events in all years than one may look through are refused, and read nothing")
    func tooManyEvents() throws {
        let books = Books(today: "2016-06-01")
        books.post(cost("e1", 1, for: .ann, on: "2014-06-02"))
        books.post(cost("e2", 1, for: .ann, on: "2015-06-02"))
        let reads = books.records.readCount
        let narrow = LedgerLookup(books.ledger, reader: books.records, eventsMax: 1)
        #expect(throws: LedgerLookup.TooManyEvents.self) {
            try narrow.patientCosts(Patient.ann.key, Books.year, after: nil, limit: 1)
        }
        #expect(books.records.readCount == reads)
        let wide = LedgerLookup(books.ledger, reader: books.records, eventsMax: 2)
        #expect(try wide.patientCosts(Patient.ann.key, Books.year, after: nil, limit: 1)?.eventCount == 1)
    }

    @Test("come through the reader that one looks with, and no other")
    func otherReader() throws {
        let books = Books(today: "2016-06-01")
        // More than the index holds, so that the sum needs the record too.
        books.post(cost("e1", 5_000_000_000, for: .ann, on: "2015-06-02"))
        books.reverse("e1", by: "r1")
        books.post(cost("e2", 5_000_000_000, for: .ann, on: "2015-06-02"))
        let broken = MemoryRecords()
        broken.isBroken = true
        let blind = LedgerLookup(books.ledger, reader: broken)
        let reads = books.records.readCount
        #expect(throws: MemoryRecords.NoSuchRecord.self) {
            try blind.patientCosts(Patient.ann.key, Books.year, after: nil, limit: 1)
        }
        let identity = EventIdentity(source: "pas", id: "e2")
        #expect(throws: MemoryRecords.NoSuchRecord.self) { try blind.event(identity) }
        #expect(blind.patient(Patient.bob.key) == nil)
        #expect(books.records.readCount == reads)
    }

    @Test("pass on what the reader throws")
    func broken() {
        let books = Books(today: "2016-06-01")
        books.post(cost("e1", 1, for: .ann, on: "2015-06-02"))
        books.records.isBroken = true
        #expect(throws: MemoryRecords.NoSuchRecord.self) {
            try books.ledger.patientCosts(Patient.ann.key, Books.year, after: nil, limit: 1)
        }
    }
}
