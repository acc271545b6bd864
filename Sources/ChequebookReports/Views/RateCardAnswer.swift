public import ChequebookModel

/// The answer to `GET` of a rate card, national or a commissioner's own.
public struct RateCardAnswer: Answer {
    public let card: RateCard
    /// Nil for the national card.
    public let commissioner: OrganisationCode?

    public init(_ card: RateCard, of commissioner: OrganisationCode?) {
        (self.card, self.commissioner) = (card, commissioner)
    }

    /// The rates alone, in the fields in which they are sent. Weights and funders belong to the card, not to a rate,
    /// and a setting can have them without any rate: they are in JSON only.
    public var layout: SheetLayout {
        SheetLayout(
            lists: ["rates"],
            columns: ["setting", "annualPence", "ageFrom", "ageTo", "sex", "group", "from", "until"])
    }

    public var jsonByteCapacity: Int { 128 * (card.rates.count + 4) }

    public func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("year", "\(card.year)")
            sink.memberIfAny("commissioner", commissioner.map { "\($0)" })
            if let weight = card.weightMillionths { sink.decimalMember("weight", Decimal.text(millionths: weight)) }
            Self.writeBySetting("weights", card.settingWeightMillionths, to: &sink) { sink, name, weight in
                sink.decimalMember(name, Decimal.text(millionths: weight))
            }
            Self.writeBySetting("funders", card.funders, to: &sink) { sink, name, funder in
                sink.member(name, funder.word)
            }
            sink.key("rates")
            sink.array { sink in
                for rate in card.rates { rate.write(to: &sink) }
            }
        }
    }

    private static func writeBySetting<Value, Sink: AnswerSink & ~Copyable>(
        _ name: StaticString, _ values: [Value?], to sink: inout Sink,
        _ write: (inout Sink, StaticString, Value) -> Void
    ) {
        guard values.contains(where: { $0 != nil }) else { return }
        sink.key(name)
        sink.object { sink in
            for setting in CareSetting.allCases {
                if let value = values[Int(setting.rawValue)] { write(&sink, setting.word, value) }
            }
        }
    }
}

extension CapitationRate {
    fileprivate func write(to sink: inout some AnswerSink & ~Copyable) {
        sink.object { sink in
            sink.member("setting", "\(setting.word)")
            sink.member("annualPence", annualPence)
            if let ageFrom { sink.member("ageFrom", ageFrom) }
            if let ageTo { sink.member("ageTo", ageTo) }
            sink.memberIfAny("sex", sex.map { "\($0.word)" })
            sink.memberIfAny("group", group.map { "\($0.word)" })
            sink.memberIfAny("from", from.map { "\($0)" })
            sink.memberIfAny("until", until.map { "\($0)" })
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
