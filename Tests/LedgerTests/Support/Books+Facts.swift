import ChequebookLedger
import ChequebookModel
import Testing

extension Books {
    /// Puts a commissioner's list of a day, in place of the day's bands.
    @discardableResult
    func list(_ code: OrganisationCode, _ date: CalendarDate, _ bands: ListSizeBand...) -> Outcome {
        apply(.listSizes(ListSizes(commissioner: code, date: date, bands: bands)))
    }

    /// A body takes over from merged ones.
    @discardableResult
    func succeed(_ code: OrganisationCode, _ from: [OrganisationCode], on date: CalendarDate) -> Outcome {
        apply(.succession(Succession(commissioner: code, from: from, date: date)))
    }

    /// Says something of a person beside any registration.
    @discardableResult
    func say(
        of patient: Patient, born: CalendarDate? = nil, sex: Sex? = nil, died: Edit<CalendarDate> = .keep,
        replacedBy: Edit<Patient> = .keep
    ) -> Outcome {
        apply(
            .personDetails(
                PersonDetails(patient: patient, born: born, sex: sex, died: died, replacedBy: replacedBy)))
    }
}

/// All that one commissioner's answers of any breakdown are made from.
struct BodyAnswer: Equatable {
    let body: Commissioner
    let cost: CostFigures
    let lines: [CostLine]
    let budget: BudgetFigures
    let lastChange: LastChange
}

extension Books {
    /// What is answered about all bodies and nobody in the tests' year, with everything asked for.
    func answers(at moment: Moment = .now, through: CalendarDate = Books.year.lastDay) -> [String: BodyAnswer] {
        let nobody = Commissioner(code: "NOBODY", name: "Nobody", kind: .other)
        var answers = [
            "nobody": BodyAnswer(
                body: nobody, cost: ledger.unattributedCost(Books.year, through: through, at: moment), lines: [],
                budget: BudgetFigures(year: Books.year, basis: .registered), lastChange: LastChange())
        ]
        for body in ledger.commissioners(at: moment) {
            guard
                let figures = ledger.figures(body.code, Books.year, through: through, at: moment, isDetailed: true)
            else { continue }
            answers["\(body.code)"] = BodyAnswer(
                body: body, cost: figures.cost, lines: figures.costLines.sorted { "\($0)" < "\($1)" },
                budget: figures.budget, lastChange: figures.lastChange)
        }
        return answers
    }

    /// A commissioner's cost by setting, group, month, provider and funder.
    func lines(_ code: OrganisationCode, at moment: Moment = .now) -> [CostLine] {
        ledger.figures(code, Self.year, through: Self.year.lastDay, at: moment, isDetailed: true)?.costLines ?? []
    }

    /// The pence of a commissioner's cost by funder.
    func penceByFunder(_ code: OrganisationCode, at moment: Moment = .now) -> [OrganisationCode?: Int128] {
        lines(code, at: moment).reduce(into: [:]) { $0[$1.funder, default: 0] += $1.cell.pence }
    }

    /// The pence of a commissioner's cost by provider, those of none under nil.
    func penceByProvider(_ code: OrganisationCode, at moment: Moment = .now) -> [OrganisationCode?: Int128] {
        lines(code, at: moment).reduce(into: [:]) { $0[$1.provider, default: 0] += $1.cell.pence }
    }
}

extension BudgetFigures {
    /// The budget of each funder in pence, where it is a whole number of them.
    var penceByFunder: [OrganisationCode: Int128] {
        parts.reduce(into: [:]) { sums, part in
            for group in PatientGroup.allCases + [nil] {
                for month in 0..<12 { sums[part.funder, default: 0] += part[group, month] }
            }
        }.mapValues { $0 / denominator }
    }
}
