import Testing

/// England's list sizes in the real binary, every penny compared with what the lists alone say.
@Suite("The nation's list sizes")
struct NationalTests {
    private typealias Rate = ListedBudget.Rate

    @Test("of 106 CCGs in eight age bands give each its budget, and the nation the sum of what is written")
    func byAge() throws {
        // 2021-22 has 365 days. Everybody is on one of these lists: England in mid-2020.
        let columns: [(name: String, ages: ClosedRange<Int>)] = [
            ("age_0_4", 0...4), ("age_5_15", 5...15), ("age_16_44", 16...44), ("age_45_64", 45...64),
            ("age_65_69", 65...69), ("age_70_74", 70...74), ("age_75_84", 75...84),
            ("age_85_plus", 85...ListedBudget.endlessAge),
        ]
        let secondary = [52_000, 21_501, 40_507, 61_003, 98_009, 121_001, 168_011, 214_013]
        var rates = zip(columns, secondary).map { Rate(setting: "secondary", annualPence: $1, ages: $0.ages) }
        // Community care has rates that each hold several bands, prescribing one for all ages; the first of social
        // care ends within the band from 16 to 44, which has no rate then.
        rates += [
            Rate(setting: "primary", annualPence: 11_207, ages: 0...64),
            Rate(setting: "primary", annualPence: 24_683, ages: 65...ListedBudget.endlessAge),
            Rate(setting: "community", annualPence: 6_211, ages: 0...44),
            Rate(setting: "community", annualPence: 19_427, ages: 45...84),
            Rate(setting: "community", annualPence: 78_101, ages: 85...ListedBudget.endlessAge),
            Rate(setting: "prescribing", annualPence: 14_653),
            Rate(setting: "social", annualPence: 14_519, ages: 0...17),
            Rate(setting: "social", annualPence: 36_187, ages: 45...ListedBudget.endlessAge),
        ]
        let budgets = try ReferenceTable("ccg_resident_population_mid2020_by_age.csv").rows.map { row in
            let bands = try columns.map { ListedBudget.Band(ages: $0.ages, people: try row.integer($0.name)) }
            let budget = ListedBudget(code: try row.text("ccg_code"), bands: bands, rates: rates, yearDays: 365)
            #expect(try budget.people == row.integer("total"))
            return budget
        }
        let service = try NationalService(codes: budgets.map(\.code), kind: "ccg")
        try service.putNationalCard("2021-22", rates)
        for budget in budgets { try service.put(budget, asOf: "2021-04-01") }

        let year = try service.totals("year=2021-22")
        expect(year, budgets, days: 365)
        #expect(year.total.population.people == 56_550_138)
        #expect(year.total.budget.personDaysWithoutRate["prescribing"] == 0)
        let atWorkingAge = budgets.map { $0.bands[2].people }.reduce(0, +)
        #expect(year.total.budget.personDaysWithoutRate["social"] == 365 * atWorkingAge)
        // April to September: 30 + 31 + 30 + 31 + 31 + 30 days.
        expect(try service.totals("year=2021-22&through=2021-09-30"), budgets, days: 183)
        expect(try service.totals("year=2021-22&through=2021-04-01"), budgets, days: 1)
    }

