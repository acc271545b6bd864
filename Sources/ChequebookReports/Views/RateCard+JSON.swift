public import ChequebookModel

extension RateCard {
    /// The card as JSON with a line feed.
    ///
    /// - Parameter commissioner: whose own card it is; nil for the national one.
    public func json(of commissioner: OrganisationCode?) -> [UInt8] {
        var writer = JSONWriter(byteCapacity: 128 * (rates.count + 4))
        writer.object { writer in
            writer.member("year", "\(year)")
            writer.memberIfAny("commissioner", commissioner.map { "\($0)" })
            writer.memberIfAny("weight", weightMillionths.map { Decimal.text(millionths: $0) })
            writeBySetting("weights", settingWeightMillionths, to: &writer) { Decimal.text(millionths: $0) }
            writeBySetting("funders", funders, to: &writer) { $0.word }
            writer.key("rates")
            writer.array { writer in
                for rate in rates { rate.write(to: &writer) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private func writeBySetting<Value>(
        _ name: StaticString, _ values: [Value?], to writer: inout JSONWriter, _ text: (Value) -> String
    ) {
        guard values.contains(where: { $0 != nil }) else { return }
        writer.key(name)
        writer.object { writer in
            for setting in CareSetting.allCases {
                if let value = values[Int(setting.rawValue)] { writer.member(setting.word, text(value)) }
            }
        }
    }
}

extension CapitationRate {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("setting", "\(setting.word)")
            writer.member("annualPence", annualPence)
            if let ageFrom { writer.member("ageFrom", ageFrom) }
            if let ageTo { writer.member("ageTo", ageTo) }
            writer.memberIfAny("sex", sex.map { "\($0.word)" })
            writer.memberIfAny("group", group.map { "\($0.word)" })
            writer.memberIfAny("from", from.map { "\($0)" })
            writer.memberIfAny("until", until.map { "\($0)" })
        }
    }
}

extension Funder {
    fileprivate var word: String {
        switch self {
        case .organisation(let code): "\(code)"
        case .council: "council"
        }
    }
}
