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

extension LedgerLookup {
    /// A person's costs in a year; nil for a patient that the ledger has never heard of.
    ///
    /// Sums come from the index; only the events of the page are read back.
    ///
    /// - Parameters:
    ///   - after: where the page begins; nil for the first.
    ///   - limit: events on the page, from 1.
    /// - Throws: ``TooManyEvents``, or what the reader throws.
    public func patientCosts(
        _ key: PatientKey, _ year: FinancialYear, after: PatientCosts.Cursor?, limit: Int
    ) throws -> PatientCosts? {
        guard let row = ledger.people.row(of: key), ledger.people.hasHeard(of: row) else { return nil }
        var costs = PatientCosts(year: year)
        let standing = try sum(row, into: &costs)
        costs.events.reserveCapacity(min(standing.count, limit))
        var last: PatientCosts.Cursor?
        var cards: RateCards.Pair?
        for event in standing where after.map({ event.serviceDate <= $0.serviceDate }) ?? true {
            let view = try view(event.row, &cards)
            let place = PatientCosts.Cursor(serviceDate: event.serviceDate, sequence: view.sequence)
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

    /// An event of the year that stands, as the index has it.
    private struct StandingEvent {
        let row: EventIndex.Row
        let serviceDate: CalendarDate
        let position: UInt64
    }

    /// Adds the person's events of the year that stand to the sums, and gives them newest first.
    private func sum(_ row: People.Row, into costs: inout PatientCosts) throws -> [StandingEvent] {
        let (firstDay, lastDay, months) = (costs.year.firstDay, costs.year.lastDay, costs.year.months)
        var standing: [StandingEvent] = []
        var count = 0
        for number in ledger.people.numbers(of: row) {
            try ledger.forEachEvent(of: number) { event in
                count += 1
                guard count <= eventsMax else { throw TooManyEvents() }
                let serviceDate = ledger.events.serviceDate(event)
                guard serviceDate >= firstDay, serviceDate <= lastDay else { return }
                let pence = Int128(try ledger.signedPence(event, reader))
                let day = Int(serviceDate.dayNumber - firstDay.dayNumber)
                let month = months.last { $0.dayOffset <= day }?.index ?? 0
                costs.totalPence += pence
                if ledger.events.isCredit(event) { costs.creditsPence += pence }
                costs.eventCount += 1
                costs.bySettingPence[Int(ledger.events.setting(event).rawValue)] += pence
                costs.byMonth[month] += CostFigures.Cell(pence: pence, events: 1)
                standing.append(
                    StandingEvent(row: event, serviceDate: serviceDate, position: ledger.events.position(event)))
            }
        }
        // A later record lies at a higher position, so positions sort like sequences.
        standing.sort { left, right in
            left.serviceDate != right.serviceDate
                ? left.serviceDate > right.serviceDate : left.position > right.position
        }
        return standing
    }
}

extension Ledger {
    /// What an event that stands adds to a cost.
    func signedPence(_ event: EventIndex.Row, _ reader: any RecordReader) throws -> Int64 {
        if let pence = events.signedPence(event) { return pence }
        guard case .costEvent(let stored) = try reader.fact(at: events.position(event)).fact else { return 0 }
        return stored.signedPence
    }

    /// The patient's events that stand.
    func events(of row: People.Row) -> [EventIndex.Row] {
        var standing: [EventIndex.Row] = []
        forEachEvent(of: row) { standing.append($0) }
        return standing
    }

    /// Gives `body` the patient's events that stand.
    @inline(__always)
    func forEachEvent(of row: People.Row, _ body: (EventIndex.Row) throws -> Void) rethrows {
        var next = people.lastEvent(row)
        while let event = next {
            if !events.isReversed(event) { try body(event) }
            next = events.previous(event)
        }
    }
}
