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

    func year(_ commissioner: CommissionerIndex, _ year: FinancialYear) -> CostYear? {
        years[Key(commissioner: commissioner, startYear: Int16(year.startYear))]
    }

    /// Posts an event under a commissioner and a group, or with `times` −1 takes it out. A day outside every financial
    /// year that the contract knows (early 1900) is in no total.
    mutating func post(
        _ event: CostEvent, _ commissioner: CommissionerIndex, group: PatientGroup?, times: Int32, stamp: RecordStamp
    ) {
        guard let year = FinancialYear(containing: event.serviceDate) else { return }
        let key = Key(commissioner: commissioner, startYear: Int16(year.startYear))
        if let latest, latest.key == key {
            latest.year.post(event, group: group, times: times, stamp: stamp)
            return
        }
        let book = years[key] ?? CostYear(year: year)
        years[key] = book
        latest = (key, book)
        book.post(event, group: group, times: times, stamp: stamp)
    }
}
