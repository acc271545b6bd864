import ChequebookModel
import Testing

@testable import ChequebookLedger

@Suite("The reconciliation of a year")
struct ReconciliationTests {
    private static func reconciled(_ books: Books, _ year: FinancialYear = Books.year) -> Reconciliation? {
        do {
            return try books.ledger.reconciliation(year)
        } catch {
            Issue.record(error)
            return nil
        }
    }

    private static func sum(_ books: Books, _ way: Reconciliation.Way) -> Reconciliation.Sum? {
        reconciled(books)?.sums.first { $0.way == way }
    }

    private static func books() -> Books {
        let books = Books(today: "2016-06-01")
        books.setRates(funders: [.secondary: .organisation("X24")], [])
        books.register(.ann, with: "15E", from: "2015-04-01", until: "2015-10-01")
        books.post(cost("e1", 100, for: .ann, on: "2015-06-02", provider: "RXA"))
        books.post(cost("e2", 20, for: .ann, on: "2015-12-02", setting: .social))
        books.post(cost("e3", 3_000, for: nil, on: "2015-06-02", commissioner: "05L", provider: "RXB"))
        books.post(cost("e4", 7, for: .bob, on: "2016-03-31", kind: .credit))
        books.post(cost("e5", 90_000, for: .ann, on: "2016-04-01"))
        return books
    }

    @Test("adds every way up to the same pence and events, and tells what a way cannot name")
    func ways() {
        let books = Self.books()
        #expect(Self.reconciled(books)?.sums.map(\.way) == Reconciliation.Way.allCases)
        for way in Reconciliation.Way.allCases {
            // 100 + 20 + 3,000 − 7
            #expect(Self.sum(books, way)?.total == CostFigures.Cell(pence: 3_113, events: 4), "\(way)")
        }
        #expect(Self.reconciled(books)?.agrees == true)
        // Without patient: e3. Unattributed: e2, after the registration's end, and e4; neither has provider or funder.
        #expect(Self.sum(books, .patient)?.rest == CostFigures.Cell(pence: 3_000, events: 1))
        #expect(Self.sum(books, .commissioner)?.rest == CostFigures.Cell(pence: 13, events: 2))
        #expect(Self.sum(books, .provider)?.rest == CostFigures.Cell(pence: 13, events: 2))
        #expect(Self.sum(books, .funder)?.rest == CostFigures.Cell(pence: 13, events: 2))
        #expect(Self.sum(books, .setting)?.rest == CostFigures.Cell())
        #expect(Self.sum(books, .month)?.rest == CostFigures.Cell())
    }

    @Test("is of its year alone, and knows the years that there are")
    func years() {
        let books = Self.books()
        #expect(Self.reconciled(books, "2016-17")?.sums.map(\.total.pence) == Array(repeating: 90_000, count: 6))
        #expect(Self.reconciled(books, "2013-14")?.sums.allSatisfy { $0.total == CostFigures.Cell() } == true)
        #expect(books.ledger.yearsWithCost == ["2015-16", "2016-17"])
        #expect(Books(today: "2016-06-01").ledger.yearsWithCost == [])
        books.post(cost("e6", 1, for: .ann, on: "1900-04-01"))
        #expect(books.ledger.yearsWithCost == ["1900-01", "2015-16", "2016-17"])
    }

    @Test("agrees after everything that can happen, in every year", arguments: 0..<20)
    func agrees(_ seed: Int) {
        let books = Books(today: "2015-04-02", commissioners: Happenings.bodies)
        var happenings = Happenings(seed: UInt64(seed))
        for day in 0..<40 {
            books.clock(Books.year.firstDay.adding(days: 300 + day))
            for _ in 0..<10 { happenings.happen(books) }
            for year in books.ledger.yearsWithCost {
                let found = Self.reconciled(books, year)
                #expect(found?.agrees == true, "day \(day), \(year)")
            }
        }
        #expect(Self.reconciled(books)?.sums.first?.total.events ?? 0 > 0)
    }

    @Test("holds sums beyond 64 bits, though the log adds them up in 64")
    func large() throws {
        let books = Books(today: "2016-06-01")
        for number in 0..<10_000 {
            let id = try #require(Identifier("block-\(number)"))
            books.post(cost(id, Limits.amountPenceMax, for: nil, on: "2015-06-02", commissioner: "15E"))
        }
        books.clock("2016-06-02")
        books.post(cost("e1", 1, for: nil, on: "2015-06-02", commissioner: "15E"))
        let sum = CostFigures.Cell(pence: 10_000_000_000_000_000_001, events: 10_001)
        #expect(Self.reconciled(books)?.sums.map(\.total) == Array(repeating: sum, count: 6))
    }

    @Test("differs by patient when the index has lost an event that the books have")
    func lostFromIndex() {
        let books = Self.books()
        // e1 is the first row; a reversal that was never posted.
        books.ledger.events.reverse(0, by: 0)
        #expect(Self.reconciled(books)?.agrees == false)
        #expect(Self.sum(books, .patient)?.total == CostFigures.Cell(pence: 3_013, events: 3))
        #expect(Self.sum(books, .commissioner)?.total == CostFigures.Cell(pence: 3_113, events: 4))
    }

    @Test("differs by patient when the books have an event that the index does not")
    func lostFromBooks() {
        let books = Self.books()
        let (fact, stamp) = books.commit(.costEvent(cost("e9", 5, for: nil, on: "2015-06-02", commissioner: "15E")))
        guard case .costEvent(let event) = fact else { return }
        books.ledger.costs.post(Self.posting(of: event), 1, times: 1, stamp: stamp)
        #expect(Self.reconciled(books)?.agrees == false)
        #expect(Self.sum(books, .patient)?.total.pence == 3_113)
        for way in Reconciliation.Way.allCases.dropFirst() { #expect(Self.sum(books, way)?.total.pence == 3_118) }
    }

    private static func posting(of event: CostEvent) -> Posting {
        Posting(
            date: event.serviceDate, setting: event.setting, group: nil, isCredit: false, isWithoutPatient: true,
            signedPence: event.signedPence, provider: 0, payer: 0, payerIsStated: false)
    }

    @Test("does not agree when the pence do and the events do not")
    func events() {
        let books = Self.books()
        let contact = cost("e9", 0, for: nil, on: "2015-06-02", commissioner: "15E")
        let stamp = books.commit(.costEvent(contact)).stamp
        books.ledger.costs.post(Self.posting(of: contact), 1, times: 1, stamp: stamp)
        #expect(Self.sum(books, .patient)?.total.pence == Self.sum(books, .month)?.total.pence)
        #expect(Self.reconciled(books)?.agrees == false)
    }
}
