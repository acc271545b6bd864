import ChequebookLedger
import ChequebookModel

/// Totals of bodies put together: merged ones under today's boundaries, children under their parents, or both.
///
/// Every figure is a sum of written ones, so the grand total is that of the bodies as they were.
struct ConsolidatedTotals {
    private let question: TotalsQuestion
    private let ledger: Ledger
    private let bodies: [Commissioner]
    private let tree: BodyTree
    /// The stretches of the year on which nobody's parent changes.
    private let stretches: [Range<Int>]

    init(_ question: TotalsQuestion, from ledger: Ledger) {
        (self.question, self.ledger) = (question, ledger)
        bodies = ledger.commissioners(at: question.moment)
        let isCurrent = question.consolidation.boundaries == .current
        tree = BodyTree(bodies, boundaryDay: isCurrent ? question.boundaryDay : nil)
        let changes = question.consolidation.includesChildren ? tree.parentChanges(in: question.year) : []
        let cuts = [0] + changes.filter { $0 > 0 } + [question.year.dayCount]
        stretches = zip(cuts, cuts.dropFirst()).map { $0..<$1 }
    }

    /// One body with all that counts at it; nil for one that is unknown at the moment.
    func answer(_ code: OrganisationCode) -> TotalsAnswer? {
        guard let body = bodies.first(where: { $0.code == code }) else { return nil }
        var sums = Sums()
        for other in bodies {
            add(other.code, on: days(of: other.code) { $0.contains(code) }, to: &sums)
        }
        return answer(body, sums)
    }

    /// Each body at which anything counts, every day of every body once: at the topmost.
    var answers: [TotalsAnswer] {
        var sums: [OrganisationCode: Sums] = [:]
        for body in bodies {
            let topmost = Set(stretches.compactMap { places(of: body.code, $0).last })
            for code in topmost {
                add(body.code, on: days(of: body.code) { $0.last == code }, to: &sums[code, default: Sums()])
            }
        }
        return bodies.compactMap { body in sums[body.code].map { answer(body, $0) } }
    }

    private struct Sums {
        var totals = WrittenTotals()
        var rows = BreakdownSums()
        var bodies: [OrganisationCode] = []
        var lastChange = LastChange()
    }

    /// Where a body's figures count on a stretch of days: at itself or its successor, and at whoever is above that one.
    private func places(of code: OrganisationCode, _ days: Range<Int>) -> [OrganisationCode] {
        guard question.consolidation.includesChildren else { return [tree.current(code)] }
        return tree.withParents(code, on: question.year.firstDay.adding(days: days.lowerBound))
    }

    /// The days on which a body's figures count where they are wanted, as few stretches as there can be.
    private func days(of code: OrganisationCode, where isWanted: ([OrganisationCode]) -> Bool) -> [Range<Int>] {
        var days: [Range<Int>] = []
        for stretch in stretches where isWanted(places(of: code, stretch)) {
            if let last = days.last, last.upperBound == stretch.lowerBound {
                days[days.count - 1] = last.lowerBound..<stretch.upperBound
            } else {
                days.append(stretch)
            }
        }
        return days
    }

    private func add(_ code: OrganisationCode, on days: [Range<Int>], to sums: inout Sums) {
        guard !days.isEmpty, let written = WrittenStretches(code, question, from: ledger) else { return }
        sums.bodies.append(code)
        sums.lastChange = LastChange.later(sums.lastChange, written.lastChange)
        for stretch in days {
            let brought = written.brought(on: stretch)
            sums.totals.add(brought.totals)
            sums.rows.add(brought.rows.rows)
        }
    }

    private func answer(_ body: Commissioner, _ sums: Sums) -> TotalsAnswer {
        var sums = sums
        sums.lastChange = LastChange.later(sums.lastChange, ledger.registerChange(at: question.moment))
        // A body that leads elsewhere has no figures; how its people are counted it still has.
        if sums.bodies.isEmpty, let own = question.figures(body.code, from: ledger) {
            sums.totals.basis = WrittenTotals(own).basis
            sums.lastChange = LastChange.later(sums.lastChange, own.lastChange)
        }
        let current = tree.current(body.code)
        return TotalsAnswer(
            question, body, sums.totals, question.dimensions.map { sums.rows.breakdown(by: $0) },
            ConsolidatedBodies(
                consolidation: question.consolidation, countedUnder: current == body.code ? nil : current,
                bodies: sums.bodies),
            sums.lastChange)
    }
}
