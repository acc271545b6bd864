import ChequebookModel

/// The budget figures reckoned last for each commissioner and year, kept while what they rest on stands still.
///
/// Costs change with every event, budgets only with statements and cards; so a busy commissioner's totals rarely have
/// to be reckoned from the population again.
struct BudgetMemory {
    private struct Key: Hashable {
        let commissioner: CommissionerIndex
        let year: FinancialYear
    }

    private struct Entry {
        let dayEnd: Int
        let populationEdition: UInt64
        let cardsEdition: UInt64
        let figures: BudgetFigures
    }

    /// Some 9 KB each: whoever asks for every year of every body must not fill the memory.
    static let entriesMax = 4_096

    private var entries: [Key: Entry] = [:]

    var count: Int { entries.count }

    mutating func figures(
        _ commissioner: CommissionerIndex, _ year: FinancialYear, dayEnd: Int, population: Population, cards: RateCards
    ) -> BudgetFigures {
        let key = Key(commissioner: commissioner, year: year)
        if let entry = entries[key], entry.dayEnd == dayEnd, entry.populationEdition == population.edition,
            entry.cardsEdition == cards.edition
        {
            return entry.figures
        }
        let figures = BudgetReckoning(cards: cards, commissioner: commissioner, year: year, dayEnd: dayEnd)
            .figures(of: population)
        if entries[key] == nil, entries.count >= Self.entriesMax { entries.removeAll() }
        entries[key] = Entry(
            dayEnd: dayEnd, populationEdition: population.edition, cardsEdition: cards.edition, figures: figures)
        return figures
    }
}
