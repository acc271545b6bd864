import ChequebookModel

/// One commissioner's list sizes by date, with what they were before.
struct ListSizeBook {
    private var lists: [CalendarDate: Versions<[ListSizeBand]>] = [:]
    /// Counts every edit, so that figures reckoned from lists can tell whether they still hold.
    private(set) var edition: UInt64 = 0

    func bands(_ date: CalendarDate) -> [ListSizeBand]? { lists[date]?.current }

    mutating func put(_ list: ListSizes, recordedOn: CalendarDate) -> Outcome {
        guard list.overlappingBands() == nil else { return .refused(.overlappingListSizes) }
        let before = lists[list.date]?.current
        guard before != list.bands else { return .unchanged }
        lists[list.date, default: Versions()].set(list.bands, recordedOn: recordedOn)
        edition += 1
        return before == nil ? .created : .replaced
    }

    /// The lists in force in a year, each with the days of the year on which it is, oldest first; nil if none holds on
    /// its 1 April, when the year's basis is registration.
    func inForce(_ year: FinancialYear, at moment: Moment) -> [(days: Range<Int>, bands: [ListSizeBand])]? {
        let dated = lists.compactMap { date, versions in versions.value(at: moment).map { (date: date, bands: $0) } }
            .filter { $0.date <= year.lastDay }
            .sorted { $0.date < $1.date }
        guard let first = dated.lastIndex(where: { $0.date <= year.firstDay }) else { return nil }
        let held = dated[first...]
        let starts = held.map { max(0, Int($0.date.dayNumber - year.firstDay.dayNumber)) }
        let ends = starts.dropFirst() + [year.dayCount]
        return zip(held, zip(starts, ends)).map { ($1.0..<$1.1, $0.bands) }
    }
}
