import ChequebookModel
import ChequebookReports
import Foundation
import Testing

@testable import ChequebookLedger

@Suite("A patient is written")
struct PatientJSONTests {
    @Test("with the statements, oldest first, and only what they say")
    func statements() {
        let view = PatientView(
            born: "1960-06-15", sex: .unknown, died: nil, replacedBy: nil,
            statements: [
                PatientView.Standing(
                    commissioner: "15E", from: "2015-04-01", until: "2015-06-01", group: .longTermConditions,
                    practice: "A81001", council: "E06"),
                PatientView.Standing(
                    commissioner: "05L", from: "2015-06-01", until: nil, group: .generallyHealthy, practice: nil,
                    council: nil),
            ])
        let expected = """
            {"patient":"9990000018","born":"1960-06-15","sex":"unknown","statements":[\
            {"commissioner":"15E","from":"2015-04-01","until":"2015-06-01","group":"long-term-conditions",\
            "practice":"A81001","council":"E06"},\
            {"commissioner":"05L","from":"2015-06-01","group":"generally-healthy"}]}

            """
        #expect(text(PatientAnswer("9990000018", view).json) == expected)
    }

    @Test("with no statements when all are withdrawn")
    func none() {
        let view = PatientView(born: "1960-06-15", sex: .female, died: nil, replacedBy: nil, statements: [])
        #expect(
            text(PatientAnswer("9990000018", view).json)
                == #"{"patient":"9990000018","born":"1960-06-15","sex":"female","statements":[]}"# + "\n")
    }
}

@Suite("A person is written")
struct PersonJSONTests {
    @Test("with the day of death and the number that counts, where there are any, and null for what nobody ever said")
    func details() {
        let view = PatientView(
            born: nil, sex: .unknown, died: "2015-06-02", replacedBy: "9990000026", statements: [])
        let expected = """
            {"patient":"9990000018","born":null,"sex":"unknown","died":"2015-06-02","replacedBy":"9990000026",\
            "statements":[]}

            """
        #expect(text(PatientAnswer("9990000018", view).json) == expected)
    }
}

@Suite("A commissioner is written")
struct CommissionerJSONTests {
    private static let plain = Commissioner(code: "05L", name: "NHS \"Sandwell\"", kind: .subICB)

    @Test("with what it was registered with")
    func full() {
        let body = Commissioner(
            code: "15E", name: "NHS Birmingham", kind: .ccg, opened: "2013-04-01", closed: "2021-03-31",
            parents: [
                Commissioner.Parent(code: "QHL", from: "2013-04-01", until: "2020-04-01"),
                Commissioner.Parent(code: "QUA", from: "2020-04-01", until: nil),
            ], successors: [Commissioner.Successor(code: "D2P2L", from: "2021-04-01")])
        let expected = """
            {"code":"15E","name":"NHS Birmingham","kind":"ccg","opened":"2013-04-01","closed":"2021-03-31",\
            "parents":[{"code":"QHL","from":"2013-04-01","until":"2020-04-01"},{"code":"QUA","from":"2020-04-01"}],\
            "successors":[{"code":"D2P2L","from":"2021-04-01"}]}

            """
        #expect(text(body.json) == expected)
    }

    @Test("without what it was registered without")
    func minimal() {
        #expect(text(Self.plain.json) == #"{"code":"05L","name":"NHS \"Sandwell\"","kind":"sub-icb"}"# + "\n")
    }

    @Test("in a list of all, which may be empty")
    func list() {
        let one = text(Self.plain.json).dropLast()
        #expect(text(CommissionersAnswer([Self.plain, Self.plain]).json) == "{\"commissioners\":[\(one),\(one)]}\n")
        #expect(text(CommissionersAnswer([]).json) == "{\"commissioners\":[]}\n")
    }
}

@Suite("A rate card is written")
struct RateCardJSONTests {
    @Test("so that without its year and commissioner it is what was put")
    func full() {
        let card = RateCard(
            year: "2015-16", weightMillionths: 1_053_200,
            settingWeightMillionths: [.community: 1_347_000, .publicHealth: 0],
            funders: [.primary: .organisation("X24"), .social: .council],
            rates: [
                CapitationRate(
                    setting: .mentalHealth, annualPence: 1_000_000_000_000, ageFrom: 0, ageTo: 4, sex: .female,
                    group: .mothersAndChildren, from: "2015-04-01", until: "2015-10-01"),
                CapitationRate(setting: .primary, annualPence: 0),
            ])
        let put = """
            "weight":"1.0532","weights":{"community":"1.347","public-health":"0"},\
            "funders":{"primary":"X24","social":"council"},\
            "rates":[{"setting":"mental-health","annualPence":1000000000000,"ageFrom":0,"ageTo":4,"sex":"female",\
            "group":"mothers-and-children","from":"2015-04-01","until":"2015-10-01"},\
            {"setting":"primary","annualPence":0}]}

            """
        #expect(text(RateCardAnswer(card, of: "15E").json) == #"{"year":"2015-16","commissioner":"15E","# + put)
    }

    @Test("without what it was put without")
    func minimal() {
        let card = RateCard(year: "2099-00", rates: [])
        #expect(text(RateCardAnswer(card, of: nil).json) == #"{"year":"2099-00","rates":[]}"# + "\n")
    }

    @Test("with as many rates as it may have, each of them whole")
    func most() throws {
        let rates = (0..<Limits.ratesInCardMax).map { place in
            CapitationRate(setting: .primary, annualPence: Int64(place), ageFrom: place, ageTo: place)
        }
        let document = RateCardAnswer(RateCard(year: "2015-16", rates: rates), of: nil).json
        let read = try JSONSerialization.jsonObject(with: Data(document)) as? [String: Any]
        let written = read?["rates"] as? [[String: Any]] ?? []
        #expect(written.compactMap { $0["annualPence"] as? Int } == Array(0..<Limits.ratesInCardMax))
        #expect(written.compactMap { $0["ageTo"] as? Int } == Array(0..<Limits.ratesInCardMax))
    }
}

@Suite("List sizes are written")
struct ListSizesJSONTests {
    @Test("so that without their commissioner and date they are what was put")
    func full() {
        let list = ListSizes(
            commissioner: "15E", date: "2015-04-01",
            bands: [
                ListSizeBand(ageFrom: 0, ageTo: 64, sex: .unknown, group: .mentalHealth, people: 0),
                ListSizeBand(ageFrom: 65, people: 1_000_000_000),
            ])
        let expected = """
            {"commissioner":"15E","date":"2015-04-01","listSizes":[\
            {"ageFrom":0,"ageTo":64,"sex":"unknown","group":"mental-health","people":0},\
            {"ageFrom":65,"people":1000000000}]}

            """
        #expect(text(list.json) == expected)
        let nobody = ListSizes(commissioner: "15E", date: "2015-04-01", bands: [])
        #expect(text(nobody.json) == #"{"commissioner":"15E","date":"2015-04-01","listSizes":[]}"# + "\n")
    }
}
