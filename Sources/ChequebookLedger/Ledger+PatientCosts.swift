public import ChequebookModel

/// What one person's care cost in a year: sums, and the events, newest first.
public struct PatientCosts: Sendable {
    /// The place in the list behind which the next page begins; it stays right while events arrive.
    public struct Cursor: Hashable, Sendable {
        public let serviceDate: CalendarDate
        public let sequence: UInt64

        public init(serviceDate: CalendarDate, sequence: UInt64) {
            (self.serviceDate, self.sequence) = (serviceDate, sequence)
        }
    }

    public let year: FinancialYear
    /// Credits count negative.
    public internal(set) var totalPence: Int128 = 0
    /// Zero or negative.
    public internal(set) var creditsPence: Int128 = 0
    /// Events that stand.
    public internal(set) var eventCount = 0
    /// By setting's raw value.
    public internal(set) var bySettingPence = [Int128](repeating: 0, count: CareSetting.count)
    /// By month from April.
    public internal(set) var byMonth = [CostFigures.Cell](repeating: CostFigures.Cell(), count: 12)
    /// One page, by service date and within a day by sequence, both newest first.
    public internal(set) var events: [EventView] = []
    /// Nil on the last page.
    public internal(set) var next: Cursor?
}

extension Ledger {
    /// A person's costs in a year; nil for a patient that the ledger has never heard of.
    ///
    /// Sums come from the index; only the events of the page are read back.
    ///
    /// - Parameters:
    ///   - after: where the page begins; nil for the first.
    ///   - limit: events on the page, from 1.
    /// - Throws: what the reader throws.
    public func patientCosts(
        _ key: PatientKey, _ year: FinancialYear, after: PatientCosts.Cursor?, limit: Int
    ) throws -> PatientCosts? {
        guard let row = people.row(of: key), people.hasHeard(of: row) else { return nil }
        var costs = PatientCosts(year: year)
        let months = year.months
        let standing = people.numbers(of: row).flatMap { events(of: $0) }
            .filter { year.contains(events.serviceDate($0)) }
        for event in standing {
            let pence = try signedPence(event)
            let day = Int(events.serviceDate(event).dayNumber - year.firstDay.dayNumber)
            let month = months.last { $0.dayOffset <= day }?.index ?? 0
            costs.totalPence += Int128(pence)
            if events.isCredit(event) { costs.creditsPence += Int128(pence) }
            costs.eventCount += 1
            costs.bySettingPence[Int(events.setting(event).rawValue)] += Int128(pence)
            costs.byMonth[month] += CostFigures.Cell(pence: Int128(pence), events: 1)
        }
        // A later record lies at a higher position, so positions sort like sequences.
        let sorted = standing.sorted {
            let (left, right) = (events.serviceDate($0), events.serviceDate($1))
            return left != right ? left > right : events.position($0) > events.position($1)
        }
        var last: PatientCosts.Cursor?
        for event in sorted where after.map({ events.serviceDate(event) <= $0.serviceDate }) ?? true {
            guard let view = try view(event) else { continue }
            let place = PatientCosts.Cursor(serviceDate: events.serviceDate(event), sequence: view.sequence)
            if let after, place.serviceDate == after.serviceDate, place.sequence >= after.sequence { continue }
            if costs.events.count == limit {
                costs.next = last
                break
            }
            costs.events.append(view)
            last = place
        }
        return costs
    }

    /// What an event that stands adds to a cost.
    func signedPence(_ event: EventIndex.Row) throws -> Int64 {
        if let pence = events.signedPence(event) { return pence }
        guard case .costEvent(let stored) = try reader.fact(at: events.position(event)).fact else { return 0 }
        return stored.signedPence
    }

    /// The patient's events that stand.
    func events(of row: People.Row) -> [EventIndex.Row] {
        var standing: [EventIndex.Row] = []
        var next = people.lastEvent(row)
        while let event = next {
            if !events.isReversed(event) { standing.append(event) }
            next = events.previous(event)
        }
        return standing
    }
}
