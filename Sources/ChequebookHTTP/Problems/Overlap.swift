import ChequebookModel

/// Two items of a list that cannot stand side by side.
struct Overlap {
    private let code: ProblemCode
    private let list: String
    /// Their places in the list, from 0.
    private let first: Int
    private let second: Int
    private let how: String

    /// The rates of a card that overlap; nil if none do.
    init?(ofRatesIn fact: Fact) {
        let card: RateCard
        switch fact {
        case .nationalRateCard(let national): card = national
        case .ownRateCard(_, let own): card = own
        default: return nil
        }
        guard let (first, second) = card.overlappingRates() else { return nil }
        (code, list, self.first, self.second) = (.overlappingRates, "rates", first, second)
        how = "could both apply to one person on one day"
    }

    /// The bands of a list that overlap; nil if none do.
    init?(ofBandsIn fact: Fact) {
        guard case .listSizes(let list) = fact, let (first, second) = list.overlappingBands() else { return nil }
        (code, self.list, self.first, self.second) = (.overlappingListSizes, "listSizes", first, second)
        how = "could both count one person"
    }

    /// The problem, with both of them named.
    ///
    /// - Parameter lines: the line of each item, if the list was a table.
    func problem(lines: [Int]?) -> Problem {
        func place(_ index: Int) -> Problem.Place {
            lines.map { .line($0[index], column: nil) } ?? .pointer("/\(list)/\(index)")
        }
        func name(_ index: Int) -> String { lines.map { "line \($0[index])" } ?? "/\(list)/\(index)" }
        var problem = Problem(code, "\(name(first)) and \(name(second)) \(how)")
        problem.errors = [(first, second), (second, first)].map { one, other in
            Problem.Entry(place: place(one), code: code.rawValue, detail: "overlaps \(name(other))")
        }
        return problem
    }
}
