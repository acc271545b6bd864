import ChequebookModel

/// The group dimension of cost: the contract's groups in order, then those costs that have none.
enum CostGroup {
    static let none = PatientGroup.count
    static let count = PatientGroup.count + 1

    static func index(_ group: PatientGroup?) -> Int { group.map { Int($0.rawValue) } ?? none }
}

/// What one commissioner's population has cost in one financial year, by setting, group and day.
final class CostYear {
    private let year: FinancialYear
    private let firstDay: Int
    private let monthDays: [Range<Int>]
    private var series = [DaySeries?](repeating: nil, count: CareSetting.count * CostGroup.count)
    private var credits: DaySeries?
    private var withoutPatient: DaySeries?
    private(set) var lastChange = LastChange()

    init(year: FinancialYear) {
        self.year = year
        firstDay = Int(year.firstDay.dayNumber)
        monthDays = year.months.map { $0.dayOffset..<$0.dayOffset + $0.dayCount }
    }

    /// Posts an event, or with `times` −1 takes it out again.
    func post(_ event: CostEvent, group: PatientGroup?, times: Int32, stamp: RecordStamp) {
        let day = Int(event.serviceDate.dayNumber) - firstDay
        guard let month = monthDays.firstIndex(where: { $0.contains(day) }) else { return }
        let pence = Int128(event.signedPence) * Int128(times)
        let index = Int(event.setting.rawValue) * CostGroup.count + CostGroup.index(group)
        let cell = series[index] ?? DaySeries()
        series[index] = cell
        cell.add(day: day, month: month, pence: pence, events: times)
        if event.kind == .credit {
            let all = credits ?? DaySeries()
            credits = all
            all.add(day: day, month: month, pence: pence, events: times)
        }
        if case .without = event.subject {
            let all = withoutPatient ?? DaySeries()
            withoutPatient = all
            all.add(day: day, month: month, pence: pence, events: times)
        }
        lastChange.note(stamp)
    }

    /// Cost on the days of the year before `dayEnd`.
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
}
