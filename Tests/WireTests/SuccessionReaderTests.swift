import ChequebookModel
import ChequebookWire
import Testing

@Suite("A succession")
struct SuccessionReaderTests {
    static let plain = Body(["from": #"["00F","00G"]"#, "date": #""2015-04-01""#])

    @Test("is read with both fields, the bodies in the order sent")
    func fields() throws {
        #expect(
            try Reading.succession(Self.plain)
                == Succession(
                    commissioner: Reading.code("15E"), from: ["00F", "00G"].map(Reading.code),
                    date: Reading.day("2015-04-01")))
    }

    @Test("names 1 to 100 bodies")
    func bounds() throws {
        func bodies(_ count: Int) -> Body {
            Self.plain.with("from", "[" + (0..<count).map { "\"X\($0)\"" }.joined(separator: ",") + "]")
        }
        #expect(try Reading.succession(bodies(100)).from.count == 100)
        expectRefused("too-many-items", at: "/from") { () throws(WireProblem) in try Reading.succession(bodies(101)) }
        #expect(try Reading.succession(bodies(1)).from.count == 1)
        expectRefused("empty-list", at: "/from") { () throws(WireProblem) in try Reading.succession(bodies(0)) }
    }

    @Test("needs both fields", arguments: ["from", "date"])
    func missing(name: String) {
        expectRefused("missing-field", at: "/\(name)") { () throws(WireProblem) in
            try Reading.succession(Self.plain.without(name))
        }
    }

    @Test(
        "is refused with the field and the reason",
        arguments: [
            Refused("from", #""00F""#, "wrong-type"), Refused("from", "[1]", "wrong-type", at: "/from/0"),
            Refused("from", #"["00F","x"]"#, "bad-organisation-code", at: "/from/1"),
            Refused("from", #"["00F","00F"]"#, "repeated-code", at: "/from/1"),
            Refused("from", #"["00F","15E"]"#, "succeeds-itself", at: "/from/1"),
            Refused("date", #""2015-02-29""#, "bad-date"), Refused("until", #""2015-04-01""#, "unknown-field"),
        ])
    func refused(_ refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.succession(Self.plain.with(refused.name, refused.value))
        }
    }
}
