import Testing

@Suite("A workload says what it should, the same for the same seed")
struct WorkloadTests {
    @Test("the same seed gives the same steps, another seed others")
    func repeats() {
        #expect(Workload(seed: 7).steps == Workload(seed: 7).steps)
        #expect(Workload(seed: 7).steps != Workload(seed: 8).steps)
        // The first number of seed 0, as its authors' C program prints it.
        var random = SplitMix64(seed: 0)
        #expect(random.next() == 0xE220_A839_7B1D_CDAF)
    }

    @Test("the clock never goes back, and stands still when there is only one day")
    func clock() {
        let days = Workload(seed: 3).steps.map(\.today)
        #expect(days == days.sorted())
        #expect(days.contains("2017-02-20"))
        #expect(days.contains { $0 >= "2017-04-01" })
        #expect(Workload(seed: 3, days: "2024-02-29"..."2024-02-29").steps.allSatisfy { $0.today == "2024-02-29" })
    }

    @Test("patients have valid numbers of the range that is given to nobody")
    func patients() {
        let numbers = WorkloadGenerator(seed: 11, days: "2017-02-20"..."2017-02-20").patients.map(\.number)
        #expect(numbers.count >= 10 && Set(numbers).count == numbers.count)
        for number in numbers {
            let digits = number.compactMap(\.wholeNumberValue)
            #expect(digits.count == 10 && number.hasPrefix("999"))
            // With the check digit counted once, the weighted sum is a multiple of 11.
            let sum = zip(digits, (1...10).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
            #expect(sum % 11 == 0)
        }
    }

    @Test("requests are written as the contract has them")
    func requests() {
        let statement = ReferenceStatement(
            patient: "9990000001", from: "2015-04-01", born: "1950-06-01", sex: "male")
        let withdrawal = ReferenceRegistration.withdrawal(patient: "9990000001", from: "2015-04-01")
        let lines = Operation.register(
            commissioner: "15E", items: [.statement(statement), withdrawal],
            form: .init(shape: .lines, spelledOut: false))
        #expect(lines.request.path == "/v1/commissioners/15E/registrations")
        #expect(lines.request.contentType == "application/x-ndjson")
        #expect(
            lines.request.body == """
                {"patient":"9990000001","from":"2015-04-01","born":"1950-06","sex":"male"}
                {"patient":"9990000001","from":"2015-04-01","withdrawn":true}

                """)

        let cost = ReferenceCost(
            source: "pas", id: "e1", patient: "9990000001", setting: "primary", serviceDate: "2015-06-01",
            amountPence: 0)
        let one = Operation.post(items: [.cost(cost)], form: .init(shape: .single, spelledOut: false))
        #expect(
            one.request.body
                == #"{"source":"pas","id":"e1","patient":"9990000001","setting":"primary","#
                + #""serviceDate":"2015-06-01","amountPence":0}"#)
        let reversal = ReferenceEvent.reversal(source: "pas", id: "r1", reverses: "e1")
        let list = Operation.post(items: [reversal], form: .init(shape: .array, spelledOut: true))
        #expect(list.request.body == #"{"events":[{"source":"pas","id":"r1","reverses":"e1"}]}"#)
        #expect(
            list.listReplyLines(outcomes: ["posted", "unknown-original"]).map(\.description) == [
                "received: 2", "posted: 1", "replaced: 0", "duplicates: 0", "superseded: 0", "rejected: 1",
                "errors[line=2].code: unknown-original",
            ])

        let question = Operation.askTotals(
            commissioner: "15E", .init(year: "2015-16", through: "2015-10-31", by: ["month", "setting"]))
        #expect(
            question.request.path
                == "/v1/commissioners/15E/totals?year=2015-16&through=2015-10-31&by=month,setting")
        let earlier = Operation.askAllTotals(.init(year: "2015-16", asOf: "2015-10-31", by: ["provider"]))
        #expect(earlier.request.path == "/v1/totals?year=2015-16&asOf=2015-10-31&by=provider")
        let bands = [
            ReferenceListSize(ageThrough: 4, sex: "male", people: 7),
            ReferenceListSize(ageFrom: 5, group: "older", people: 0),
        ]
        let sizes = Operation.putListSizes(commissioner: "15E", date: "2015-04-01", bands: bands)
        #expect(sizes.request.path == "/v1/commissioners/15E/list-sizes/2015-04-01")
        #expect(
            sizes.request.body
                == #"{"listSizes":[{"ageTo":4,"sex":"male","people":7},{"ageFrom":5,"group":"older","people":0}]}"#)
        let gone = ReferencePatientDetails(patient: "9990000001", died: .said("2015-06-01"), replacedBy: .takenBack)
        #expect(Operation.postPatient(gone).request.path == "/v1/patients")
        #expect(
            Operation.postPatient(gone).request.body
                == #"{"patient":"9990000001","died":"2015-06-01","replacedBy":null}"#)
        let card = ReferenceCard(
            weight: "0.5", rates: [ReferenceRate(setting: "primary", annualPence: 7, ageThrough: 64)])
        #expect(
            Operation.putOwnCard(commissioner: "15E", year: "2015-16", card: card).request.body
                == #"{"weight":"0.5","rates":[{"setting":"primary","annualPence":7,"ageTo":64}]}"#)
    }
}
