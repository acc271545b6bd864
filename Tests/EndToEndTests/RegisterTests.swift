import Testing

/// England's register of CCGs and ICBs, with every merger there was until 2022.
@Suite("The register of England")
struct RegisterTests {
    private struct Register: Decodable {
        struct Entry: Decodable {
            let kind: String
            let opened: String
            let closed: String?
        }

        let commissioners: [Entry]
    }

    private struct Cost {
        let body: RegisterService.Body
        let day: String
        let amountPence: Int
    }

    /// The four ways to put bodies together, as they are asked for.
    private static let ways = [
        (query: "", isCurrent: false, hasChildren: false),
        (query: "&boundaries=current", isCurrent: true, hasChildren: false),
        (query: "&include=children", isCurrent: false, hasChildren: true),
        (query: "&boundaries=current&include=children", isCurrent: true, hasChildren: true),
    ]

    private let register: RegisterService
    private let finalCodes: [String: String]

    init() throws {
        register = try RegisterService()
        finalCodes = register.finalCodes
    }

    @Test("has as many bodies open on each 1 April as there were")
    func openBodies() throws {
        let entries = try (register.get("/v1/commissioners") as Register).commissioners
        #expect(entries.count == 248 + 42)
        #expect(entries.filter { $0.kind == "icb" }.count == 42)
        for (year, count) in [2013: 211, 2015: 209, 2017: 207, 2018: 195, 2019: 191, 2020: 135, 2021: 106] {
            let day = "\(year)-04-01"
            let open = entries.filter { $0.kind == "ccg" && $0.opened <= day && day <= $0.closed ?? day }
            #expect(open.count == count, "\(year)")
        }
    }

    @Test("shows every cost where it fell or where it belongs today, beside or below its ICB, and loses none")
    func costs() throws {
        let costs = try postCosts(on: [
            // In December 2014 the successor 13T was open beside the three bodies that it followed.
            "2013-04-01", "2014-12-01", "2015-04-01", "2017-04-01", "2018-04-01", "2019-04-01", "2020-04-01",
            "2021-04-01", "2022-06-30", "2022-07-01", "2023-04-01",
        ])
        let merged = register.bodies.filter { $0.successor != nil }
        #expect(merged.count == 142)
        #expect(merged.allSatisfy { body in costs.contains { $0.body.code == body.code } })
        for year in [
            "2013-14", "2014-15", "2015-16", "2017-18", "2018-19", "2019-20", "2020-21", "2021-22", "2022-23",
            "2023-24",
        ] {
            let ofYear = costs.filter { London.financialYear(of: $0.day) == year }
            for way in Self.ways {
                let totals: RegisterTotals = try register.get("/v1/totals?year=\(year)\(way.query)")
                func row(_ cost: Cost) -> String {
                    let isBelow = way.hasChildren && cost.day >= RegisterService.firstDayOfICBs
                    return isBelow ? cost.body.icb : way.isCurrent ? finalCode(cost.body) : cost.body.code
                }
                let byRow = Dictionary(grouping: ofYear, by: row)
                let codes = rows(isCurrent: way.isCurrent, areChildrenOnly: way.hasChildren && year == "2023-24")
                #expect(totals.commissioners.map(\.commissioner) == codes, "\(year)\(way.query)")
                for shown in totals.commissioners {
                    let expected = byRow[shown.commissioner] ?? []
                    #expect(shown.cost.totalPence == pence(expected), "\(year)\(way.query) \(shown.commissioner)")
                    #expect(shown.cost.events == expected.count, "\(year)\(way.query) \(shown.commissioner)")
                    let hasICBs = way.hasChildren && year >= "2022-23"
                    let bodies = bodies(of: shown.commissioner, isCurrent: way.isCurrent, hasICBs: hasICBs)
                    #expect(shown.bodies == (way.query.isEmpty ? nil : bodies), "\(year)\(way.query)")
                    #expect(shown.boundaries == (way.isCurrent ? "current" : nil))
                    #expect(shown.include == (way.hasChildren ? "children" : nil))
                    #expect(shown.countedUnder == nil)
                }
                #expect(totals.total.cost.totalPence == pence(ofYear), "\(year)\(way.query)")
                #expect(totals.total.cost.events == ofYear.count, "\(year)\(way.query)")
            }
        }
    }

    @Test("answers each body with its row, and a merged one with nothing but where it is counted")
    func ownAnswers() throws {
        _ = try postCosts(on: ["2019-04-01", "2023-04-01"])
        func own(_ code: String, _ query: String) throws -> RegisterTotals.Row {
            try register.get("/v1/commissioners/\(code)/totals?\(query)")
        }
        for query in [
            "year=2019-20&boundaries=current", "year=2019-20&boundaries=current&include=children",
            "year=2023-24&include=children", "year=2023-24&boundaries=current&include=children",
        ] {
            let totals: RegisterTotals = try register.get("/v1/totals?\(query)")
            for row in totals.commissioners {
                #expect(try own(row.commissioner, query) == row, "\(row.commissioner) \(query)")
            }
        }
        for body in register.bodies where body.successor != nil {
            let answer = try own(body.code, "year=2019-20&boundaries=current")
            #expect(answer.countedUnder == finalCodes[body.code], "\(body.code)")
            #expect(answer.bodies == [], "\(body.code)")
            #expect(answer.cost == RegisterTotals.Cost(totalPence: 0, events: 0), "\(body.code)")
        }
        // The chain: 10G, with 10T and 11C, to 15D in 2018, and that with 10C and 99M to D4U1Y in 2021.
        #expect(try own("10G", "year=2017-18&boundaries=current").countedUnder == "D4U1Y")
        let frimley = try own("D4U1Y", "year=2017-18&boundaries=current")
        #expect(frimley.bodies == ["10C", "10G", "10T", "11C", "15D", "99M", "D4U1Y"])
        let newcastle = try own("13T", "year=2013-14&boundaries=current")
        #expect(newcastle.bodies == ["00F", "00G", "00H", "13T"])
    }

