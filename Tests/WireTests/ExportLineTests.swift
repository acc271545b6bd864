import ChequebookModel
import ChequebookWire
import Testing

/// Lines written down by hand, of every kind of fact with and without what may be absent.
@Suite("A line of an export")
struct ExportLineTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let fact: Fact
        /// Behind sequence and instant.
        let json: String
        /// Behind the column `fact`, this name first.
        let csv: String

        var testDescription: String { String(csv.prefix { $0 != "," }) }
    }

    private static let day = Reading.day
    private static let code = Reading.code
    private static let patient = Reading.nhsNumber(9_990_000_018)
    private static let other = Reading.nhsNumber(9_990_000_026)
    private static let pseudonym = "p:0123456789abcdef".withBytes { PatientReader.patient($0)! }
    private static let identity = EventIdentity(source: Identifier("sus")!, id: Identifier("2015-000001")!)

    static let examples: [Example] = [
        Example(
            fact: .costEvent(
                CostEvent(
                    identity: identity, subject: .patient(patient), setting: .secondary, serviceDate: day("2015-06-02"),
                    amountPence: 12_345)),
            json: #"""
                "fact":"cost-event","source":"sus","id":"2015-000001","version":1,"patient":"9990000018",\#
                "setting":"secondary","serviceDate":"2015-06-02","amountPence":12345,"kind":"cost"
                """#,
            csv: "cost-event,,sus,2015-000001,1,,9990000018,,secondary,2015-06-02,12345,cost,,,,,,,,,,,,"),
        Example(
            fact: .costEvent(
                CostEvent(
                    identity: EventIdentity(source: Identifier("-A.b_c:d")!, id: Identifier("1")!), version: .max,
                    subject: .without(.block), commissioner: code("15E"), setting: .publicHealth,
                    serviceDate: day("2199-12-31"), amountPence: Limits.amountPenceMax, kind: .credit,
                    provider: code("RXK"), service: Identifier("A-and-E")!, funder: code("X24"))),
            json: #"""
                "fact":"cost-event","source":"-A.b_c:d","id":"1","version":2147483647,"withoutPatient":"block",\#
                "commissioner":"15E","setting":"public-health","serviceDate":"2199-12-31","amountPence":1000000000000000,\#
                "kind":"credit","provider":"RXK","service":"A-and-E","funder":"X24"
                """#,
            csv: """
                cost-event,15E,-A.b_c:d,1,2147483647,,,block,public-health,2199-12-31,1000000000000000,credit,RXK,\
                A-and-E,X24,,,,,,,,,
                """),
        Example(
            fact: .reversal(Reversal(identity: identity, reverses: Identifier("2014-9")!)),
            json: #""fact":"reversal","source":"sus","id":"2015-000001","reverses":"2014-9""#,
            csv: "reversal,,sus,2015-000001,,2014-9,,,,,,,,,,,,,,,,,,"),
        Example(
            fact: .statement(
                Statement(
                    patient: patient, commissioner: code("15E"), from: day("2015-04-01"), born: day("1900-01-01"),
                    sex: .unknown)),
            json: #"""
                "fact":"registration","commissioner":"15E","patient":"9990000018","from":"2015-04-01",\#
                "born":"1900-01-01","sex":"unknown","group":"generally-healthy"
                """#,
            csv: "registration,15E,,,,,9990000018,,,,,,,,,2015-04-01,,1900-01-01,unknown,generally-healthy,,,,"),
        Example(
            fact: .statement(
                Statement(
                    patient: patient, commissioner: code("15E"), from: day("2015-04-01"), until: day("2015-10-01"),
                    born: day("1950-07-15"), sex: .female, group: .older, practice: code("A85001"),
                    council: code("00CN"))),
            json: #"""
                "fact":"registration","commissioner":"15E","patient":"9990000018","from":"2015-04-01",\#
                "until":"2015-10-01","born":"1950-07-15","sex":"female","group":"older","practice":"A85001",\#
                "council":"00CN"
                """#,
            csv: """
                registration,15E,,,,,9990000018,,,,,,,,,2015-04-01,2015-10-01,1950-07-15,female,older,A85001,00CN,,
                """),
        Example(
            fact: .withdrawal(Withdrawal(patient: patient, commissioner: code("15E"), from: day("2015-04-01"))),
            json: #"""
                "fact":"withdrawal","commissioner":"15E","patient":"9990000018","from":"2015-04-01","withdrawn":true
                """#,
            csv: "withdrawal,15E,,,,,9990000018,,,,,,,,,2015-04-01,,,,,,,true,"),
        Example(
            fact: .personDetails(PersonDetails(patient: patient)),
            json: #""fact":"person-details","patient":"9990000018""#,
            csv: #"person-details,,,,,,,,,,,,,,,,,,,,,,,"{""patient"":""9990000018""}""#),
        Example(
            fact: .personDetails(
                PersonDetails(
                    patient: patient, born: day("1950-07-15"), sex: .male, died: .set(day("2015-06-02")),
                    replacedBy: .set(other))),
            json: #"""
                "fact":"person-details","patient":"9990000018","born":"1950-07-15","sex":"male","died":"2015-06-02",\#
                "replacedBy":"9990000026"
                """#,
            csv: #"""
                person-details,,,,,,,,,,,,,,,,,,,,,,,"{""patient"":""9990000018"",""born"":""1950-07-15"",\#
                ""sex"":""male"",""died"":""2015-06-02"",""replacedBy"":""9990000026""}"
                """#),
        Example(
            fact: .personDetails(PersonDetails(patient: patient, died: .clear, replacedBy: .clear)),
            json: #""fact":"person-details","patient":"9990000018","died":null,"replacedBy":null"#,
            csv: #"""
                person-details,,,,,,,,,,,,,,,,,,,,,,,"{""patient"":""9990000018"",""died"":null,""replacedBy"":null}"
                """#),
        Example(
            fact: .commissioner(Commissioner(code: code("15E"), name: #"Ynys Môn, "x\y""#, kind: .subICB)),
            json: #""fact":"commissioner","code":"15E","name":"Ynys Môn, \"x\\y\"","kind":"sub-icb""#,
            csv: #"""
                commissioner,,,,,,,,,,,,,,,,,,,,,,,"{""code"":""15E"",""name"":""Ynys Môn, \""x\\y\"""",\#
                ""kind"":""sub-icb""}"
                """#),
        Example(
            fact: .commissioner(
                Commissioner(
                    code: code("15E"), name: "x", kind: .ccg, opened: day("2013-04-01"), closed: day("2018-03-31"),
                    parents: [
                        .init(code: code("Y60"), from: day("2013-04-01"), until: day("2014-04-01")),
                        .init(code: code("Y61"), from: day("2014-04-01"), until: nil),
                    ], successors: [.init(code: code("QHL"), from: day("2018-04-01"))])),
            json: #"""
                "fact":"commissioner","code":"15E","name":"x","kind":"ccg","opened":"2013-04-01",\#
                "closed":"2018-03-31","parents":[{"code":"Y60","from":"2013-04-01","until":"2014-04-01"},\#
                {"code":"Y61","from":"2014-04-01"}],"successors":[{"code":"QHL","from":"2018-04-01"}]
                """#,
            csv: #"""
                commissioner,,,,,,,,,,,,,,,,,,,,,,,"{""code"":""15E"",""name"":""x"",""kind"":""ccg"",\#
                ""opened"":""2013-04-01"",""closed"":""2018-03-31"",""parents"":[{""code"":""Y60"",\#
                ""from"":""2013-04-01"",""until"":""2014-04-01""},{""code"":""Y61"",""from"":""2014-04-01""}],\#
                ""successors"":[{""code"":""QHL"",""from"":""2018-04-01""}]}"
                """#),
        Example(
            fact: .nationalRateCard(RateCard(year: Reading.year, rates: [])),
            json: #""fact":"national-rate-card","year":"2015-16","rates":[]"#,
            csv: #"national-rate-card,,,,,,,,,,,,,,,,,,,,,,,"{""year"":""2015-16"",""rates"":[]}""#),
        Example(
            fact: .ownRateCard(
                code("15E"),
                RateCard(
                    year: Reading.year, weightMillionths: 1_053_200,
                    settingWeightMillionths: [.primary: 0, .community: 1, .social: Limits.weightMillionthsMax],
                    funders: [.primary: .organisation(code("X24")), .social: .council],
                    rates: [
                        CapitationRate(setting: .primary, annualPence: 0),
                        CapitationRate(
                            setting: .social, annualPence: Limits.annualPenceMax, ageFrom: 65, ageTo: 200, sex: .female,
                            group: .older, from: day("2015-04-01"), until: day("2015-10-01")),
                    ])),
            json: #"""
                "fact":"own-rate-card","commissioner":"15E","year":"2015-16","weight":"1.0532",\#
                "weights":{"primary":"0","community":"0.000001","social":"100"},\#
                "funders":{"primary":"X24","social":"council"},"rates":[{"setting":"primary","annualPence":0},\#
                {"setting":"social","annualPence":1000000000000,"ageFrom":65,"ageTo":200,"sex":"female","group":"older",\#
                "from":"2015-04-01","until":"2015-10-01"}]
                """#,
            csv: #"""
                own-rate-card,,,,,,,,,,,,,,,,,,,,,,,"{""commissioner"":""15E"",""year"":""2015-16"",\#
                ""weight"":""1.0532"",""weights"":{""primary"":""0"",""community"":""0.000001"",""social"":""100""},\#
                ""funders"":{""primary"":""X24"",""social"":""council""},\#
                ""rates"":[{""setting"":""primary"",""annualPence"":0},{""setting"":""social"",\#
                ""annualPence"":1000000000000,""ageFrom"":65,""ageTo"":200,""sex"":""female"",""group"":""older"",\#
                ""from"":""2015-04-01"",""until"":""2015-10-01""}]}"
                """#),
        Example(
            fact: .listSizes(
                ListSizes(
                    commissioner: code("15E"), date: day("2015-04-01"),
                    bands: [
                        ListSizeBand(ageTo: 64, people: 0),
                        ListSizeBand(
                            ageFrom: 65, ageTo: 200, sex: .female, group: .older, people: Limits.peopleInBandMax),
                    ])),
            json: #"""
                "fact":"list-sizes","commissioner":"15E","date":"2015-04-01","listSizes":[{"ageTo":64,"people":0},\#
                {"ageFrom":65,"ageTo":200,"sex":"female","group":"older","people":1000000000}]
                """#,
            csv: #"""
                list-sizes,,,,,,,,,,,,,,,,,,,,,,,"{""commissioner"":""15E"",""date"":""2015-04-01"",\#
                ""listSizes"":[{""ageTo"":64,""people"":0},{""ageFrom"":65,""ageTo"":200,""sex"":""female"",\#
                ""group"":""older"",""people"":1000000000}]}"
                """#),
        Example(
            fact: .succession(
                Succession(commissioner: code("13T"), from: [code("00F"), code("00G")], date: day("2015-04-01"))),
            json: #""fact":"succession","commissioner":"13T","from":["00F","00G"],"date":"2015-04-01""#,
            csv: #"""
                succession,,,,,,,,,,,,,,,,,,,,,,,"{""commissioner"":""13T"",""from"":[""00F"",""00G""],\#
                ""date"":""2015-04-01""}"
                """#),
        Example(
            fact: .atomicList(count: 10_000), json: #""fact":"atomic-list","count":10000"#,
            csv: #"atomic-list,,,,,,,,,,,,,,,,,,,,,,,"{""count"":10000}""#),
    ]

    @Test("says a fact in the fields of the contract", arguments: examples)
    func json(example: Example) throws {
        #expect(
            try ExportTexts.line(example.fact)
                == #"{"sequence":7,"recordedAt":"2015-06-02T09:30:00.000000Z",\#(example.json)}"# + "\n")
    }

    @Test("says it in CSV in columns, or in one cell", arguments: examples)
    func csv(example: Example) throws {
        let row = "7,2015-06-02T09:30:00.000000Z,\(example.csv)\r\n"
        #expect(try ExportTexts.line(example.fact, .csv) == row)
        let fields = CSVRow.all(in: row)[0].fields
        #expect(fields.count == 26)
    }

    @Test("names the form of patients and shows pseudonyms as they were sent")
    func forms() throws {
        for (form, name) in [(PatientForm.nhsNumber, "nhs-number"), (.pseudonym, "pseudonym")] {
            #expect(
                try ExportTexts.line(.ledgerCreated(form)).hasSuffix(
                    #""fact":"ledger-created","patients":"\#(name)"}"# + "\n"))
        }
        let event = CostEvent(
            identity: Self.identity, subject: .patient(Self.pseudonym), setting: .primary,
            serviceDate: Self.day("2015-06-02"), amountPence: 0)
        #expect(try ExportTexts.line(.costEvent(event)).contains(#""patient":"p:0123456789abcdef""#))
        #expect(try ExportTexts.line(.costEvent(event), .csv).contains(",p:0123456789abcdef,"))
    }

    @Test("of a card that an older program wrote for fewer settings has its record too")
    func olderCard() throws {
        // Nine settings of sixteen bytes from byte 13 on; the last is left out.
        var record = Record.bytes(.nationalRateCard(RateCard(year: Reading.year, rates: [])))
        record[12] = 8
        record.removeSubrange(13 + 8 * 16..<13 + 9 * 16)
        for form in ExportForm.allCases {
            let commits = [
                ExportTexts.Commit([.ledgerCreated(.nhsNumber)], at: ExportTexts.start),
                ExportTexts.Commit(
                    records: [record], recordedAt: Instant(microseconds: ExportTexts.start.microseconds + 1)),
            ]
            let bytes = try ExportTexts.written(commits, form)
            #expect(String(decoding: bytes, as: UTF8.self).contains("0501df07"))
            #expect(try ExportTexts.read([bytes], form).commits == commits)
        }
    }

    @Test("is not written of a record that is none, or of an instant that no line can say")
    func unwritable() {
        func error(_ record: [UInt8], _ recordedAt: Instant) -> ExportError? {
            var writer = ExportWriter(.ndjson)
            do {
                try record.withUnsafeBytes { try writer.append($0, sequence: 9, recordedAt: recordedAt) }
                return nil
            } catch {
                #expect(writer.byteCount == 0)
                return error as? ExportError
            }
        }
        let record = Record.bytes(.ledgerCreated(.nhsNumber))
        #expect(error(record, Instant.written.lowerBound) == nil)
        #expect(error(record, Instant.written.upperBound) == nil)
        let before = Instant(microseconds: Instant.written.lowerBound.microseconds - 1)
        let behind = Instant(microseconds: Instant.written.upperBound.microseconds + 1)
        #expect(error(record, before) == .instant(sequence: 9))
        #expect(error(record, behind) == .instant(sequence: 9))
        #expect(error([99, 1], ExportTexts.start) == .record(.unknownKind(99), sequence: 9))
        #expect(error([1, 2, 0], ExportTexts.start)?.description.contains("sequence 9") == true)
    }
}
