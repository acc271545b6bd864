import ChequebookModel
import ChequebookWire
import Testing

@Suite("A record")
struct RecordTests {
    private static let seeds = Array(UInt64(1)...40)

    @Test("of any fact says that fact when it is read, and is written again as the same bytes", arguments: seeds)
    func roundTrip(seed: UInt64) throws {
        var facts = RandomFacts(seed: seed)
        for fact in facts.all() {
            let bytes = Record.bytes(fact)
            let read = try Record.fact(bytes)
            #expect(read == fact)
            #expect(Record.bytes(read) == bytes)
        }
    }

    @Test("of an event says the same event when it is read as one, and any other is none", arguments: seeds)
    func event(seed: UInt64) throws {
        var facts = RandomFacts(seed: seed)
        for fact in facts.all() {
            let event = try Record.bytes(fact).withUnsafeBytes { try RecordDecoder.event($0) }
            #expect(event == EventFact(fact))
            #expect(event?.fact == (fact.eventIdentity == nil ? nil : fact))
            #expect(event?.identity == fact.eventIdentity)
        }
    }

    @Test("is refused wherever it is cut, and with a byte more", arguments: seeds.prefix(8))
    func truncation(seed: UInt64) {
        var facts = RandomFacts(seed: seed)
        for fact in facts.all() {
            let bytes = Record.bytes(fact)
            let isWhole = bytes.indices.filter { Record.error(Array(bytes[..<$0])) == nil }
            #expect(isWhole.isEmpty, "\(bytes[0])")
            #expect(Record.error(bytes + [0]) == .malformed(field: "end"))
            #expect(Record.error(bytes + bytes) != nil)
        }
    }

    @Test("with any one byte changed is refused, or says something else", arguments: seeds.prefix(8))
    func changedByte(seed: UInt64) {
        var facts = RandomFacts(seed: seed)
        for fact in facts.all() {
            var bytes = Record.bytes(fact)
            for index in bytes.indices {
                let right = bytes[index]
                for change in [0x01, 0x02, 0x08, 0x10, 0x80, 0xff] as [UInt8] {
                    bytes[index] = right ^ change
                    guard let read = try? Record.fact(bytes) else { continue }
                    #expect(read != fact, "byte \(index) of kind \(bytes[0])")
                    #expect(Record.bytes(read) == bytes, "byte \(index) of kind \(bytes[0])")
                }
                bytes[index] = right
            }
        }
    }

    @Test("of random bytes behind a kind is refused or read, and never crashes", arguments: seeds)
    func randomBytes(seed: UInt64) {
        var random = JSONMemoryTests.SplitMix64(state: seed)
        for _ in 0..<500 {
            let count = Int.random(in: 0...400, using: &random)
            var bytes = [UInt8.random(in: 0...12, using: &random), 1]
            // Small bytes make fields that can be, so that reading goes further.
            for _ in 0..<count {
                bytes.append(.random(in: 0...(Bool.random(using: &random) ? 9 : 255), using: &random))
            }
            guard let fact = try? Record.fact(bytes) else { continue }
            #expect(Record.bytes(fact) == bytes)
        }
    }

    @Test("of another version is refused with both versions named, whatever its kind and length")
    func otherVersion() {
        for version in [0, 2, 255] as [UInt8] {
            let error = RecordError.unknownVersion(found: version, known: 1)
            for kind in [0, 1, 7, 200] as [UInt8] { #expect(Record.error([kind, version]) == error) }
            #expect(error.description.contains("version \(version);") && error.description.contains("up to 1"))
        }
    }

    @Test("of an unknown kind is refused with the kind named")
    func otherKind() {
        for kind in [0, 13, 255] as [UInt8] {
            #expect(Record.error([kind, 1, 0, 0]) == .unknownKind(kind))
            #expect(RecordError.unknownKind(kind).description.contains("kind \(kind),"))
        }
        #expect(RecordFormat.version == 1)
    }

    @Test("of no byte or one is refused")
    func tooShort() {
        #expect(Record.error([]) == .malformed(field: "kind"))
        #expect(Record.error([7]) == .malformed(field: "version"))
    }
}

@Suite("A cost event's record")
struct CostEventRecordTests {
    private static let flags = 2
    private static let setting = 4
    private static let serviceLength = 7

    private static let event = CostEvent(
        identity: EventIdentity(source: Identifier("trust-rxk")!, id: Identifier("e-1")!),
        subject: .patient(Reading.nhsNumber(9_990_000_018)), setting: .primary, serviceDate: Reading.day("2015-06-02"),
        amountPence: 1)

    private static let block = CostEvent(
        identity: event.identity, subject: .without(.practice), commissioner: Reading.code("15E"), setting: .primary,
        serviceDate: event.serviceDate, amountPence: 1)

