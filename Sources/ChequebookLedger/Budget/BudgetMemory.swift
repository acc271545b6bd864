import ChequebookModel

/// The budget figures reckoned last for each commissioner and year, kept while what they rest on stands still.
///
/// Costs change with every event, budgets only with statements, lists and cards; so a busy commissioner's totals rarely
/// have to be reckoned from the population again.
struct BudgetMemory {
    private struct Key: Hashable {
        let commissioner: CommissionerIndex
        let year: FinancialYear
    }

    /// Counters of edits: the figures hold while all of them stand still.
    struct Editions: Equatable {
        let population: UInt64
        let lists: UInt64
        let cards: UInt64
    }

    private struct Entry {
        let dayEnd: Int
        let editions: Editions
        let figures: BudgetFigures
    }

    /// Some 10 KB each: whoever asks for every year of every body must not fill the memory.
    static let entriesMax = 4_096

    private var entries: [Key: Entry] = [:]

    var count: Int { entries.count }

    mutating func figures(
        _ commissioner: CommissionerIndex, _ year: FinancialYear, dayEnd: Int, _ editions: Editions,
        reckon: () -> BudgetFigures
    ) -> BudgetFigures {
        let key = Key(commissioner: commissioner, year: year)
        if let entry = entries[key], entry.dayEnd == dayEnd, entry.editions == editions { return entry.figures }
        let figures = reckon()
        if entries[key] == nil, entries.count >= Self.entriesMax { entries.removeAll() }
        entries[key] = Entry(dayEnd: dayEnd, editions: editions, figures: figures)
        return figures
    }
}
