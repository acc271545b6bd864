import CMemory

/// Cost and number of events for each day of one financial year, with sums by month kept beside them.
///
/// A sum through any day adds at most eleven months and thirty-one days, however many events there are.
///
/// A cell is one 128-bit integer, pence × 2^32 + events, so that booking an event is one addition for its day and one
/// for its month. An event is taken out only where it was posted, so the count is never negative; 2^32 events of 10^15
/// pence fit.
struct DaySeries {
    private static var dayCount: Int { 366 }
    private static var monthCount: Int { 12 }

    private let cells: UnsafeMutablePointer<Int128>

    /// Memory of its own, which whoever makes it gives back with `deallocate`.
    static func allocate() -> DaySeries {
        let cells = UnsafeMutablePointer<Int128>.allocate(capacity: dayCount + monthCount)
        cells.initialize(repeating: 0, count: dayCount + monthCount)
        return DaySeries(cells: cells)
    }

    func deallocate() { cells.deallocate() }

    @inline(__always)
    func add(day: Int, month: Int, pence: Int64, events: Int64) {
        assert(day < Self.dayCount && month < Self.monthCount, "not in a year")
        let change = Int128(pence) << 32 + Int128(events)
        cells[day] += change
        cells[Self.dayCount + month] += change
    }

    /// The sum of month `month`, of which only the days of the year before `dayEnd` count.
    func sum(month: Int, days: Range<Int>, before dayEnd: Int) -> (pence: Int128, events: Int) {
        guard days.lowerBound < dayEnd else { return (0, 0) }
        var sum = cells[Self.dayCount + month]
        if days.upperBound > dayEnd {
            sum = 0
            for day in days.lowerBound..<dayEnd { sum += cells[day] }
        }
        return (sum >> 32, Int(UInt32(truncatingIfNeeded: sum)))
    }

    private var byteCount: Int { (Self.dayCount + Self.monthCount) * MemoryLayout<Int128>.size }

    func put(in image: LedgerImage) { image.putMemory(UnsafeRawBufferPointer(start: cells, count: byteCount)) }

    func read(from image: ImageReader) throws { try image.memory(cells, byteCount: byteCount) }

    /// Asks for the memory of the cells that an event on the day changes.
    @inline(__always)
    func prefetch(day: Int, month: Int) {
        chequebook_prefetch(cells + day)
        chequebook_prefetch(cells + Self.dayCount + month)
    }
}
