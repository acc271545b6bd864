import ChequebookModel
import ChequebookWire
import Testing

@Suite("A list's sizes")
struct ListSizesReaderTests {
    static let plain = Body(["listSizes": #"[{"people":10}]"#])
    static let plainBand = Body(["people": "10"])

    /// The list with one band of these members.
    static func band(_ members: Body) -> Body { plain.with("listSizes", "[\(members.json)]") }

    @Test("are read for the commissioner and the date of the path, with the fewest fields: people of every kind")
    func fewestFields() throws {
        let list = try Reading.listSizes(Self.plain)
        #expect(list.commissioner == Reading.code("15E"))
        #expect(list.date == Reading.day("2015-04-01"))
        #expect(list.bands == [ListSizeBand(people: 10)])
        var nulls = Self.plainBand
        for name in ["ageFrom", "ageTo", "sex", "group"] { nulls = nulls.with(name, "null") }
        #expect(try Reading.listSizes(Self.band(nulls)).bands == [ListSizeBand(people: 10)])
        #expect(try Reading.listSizes(Self.plain.with("listSizes", "[]")).bands == [])
    }

    @Test("are read with every field, their bands in the order in which they were sent")
    func everyField() throws {
        let full = Self.plainBand.with("ageFrom", "0").with("ageTo", "200").with("sex", #""unknown""#)
            .with("group", #""long-term-conditions""#)
        let list = try Reading.listSizes(Self.plain.with("listSizes", "[\(full.json),\(Self.plainBand.json)]"))
        #expect(
            list.bands == [
                ListSizeBand(ageFrom: 0, ageTo: 200, sex: .unknown, group: .longTermConditions, people: 10),
                ListSizeBand(people: 10),
            ])
        let one = Self.plainBand.with("ageFrom", "65").with("ageTo", "65")
        #expect(try Reading.listSizes(Self.band(one)).bands == [ListSizeBand(ageFrom: 65, ageTo: 65, people: 10)])
    }

    @Test("may overlap as far as their form goes: that is for the ledger to see")
    func overlapping() throws {
        let list = try Reading.listSizes(Self.plain.with("listSizes", #"[{"people":1},{"people":2}]"#))
        #expect(list.bands.map(\.people) == [1, 2])
    }

    @Test("have 0 to 10^9 people in a band", arguments: [0, 1, 999_999_999, 1_000_000_000] as [Int64])
    func people(_ count: Int64) throws {
        let list = try Reading.listSizes(Self.band(Self.plainBand.with("people", "\(count)")))
        #expect(list.bands.map(\.people) == [count])
    }

    @Test("have at most 2,000 bands")
    func bandLimit() throws {
        func bands(_ count: Int) -> Body {
            let list = Array(repeating: Self.plainBand.json, count: count).joined(separator: ",")
            return Self.plain.with("listSizes", "[\(list)]")
        }
        #expect(try Reading.listSizes(bands(2_000)).bands.count == 2_000)
        expectRefused("too-many-items", at: "/listSizes") { () throws(WireProblem) in
            try Reading.listSizes(bands(2_001))
        }
    }

    static let refused: [Refused] = [
        Refused("listSizes", "null", "missing-field"), Refused("listSizes", "{}", "wrong-type"),
        Refused("listSizes", "10", "wrong-type"), Refused("listSizes", "[[]]", "wrong-type", at: "/listSizes/0"),
        Refused("listSizes", "[{}]", "missing-field", at: "/listSizes/0/people"),
        Refused("date", #""2015-04-01""#, "unknown-field"), Refused("people", "10", "unknown-field"),
    ]

    @Test("are refused where one value is wrong, with the field named", arguments: refused)
    func values(refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.listSizes(Self.plain.with(refused.name, refused.value))
        }
    }

    static let refusedBands: [Refused] = [
        Refused("people", "1000000001", "out-of-range"), Refused("people", "-1", "out-of-range"),
        Refused("people", "99999999999999999999", "out-of-range"), Refused("people", "1.5", "not-an-integer"),
        Refused("people", "1e3", "not-an-integer"), Refused("people", #""1""#, "wrong-type"),
        Refused("people", "null", "missing-field"), Refused("ageFrom", "-1", "out-of-range"),
        Refused("ageFrom", "201", "out-of-range"), Refused("ageTo", "201", "out-of-range"),
        Refused("ageTo", #""65""#, "wrong-type"), Refused("sex", #""both""#, "unknown-value"),
        Refused("group", #""all""#, "unknown-value"), Refused("group", "1", "wrong-type"),
        Refused("setting", #""primary""#, "unknown-field"), Refused("from", #""2015-04-01""#, "unknown-field"),
    ]

    @Test("are refused where one value of a band is wrong, with the band and the field named", arguments: refusedBands)
    func bandValues(refused: Refused) {
        let band = Self.plainBand.with(refused.name, refused.value)
        expectRefused(refused.code, at: "/listSizes/1\(refused.pointer)") { () throws(WireProblem) in
            try Reading.listSizes(Self.plain.with("listSizes", "[\(Self.plainBand.json),\(band.json)]"))
        }
    }

    @Test("are refused with a band that ends before it begins, or has a field twice")
    func spans() {
        let wrong = Self.plainBand.with("ageFrom", "65").with("ageTo", "64")
        expectRefused("ends-before-it-begins", at: "/listSizes/0") { () throws(WireProblem) in
            try Reading.listSizes(Self.band(wrong))
        }
        for name in ["ageFrom", "ageTo", "sex", "group", "people"] {
            expectRefused("duplicate-field", at: "/listSizes/0/\(name)") { () throws(WireProblem) in
                try Reading.listSizes(Self.band(Self.plainBand.with(name, "null").adding(name, "null")))
            }
        }
        expectRefused("duplicate-field", at: "/listSizes") { () throws(WireProblem) in
            try Reading.listSizes(Self.plain.adding("listSizes", "[]"))
        }
    }
}
