import ChequebookModel

/// The national cards and the commissioners' own, one for each year, with what they were before.
struct RateCards {
    private struct Key: Hashable {
        /// 0 for the national card.
        let commissioner: CommissionerIndex
        let year: FinancialYear
    }

    private struct Standing {
        let card: RateCard
        let change: LastChange
    }

    private static let national: CommissionerIndex = 0
    private var cards: [Key: Versions<Standing>] = [:]
    /// Counts every edit, so that figures reckoned from cards can tell whether they still hold.
    private(set) var edition: UInt64 = 0

    private func standing(_ commissioner: CommissionerIndex, _ year: FinancialYear, _ moment: Moment) -> Standing? {
        cards[Key(commissioner: commissioner, year: year)]?.value(at: moment)
    }

    func national(_ year: FinancialYear, at moment: Moment = .now) -> RateCard? {
        standing(Self.national, year, moment)?.card
    }

    func own(_ commissioner: CommissionerIndex, _ year: FinancialYear, at moment: Moment = .now) -> RateCard? {
        standing(commissioner, year, moment)?.card
    }

    /// The last change of either card that a commissioner's budget rests on.
    func lastChange(_ commissioner: CommissionerIndex, _ year: FinancialYear, at moment: Moment) -> LastChange {
        LastChange.later(
            standing(Self.national, year, moment)?.change ?? LastChange(),
            standing(commissioner, year, moment)?.change ?? LastChange())
    }

    /// Sets a card: a commissioner's own, or with nil the national one.
    mutating func put(_ card: RateCard, of commissioner: CommissionerIndex?, stamp: RecordStamp) -> Outcome {
        guard card.overlappingRates() == nil else { return .refused(.overlappingRates) }
        let key = Key(commissioner: commissioner ?? Self.national, year: card.year)
        let before = cards[key]?.current?.card
        guard before != card else { return .unchanged }
        let change = LastChange(sequence: stamp.sequence, recordedAt: stamp.recordedAt)
        cards[key, default: Versions()].set(Standing(card: card, change: change), recordedOn: stamp.recordedOn)
        edition += 1
        return before == nil ? .created : .replaced
    }

    /// The card in use for a setting: a commissioner's own if it has any rate for it, else the national one.
    func inUse(
        _ commissioner: CommissionerIndex, _ year: FinancialYear, _ setting: CareSetting, at moment: Moment = .now
    ) -> RateCard? {
        pair(commissioner, year, at: moment).inUse(setting)
    }

    /// Both cards of a year.
    func pair(_ commissioner: CommissionerIndex, _ year: FinancialYear, at moment: Moment = .now) -> Pair {
        Pair(
            commissioner: commissioner, year: year, own: own(commissioner, year, at: moment),
            national: national(year, at: moment))
    }

    /// The two cards that a commissioner's figures of a year rest on.
    struct Pair {
        let commissioner: CommissionerIndex
        let year: FinancialYear
        fileprivate let own: RateCard?
        fileprivate let national: RateCard?

        /// The commissioner's own if it has any rate for the setting, else the national one.
        func inUse(_ setting: CareSetting) -> RateCard? {
            if let own, own.hasRates(for: setting) { return own }
            return national
        }

        /// Whom the card in use names for a setting. It copies no card.
        func funder(_ setting: CareSetting) -> Funder? {
            if own?.hasRates(for: setting) == true { return own?.funders[Int(setting.rawValue)] }
            return national?.funders[Int(setting.rawValue)]
        }
    }

    /// The weight in millionths by which a commissioner's rates for a setting are multiplied.
    func weightMillionths(
        _ commissioner: CommissionerIndex, _ year: FinancialYear, _ setting: CareSetting, at moment: Moment
    ) -> Int64 {
        own(commissioner, year, at: moment)?.weightMillionths(for: setting) ?? 1_000_000
    }
}
