public import ChequebookModel

/// Reads a rate card from its JSON object (section 4 of the contract).
public enum RateCardReader {
    /// The card that the object describes, for the year of its path.
    ///
    /// - Parameter isNational: a national card has no weights.
    /// - Throws: `WireProblem` naming the first field that is wrong.
    public static func card(
        _ tokens: JSONTokens, year: FinancialYear, isNational: Bool
    ) throws(WireProblem) -> RateCard {
        var fields = Fields(tokens)
        var weight: Int64?
        var weights: [CareSetting: Int64] = [:]
        var funders: [CareSetting: Funder] = [:]
        var rates: [CapitationRate]?
        for member in try fields.members(at: 0) {
            switch member.key {
            case "weight":
                guard try fields.note(0, member) else { continue }
                try refuseIfNational(isNational, member, fields)
                weight = try self.weight(member, fields)
            case "weights":
                guard try fields.note(1, member) else { continue }
                try refuseIfNational(isNational, member, fields)
                weights = try bySetting(member, tokens) { (member, fields) throws(WireProblem) in
                    try self.weight(member, fields)
                }
            case "funders":
                guard try fields.note(2, member) else { continue }
                funders = try bySetting(member, tokens) { (member, fields) throws(WireProblem) in
                    member.value.isText("council") ? .council : .organisation(try fields.code(member))
                }
            case "rates":
                guard try fields.note(3, member) else { continue }
                rates = try self.rates(member, fields)
            default: throw fields.unknown(member, known: "weight, weights, funders, rates")
            }
        }
        guard let rates else { throw fields.missing("rates") }
        return RateCard(
            year: year, weightMillionths: weight, settingWeightMillionths: weights, funders: funders, rates: rates)
    }

    private static func refuseIfNational(
        _ isNational: Bool, _ member: JSONMember, _ fields: Fields
    ) throws(WireProblem) {
        guard isNational else { return }
        throw fields.problem(
            "field-not-allowed", member.valueIndex, "is not for the national card; weights are a commissioner's own")
    }

    /// An object whose keys are care settings.
    private static func bySetting<Value>(
        _ member: JSONMember, _ tokens: JSONTokens, _ value: (JSONMember, Fields) throws(WireProblem) -> Value
    ) throws(WireProblem) -> [CareSetting: Value] {
        var fields = Fields(tokens)
        var values: [CareSetting: Value] = [:]
        for member in try fields.members(at: member.valueIndex) {
            guard let setting = CareSetting(utf8: member.key.text) else {
                throw fields.unknown(member, known: CareSetting.words.joined(separator: ", "))
            }
            if try fields.note(UInt32(setting.rawValue), member) { values[setting] = try value(member, fields) }
        }
        return values
    }

    /// A decimal from 0 to 100 with at most six places, in millionths.
    private static func weight(_ member: JSONMember, _ fields: Fields) throws(WireProblem) -> Int64 {
        guard let weight = millionths(try fields.text(member)), weight <= Limits.weightMillionthsMax else {
            throw fields.problem(
                "bad-weight", member.valueIndex,
                "must be a decimal in quotes like \"1.0532\", from 0 to 100 with at most six places")
        }
        return weight
    }

    /// One to three digits without a needless 0 before them and, behind a point, one to six; nil for anything else.
    private static func millionths(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0]
        guard (1...3).contains(whole.count), whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
        let places = parts.count == 2 ? parts[1].count : 0
        guard parts.count == 1 || (1...6).contains(places) else { return nil }
        var value: Int64 = 0
        for byte in parts.joined() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte) - 48
        }
        for _ in places..<6 { value *= 10 }
        return value
    }

    private static func rates(_ member: JSONMember, _ fields: Fields) throws(WireProblem) -> [CapitationRate] {
        var rates: [CapitationRate] = []
        for index in try fields.elements(member, countMax: Limits.ratesInCardMax) {
            rates.append(try rate(fields.tokens, index))
        }
        return rates
    }

    private static func rate(_ tokens: JSONTokens, _ index: Int) throws(WireProblem) -> CapitationRate {
        var fields = Fields(tokens)
        var setting: CareSetting?
        var annualPence: Int64?
        var ageFrom: Int?
        var ageTo: Int?
        var sex: Sex?
        var group: PatientGroup?
        var from: CalendarDate?
        var until: CalendarDate?
        for member in try fields.members(at: index) {
            switch member.key {
            case "setting": if try fields.note(0, member) { setting = try fields.word(member, CareSetting.self) }
            case "annualPence":
                if try fields.note(1, member) { annualPence = try fields.integer(member, 0...Limits.annualPenceMax) }
            case "ageFrom": if try fields.note(2, member) { ageFrom = try fields.age(member) }
            case "ageTo": if try fields.note(3, member) { ageTo = try fields.age(member) }
            case "sex": if try fields.note(4, member) { sex = try fields.word(member, Sex.self) }
            case "group": if try fields.note(5, member) { group = try fields.word(member, PatientGroup.self) }
            case "from": if try fields.note(6, member) { from = try fields.date(member) }
            case "until": if try fields.note(7, member) { until = try fields.date(member) }
            default:
                throw fields.unknown(member, known: "setting, annualPence, ageFrom, ageTo, sex, group, from, until")
            }
        }
        guard let setting else { throw fields.missing("setting", at: index) }
        guard let annualPence else { throw fields.missing("annualPence", at: index) }
        if let ageFrom, let ageTo, ageTo < ageFrom {
            throw fields.problem("ends-before-it-begins", index, "must have an ageTo that is not below its ageFrom")
        }
        if let from, let until, until <= from {
            throw fields.problem("ends-before-it-begins", index, "must have an until after its from")
        }
        return CapitationRate(
            setting: setting, annualPence: annualPence, ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group,
            from: from, until: until)
    }
}
