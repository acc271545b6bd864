import ChequebookModel

/// One commissioner's registered population, as changes in the number of people of each kind by day.
///
/// It answers for any year how many people of which age, sex and group were registered on which days, and a statement
/// with no end costs one entry. A kind is a cohort, not an age, so that nobody has to be moved on 1 April.
struct Population {
    /// People who have the same age on every 1 April, the same sex, group and council.
    struct Profile: Hashable {
        /// The year on whose 1 April they are, or would be, 0 years old.
        let cohort: Int16
        let sex: Sex
        let group: PatientGroup
        /// Number of the council's code; 0 for none.
        let council: UInt32

        init(born: CalendarDate, sex: Sex, group: PatientGroup, council: UInt32) {
            let (year, month, day) = born.components
            cohort = Int16((month, day) <= (4, 1) ? year : year + 1)
            self.sex = sex
            self.group = group
            self.council = council
        }

        /// Bits, from the lowest: cohort since 1900 9, sex 2, group 3, council 20.
        var packed: UInt64 {
            UInt64(cohort - 1900) | UInt64(sex.rawValue) << 9 | UInt64(group.rawValue) << 11 | UInt64(council) << 14
        }

        /// One word: hashing field by field takes several times as long.
        func hash(into hasher: inout Hasher) { hasher.combine(packed) }

        /// Age in whole years on 1 April of the year; 0 for someone born later in it.
        func ageYears(in year: FinancialYear) -> Int { max(0, year.startYear - Int(cohort)) }
    }

    struct Change: Equatable {
        /// Day number.
        let day: Int32
        var people: Int32
    }

    private(set) var changes: [Profile: [Change]] = [:]
    private var log = DayLog<PopulationEntry>()
    /// Counts every edit, so that figures reckoned from it can tell whether they still hold.
    private(set) var edition: UInt64 = 0

    init() {}

    /// Adds (or with −1 takes away) one person on the days of the span; `until` nil for no end.
    mutating func add(
        _ people: Int32, _ profile: Profile, from: CalendarDate, until: CalendarDate?, recordedOn: CalendarDate
    ) {
        edition += 1
        Self.add(people, profile, on: from.dayNumber, to: &changes)
        log.append(PopulationEntry(profile, day: from.dayNumber, people: people), recordedOn: recordedOn)
        guard let until else { return }
        Self.add(-people, profile, on: until.dayNumber, to: &changes)
        log.append(PopulationEntry(profile, day: until.dayNumber, people: -people), recordedOn: recordedOn)
    }

    /// The changes as they stood at a moment.
    func changes(at moment: Moment) -> [Profile: [Change]] {
        if moment == .now { return changes }
        var past: [Profile: [Change]] = [:]
        for entry in log.upTo(moment) { Self.add(entry.people, entry.profile, on: entry.day, to: &past) }
        return past
    }

    func put(in image: LedgerImage) { log.put(in: image) }

    /// Present changes are the sum of what the log has of them.
    init(from image: ImageReader) throws {
        log = try DayLog(from: image)
        // So that no sum of some of them overflows.
        let moved = log.upTo(.now).reduce(into: Int64(0)) { $0 += Int64($1.people.magnitude) }
        try image.expect(moved <= Int32.max, "the size of a population")
        for entry in log.upTo(.now) {
            try image.expect(entry.isPossible, "a change of a population")
            Self.add(entry.people, entry.profile, on: entry.day, to: &changes)
        }
    }

    private static func add(
        _ people: Int32, _ profile: Profile, on day: Int32, to changes: inout [Profile: [Change]]
    ) {
        // In place: the list is neither taken out nor looked for again.
        let isEmpty = add(people, on: day, to: &changes[profile, default: []])
        if isEmpty { changes[profile] = nil }
    }

    /// Whether nothing is left in the list.
    private static func add(_ people: Int32, on day: Int32, to list: inout [Change]) -> Bool {
        var low = 0
        var high = list.count
        while low < high {
            let middle = (low + high) / 2
            if list[middle].day < day { low = middle + 1 } else { high = middle }
        }
        guard low < list.count, list[low].day == day else {
            list.insert(Change(day: day, people: people), at: low)
            return false
        }
        list[low].people += people
        if list[low].people == 0 { list.remove(at: low) }
        return list.isEmpty
    }
}

/// A change of the number of people of one kind from one day on, sixteen bytes.
struct PopulationEntry: LogEntry {
    /// Bits, from the lowest: day since 1900 17, then the profile's.
    let key: UInt64
    var people: Int32
    /// No byte is left to chance: images are compared.
    private let unused: Int32 = 0

    init(_ profile: Population.Profile, day: Int32, people: Int32) {
        key = UInt64(day - CalendarDate.min.dayNumber) | profile.packed << 17
        self.people = people
    }

    var day: Int32 { Int32(key & 0x1ffff) + CalendarDate.min.dayNumber }

    var profile: Population.Profile { Population.Profile(packed: key >> 17) }

    var isNothing: Bool { people == 0 }

    /// Whether its key has a profile in it.
    var isPossible: Bool { Population.Profile.isPossible(packed: key >> 17) }

    mutating func merge(_ other: PopulationEntry) -> Bool {
        let (people, overflows) = people.addingReportingOverflow(other.people)
        if !overflows { self.people = people }
        return !overflows
    }
}

extension Population.Profile {
    fileprivate static func isPossible(packed: UInt64) -> Bool {
        Int(packed >> 9 & 0b11) < Sex.allCases.count && Int(packed >> 11 & 0b111) < PatientGroup.allCases.count
    }

    /// The profile that was packed so.
    fileprivate init(packed: UInt64) {
        cohort = Int16(packed & 0x1ff) + 1900
        sex = Sex.allCases[Int(packed >> 9 & 0b11)]
        group = PatientGroup.allCases[Int(packed >> 11 & 0b111)]
        council = UInt32(packed >> 14 & 0xfffff)
    }
}
