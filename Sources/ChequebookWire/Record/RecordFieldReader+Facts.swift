import ChequebookModel

extension RecordFieldReader {
    mutating func commissioner() throws(RecordError) -> Commissioner {
        let code = try code("code")
        let kind = try value("kind of body", CommissionerKind.init(rawValue:))
        let nameCount: UInt16 = try integer("length of name")
        guard let name = String(validating: try text("name", Int(nameCount)), as: UTF8.self),
            Commissioner.isName(name)
        else { throw .malformed(field: "name") }
        let opened = try optionalDay("opened")
        let closed = try optionalDay("closed")
        var parents: [Commissioner.Parent] = []
        for _ in 0..<(try relationCount("parents")) {
            parents.append(
                Commissioner.Parent(
                    code: try self.code("parent"), from: try day("parent from"), until: try optionalDay("parent until"))
            )
        }
        var successors: [Commissioner.Successor] = []
        for _ in 0..<(try relationCount("successors")) {
            successors.append(
                Commissioner.Successor(code: try self.code("successor"), from: try day("successor from")))
        }
        return Commissioner(
            code: code, name: name, kind: kind, opened: opened, closed: closed, parents: parents,
            successors: successors)
    }

    private mutating func relationCount(_ field: StaticString) throws(RecordError) -> UInt8 {
        let count: UInt8 = try integer(field)
        guard count <= Limits.relationsMax else { throw .malformed(field: "\(field)") }
        return count
    }

    mutating func statement() throws(RecordError) -> Statement {
        Statement(
            patient: try patient(), commissioner: try code("commissioner"), from: try day("from"),
            until: try optionalDay("until"), born: try day("born"), sex: try value("sex", Sex.init(rawValue:)),
            group: try value("group", PatientGroup.init(rawValue:)), practice: try optionalCode("practice"),
            council: try optionalCode("council"))
    }

    mutating func rateCard() throws(RecordError) -> RateCard {
        let startYear: UInt16 = try integer("year")
        guard let year = FinancialYear(startYear: Int(startYear)) else { throw .malformed(field: "year") }
        let weight = try weight()
        let settingCount: UInt8 = try integer("settings")
        guard settingCount <= CareSetting.count else { throw .malformed(field: "settings") }
        var weights: [CareSetting: Int64] = [:]
        var funders: [CareSetting: Funder] = [:]
        for setting in CareSetting.allCases.prefix(Int(settingCount)) {
            weights[setting] = try self.weight()
            let funder: UInt64 = try integer("funder")
            if funder == UInt64.max {
                funders[setting] = .council
            } else if funder != 0 {
                guard let code = OrganisationCode(packed: funder) else { throw .malformed(field: "funder") }
                funders[setting] = .organisation(code)
            }
        }
        let rateCount: UInt16 = try integer("rates")
        guard rateCount <= Limits.ratesInCardMax else { throw .malformed(field: "rates") }
        var rates: [CapitationRate] = []
        for _ in 0..<rateCount { rates.append(try rate()) }
        return RateCard(
            year: year, weightMillionths: weight, settingWeightMillionths: weights, funders: funders, rates: rates)
    }

    mutating func personDetails() throws(RecordError) -> PersonDetails {
        PersonDetails(
            patient: try patient(), born: try optionalDay("born"), sex: try optional("sex", Sex.init(rawValue:)),
            died: try edit("died") { (reader) throws(RecordError) in try reader.day("died") },
            replacedBy: try edit("replaced by") { (reader) throws(RecordError) in try reader.patient() })
    }

    private mutating func edit<Value>(
        _ field: StaticString, _ read: (inout RecordFieldReader) throws(RecordError) -> Value
    ) throws(RecordError) -> Edit<Value> {
        switch try integer(field) as UInt8 {
        case 0: return .keep
        case 1: return .clear
        case 2: return .set(try read(&self))
        default: throw .malformed(field: "\(field)")
        }
    }

    mutating func listSizes() throws(RecordError) -> ListSizes {
        let code = try code("commissioner")
        let date = try day("date")
        let count: UInt16 = try integer("bands")
        guard count <= Limits.bandsInListMax else { throw .malformed(field: "bands") }
        var bands: [ListSizeBand] = []
        for _ in 0..<count { bands.append(try band()) }
        return ListSizes(commissioner: code, date: date, bands: bands)
    }

    private mutating func band() throws(RecordError) -> ListSizeBand {
        let ageFrom = try optional("age from", Self.age)
        let ageTo = try optional("age to", Self.age)
        let sex = try optional("sex", Sex.init(rawValue:))
        let group = try optional("group", PatientGroup.init(rawValue:))
        let people: UInt32 = try integer("people")
        guard people <= Limits.peopleInBandMax else { throw .malformed(field: "people") }
        return ListSizeBand(ageFrom: ageFrom, ageTo: ageTo, sex: sex, group: group, people: Int64(people))
    }

    mutating func succession() throws(RecordError) -> Succession {
        let code = try code("commissioner")
        let date = try day("date")
        let count = try relationCount("merged bodies")
        guard count > 0 else { throw .malformed(field: "merged bodies") }
        var from: [OrganisationCode] = []
        for _ in 0..<count { from.append(try self.code("merged body")) }
        return Succession(commissioner: code, from: from, date: date)
    }

    private mutating func weight() throws(RecordError) -> Int64? {
        let millionths: Int64 = try integer("weight")
        guard millionths != -1 else { return nil }
        guard (0...Limits.weightMillionthsMax).contains(millionths) else { throw .malformed(field: "weight") }
        return millionths
    }

    private mutating func rate() throws(RecordError) -> CapitationRate {
        let setting = try value("setting", CareSetting.init(rawValue:))
        let annualPence: Int64 = try integer("annual pence")
        guard (0...Limits.annualPenceMax).contains(annualPence) else { throw .malformed(field: "annual pence") }
        return CapitationRate(
            setting: setting, annualPence: annualPence, ageFrom: try optional("age from", Self.age),
            ageTo: try optional("age to", Self.age), sex: try optional("sex", Sex.init(rawValue:)),
            group: try optional("group", PatientGroup.init(rawValue:)), from: try optionalDay("from"),
            until: try optionalDay("until"))
    }

    private static func age(_ years: UInt8) -> Int? {
        years <= Limits.ageYearsMax ? Int(years) : nil
    }
}
