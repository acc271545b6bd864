public import ChequebookModel

/// Every way of adding up a year's cost, side by side.
public struct Reconciliation: Equatable, Sendable {
    /// What is added up.
    public enum Way: String, CaseIterable, Sendable {
        case patient, commissioner, setting, month, provider, funder
    }

    /// One way's sum, and the part of it that the way cannot name.
    public struct Sum: Equatable, Sendable {
        public let way: Way
        public internal(set) var total = CostFigures.Cell()
        /// Without patient, unattributed, without provider, without funder; nothing for the others.
        public internal(set) var rest = CostFigures.Cell()
    }

    public let year: FinancialYear
    public let sums: [Sum]

    /// Whether every way gives the same pence and the same number of events.
    public var agrees: Bool { sums.allSatisfy { $0.total == sums[0].total } }
}

extension Ledger {
    /// Adds a year's cost up in every way.
    ///
    /// The ways rest on three things that are kept apart: the rows of the event index (by patient), the sums by day (by
    /// commissioner, setting and month), and the log of changes (by provider and funder).
    ///
    /// - Throws: what the reader throws.
    public func reconciliation(_ year: FinancialYear) throws -> Reconciliation {
        var sums = Reconciliation.Way.allCases.map { Reconciliation.Sum(way: $0) }
        try addEvents(year, to: &sums[0])
        for index in register.sortedIndices + [CommissionerRegister.unattributed] {
            guard let book = costs.year(index, year) else { continue }
            let figures = book.figures(before: year.dayCount)
            let all = CareSetting.allCases.map { figures.sum($0) }
            for cell in all {
                sums[1].total += cell
                if index == CommissionerRegister.unattributed { sums[1].rest += cell }
            }
            for cell in all { sums[2].total += cell }
            for month in 0..<12 { sums[3].total += figures.sum(month: month) }
            for line in book.detailedFigures(before: year.dayCount, at: .now).lines {
                sums[4].total += line.cell
                if line.key.provider == 0 { sums[4].rest += line.cell }
                sums[5].total += line.cell
                // What belongs to nobody has a funder only if one was stated.
                if index == CommissionerRegister.unattributed, !line.key.payerIsStated { sums[5].rest += line.cell }
            }
        }
        return Reconciliation(year: year, sums: sums)
    }

    /// The years that any cost falls in, oldest first.
    public var yearsWithCost: [FinancialYear] { costs.allYears }

    private func addEvents(_ year: FinancialYear, to sum: inout Reconciliation.Sum) throws {
        for row in 0..<EventIndex.Row(events.count) {
            guard !events.isReversal(row), !events.isReversed(row), year.contains(events.serviceDate(row)) else {
                continue
            }
            let cell = CostFigures.Cell(pence: Int128(try signedPence(row, reader)), events: 1)
            sum.total += cell
            if events.isWithoutPatient(row) { sum.rest += cell }
        }
    }
}

extension CostFigures {
    fileprivate func sum(month: Int) -> Cell {
        var sum = Cell()
        for setting in CareSetting.allCases {
            for group in PatientGroup.allCases + [nil] { sum += self[setting, group, month] }
        }
        return sum
    }
}
