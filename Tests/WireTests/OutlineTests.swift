import ChequebookModel
import ChequebookWire
import Testing

@Suite("An event's record in outline")
struct RecordOutlineTests {
    private static func outline(_ record: [UInt8]) -> EventOutline? {
        let bytes = UnsafeRawBufferPointer.copy(record)
        defer { bytes.deallocate() }
        return RecordDecoder.outline(bytes)
    }

    private static func fields(_ outline: EventOutline?) -> [String]? {
        outline.map { outline in
            [
                "\(outline.fingerprint)", "\(outline.patient?.high ?? 1) \(outline.patient?.low ?? 1)",
                "\(outline.commissionerPacked) \(outline.providerPacked) \(outline.funderPacked)",
                "\(outline.amountPence) \(outline.serviceDate) \(outline.setting) \(outline.isCredit)",
            ]
        }
    }

    @Test("says of every event what the whole event says", arguments: 0..<300 as Range<UInt64>)
    func agrees(seed: UInt64) {
        var facts = RandomFacts(seed: seed)
        let event = facts.event()
        let outline = Self.outline(Record.bytes(.costEvent(event)))
        #expect(outline != nil)
        #expect(Self.fields(outline) == Self.fields(EventOutline(event)))
    }

    @Test("is of cost events alone")
    func others() {
        var facts = RandomFacts(seed: 3)
        for fact in facts.all() {
            if case .costEvent = fact { continue }
            #expect(Self.outline(Record.bytes(fact)) == nil)
        }
    }

    @Test(
        "is not made of a record that is cut short or goes on, or of one whose whole would be refused for its numbers")
    func damaged() {
        for seed in 0..<40 as Range<UInt64> {
            var facts = RandomFacts(seed: seed)
            let record = Record.bytes(.costEvent(facts.event()))
            for count in 0..<record.count { #expect(Self.outline(Array(record.prefix(count))) == nil) }
            #expect(Self.outline(record + [65]) == nil)
            for (offset, byte) in [(1, 2), (3, 0x80), (4, 0x0f), (11, 0x7f), (15, 0x80), (23, 0x7f)] as [(Int, UInt8)] {
                var other = record
                other[offset] = byte
                #expect(Self.outline(other) == nil, "byte \(offset)")
            }
        }
    }

    @Test("never reads behind a record, whatever its bytes are", arguments: 0..<200 as Range<UInt64>)
    func random(seed: UInt64) {
        var facts = RandomFacts(seed: seed)
        var record = Record.bytes(.costEvent(facts.event()))
        var random = JSONMemoryTests.SplitMix64(state: seed)
        for _ in 0..<200 {
            record[Int.random(in: 2..<record.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            // What the whole decoder takes, the outline agrees with; what it refuses must only be survived.
            guard let fact = try? Record.fact(record), case .costEvent(let event) = fact else {
                _ = Self.outline(record)
                continue
            }
            #expect(Self.fields(Self.outline(record)) == Self.fields(EventOutline(event)))
        }
    }
}
