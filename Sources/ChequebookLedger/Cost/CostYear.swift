import ChequebookModel

/// The group dimension of cost: the contract's groups in order, then those costs that have none.
enum CostGroup {
    static let none = PatientGroup.count
    static let count = PatientGroup.count + 1

    static func index(_ group: PatientGroup?) -> Int { group.map { Int($0.rawValue) } ?? none }
}

/// What one commissioner's population has cost in one financial year.
///
/// By setting, group and day it is kept as sums, for the questions that are asked all the time. A log of changes by
/// recorded day answers the others: by provider and funder, and as of any day.
final class CostYear {
    private let firstDay: Int
    private let monthDays: [Range<Int>]
    private var series = [DaySeries?](repeating: nil, count: CareSetting.count * CostGroup.count)
    private var credits: DaySeries?
    private var withoutPatient: DaySeries?
    private var log = DayLog<CostEntry>()
    private(set) var changes = Versions<LastChange>()

    init(year: FinancialYear) {
        firstDay = Int(year.firstDay.dayNumber)
        monthDays = year.months.map { $0.dayOffset..<$0.dayOffset + $0.dayCount }
    }

    /// Posts an event, or with `times` −1 takes it out again.
    func post(_ event: CostEvent, _ place: CostPlace, times: Int32, stamp: RecordStamp) {
        let day = Int(event.serviceDate.dayNumber) - firstDay
        guard let month = monthDays.firstIndex(where: { $0.contains(day) }) else { return }
        let key = CostKey(
            day: day, setting: event.setting, group: place.group, isCredit: event.kind == .credit,
            isWithoutPatient: event.subject.patient == nil, provider: place.provider, payer: place.payer,
            payerIsStated: place.payerIsStated)
        // An event has at most 10^15 pence, so the product cannot overflow.
        let entry = CostEntry(key: key.packed, pence: event.signedPence * Int64(times), events: times)
        log.append(entry, recordedOn: stamp.recordedOn)
        let index = Int(event.setting.rawValue) * CostGroup.count + CostGroup.index(place.group)
        Self.add(entry, day, month, to: &series[index])
        if key.isCredit { Self.add(entry, day, month, to: &credits) }
        if key.isWithoutPatient { Self.add(entry, day, month, to: &withoutPatient) }
        changes.note(stamp)
    }

    private static func add(_ entry: CostEntry, _ day: Int, _ month: Int, to series: inout DaySeries?) {
        let all = series ?? DaySeries()
        series = all
        all.add(day: day, month: month, pence: Int128(entry.pence), events: entry.events)
    }

    /// Cost on the days of the year before `dayEnd`, as things stand.
    func figures(before dayEnd: Int) -> CostFigures {
        var figures = CostFigures()
        for index in series.indices {
            guard let cell = series[index] else { continue }
            for month in 0..<12 {
                let sum = cell.sum(month: month, days: monthDays[month], before: dayEnd)
                figures.cells[index * 12 + month] = CostFigures.Cell(pence: sum.pence, events: sum.events)
            }
        }
        for month in 0..<12 {
            figures.creditsPence += credits?.sum(month: month, days: monthDays[month], before: dayEnd).pence ?? 0
            figures.withoutPatientPence +=
                withoutPatient?.sum(month: month, days: monthDays[month], before: dayEnd).pence ?? 0
        }
        return figures
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

/// Where a posting belongs inside a commissioner's year.
struct CostPlace {
    let group: PatientGroup?
    let provider: UInt32
    let payer: UInt32
    let payerIsStated: Bool
}
