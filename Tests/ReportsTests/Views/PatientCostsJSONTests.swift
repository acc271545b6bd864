import ChequebookModel
import ChequebookReports
import Testing

@testable import ChequebookLedger

@Suite("A patient's costs are written")
struct PatientCostsJSONTests {
    private static func view(_ id: Identifier, _ amountPence: Int64, isAfterDeath: Bool = false) -> EventView {
        let event = CostEvent(
            identity: EventIdentity(source: "pas", id: id), subject: .patient("9990000018"), setting: .social,
            serviceDate: "2015-06-02", amountPence: amountPence)
        return EventView(
            event: .costEvent(event), sequence: 7, recordedAt: Instant(microseconds: 0), commissioner: "15E",
            attribution: .registered, funder: "E06", reversedBy: nil, isAfterDeath: isAfterDeath)
    }

    @Test("with the year's sums, only months with something in them, and the page's events as they are written alone")
    func page() {
        var costs = PatientCosts(year: "2015-16")
        costs.totalPence = 12
        costs.creditsPence = -3
        costs.eventCount = 2
        costs.bySettingPence[3] = 12
        costs.byMonth[2] = CostFigures.Cell(pence: 12, events: 1)
        costs.byMonth[11] = CostFigures.Cell(events: 1)
        costs.events = [Self.view("e1", 5), Self.view("e2", 7, isAfterDeath: true)]
        costs.next = PatientCosts.Cursor(serviceDate: "1900-01-02", sequence: 36)
        let events = costs.events.map { text(EventAnswer($0).json).dropLast() }
        #expect(events[1].contains(#""reversedBy":null,"afterDeath":true,"sequence":7"#))
        let expected = """
            {"patient":"9990000018","year":"2015-16",\
            "cost":{"totalPence":12,"creditsPence":-3,"events":2,\
            "bySetting":{"primary":0,"secondary":0,"community":0,"social":12,"mental-health":0,"prescribing":0,\
            "continuing-care":0,"specialised":0,"public-health":0}},\
            "byMonth":[{"month":"2015-06","costPence":12,"events":1},{"month":"2016-03","costPence":0,"events":1}],\
            "events":[\(events.joined(separator: ","))],"nextCursor":"1.10"}

            """
        #expect(text(PatientCostsAnswer("9990000018", costs).json) == expected)
    }

    @Test("of nothing with empty lists and no cursor")
    func nothing() {
        let json = text(PatientCostsAnswer("9990000018", PatientCosts(year: "2015-16")).json)
        #expect(json.hasSuffix(#""byMonth":[],"events":[],"nextCursor":null}"# + "\n"))
    }

    @Test("with a cursor that is read back as the place that it was")
    func cursor() {
        for day in [.min, "1970-01-01", "2015-06-02", .max] as [CalendarDate] {
            for sequence in [0, 1, 35, 36, 1_000_000, .max] as [UInt64] {
                let cursor = PatientCosts.Cursor(serviceDate: day, sequence: sequence)
                #expect(PatientCosts.Cursor(text: cursor.text) == cursor)
                #expect(!cursor.text.contains("9990000018"))
            }
        }
    }

    @Test(
        "with a cursor that is nothing else",
        arguments: [
            "", ".", "1", "1.", ".1", "1.1.1", "-1.1", "+1.1", "1.+1", "1.-1", "01.1", "1.01", "A.1", "1.A", " 1.1",
            "1.1 ", "1,1", "é.1",
            // A day after 2199-12-31, and a sequence of more than 64 bits: 3w5e11264sgsf is 2^64 − 1.
            "2cjp.1", "1.3w5e11264sgsg", "1.zzzzzzzzzzzzzzz",
        ])
    func badCursor(_ text: String) {
        #expect(PatientCosts.Cursor(text: text) == nil)
    }
}

@Suite("A reconciliation is written")
struct ReconciliationJSONTests {
    private static func sum(_ way: Reconciliation.Way, _ pence: Int128, rest: Int128 = 0) -> Reconciliation.Sum {
        var sum = Reconciliation.Sum(way: way)
        sum.total = CostFigures.Cell(pence: pence, events: 4)
        sum.rest = CostFigures.Cell(pence: rest, events: rest == 0 ? 0 : 1)
        return sum
    }

    private static func text(byMonth pence: Int128) -> String {
        let sums = [
            sum(.patient, 3_113, rest: 3_000), sum(.commissioner, 3_113, rest: 13), sum(.setting, 3_113),
            sum(.month, pence), sum(.provider, 3_113, rest: 13), sum(.funder, 3_113, rest: 13),
        ]
        let reconciliation = Reconciliation(year: "2015-16", sums: sums)
        return ReportsTests.text(ReconciliationAnswer(reconciliation, sequence: 42).json)
    }

    @Test("with every way's sum, and what it cannot name where there is such a thing")
    func agrees() {
        let expected = """
            {"year":"2015-16","sequence":42,"position":"agrees","ways":[\
            {"by":"patient","totalPence":3113,"events":4,"rest":"without patient","restPence":3000,"restEvents":1},\
            {"by":"commissioner","totalPence":3113,"events":4,"rest":"unattributed","restPence":13,"restEvents":1},\
            {"by":"setting","totalPence":3113,"events":4},{"by":"month","totalPence":3113,"events":4},\
            {"by":"provider","totalPence":3113,"events":4,"rest":"without provider","restPence":13,"restEvents":1},\
            {"by":"funder","totalPence":3113,"events":4,"rest":"without funder","restPence":13,"restEvents":1}]}

            """
        #expect(Self.text(byMonth: 3_113) == expected)
    }

    @Test("as one that differs when any way does, by a penny")
    func differs() {
        let json = Self.text(byMonth: 3_112)
        #expect(json.hasPrefix(#"{"year":"2015-16","sequence":42,"position":"differs","ways":["#))
        #expect(json.contains(#"{"by":"month","totalPence":3112,"events":4}"#))
    }
}
