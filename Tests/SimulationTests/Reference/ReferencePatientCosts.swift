/// One patient's costs in one year, whoever they count for.
struct ReferencePatientCosts: Equatable, Sendable {
    let patient: String
    let year: ReferenceYear
    /// Newest first: by service date, and within a day by sequence.
    let costs: [ReferenceCost]

    /// The answer in pages of at most `limit` events; the first has something in it unless there is nothing.
    ///
    /// The totals are the whole year's on every page. Of an event, only its identity is told.
    func pages(limit: Int) -> [[ReferenceLine]] {
        let starts = costs.isEmpty ? [0] : Array(stride(from: 0, to: costs.count, by: limit))
        return starts.map { start in
            let events = costs[start...].prefix(limit).enumerated().flatMap { index, cost in
                [
                    ReferenceLine("events[\(index)].source", cost.source),
                    ReferenceLine("events[\(index)].id", cost.id),
                ]
            }
            return totals + events
        }
    }

    /// Those lines of a page as the service writes it that ``pages(limit:)`` tells too.
    static func compared(_ lines: [ReferenceLine]) -> [ReferenceLine] {
        lines.filter { line in
            let isOfEvent = line.path.hasPrefix("events[")
            let isIdentity = line.path.hasSuffix("].source") || line.path.hasSuffix("].id")
            return line.path != "nextCursor" && (!isOfEvent || isIdentity)
        }
    }

    private var totals: [ReferenceLine] {
        let credits = costs.filter { $0.kind == "credit" }
        return [
            ReferenceLine("patient", patient),
            ReferenceLine("year", year.name),
            ReferenceLine("cost.totalPence", "\(pence(of: costs))"),
            ReferenceLine("cost.creditsPence", "\(pence(of: credits))"),
            ReferenceLine("cost.events", "\(costs.count)"),
        ]
            + ReferenceWords.settings.map { setting in
                ReferenceLine("cost.bySetting.\(setting)", "\(pence(of: costs.filter { $0.setting == setting }))")
            }
            + year.months.flatMap { month -> [ReferenceLine] in
                let costs = costs.filter { month.first <= $0.serviceDate && $0.serviceDate <= month.last }
                return costs.isEmpty
                    ? []
                    : [
                        ReferenceLine("byMonth[month=\(month.name)].costPence", "\(pence(of: costs))"),
                        ReferenceLine("byMonth[month=\(month.name)].events", "\(costs.count)"),
                    ]
            }
    }

    private func pence(of costs: [ReferenceCost]) -> Int128 {
        costs.map(\.signedPence).reduce(0, +)
    }
}

extension ReferenceLedger {
    /// What was said under any number of the person.
    ///
    /// - Throws: `unknown-patient` for somebody whom no accepted statement, event or detail has ever named.
    func costs(ofPatient patient: String, year name: String) throws(ReferenceRefusal) -> ReferencePatientCosts {
        guard let year = ReferenceYear(name) else { preconditionFailure("not a year: \(name)") }
        guard isKnown(patient) else { throw ReferenceRefusal(code: "unknown-patient") }
        let last = lastNumber(of: patient)
        let costs = standingCosts().filter { cost in
            year.contains(cost.serviceDate) && cost.patient.map(lastNumber) == last
        }
        // Sorting keeps what is equal as it was: of one day, the latest recorded first.
        return ReferencePatientCosts(
            patient: patient, year: year,
            costs: costs.reversed().enumerated()
                .sorted { ($1.element.serviceDate, $0.offset) < ($0.element.serviceDate, $1.offset) }.map(\.element))
    }

    private func isKnown(_ patient: String) -> Bool {
        let ofEvents = events.compactMap { if case .cost(let cost) = $0.fact { cost.patient } else { nil } }
        let last = lastNumber(of: patient)
        return (patients.map(\.fact.patient) + ofEvents).contains { lastNumber(of: $0) == last }
    }
}
