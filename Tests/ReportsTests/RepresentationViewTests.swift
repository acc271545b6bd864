import ChequebookLedger
import ChequebookModel
import Testing

@testable import ChequebookReports

@Suite("Register, cards, lists and events as CSV")
struct RepresentationViewTests {
    @Test("commissioners, alone and together")
    func commissioners() throws {
        let parents = [
            Commissioner.Parent(code: "Q77", from: "2013-04-01", until: "2018-04-01"),
            Commissioner.Parent(code: "QHL", from: "2018-04-01", until: nil),
        ]
        let full = Commissioner(
            code: "15E", name: "NHS Birmingham, all of it", kind: .subICB, opened: "2018-04-01",
            parents: parents)
        let plain = Commissioner(code: "05C", name: "NHS Dudley CCG", kind: .ccg)
        let header = "code,name,kind,opened,closed,parents,successors"
        let row = """
            15E,"NHS Birmingham, all of it",sub-icb,2018-04-01,,\
            Q77 from 2013-04-01 until 2018-04-01; QHL from 2018-04-01,
            """
        #expect(full.lines(as: .csv) == [header, row])
        #expect(
            CommissionersAnswer([plain, full]).lines(as: .csv) == [header, "05C,NHS Dudley CCG,ccg,,,,", row])
    }

    @Test("the head of the ledger is one row, and one object")
    func head() {
        let head = HeadAnswer(sequence: 17, hash: "00ff")
        #expect(head.lines(as: .csv) == ["sequence,hash", "17,00ff"])
        #expect(ReportsTests.text(head.json) == #"{"sequence":17,"hash":"00ff"}"# + "\n")
    }

    @Test("a card is its rates, in the fields in which they are sent")
    func card() throws {
        let rates = [
            CapitationRate(setting: .primary, annualPence: 18_300),
            CapitationRate(
                setting: .secondary, annualPence: 219_600, ageFrom: 65, ageTo: 120, sex: .female, group: .older,
                from: "2015-04-01", until: "2015-10-01"),
        ]
        let card = RateCard(year: "2015-16", weightMillionths: 1_500_000, rates: rates)
        #expect(
            RateCardAnswer(card, of: "15E").lines(as: .csv) == [
                "setting,annualPence,ageFrom,ageTo,sex,group,from,until", "primary,18300,,,,,,",
                "secondary,219600,65,120,female,older,2015-04-01,2015-10-01",
            ])
    }

    @Test("list sizes are their bands, in the fields in which they are sent")
    func listSizes() throws {
        let list = ListSizes(
            commissioner: "15E", date: "2020-04-01",
            bands: [ListSizeBand(ageTo: 0, people: 12), ListSizeBand(ageFrom: 1, sex: .male, people: 345)])
        #expect(list.lines(as: .csv) == ["ageFrom,ageTo,sex,group,people", ",0,,,12", "1,,male,,345"])
    }

    @Test("a patient is a row for each statement")
    func patient() throws {
        let ledger = SampleDesk().desk.ledger
        let patient: Patient = "9990000018"
        let view = try #require(ledger.patient(patient.key))
        #expect(
            PatientAnswer(patient, view).lines(as: .csv) == [
                "patient,born,sex,died,commissioner,from,until,group,practice,council",
                "9990000018,1950-01-01,female,,15E,2015-04-01,2015-04-11,older,,",
            ])
    }

    @Test("an event and a reversal have the same columns, and an id that looks like a formula is harmless")
    func event() throws {
        let ledger = SampleDesk().desk.ledger
        let identity = EventIdentity(source: "gp", id: "-1")
        let recordedAt = Instant(microseconds: 1_767_607_200_000_000)
        let stamp = RecordStamp(sequence: 9, recordedAt: recordedAt, recordedOn: recordedAt.londonDay, position: 9)
        let event = CostEvent(
            identity: identity, subject: .without(.block), commissioner: "15E", setting: .primary,
            serviceDate: "2015-04-02", amountPence: 5, kind: .credit)
        let reversal = Reversal(identity: identity, reverses: "2")
        let header = """
            source,id,version,patient,withoutPatient,setting,serviceDate,amountPence,kind,provider,service,\
            commissioner,attribution,funder,reverses,reversedBy,afterDeath,sequence,recordedAt
            """
        #expect(
            EventAnswer(ledger.event(booked: .costEvent(event), stamp)).lines(as: .csv) == [
                header, "gp,'-1,1,,block,primary,2015-04-02,5,credit,,,15E,stated,15E,,,,9,\(recordedAt)",
            ])
        #expect(
            EventAnswer(ledger.event(booked: .reversal(reversal), stamp)).lines(as: .csv) == [
                header, "gp,'-1,,,,,,,,,,,,,2,,,9,\(recordedAt)",
            ])
    }
}
