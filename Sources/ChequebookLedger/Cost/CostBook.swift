import ChequebookModel

/// Every commissioner's cost years, those of unattributed costs included.
struct CostBook {
    private struct Key: Hashable {
        let commissioner: CommissionerIndex
        let startYear: Int16
    }

    private var years: [Key: CostYear] = [:]
    /// The year found last: events come in runs of one year and few commissioners.
    private var latest: (key: Key, year: CostYear)?

    /// The years that any cost falls in, oldest first.
    var allYears: [FinancialYear] {
        Set(years.keys.map(\.startYear)).sorted().compactMap { FinancialYear(startYear: Int($0)) }
    }

    func year(_ commissioner: CommissionerIndex, _ year: FinancialYear) -> CostYear? {
        years[Key(commissioner: commissioner, startYear: Int16(year.startYear))]
    }

    /// Posts an event under a commissioner, or with `times` −1 takes it out. A day outside every financial
    /// year that the contract knows (early 1900) is in no total.
    mutating func post(
        _ event: CostEvent, _ commissioner: CommissionerIndex, _ place: CostPlace, times: Int32, stamp: RecordStamp
    ) {
        guard let year = FinancialYear(containing: event.serviceDate) else { return }
        let key = Key(commissioner: commissioner, startYear: Int16(year.startYear))
        if let latest, latest.key == key {
            latest.year.post(event, place, times: times, stamp: stamp)
            return
        }
        let book = years[key] ?? CostYear(year: year)
        years[key] = book
        latest = (key, book)
        book.post(event, place, times: times, stamp: stamp)
    }
}
