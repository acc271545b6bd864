/// A financial year, 1 April to 31 March, with its twelve months spelled out.
struct ReferenceYear: Hashable, Sendable {
    struct Month: Hashable, Sendable {
        /// `2015-04`.
        let name: String
        let first: Day
        let last: Day
    }

    /// The calendar year of its 1 April.
    let start: Int
    let first: Day
    let last: Day
    /// April first.
    let months: [Month]

    /// The financial year that begins on 1 April of `start`.
    init(start: Int) {
        self.start = start
        var months: [Month] = []
        var first = Day.firstOf(month: 4, year: start)
        for offset in 0..<12 {
            let month = (3 + offset) % 12 + 1
            let year = month >= 4 ? start : start + 1
            let last = first + (Day.monthLengths(of: year)[month - 1] - 1)
            months.append(Month(name: "\(year)-\(twoDigits(month))", first: first, last: last))
            first = last + 1
        }
        self.months = months
        self.first = months[0].first
        self.last = months[11].last
    }

    /// Reads `2015-16`; the second part must be the year after, in two digits.
    init?(_ text: String) {
        guard let start = Int(text.prefix(4)), (1900...2198).contains(start) else { return nil }
        self.init(start: start)
        guard name == text else { return nil }
    }

    /// The financial year that has the day in it.
    init(containing day: Day) {
        let date = day.calendar
        self.init(start: date.month >= 4 ? date.year : date.year - 1)
    }

    var name: String { "\(start)-\(twoDigits((start + 1) % 100))" }

    /// N of the contract: 365 or 366.
    var dayCount: Int { last.number - first.number + 1 }

    func contains(_ day: Day) -> Bool { first <= day && day <= last }

    /// Whole years lived on 1 April of this year; 0 for someone born later in it.
    func age(bornOn born: Day) -> Int {
        let date = born.calendar
        let hadBirthday = (date.month, date.day) <= (4, 1)
        return max(0, start - date.year - (hadBirthday ? 0 : 1))
    }
}

extension Day {
    /// For months that are known to exist.
    static func firstOf(month: Int, year: Int) -> Day {
        Day(number: daysBefore(year: year) + monthLengths(of: year)[..<(month - 1)].reduce(0, +))
    }
}
