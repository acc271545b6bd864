import ChequebookModel
import ChequebookWire
import Testing

@Suite("A record of list sizes")
struct ListSizesRecordTests {
    /// Where the one band begins, and its people.
    private static let band = 16
    private static let people = 20

    private static func bytes(_ band: ListSizeBand) -> [UInt8] {
        Record.bytes(
            .listSizes(ListSizes(commissioner: Reading.code("15E"), date: Reading.day("2015-04-01"), bands: [band])))
    }

    private static func error(at index: Int, _ bytes: [UInt8]) -> RecordError? {
        var record = Self.bytes(ListSizeBand(people: 10))
        record.replaceSubrange(index..<index + bytes.count, with: bytes)
        return Record.error(record)
    }

    @Test("is refused with an age, a sex, a group or a number of people that cannot be")
    func fields() {
        #expect(Self.error(at: Self.band, [200]) == nil)
        #expect(Self.error(at: Self.band, [201]) == .malformed(field: "age from"))
        #expect(Self.error(at: Self.band, [254]) == .malformed(field: "age from"))
        #expect(Self.error(at: Self.band + 1, [200]) == nil)
        #expect(Self.error(at: Self.band + 1, [201]) == .malformed(field: "age to"))
        #expect(Self.error(at: Self.band + 2, [2]) == nil)
        #expect(Self.error(at: Self.band + 2, [3]) == .malformed(field: "sex"))
        #expect(Self.error(at: Self.band + 3, [4]) == nil)
        #expect(Self.error(at: Self.band + 3, [5]) == .malformed(field: "group"))
        // 10^9 is 0x3B9ACA00.
        #expect(Self.error(at: Self.people, [0x00, 0xca, 0x9a, 0x3b]) == nil)
        #expect(Self.error(at: Self.people, [0x01, 0xca, 0x9a, 0x3b]) == .malformed(field: "people"))
        #expect(Self.error(at: 2, Array(repeating: 0, count: 8)) == .malformed(field: "commissioner"))
        #expect(Self.error(at: 10, [0xff, 0xff, 0xff, 0x7f]) == .malformed(field: "date"))
    }

    @Test("has as many bands as it says, up to as many as are allowed")
    func count() throws {
        let most = Limits.bandsInListMax
        func list(_ count: Int) -> Fact {
            let bands = (0..<count).map { ListSizeBand(ageFrom: $0 % 201, people: Int64($0)) }
            return .listSizes(ListSizes(commissioner: Reading.code("15E"), date: .max, bands: bands))
        }
        let whole = Record.bytes(list(most))
        #expect(whole.count == 16 + 8 * most)
        #expect(try Record.fact(whole) == list(most))
        #expect(Record.error(Record.bytes(list(most + 1))) == .malformed(field: "bands"))
        // 0x07D1 is one more than 2,000.
        #expect(Array(whole[14...15]) == [0xd0, 0x07])
        #expect(Record.error(Array(whole.prefix(14) + [0xd1, 0x07] + whole.dropFirst(16))) != nil)
        #expect(Record.error(Array(whole.prefix(14) + [0xcf, 0x07] + whole.dropFirst(16))) == .malformed(field: "end"))
    }

    @Test("has few zeros in a row, though its bands are of nobody, since they cannot all be alike")
    func zeros() {
        // The emptiest that do not overlap: newborn older women, between those of one year and newborn of another group.
        let bands = [
            ListSizeBand(ageFrom: 1, ageTo: 1, sex: .female, group: .older, people: 0),
            ListSizeBand(ageFrom: 0, ageTo: 0, sex: .female, group: .older, people: 0),
            ListSizeBand(ageFrom: 0, ageTo: 0, sex: .female, group: .longTermConditions, people: 0),
        ]
        let list = ListSizes(commissioner: Reading.code("15E"), date: Reading.day("2015-04-01"), bands: bands)
        #expect(list.overlappingBands() == nil)
        let runs = Record.bytes(.listSizes(list)).split { $0 != 0 }
        // Six of the first band behind its ages, all eight of the second, three of the third.
        #expect(runs.map(\.count).max() == 6 + 8 + 3)
    }
}

@Suite("A record of what is said of a person")
struct PersonRecordTests {
    /// Where what is said of the death begins.
    private static let died = 16

    @Test("tells nothing said, taken back and said apart, for the death and for the replacement")
    func edits() throws {
        let ann = Reading.nhsNumber(9_990_000_018)
        let deaths: [(Edit<CalendarDate>, [UInt8])] = [
            (.keep, [0]), (.clear, [1]), (.set(Reading.day("2015-06-02")), [2, 0xcc, 0x40, 0, 0]),
        ]
        let replacements: [(Edit<Patient>, [UInt8])] = [
            (.keep, [0]), (.clear, [1]),
            (.set(Reading.nhsNumber(9_990_000_026)), [2, 0, 0x9a, 0x4d, 0x73, 0x53, 2, 0, 0, 0]),
        ]
        for (died, deathBytes) in deaths {
            for (replacedBy, replacementBytes) in replacements {
                let fact = Fact.personDetails(PersonDetails(patient: ann, died: died, replacedBy: replacedBy))
                let bytes = Record.bytes(fact)
                #expect(Array(bytes.dropFirst(Self.died)) == deathBytes + replacementBytes)
                #expect(try Record.fact(bytes) == fact)
            }
        }
    }

    @Test("is refused with a fourth thing said, or with a value that cannot be")
    func fields() {
        let details = PersonDetails(
            patient: Reading.nhsNumber(9_990_000_018), died: .set(Reading.day("2015-06-02")), replacedBy: .clear)
        func error(at index: Int, _ bytes: [UInt8]) -> RecordError? {
            var record = Record.bytes(.personDetails(details))
            record.replaceSubrange(index..<index + bytes.count, with: bytes)
            return Record.error(record)
        }
        #expect(error(at: 2, [2]) == .malformed(field: "patient form"))
        #expect(error(at: 3, [0x93]) == .malformed(field: "patient"))
        #expect(error(at: 11, [0x26, 0x48, 0x01, 0x00]) == .malformed(field: "born"))
        #expect(error(at: 15, [3]) == .malformed(field: "sex"))
        #expect(error(at: Self.died, [3]) == .malformed(field: "died"))
        #expect(error(at: Self.died + 1, [0xff, 0xff, 0xff, 0x7f]) == .malformed(field: "died"))
        #expect(error(at: Self.died + 5, [3]) == .malformed(field: "replaced by"))
        #expect(error(at: Self.died + 5, [2]) == .malformed(field: "patient form"))
    }
}
