import ChequebookModel

/// The group dimension of cost: the contract's groups in order, then those costs that have none.
enum CostGroup {
    static var none: Int { PatientGroup.count }
    static var count: Int { PatientGroup.count + 1 }

    static func index(_ group: PatientGroup?) -> Int { group.map { Int($0.rawValue) } ?? none }
}

/// What one commissioner's population has cost in one financial year.
///
/// By setting, group and day it is kept as sums, for the questions that are asked all the time. A log of changes by
/// recorded day answers the others: by provider and funder, and as of any day.
final class CostYear {
    private static var seriesCount: Int { CareSetting.count * CostGroup.count }
    private static var credits: Int { seriesCount }
    private static var withoutPatient: Int { seriesCount + 1 }

    private let monthDays: [Range<Int>]
    /// By setting and group, then those of credits and of costs without a patient; nil until there is any cost.
    private let series: UnsafeMutablePointer<DaySeries?>
    private var log = DayLog<CostEntry>()
    private(set) var changes = Versions<LastChange>()

    /// - Parameter startYear: 1900 to 2198.
    init(startYear: Int) {
        let months = FinancialYear(startYear: startYear)?.months ?? []
        monthDays = months.map { $0.dayOffset..<$0.dayOffset + $0.dayCount }
        series = .allocate(capacity: Self.seriesCount + 2)
        series.initialize(repeating: nil, count: Self.seriesCount + 2)
    }

    deinit {
        for index in 0..<Self.seriesCount + 2 { series[index]?.deallocate() }
        series.deallocate()
    }

    /// Posts, or with `times` −1 takes out again.
    func post(_ posting: Posting, _ days: YearDays, times: Int64, stamp: RecordStamp) {
        let key = CostKey(
            day: days.day, setting: posting.setting, group: posting.group, isCredit: posting.isCredit,
            isWithoutPatient: posting.isWithoutPatient, provider: posting.provider, payer: posting.payer,
            payerIsStated: posting.payerIsStated)
        let pence = posting.signedPence * times
        log.append(CostEntry(key: key.packed, pence: pence, events: times), recordedOn: stamp.recordedOn)
        series(Self.index(posting.setting, posting.group)).add(
            day: days.day, month: days.month, pence: pence, events: times)
        if posting.isCredit { series(Self.credits).add(day: days.day, month: days.month, pence: pence, events: times) }
        if posting.isWithoutPatient {
            series(Self.withoutPatient).add(day: days.day, month: days.month, pence: pence, events: times)
        }
        changes.note(stamp)
    }

    func put(in image: LedgerImage) {
        let made = (0..<Self.seriesCount + 2).filter { series[$0] != nil }
        image.put(made.count)
        for index in made {
            image.put(index)
            series[index]?.put(in: image)
        }
        log.put(in: image)
        changes.put(in: image)
    }

    /// Reads what an image has into a book in which nothing is.
    func read(from image: ImageReader) throws {
        for _ in 0..<(try image.count(bytesEach: MemoryLayout<UInt64>.size, "the number of series")) {
            let index = try image.int()
            try image.expect((0..<Self.seriesCount + 2).contains(index), "the place of a series")
            try series(index).read(from: image)
        }
        log = try DayLog(from: image)
        changes = try Versions(from: image)
    }

    /// Asks for the memory of the day's sum.
    @inline(__always)
    func prefetch(_ days: YearDays, _ setting: CareSetting, _ group: PatientGroup?) {
        guard let series = series[Self.index(setting, group)] else { return }
        series.prefetch(day: days.day, month: days.month)
    }

    @inline(__always)
    private static func index(_ setting: CareSetting, _ group: PatientGroup?) -> Int {
        Int(setting.rawValue) * CostGroup.count + CostGroup.index(group)
    }

    @inline(__always)
    private func series(_ index: Int) -> DaySeries {
        if let there = series[index] { return there }
        let made = DaySeries.allocate()
        series[index] = made
        return made
    }

    /// Cost on the days of the year before `dayEnd`, as things stand.
    func figures(before dayEnd: Int) -> CostFigures {
        var figures = CostFigures()
        for index in 0..<Self.seriesCount {
            guard let cell = series[index] else { continue }
            for month in 0..<12 {
                let sum = cell.sum(month: month, days: monthDays[month], before: dayEnd)
                figures.cells[index * 12 + month] = CostFigures.Cell(pence: sum.pence, events: sum.events)
            }
        }
        figures.creditsPence = pence(Self.credits, before: dayEnd)
        figures.withoutPatientPence = pence(Self.withoutPatient, before: dayEnd)
        return figures
    }

    private func pence(_ index: Int, before dayEnd: Int) -> Int128 {
        guard let all = series[index] else { return 0 }
        return (0..<12).reduce(0) { $0 + all.sum(month: $1, days: monthDays[$1], before: dayEnd).pence }
    }

    /// The same at any moment, from the log, with a line for each setting, group, month, provider, payer and kind.
    func detailedFigures(before dayEnd: Int, at moment: Moment) -> (figures: CostFigures, lines: [Line]) {
        var figures = CostFigures()
        var cells: [UInt64: CostFigures.Cell] = [:]
        let monthOfDay = monthDays.enumerated().flatMap { month, days in days.map { _ in month } }
        for entry in log.upTo(moment) {
            let key = CostKey(packed: entry.key)
            guard key.day < dayEnd else { continue }
            let month = monthOfDay[key.day]
            let cell = CostFigures.Cell(pence: Int128(entry.pence), events: Int(entry.events))
            figures[key.setting, key.group, month] += cell
            if key.isCredit { figures.creditsPence += cell.pence }
            if key.isWithoutPatient { figures.withoutPatientPence += cell.pence }
            cells[Self.withMonth(month, entry.key), default: CostFigures.Cell()] += cell
        }
        let lines = cells.filter { $0.value != CostFigures.Cell() }.map { packed, cell in
            let key = CostKey(packed: packed)
            return Line(key: key, month: key.day, cell: cell)
        }
        return (figures, lines)
    }

    /// One cell of a detailed answer; the key's day is its month.
    struct Line {
        let key: CostKey
        let month: Int
        let cell: CostFigures.Cell
    }

    /// The key with the month in place of the day.
    private static func withMonth(_ month: Int, _ packed: UInt64) -> UInt64 {
        packed & ~0x1ff | UInt64(month)
    }
}
