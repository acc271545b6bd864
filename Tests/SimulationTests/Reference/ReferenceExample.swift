import Testing

/// One commissioner or two, and patients who are all as old and as male as they need be.
struct ReferenceExample {
    var ledger = ReferenceLedger()
    var today: Day = "2018-06-01"

    init() {
        ledger.putCommissioner("15E", .init(name: "A"), recordedOn: today)
        ledger.putCommissioner("14L", .init(name: "B"), recordedOn: today)
    }

    @discardableResult
    mutating func register(
        _ patient: String = "p1", with commissioner: String = "15E", from: Day, until: Day? = nil,
        born: Day = "1950-06-15", sex: String = "male", group: String = "generally-healthy",
        council: String? = nil
    ) -> String {
        let statement = ReferenceStatement(
            patient: patient, from: from, until: until, born: born, sex: sex, group: group, council: council)
        return ledger.register(commissioner: commissioner, item: .statement(statement), recordedOn: today)
    }

    mutating func withdraw(_ patient: String = "p1", by commissioner: String = "15E", from: Day) -> String {
        ledger.register(
            commissioner: commissioner, item: .withdrawal(patient: patient, from: from), recordedOn: today)
    }

    mutating func rate(_ year: String, _ rates: ReferenceRate...) {
        #expect(ledger.putNationalCard(year: year, card: ReferenceCard(rates: rates), recordedOn: today) == "stored")
    }

    @discardableResult
    mutating func cost(
        _ id: String, _ amountPence: Int128 = 100, on day: Day, change: (inout ReferenceCost) -> Void = { _ in }
    ) -> String {
        var cost = ReferenceCost(
            source: "pas", id: id, patient: "p1", setting: "primary", serviceDate: day, amountPence: amountPence)
        change(&cost)
        return ledger.post(.cost(cost), recordedOn: today)
    }

    mutating func reverse(_ id: String, as reversal: String) -> String {
        ledger.post(.reversal(source: "pas", id: reversal, reverses: id), recordedOn: today)
    }

    func totals(
        _ code: String = "15E", _ year: String = "2015-16", through: Day? = nil, asOf: Day? = nil, by: [String] = [],
        isCurrent: Bool = false, hasChildren: Bool = false
    ) throws -> ReferenceTotals {
        let question = ReferenceQuestion(
            year: year, through: through, asOf: asOf, by: by, isCurrent: isCurrent, hasChildren: hasChildren)
        return try ledger.totals(of: code, question, today: today)
    }

    func allTotals(
        through: Day? = nil, asOf: Day? = nil, by: [String] = [], isCurrent: Bool = false, hasChildren: Bool = false
    ) throws -> ReferenceAllTotals {
        let question = ReferenceQuestion(
            year: "2015-16", through: through, asOf: asOf, by: by, isCurrent: isCurrent, hasChildren: hasChildren)
        return try ledger.allTotals(question, today: today)
    }

    /// Each successor from 2010 on, each parent for ever unless days are given.
    mutating func body(
        _ code: String, below parents: [ReferenceCommissioner.Parent] = [], succeededBy successors: String...
    ) {
        ledger.putCommissioner(
            code,
            .init(name: code, parents: parents, successors: successors.map { .init(code: $0, from: "2010-04-01") }),
            recordedOn: today)
    }

    @discardableResult
    mutating func succeed(_ from: String..., by commissioner: String, on date: Day) throws -> Int {
        try ledger.succeed(.init(commissioner: commissioner, from: from, date: date), recordedOn: today)
    }

    @discardableResult
    mutating func ownCard(_ card: ReferenceCard, of commissioner: String = "15E") -> String {
        ledger.putOwnCard(commissioner: commissioner, year: "2015-16", card: card, recordedOn: today)
    }

    @discardableResult
    mutating func listSizes(
        _ date: Day, _ bands: ReferenceListSize..., of commissioner: String = "15E"
    ) -> String {
        ledger.putListSizes(commissioner: commissioner, date: date, bands: bands, recordedOn: today)
    }

    @discardableResult
    mutating func patient(
        _ number: String = "p1", born: Day? = nil, sex: String? = nil, died: ReferenceChange<Day> = .unsaid,
        replacedBy: ReferenceChange<String> = .unsaid
    ) -> String {
        ledger.putPatient(
            .init(patient: number, born: born, sex: sex, died: died, replacedBy: replacedBy), recordedOn: today)
    }
}