    @Test("adds up the budgets of 191 lists as they are written, under today's bodies")
    func budgets() throws {
        // 2019-20 has 366 days; through 31 October 214 of them have come.
        let rates = [
            ListedBudget.Rate(setting: "primary", annualPence: 18_347),
            ListedBudget.Rate(setting: "secondary", annualPence: 98_717),
        ]
        let card = rates.map { ["setting": $0.setting, "annualPence": $0.annualPence] as [String: Any] }
        try register.put("/v1/capitation-rates/2019-20", ["rates": card])
        let lists = try ReferenceTable("ccg_registered_list_2019.csv").rows.map { row in
            let band = ListedBudget.Band(ages: nil, people: try row.integer("registered"))
            return ListedBudget(code: try row.text("ccg_code"), bands: [band], rates: rates, yearDays: 366)
        }
        #expect(lists.count == 191)
        for list in lists {
            let sizes = ["listSizes": [["people": list.people]]]
            try register.put("/v1/commissioners/\(list.code)/list-sizes/2019-04-01", sizes)
        }
        let query = "year=2019-20&through=2019-10-31"
        let asWas: RegisterTotals = try register.get("/v1/totals?\(query)")
        let current: RegisterTotals = try register.get("/v1/totals?\(query)&boundaries=current")
        let both: RegisterTotals = try register.get("/v1/totals?\(query)&boundaries=current&include=children")
        #expect(current.total == asWas.total)
        #expect(both.total == asWas.total)
        #expect(asWas.total.budget.totalPence == lists.reduce(0) { $0 + $1.totalPence(days: 214) })
        for row in current.commissioners {
            let merged = lists.filter { finalCodes[$0.code] == row.commissioner }
            func sum(_ value: (ListedBudget) -> Int) -> Int { merged.reduce(0) { $0 + value($1) } }
            #expect(row.population.people == sum(\.people), "\(row.commissioner)")
            #expect(row.population.personDays == sum { $0.people * 214 }, "\(row.commissioner)")
            #expect(row.budget.totalPence == sum { $0.totalPence(days: 214) }, "\(row.commissioner)")
            #expect(row.budget.fullYearPence == sum { $0.totalPence(days: 366) }, "\(row.commissioner)")
            for rate in rates {
                let shares = sum { $0.bySetting(days: 214)[rate.setting] ?? 0 }
                #expect(row.budget.bySetting[rate.setting] == shares, "\(row.commissioner) \(rate.setting)")
            }
            // A body opened since then has no list: put together with those that had one, the basis is mixed.
            let all = bodies(of: row.commissioner, isCurrent: true, hasICBs: false)
            let basis = merged.isEmpty ? "registered" : merged.count == all.count ? "list-size" : "mixed"
            #expect(row.population.basis == basis, "\(row.commissioner)")
        }
    }

    /// A block contract stated for every body that was open, on each of these days; no two bodies have the same sum.
    private func postCosts(on days: [String]) throws -> [Cost] {
        let costs = days.flatMap { day in
            register.bodies.enumerated().filter { $0.element.isOpen(on: day) }.map { place, body in
                Cost(body: body, day: day, amountPence: 1_000_003 + place * place)
            }
        }
        try register.post(
            costs.map { cost in
                """
                {"source":"fin","id":"\(cost.body.code)-\(cost.day)","withoutPatient":"block",\
                "commissioner":"\(cost.body.code)","setting":"secondary","serviceDate":"\(cost.day)",\
                "amountPence":\(cost.amountPence)}
                """
            })
        return costs
    }

    private func pence(_ costs: [Cost]) -> Int {
        costs.reduce(0) { $0 + $1.amountPence }
    }

    private func finalCode(_ body: RegisterService.Body) -> String {
        finalCodes[body.code] ?? body.code
    }

    /// The rows there must be, by code. In 2022-23 every body is its own top until the end of June.
    private func rows(isCurrent: Bool, areChildrenOnly: Bool) -> [String] {
        guard !areChildrenOnly else { return register.icbs.sorted() }
        let bodies = register.bodies.filter { !isCurrent || $0.successor == nil }
        return (bodies.map(\.code) + register.icbs).sorted()
    }

    /// The bodies whose figures a row or an answer has, by code.
    private func bodies(of code: String, isCurrent: Bool, hasICBs: Bool) -> [String] {
        guard !register.icbs.contains(code) else {
            return ([code] + register.bodies.filter { hasICBs && $0.icb == code }.map(\.code)).sorted()
        }
        guard isCurrent else { return [code] }
        return register.bodies.map(\.code).filter { finalCodes[$0] == code }.sorted()
    }
}