    @Test("of all ages, weighted by need in each setting, give each its budget, by setting and by funder")
    func byNeed() throws {
        // 2024-25 has 365 days. A setting's weight is its need-weighted population over the registered one.
        let columns = [
            "primary": "primary_medical_need", "secondary": "general_acute", "community": "community",
            "mental-health": "mental_health", "prescribing": "prescribing",
        ]
        let rates = [
            Rate(setting: "primary", annualPence: 17_203), Rate(setting: "secondary", annualPence: 92_809),
            Rate(setting: "community", annualPence: 18_311), Rate(setting: "mental-health", annualPence: 20_117),
            Rate(setting: "prescribing", annualPence: 16_901), Rate(setting: "public-health", annualPence: 6_203),
        ]
        // A list has no councils, so what a council would pay for stays with the commissioner.
        let funders = ["primary": "X24", "public-health": "council"]
        let budgets = try ReferenceTable("need_weighted_population_sub_icb_2024_25.csv").rows.map { row in
            let registered = try row.tenths("registered")
            let weights = try columns.mapValues { try Self.roundedQuotient(row.tenths($0) * 1_000_000, registered) }
            let people = Self.roundedQuotient(registered, 10)
            return ListedBudget(
                code: try row.text("ccg_code"), bands: [ListedBudget.Band(ages: nil, people: people)], rates: rates,
                weightsMillionths: weights, yearDays: 365)
        }
        #expect(budgets.count == 106)
        let service = try NationalService(codes: budgets.map(\.code), kind: "sub-icb")
        try service.putNationalCard("2024-25", rates, funders: funders)
        for budget in budgets {
            let weights = budget.weightsMillionths.mapValues(Self.millionths)
            let card: [String: Any] = ["weights": weights, "rates": []]
            try service.put("/v1/commissioners/\(budget.code)/capitation-rates/2024-25", card)
            try service.put(budget, asOf: "2024-04-01")
        }

        // April to October: 30 + 31 + 30 + 31 + 31 + 30 + 31 days.
        for (query, days) in [("year=2024-25", 365), ("year=2024-25&through=2024-10-31", 214)] {
            let totals = try service.totals(query + "&by=funder")
            expect(totals, budgets, days: days)
            for (row, budget) in zip(totals.commissioners, budgets) {
                let expected = budget.byFunder(["primary": "X24"], days: days)
                let shares = try #require(row.breakdown)
                #expect(shares.map(\.funder) == expected.keys.sorted())
                #expect(shares.map(\.budgetPence) == expected.sorted { $0.key < $1.key }.map(\.value))
            }
        }
    }

    private func expect(_ totals: NationalTotals, _ budgets: [ListedBudget], days: Int) {
        #expect(totals.commissioners.map(\.commissioner) == budgets.map(\.code))
        for (row, budget) in zip(totals.commissioners, budgets) {
            #expect(row.population.basis == "list-size")
            #expect(row.population.people == budget.people)
            #expect(row.population.personDays == budget.people * days)
            #expect(row.budget.totalPence == budget.totalPence(days: days), "\(budget.code)")
            #expect(row.budget.fullYearPence == budget.totalPence(days: budget.yearDays), "\(budget.code)")
            #expect(row.budget.bySetting == budget.bySetting(days: days), "\(budget.code)")
            for setting in ListedBudget.settings {
                let withoutRate = budget.personDaysWithoutRate(setting, days: days)
                #expect(row.budget.personDaysWithoutRate[setting] == withoutRate, "\(budget.code) \(setting)")
            }
        }
        // The nation's figures are the sums of those, each rounded as it is written.
        func sum(_ value: (ListedBudget) -> Int) -> Int { budgets.map(value).reduce(0, +) }
        let (population, budget) = (totals.total.population, totals.total.budget)
        #expect(population.basis == "list-size")
        #expect(population.people == sum(\.people))
        #expect(population.personDays == sum { $0.people * days })
        #expect(budget.totalPence == sum { $0.totalPence(days: days) })
        #expect(budget.fullYearPence == sum { $0.totalPence(days: $0.yearDays) })
        for setting in ListedBudget.settings {
            #expect(budget.bySetting[setting] == sum { $0.bySetting(days: days)[setting] ?? 0 })
            let withoutRate = sum { $0.personDaysWithoutRate(setting, days: days) }
            #expect(budget.personDaysWithoutRate[setting] == withoutRate)
        }
    }

    /// Half away from zero; nothing here is negative.
    private static func roundedQuotient(_ dividend: Int, _ divisor: Int) -> Int {
        (2 * dividend + divisor) / (2 * divisor)
    }

    /// A decimal with six places.
    private static func millionths(_ number: Int) -> String {
        let fraction = String(number % 1_000_000)
        return "\(number / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
    }
}
