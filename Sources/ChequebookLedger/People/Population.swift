import ChequebookModel

/// One commissioner's registered population, as changes in the number of people of each kind by day.
///
/// It answers for any year how many people of which age, sex and group were registered on which days, and a statement
/// with no end costs one entry. A kind is a cohort, not an age, so that nobody has to be moved on 1 April.
struct Population {
    /// People who have the same age on every 1 April, the same sex and group.
    struct Profile: Hashable {
        /// The year on whose 1 April they are, or would be, 0 years old.
        let cohort: Int16
        let sex: Sex
        let group: PatientGroup

        init(born: CalendarDate, sex: Sex, group: PatientGroup) {
            let (year, month, day) = born.components
            cohort = Int16((month, day) <= (4, 1) ? year : year + 1)
            self.sex = sex
            self.group = group
        }

        /// Age in whole years on 1 April of the year; 0 for someone born later in it.
        func ageYears(in year: FinancialYear) -> Int { max(0, year.startYear - Int(cohort)) }
    }

    struct Change {
        /// Day number.
        let day: Int32
        var people: Int32
    }

    private(set) var changes: [Profile: [Change]] = [:]
    /// Counts every edit, so that figures reckoned from it can tell whether they still hold.
    private(set) var edition: UInt64 = 0

    /// Adds (or with −1 takes away) one person on the days of the span; `until` nil for no end.
    mutating func add(_ people: Int32, _ profile: Profile, from: CalendarDate, until: CalendarDate?) {
        edition += 1
        var list = changes.removeValue(forKey: profile) ?? []
        Self.add(people, on: from.dayNumber, to: &list)
        if let until { Self.add(-people, on: until.dayNumber, to: &list) }
        if !list.isEmpty { changes[profile] = list }
    }

    private static func add(_ people: Int32, on day: Int32, to list: inout [Change]) {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].day < day { low = middle + 1 } else { high = middle }
        }
        guard low < list.count, list[low].day == day else {
            list.insert(Change(day: day, people: people), at: low)
            return
        }
        list[low].people += people
        if list[low].people == 0 { list.remove(at: low) }
    }
}
