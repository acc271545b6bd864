import ChequebookModel
import ChequebookWire
import Testing

@Suite("Records fit the journal")
struct RecordSizeTests {
    /// What the journal adds to a record, and what a commit may hold; `docs/JOURNAL_FORMAT.md`.
    private static let headerBytes = 8
    private static let commitBytesMax = 4 << 20
    private static let zeroRunBytesMax = 240
    private static let recordBytesMax = 65_535

    private static func identifier(_ count: Int) -> Identifier { Identifier(String(repeating: "z", count: count))! }

    private static let longestEvent: CostEvent = {
        let code = Reading.code("ZZZZZZZZZZZZ")
        let patient = ("p:" + String(repeating: "z", count: 64)).withBytes { PatientReader.patient($0)! }
        return CostEvent(
            identity: EventIdentity(source: identifier(64), id: identifier(64)), version: .max,
            subject: .patient(patient), commissioner: code, setting: .publicHealth, serviceDate: .max,
            amountPence: Limits.amountPenceMax, kind: .credit, provider: code, service: identifier(32), funder: code)
    }()

    @Test("the longest event and the longest reversal are within the room that is made for them")
    func longestEvent() {
        // 24 before the patient, 17 and 64 of the patient, three codes of 8, and texts of 64, 64 and 32.
        #expect(Record.bytes(.costEvent(Self.longestEvent)).count == 24 + 81 + 24 + 160)
        let reversal = Reversal(identity: Self.longestEvent.identity, reverses: Self.identifier(64))
        #expect(Record.bytes(.reversal(reversal)).count == 5 + 192)
        #expect(24 + 81 + 24 + 160 + 2 <= RecordFormat.eventBytesMax)
    }

    @Test("the longest list that is all or nothing fits one commit")
    func longestList() {
        var builder = RecordBatchBuilder()
        builder.append(.atomicList(count: Limits.atomicItemsMax))
        for _ in 0..<Limits.atomicItemsMax { builder.append(Self.longestEvent) }
        let payload = builder.byteCount + builder.count * (Self.headerBytes - 2)
        #expect(builder.count == 10_001)
        #expect(payload == 6 + 8 + 10_000 * (289 + 8))
        #expect(payload <= Self.commitBytesMax)
    }

    /// The longest run of zero bytes.
    private static func zeroRun(_ bytes: [UInt8]) -> Int {
        var longest = 0
        var run = 0
        for byte in bytes {
            run = byte == 0 ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    /// A card of weights of nothing, without funders, with rates of nothing for the first of everything, on days whose
    /// numbers have many zeros: 1970-01-01 is 0, 2149-06-06 is 65,536.
    private static func emptiestCard(rates: Int, from: Int?, until: Int?) -> RateCard {
        let rate = CapitationRate(
            setting: .primary, annualPence: 0, ageFrom: 0, ageTo: 0, sex: .female, group: .older,
            from: from.flatMap(CalendarDate.init(dayNumber:)), until: until.flatMap(CalendarDate.init(dayNumber:)))
        return RateCard(
            year: FinancialYear(startYear: 2048)!, weightMillionths: 0,
            settingWeightMillionths: Dictionary(uniqueKeysWithValues: CareSetting.allCases.map { ($0, 0) }),
            rates: Array(repeating: rate, count: rates))
    }

    @Test(
        "no card has a run of zeros that the journal refuses, not even one of nothing but zeros",
        arguments: [0, 1, 256, 1_000])
    func zeroRuns(rates: Int) throws {
        for (from, until) in [(nil, nil), (0, nil), (nil, 0), (0, 65_536), (0, 1)] as [(Int?, Int?)] {
            let card = Self.emptiestCard(rates: rates, from: from, until: until)
            let bytes = Record.bytes(.nationalRateCard(card))
            #expect(try Record.fact(bytes) == .nationalRateCard(card))
            #expect(Self.zeroRun(bytes) <= Self.zeroRunBytesMax, "\(rates) rates")
        }
    }

    @Test("no other fact has such a run, and none is longer than a record may be", arguments: Array(UInt64(1)...40))
    func others(seed: UInt64) {
        var facts = RandomFacts(seed: seed)
        for fact in facts.all() {
            let bytes = Record.bytes(fact)
            #expect(Self.zeroRun(bytes) <= Self.zeroRunBytesMax)
            #expect(bytes.count <= Self.recordBytesMax)
        }
    }

    @Test("the longest card and the longest commissioner are within a record's length")
    func longest() {
        let card = Self.emptiestCard(rates: 1_000, from: nil, until: nil)
        #expect(Record.bytes(.ownRateCard(Reading.code("15E"), card)).count == 2 + 8 + 2 + 8 + 1 + 144 + 2 + 21_000)
        let code = Reading.code("15E")
        let body = Commissioner(
            code: code, name: String(repeating: "é", count: 100), kind: .ccg,
            parents: Array(repeating: .init(code: code, from: .min, until: .max), count: 100),
            successors: Array(repeating: .init(code: code, from: .min), count: 100))
        #expect(Record.bytes(.commissioner(body)).count == 2 + 8 + 1 + 2 + 200 + 8 + 1 + 1_600 + 1 + 1_200)
    }

    @Test("a batch is its records, each behind its length, and taking it leaves the builder empty and of use")
    func framing() {
        var facts = RandomFacts(seed: 7)
        let all = (0..<30).flatMap { _ in facts.all() }
        for capacity in [0, 1, 100, 1 << 16] {
            var builder = RecordBatchBuilder(byteCapacity: capacity)
            for _ in 0..<2 {
                var expected: [UInt8] = []
                for fact in all {
                    builder.append(fact)
                    let record = Record.bytes(fact)
                    expected += [UInt8(record.count & 0xff), UInt8(record.count >> 8)] + record
                    #expect(builder.byteCount == expected.count)
                }
                #expect(builder.count == all.count)
                #expect(builder.take() == expected)
                #expect(builder.count == 0 && builder.byteCount == 0)
                #expect(builder.take() == [])
            }
        }
    }

    @Test("an event or reversal added as what it is makes the record that it makes as a fact")
    func withoutFact() {
        var facts = RandomFacts(seed: 11)
        for _ in 0..<20 {
            let (event, reversal) = (facts.event(), facts.reversal())
            var plain = RecordBatchBuilder(byteCapacity: 0)
            plain.append(event)
            plain.append(reversal)
            var wrapped = RecordBatchBuilder()
            wrapped.append(.costEvent(event))
            wrapped.append(.reversal(reversal))
            #expect(plain.take() == wrapped.take())
        }
    }
}
