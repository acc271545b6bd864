import ChequebookModel

/// Every commissioner's cost years, those of unattributed costs included.
struct CostBook: ~Copyable {
    /// The books of one financial year by commissioner, as many as the highest commissioner in it needs.
    ///
    /// Unmanaged, because counting who holds a book for a moment would cost more than to post an event in it. The books
    /// are let go with this.
    private struct Shelf {
        var books: UnsafeMutablePointer<Unmanaged<CostYear>?>?
        var count = 0
    }

    /// By years since 1900.
    private let shelves: UnsafeMutablePointer<Shelf>

    init() {
        shelves = .allocate(capacity: YearDays.yearCount)
        shelves.initialize(repeating: Shelf(books: nil), count: YearDays.yearCount)
    }

    deinit {
        for year in 0..<YearDays.yearCount {
            for index in 0..<shelves[year].count { shelves[year].books?[index]?.release() }
            shelves[year].books?.deallocate()
        }
        shelves.deallocate()
    }

    /// The years that any cost falls in, oldest first.
    var allYears: [FinancialYear] {
        (0..<YearDays.yearCount).filter { shelves[$0].count > 0 }.compactMap { FinancialYear(startYear: 1900 + $0) }
    }

    func year(_ commissioner: CommissionerIndex, _ year: FinancialYear) -> CostYear? {
        book(commissioner, year.startYear - 1900)?.takeUnretainedValue()
    }

    /// Posts under a commissioner, or with `times` −1 takes out. A day outside every financial year that the contract
    /// knows (early 1900) is in no total.
    @inline(__always)
    mutating func post(_ posting: Posting, _ commissioner: CommissionerIndex, times: Int64, stamp: RecordStamp) {
        guard let days = YearDays(posting.date) else { return }
        let book = book(commissioner, days.yearIndex) ?? make(commissioner, days.yearIndex)
        book._withUnsafeGuaranteedRef { $0.post(posting, days, times: times, stamp: stamp) }
    }

    /// Asks for the memory of the sums that a posting will change.
    @inline(__always)
    func prefetch(
        _ date: CalendarDate, _ setting: CareSetting, _ group: PatientGroup?, _ commissioner: CommissionerIndex
    ) {
        guard let days = YearDays(date), let book = book(commissioner, days.yearIndex) else { return }
        book._withUnsafeGuaranteedRef { $0.prefetch(days, setting, group) }
    }

    func put(in image: LedgerImage) {
        for year in 0..<YearDays.yearCount {
            let shelf = shelves[year]
            let indices = (0..<shelf.count).filter { shelf.books?[$0] != nil }
            image.put(indices.count)
            for index in indices {
                image.put(index)
                shelf.books?[index]?._withUnsafeGuaranteedRef { $0.put(in: image) }
            }
        }
    }

    /// Reads the books of an image, which knows so many bodies, into a shelf that has none.
    mutating func read(from image: ImageReader, bodyCount: Int) throws {
        for year in 0..<YearDays.yearCount {
            var next = 0
            for _ in 0..<(try image.count(bytesEach: MemoryLayout<UInt64>.size, "the number of books")) {
                let index = try image.int()
                try image.expect((next..<bodyCount).contains(index), "the body of a book")
                next = index + 1
                try make(CommissionerIndex(index), year)._withUnsafeGuaranteedRef { try $0.read(from: image) }
            }
        }
    }

    @inline(__always)
    private func book(_ commissioner: CommissionerIndex, _ year: Int) -> Unmanaged<CostYear>? {
        Int(commissioner) < shelves[year].count ? shelves[year].books?[Int(commissioner)] : nil
    }

    private mutating func make(_ commissioner: CommissionerIndex, _ year: Int) -> Unmanaged<CostYear> {
        let shelf = shelves[year]
        if Int(commissioner) >= shelf.count {
            let count = max(Int(commissioner) + 1, shelf.count * 2)
            let larger = UnsafeMutablePointer<Unmanaged<CostYear>?>.allocate(capacity: count)
            larger.initialize(repeating: nil, count: count)
            if let books = shelf.books {
                larger.update(from: books, count: shelf.count)
                books.deallocate()
            }
            shelves[year] = Shelf(books: larger, count: count)
        }
        let book = Unmanaged.passRetained(CostYear(startYear: 1900 + year))
        shelves[year].books?[Int(commissioner)] = book
        return book
    }
}
