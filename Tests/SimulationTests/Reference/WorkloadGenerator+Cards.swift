extension WorkloadGenerator {
    mutating func nationalCardChange() -> Operation {
        let year = random.pick(years)
        return .putNationalCard(year: year.name, card: nationalCard(of: year))
    }

    /// Rates for most settings; a national card has no weights.
    mutating func nationalCard(of year: ReferenceYear) -> ReferenceCard {
        ReferenceCard(funders: funders(), rates: rates(of: year, settingsPercent: 75))
    }

    /// Rates for a few settings or none, and weights with up to six places.
    mutating func ownCardChange() -> Operation {
        let year = random.pick(years)
        var card = ReferenceCard(funders: funders(), rates: rates(of: year, settingsPercent: 30))
        if random.chance(percent: 15) { card.rates = [] }
        if random.chance(percent: 60) { card.weight = weight() }
        for setting in ReferenceWords.settings where random.chance(percent: 25) { card.weights[setting] = weight() }
        return .putOwnCard(commissioner: commissioner(), year: year.name, card: card)
    }

    private mutating func weight() -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: random.pick(["0", "1", "100", "0.000001", "99.999999", "1.0"])
        case 1: random.pick(["1.0532", "1.347", "0.333333", "0.5"])
        default: Fraction(Int128.random(in: 800_000...1_250_000, using: &random), over: 1_000_000).decimal(places: 6)
        }
    }

    private mutating func funders() -> [String: String] {
        guard features.contains(.funders) else {
            return random.chance(percent: 30) ? ["primary": "X24", "social": "council"] : [:]
        }
        var funders: [String: String] = [:]
        for setting in ReferenceWords.settings where random.chance(percent: 35) {
            funders[setting] = random.pick(["X24", "15E", "05", "council", "council"])
        }
        return funders
    }

    private mutating func annualPence() -> Int128 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: random.pick([0, 1, 1_000_000_000_000])
        case 1..<4: random.pick([1, 3, 7, 36_500, 36_600, 100])
        default: Int128.random(in: 1...400_000, using: &random)
        }
    }

    private mutating func rates(of year: ReferenceYear, settingsPercent: Int) -> [ReferenceRate] {
        var rates: [ReferenceRate] = []
        for setting in ReferenceWords.settings where random.chance(percent: settingsPercent) {
            rates += pattern(of: year).map { pattern in
                var rate = pattern
                rate.setting = setting
                rate.annualPence = annualPence()
                return rate
            }
        }
        // Beside a rate that may leave no room for it.
        if !rates.isEmpty, random.chance(percent: 8) {
            var rate = random.pick(rates)
            rate.sex = random.pick(Self.sexes)
            rate.until = nil
            rates.append(rate)
        }
        return rates.shuffled(using: &random)
    }

    /// Rates side by side that never meet, often with gaps in which nothing applies.
    private mutating func pattern(of year: ReferenceYear) -> [ReferenceRate] {
        let all = ReferenceRate(setting: "", annualPence: 0)
        var pattern = [all]
        if random.chance(percent: 40) {
            let age = random.pick([0, 17, 64])
            let gap = random.chance(percent: 25) ? 2 : 1
            pattern = pattern.flatMap { split($0, { $0.ageThrough = age }, { $0.ageFrom = age + gap }) }
        }
        if random.chance(percent: 25) {
            pattern = pattern.flatMap { split($0, { $0.sex = "female" }, { $0.sex = "male" }) }
        }
        if random.chance(percent: 25) {
            let groups = ReferenceWords.groups.shuffled(using: &random)
            pattern = pattern.flatMap { split($0, { $0.group = groups[0] }, { $0.group = groups[1] }) }
        }
        if random.chance(percent: 35) {
            let change = random.pick([year.first + 1, year.first + 183, year.last - 31, year.last - 30, year.last])
            let gap = random.chance(percent: 20) ? 1 : 0
            pattern = pattern.flatMap { split($0, { $0.until = change - gap }, { $0.from = change }) }
            // A rate that would end on 1 April could never apply.
            pattern.removeAll { $0.until.map { $0 <= year.first } ?? false }
        }
        return pattern
    }

    private func split(
        _ rate: ReferenceRate, _ first: (inout ReferenceRate) -> Void, _ second: (inout ReferenceRate) -> Void
    ) -> [ReferenceRate] {
        var parts = (rate, rate)
        first(&parts.0)
        second(&parts.1)
        return [parts.0, parts.1]
    }
}