    private static func changed(_ event: CostEvent, at index: Int, to byte: UInt8) -> [UInt8] {
        var bytes = Record.bytes(.costEvent(event))
        bytes[index] = byte
        return bytes
    }

    @Test("is refused with any flag that is kept for later, two forms of patient, or none and no commissioner")
    func flags() {
        let bytes = Record.bytes(.costEvent(Self.event))
        #expect(bytes[Self.flags] == 1 && bytes[Self.flags + 1] == 0)
        for bit in 7...15 {
            var reserved = bytes
            reserved[Self.flags + bit / 8] |= 1 << UInt8(bit % 8)
            #expect(Record.error(reserved) == .malformed(field: "flags"))
        }
        #expect(Record.error(Self.changed(Self.event, at: Self.flags, to: 3)) == .malformed(field: "flags"))
        #expect(Record.error(Self.changed(Self.event, at: Self.flags, to: 0)) == .malformed(field: "commissioner"))
    }

    @Test("is refused with a setting or a reason that does not exist, or a reason beside a patient")
    func settingAndReason() throws {
        for setting in 9...15 as ClosedRange<UInt8> {
            let bytes = Self.changed(Self.event, at: Self.setting, to: setting)
            #expect(Record.error(bytes) == .malformed(field: "setting"))
        }
        #expect(Record.bytes(.costEvent(Self.block))[Self.setting] == 0x10)
        for reason in 0...4 as ClosedRange<UInt8> {
            let bytes = Self.changed(Self.block, at: Self.setting, to: reason << 4)
            #expect(Record.error(bytes) == nil)
        }
        let bytes = Self.changed(Self.block, at: Self.setting, to: 0x50)
        #expect(Record.error(bytes) == .malformed(field: "reason"))
        #expect(Record.error(Self.changed(Self.event, at: Self.setting, to: 0x10)) == .malformed(field: "reason"))
    }

    @Test("is refused with an amount, a version, a day or a length that cannot be")
    func numbers() {
        func error(at index: Int, _ bytes: [UInt8]) -> RecordError? {
            var record = Record.bytes(.costEvent(Self.event))
            record.replaceSubrange(index..<index + bytes.count, with: bytes)
            return Record.error(record)
        }
        // 10^15 is 0x00038D7EA4C68000.
        #expect(error(at: 16, [0x00, 0x80, 0xc6, 0xa4, 0x7e, 0x8d, 0x03, 0x00]) == nil)
        #expect(error(at: 16, [0x01, 0x80, 0xc6, 0xa4, 0x7e, 0x8d, 0x03, 0x00]) == .malformed(field: "amount"))
        #expect(error(at: 23, [0x80]) == .malformed(field: "amount"))
        #expect(error(at: 12, [0, 0, 0, 0]) == .malformed(field: "version of the event"))
        #expect(error(at: 15, [0x80]) == .malformed(field: "version of the event"))
        // 84,005 is 2199-12-31, −25,567 is 1900-01-01.
        #expect(error(at: 8, [0x25, 0x48, 0x01, 0x00]) == nil)
        #expect(error(at: 8, [0x26, 0x48, 0x01, 0x00]) == .malformed(field: "service date"))
        #expect(error(at: 8, [0x21, 0x9c, 0xff, 0xff]) == nil)
        #expect(error(at: 8, [0x20, 0x9c, 0xff, 0xff]) == .malformed(field: "service date"))
        #expect(error(at: 5, [0]) == .malformed(field: "source"))
        #expect(error(at: 5, [65]) == .malformed(field: "source"))
        #expect(error(at: Self.serviceLength, [1]) == .malformed(field: "length of service"))
        #expect(error(at: 24, [19]) == .malformed(field: "patient"))
    }

    @Test("is refused with identifiers that no event can have")
    func identifiers() {
        let dot = CostEvent(
            identity: EventIdentity(source: Identifier(".")!, id: Identifier("..")!), subject: Self.event.subject,
            setting: .primary, serviceDate: Self.event.serviceDate, amountPence: 1)
        #expect(Record.error(Record.bytes(.costEvent(dot))) == .malformed(field: "source"))
        let reversal = Reversal(identity: Self.event.identity, reverses: Identifier("..")!)
        #expect(Record.error(Record.bytes(.reversal(reversal))) == .malformed(field: "reverses"))
        let long = CostEvent(
            identity: Self.event.identity, subject: Self.event.subject, setting: .primary,
            serviceDate: Self.event.serviceDate, amountPence: 1, service: Identifier(String(repeating: "s", count: 33)))
        #expect(Record.error(Record.bytes(.costEvent(long))) == .malformed(field: "service"))
    }
}
