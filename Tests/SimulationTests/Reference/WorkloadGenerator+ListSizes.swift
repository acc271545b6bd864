extension WorkloadGenerator {
    /// Mostly for the first two commissioners, so that the others keep their registered people.
    mutating func listSizesChange() -> Operation {
        let year = random.pick(years)
        let date = random.chance(percent: 50) ? year.first : anyDay()
        return .putListSizes(
            commissioner: random.chance(percent: 85) ? random.pick(Array(codes.prefix(2))) : commissioner(),
            date: date, bands: bands())
    }

    /// Bands side by side; now and then none, or one that leaves no room for another.
    private mutating func bands() -> [ReferenceListSize] {
        if random.chance(percent: 8) { return [] }
        var bands = [ReferenceListSize(people: 0)]
        if random.chance(percent: 50) {
            let age = random.pick([0, 17, 64])
            let gap = random.chance(percent: 25) ? 2 : 1
            bands = bands.flatMap { split($0, { $0.ageThrough = age }, { $0.ageFrom = age + gap }) }
        }
        if random.chance(percent: 25) {
            // Both ends given, as in a published table.
            bands = bands.flatMap { split($0, { $0.ageFrom = max($0.ageFrom ?? 0, 65) }, { $0.ageThrough = 64 }) }
            bands.removeAll { $0.ageFrom ?? 0 > $0.ageThrough ?? .max }
        }
        if random.chance(percent: 35) {
            bands = bands.flatMap { split($0, { $0.sex = "female" }, { $0.sex = "male" }) }
        }
        if random.chance(percent: 35) {
            let groups = ReferenceWords.groups.shuffled(using: &random)
            bands = bands.flatMap { split($0, { $0.group = groups[0] }, { $0.group = groups[1] }) }
        }
        for index in bands.indices { bands[index].people = peopleCount() }
        if random.chance(percent: 10) {
            var band = random.pick(bands)
            band.sex = random.pick([nil, "female", "unknown"])
            band.people = peopleCount()
            bands.append(band)
        }
        return bands.shuffled(using: &random)
    }

    private mutating func peopleCount() -> Int {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: 0
        case 1: random.pick([1, 1_000_000_000])
        default: Int.random(in: 1...9_000, using: &random)
        }
    }

    private func split(
        _ band: ReferenceListSize, _ first: (inout ReferenceListSize) -> Void,
        _ second: (inout ReferenceListSize) -> Void
    ) -> [ReferenceListSize] {
        var parts = (band, band)
        first(&parts.0)
        second(&parts.1)
        return [parts.0, parts.1]
    }
}
