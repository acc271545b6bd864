extension ReferenceLedger {
    /// Returns `stored`, `unknown-commissioner` or `overlapping-list-sizes`.
    ///
    /// What is stored takes the place of everything said before about that date; no bands at all mean nobody.
    @discardableResult
    mutating func putListSizes(
        commissioner: String, date: Day, bands: [ReferenceListSize], recordedOn today: Day
    ) -> String {
        guard register[commissioner] != nil else { return "unknown-commissioner" }
        for (index, band) in bands.enumerated() {
            for other in bands[..<index] where band.overlaps(other) { return "overlapping-list-sizes" }
        }
        listSizes.append(.init(.init(commissioner: commissioner, date: date, bands: bands), on: today))
        return "stored"
    }

    /// What stands for each date, oldest first.
    func listSizes(of commissioner: String) -> [(date: Day, bands: [ReferenceListSize])] {
        var bands: [Day: [ReferenceListSize]] = [:]
        for said in listSizes.map(\.fact) where said.commissioner == commissioner { bands[said.date] = said.bands }
        return bands.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What the budget of a year is reckoned from.
    func basis(of commissioner: String, year: ReferenceYear) -> String {
        listSizes(of: commissioner).contains { $0.date <= year.first } ? "list-size" : "registered"
    }
}

extension ReferenceListSize {
    /// Whether one person could be counted in both.
    func overlaps(_ other: ReferenceListSize) -> Bool {
        max(ageFrom ?? 0, other.ageFrom ?? 0) <= min(ageThrough ?? .max, other.ageThrough ?? .max)
            && (sex == nil || other.sex == nil || sex == other.sex)
            && (group == nil || other.group == nil || group == other.group)
    }
}
