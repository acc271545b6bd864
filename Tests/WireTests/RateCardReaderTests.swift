import ChequebookModel
import ChequebookWire
import Testing

@Suite("A rate card")
struct RateCardReaderTests {
    static let plain = Body(["rates": #"[{"setting":"primary","annualPence":14200}]"#])

    /// The card with one rate of these members.
    static func rate(_ members: Body) -> Body { plain.with("rates", "[\(members.json)]") }

    static let plainRate = Body(["setting": #""primary""#, "annualPence": "14200"])

    @Test("is read with its fewest fields: a rate for everybody, all year, and no weight")
    func fewestFields() throws {
        let expected = RateCard(
            year: Reading.year, rates: [CapitationRate(setting: .primary, annualPence: 14_200)])
        #expect(try Reading.card(Self.plain) == expected)
        #expect(try Reading.card(Self.plain, isNational: true) == expected)
        #expect(try Reading.card(Self.plain.with("rates", "[]")).rates == [])
        var nulls = Self.plainRate
        for name in ["ageFrom", "ageTo", "sex", "group", "from", "until"] { nulls = nulls.with(name, "null") }
        let body = Self.rate(nulls).with("weight", "null").with("weights", "null").with("funders", "null")
        #expect(try Reading.card(body, isNational: true) == expected)
    }

    @Test("is read with every field, its rates in the order in which they were sent")
    func everyField() throws {
        let rate = Self.plainRate.with("ageFrom", "0").with("ageTo", "200").with("sex", #""male""#)
            .with("group", #""mothers-and-children""#).with("from", #""2015-10-01""#).with("until", #""2015-10-02""#)
        let body = Body([
            "weight": #""1.0532""#, "weights": #"{"community":"1.347","public-health":"0","social":null}"#,
            "funders": #"{"primary":"X24","social":"council","secondary":null}"#,
            "rates": "[\(rate.json),\(Self.plainRate.with("setting", #""social""#).json)]",
        ])
        let expected = RateCard(
            year: Reading.year, weightMillionths: 1_053_200,
            settingWeightMillionths: [.community: 1_347_000, .publicHealth: 0],
            funders: [.primary: .organisation(Reading.code("X24")), .social: .council],
            rates: [
                CapitationRate(
                    setting: .primary, annualPence: 14_200, ageFrom: 0, ageTo: 200, sex: .male,
                    group: .mothersAndChildren, from: Reading.day("2015-10-01"), until: Reading.day("2015-10-02")),
                CapitationRate(setting: .social, annualPence: 14_200),
            ])
        #expect(try Reading.card(body) == expected)
    }

    @Test(
        "has weights of 0 to 100 with up to six places",
        arguments: [
            ("0", 0), ("1", 1_000_000), ("1.0532", 1_053_200), ("0.000001", 1), ("100", 100_000_000),
            ("100.000000", 100_000_000), ("99.999999", 99_999_999), ("10.5", 10_500_000), ("0.0", 0),
        ])
    func weights(text: String, millionths: Int64) throws {
        #expect(try Reading.card(Self.plain.with("weight", "\"\(text)\"")).weightMillionths == millionths)
        let card = try Reading.card(Self.plain.with("weights", "{\"social\":\"\(text)\"}"))
        #expect(card.weightMillionths == nil)
        #expect(card.settingWeightMillionths == CareSetting.allCases.map { $0 == .social ? millionths : nil })
    }

    @Test(
        "is refused with a weight beyond 100, with more places, a needless zero, a sign or two points",
        arguments: [
            "100.000001", "101", "1000", "1.1234567", "01", "00", "01.5", ".5", "1.", "", ".", "-1", "+1", "1e2",
            "1.2.3", "1..", "1..5", "..1", "1,5", " 1", "1 ", "0x1", "१",
        ])
    func badWeights(text: String) {
        expectRefused("bad-weight", at: "/weight") { () throws(WireProblem) in
            try Reading.card(Self.plain.with("weight", "\"\(text)\""))
        }
        expectRefused("bad-weight", at: "/weights/mental-health") { () throws(WireProblem) in
            try Reading.card(Self.plain.with("weights", "{\"mental-health\":\"\(text)\"}"))
        }
    }

    @Test("is refused with weights if it is the national one")
    func nationalWeights() {
        for (name, value) in [("weight", #""1""#), ("weights", "{}"), ("weight", "1.5")] {
            expectRefused("field-not-allowed", at: "/\(name)") { () throws(WireProblem) in
                try Reading.card(Self.plain.with(name, value), isNational: true)
            }
        }
    }

    @Test("has annual rates of 0 to 10^12 pence", arguments: [0, 1, 999_999_999_999, 1_000_000_000_000])
    func annualPence(pence: Int64) throws {
        let card = try Reading.card(Self.rate(Self.plainRate.with("annualPence", "\(pence)")))
        #expect(card.rates.map(\.annualPence) == [pence])
    }

    @Test("has at most 1,000 rates")
    func rateLimit() throws {
        func rates(_ count: Int) -> Body {
            let list = Array(repeating: Self.plainRate.json, count: count).joined(separator: ",")
            return Self.plain.with("rates", "[\(list)]")
        }
        #expect(try Reading.card(rates(1_000)).rates.count == 1_000)
        expectRefused("too-many-items", at: "/rates") { () throws(WireProblem) in try Reading.card(rates(1_001)) }
    }

    @Test("has rates for one year of age and for one day")
    func narrowRates() throws {
        let rate = Self.plainRate.with("ageFrom", "65").with("ageTo", "65")
        #expect(try Reading.card(Self.rate(rate)).rates.first?.ageTo == 65)
    }

    static let refused: [Refused] = [
        Refused("weight", "1.5", "wrong-type"), Refused("weight", "1", "wrong-type"),
        Refused("weights", "[]", "wrong-type"), Refused("weights", #""1""#, "wrong-type"),
        Refused("weights", #"{"social":1}"#, "wrong-type", at: "/weights/social"),
        Refused("weights", #"{"dental":"1"}"#, "unknown-field", at: "/weights/dental"),
        Refused("weights", #"{"social":"1","social":"1"}"#, "duplicate-field", at: "/weights/social"),
        Refused("funders", "7", "wrong-type"),
        Refused("funders", #"{"social":7}"#, "wrong-type", at: "/funders/social"),
        Refused("funders", #"{"social":"Council"}"#, "bad-organisation-code", at: "/funders/social"),
        Refused("funders", #"{"Social":"council"}"#, "unknown-field", at: "/funders/Social"),
        Refused("rates", "{}", "wrong-type"), Refused("rates", "[[]]", "wrong-type", at: "/rates/0"),
        Refused("rates", "null", "missing-field"), Refused("year", #""2015-16""#, "unknown-field"),
    ]

    @Test("is refused where one value is wrong, with the field named", arguments: refused)
    func values(refused: Refused) {
        expectRefused(refused.code, at: refused.pointer) { () throws(WireProblem) in
            try Reading.card(Self.plain.with(refused.name, refused.value))
        }
    }

    static let refusedRates: [Refused] = [
        Refused("annualPence", "1000000000001", "out-of-range"), Refused("annualPence", "-1", "out-of-range"),
        Refused("annualPence", "1.5", "not-an-integer"), Refused("annualPence", #""1""#, "wrong-type"),
        Refused("annualPence", "99999999999999999999", "out-of-range"), Refused("annualPence", "null", "missing-field"),
        Refused("setting", #""dental""#, "unknown-value"), Refused("setting", "null", "missing-field"),
        Refused("ageFrom", "-1", "out-of-range"), Refused("ageFrom", "201", "out-of-range"),
        Refused("ageTo", "201", "out-of-range"), Refused("ageTo", "65.0", "not-an-integer"),
        Refused("ageTo", #""65""#, "wrong-type"), Refused("sex", #""both""#, "unknown-value"),
        Refused("group", #""all""#, "unknown-value"), Refused("from", #""2015-10""#, "bad-date"),
        Refused("until", #""2015-13-01""#, "bad-date"), Refused("amountPence", "1", "unknown-field"),
    ]

    @Test("is refused where one value of a rate is wrong, with the rate and the field named", arguments: refusedRates)
    func rateValues(refused: Refused) {
        let rate = Self.plainRate.with(refused.name, refused.value)
        expectRefused(refused.code, at: "/rates/1\(refused.pointer)") { () throws(WireProblem) in
            try Reading.card(Self.plain.with("rates", "[\(Self.plainRate.json),\(rate.json)]"))
        }
    }

    @Test("is refused with a rate that ends before it begins, or has a field twice")
    func spans() {
        let wrong = [
            Self.plainRate.with("ageFrom", "65").with("ageTo", "64"),
            Self.plainRate.with("from", #""2015-10-01""#).with("until", #""2015-10-01""#),
            Self.plainRate.with("from", #""2015-10-01""#).with("until", #""2015-09-30""#),
        ]
        for rate in wrong {
            expectRefused("ends-before-it-begins", at: "/rates/0") { () throws(WireProblem) in
                try Reading.card(Self.rate(rate))
            }
        }
        for name in ["setting", "annualPence", "ageFrom", "ageTo", "sex", "group", "from", "until"] {
            expectRefused("duplicate-field", at: "/rates/0/\(name)") { () throws(WireProblem) in
                try Reading.card(Self.rate(Self.plainRate.with(name, "null").adding(name, "null")))
            }
        }
        for name in ["weight", "weights", "funders", "rates"] {
            expectRefused("duplicate-field", at: "/\(name)") { () throws(WireProblem) in
                try Reading.card(Self.plain.with(name, "null").adding(name, "null"))
            }
        }
    }
}
