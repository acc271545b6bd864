import ChequebookModel

/// The national cards and the commissioners' own, one for each year.
struct RateCards {
    private struct OwnKey: Hashable {
        let commissioner: CommissionerIndex
        let year: FinancialYear
    }

    private var national: [FinancialYear: (card: RateCard, lastChange: LastChange)] = [:]
    private var own: [OwnKey: (card: RateCard, lastChange: LastChange)] = [:]
    /// Counts every edit, so that figures reckoned from cards can tell whether they still hold.
    private(set) var edition: UInt64 = 0

    func national(_ year: FinancialYear) -> RateCard? { national[year]?.card }

    func own(_ commissioner: CommissionerIndex, _ year: FinancialYear) -> RateCard? {
        own[OwnKey(commissioner: commissioner, year: year)]?.card
    }

    /// The last change of either card that a commissioner's budget rests on.
    func lastChange(_ commissioner: CommissionerIndex, _ year: FinancialYear) -> LastChange {
        LastChange.later(
            national[year]?.lastChange ?? LastChange(),
            own[OwnKey(commissioner: commissioner, year: year)]?.lastChange ?? LastChange())
    }

    /// Sets a card: a commissioner's own, or with nil the national one.
    mutating func put(_ card: RateCard, of commissioner: CommissionerIndex?, stamp: RecordStamp) -> Outcome {
        guard card.overlappingRates() == nil else { return .refused(.overlappingRates) }
        let change = LastChange(sequence: stamp.sequence, recordedAt: stamp.recordedAt)
        let before = commissioner.map { own($0, card.year) } ?? national(card.year)
        guard before != card else { return .unchanged }
        if let commissioner {
            own[OwnKey(commissioner: commissioner, year: card.year)] = (card, change)
        } else {
            national[card.year] = (card, change)
        }
        edition += 1
        return before == nil ? .created : .replaced
    }

    /// The card in use for a setting: a commissioner's own if it has any rate for it, else the national one.
    func inUse(_ commissioner: CommissionerIndex, _ year: FinancialYear, _ setting: CareSetting) -> RateCard? {
        if let own = own(commissioner, year), own.hasRates(for: setting) { return own }
        return national(year)
    }

    /// The weight in millionths by which a commissioner's rates for a setting are multiplied.
    func weightMillionths(_ commissioner: CommissionerIndex, _ year: FinancialYear, _ setting: CareSetting) -> Int64 {
        own(commissioner, year)?.weightMillionths(for: setting) ?? 1_000_000
    }
}
