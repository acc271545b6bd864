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
        var walk = YearWalk(self, row, year)
        var standing: [StandingEvent] = []
        standing.reserveCapacity(Self.eagerMax)
        var read: [StoredEvent] = []
        // Each event leads to the one before it, which mostly has to come from memory. So for a first page the first ones
        // are read back on the way: that takes as long as the next one takes to come, and mostly they are all on the page.
        if after == nil, limit >= Self.eagerMax {
            read.reserveCapacity(Self.eagerMax)
            try reader.forEachEvent {
                guard standing.count < Self.eagerMax, var event = try walk.next(&costs) else { return nil }
                event.read = standing.count
                standing.append(event)
                return event.position
            } _: { stored in
                read.append(copy stored)
            }
        }
        while let event = try walk.next(&costs) { standing.append(event) }
        // A later record lies at a higher position, so positions sort like sequences.
        standing.sort { left, right in
            left.serviceDate != right.serviceDate
                ? left.serviceDate > right.serviceDate : left.position > right.position
        }
        try putPage(of: row, &standing, &read, after: after, limit: limit, into: &costs)
        return costs
    }

    /// So many events are read back before it is known whether they are on the page.
    private static var eagerMax: Int { 16 }

    /// Puts the events of one page, and where the next one begins.
    ///
    /// What is not after the cursor stands first, so a page that is full has all behind it for the next.
    private func putPage(
        of row: People.Row, _ standing: inout [StandingEvent], _ read: inout [StoredEvent],
        after: PatientCosts.Cursor?, limit: Int, into costs: inout PatientCosts
    ) throws {
        let person = ledger.people.hasDetails(row) ? ledger.people.person(row) : nil
        var funders = Ledger.FunderMemory()
        costs.events.reserveCapacity(min(standing.count, limit))
        var next = 0
        if let after { next = standing.firstIndex { $0.serviceDate <= after.serviceDate } ?? standing.count }
        while next < standing.count, costs.events.count < limit {
            let end = min(standing.count, next + limit - costs.events.count)
            try readBack(&standing, next..<end, into: &read)
            for event in standing[next..<end] {
                let day = event.serviceDate
                if let after, day == after.serviceDate, read[event.read].sequence >= after.sequence { continue }
                let deciding = person.map { $0.deciding(on: day) } ?? ledger.people.deciding(event.number, on: day)
                costs.events.append(ledger.view(of: read[event.read], deciding: deciding, reversedBy: nil, &funders))
            }
            next = end
        }
        if next < standing.count, let last = costs.events.last {
            costs.next = PatientCosts.Cursor(serviceDate: standing[next - 1].serviceDate, sequence: last.sequence)
        }
    }

    /// Reads those events of a range back that were not yet.
    private func readBack(
        _ standing: inout [StandingEvent], _ range: Range<Int>, into read: inout [StoredEvent]
    ) throws {
        var positions: [UInt64] = []
        for place in range where standing[place].read < 0 {
            standing[place].read = read.count + positions.count
            positions.append(standing[place].position)
        }
        guard !positions.isEmpty else { return }
        var rest = positions[...]
        try reader.forEachEvent {
            rest.popFirst()
        } _: { stored in
            read.append(copy stored)
        }
    }

    /// An event of the year that stands, as the index has it.
    private struct StandingEvent {
        let position: UInt64
        let serviceDate: CalendarDate
        /// The patient's number that it was sent with.
        let number: People.Row
        /// Its place among those that were read back; negative if it was not.
        var read = -1
    }

    /// The way through the events of a person, from the latest received to the first.
    private struct YearWalk {
        private let lookup: LedgerLookup
        private let firstDay: CalendarDate
        private let lastDay: CalendarDate
        private var numbers: ArraySlice<People.Row>
        private var number = People.none
        private var next: EventIndex.Row?
        private var count = 0

        init(_ lookup: LedgerLookup, _ row: People.Row, _ year: FinancialYear) {
            self.lookup = lookup
            (firstDay, lastDay) = (year.firstDay, year.lastDay)
            numbers = lookup.ledger.people.numbers(of: row)[...]
        }

        /// The next event of the year that stands, added to the sums; nil when there is none.
        @inline(__always)
        mutating func next(_ costs: inout PatientCosts) throws -> StandingEvent? {
            let ledger = lookup.ledger
            while true {
                while let row = next {
                    let event = ledger.events.entry(row)
                    next = event.previousRow
                    if let next { ledger.events.prefetchEntry(next) }
                    guard !event.bits.isReversed else { continue }
                    count += 1
                    guard count <= lookup.eventsMax else { throw TooManyEvents() }
                    let serviceDate = event.bits.serviceDate
                    guard serviceDate >= firstDay, serviceDate <= lastDay else { continue }
                    try add(event, row, to: &costs)
                    return StandingEvent(
                        position: ledger.events.position(row), serviceDate: serviceDate, number: number)
                }
                guard let number = numbers.popFirst() else { return nil }
                self.number = number
                next = ledger.people.lastEvent(number)
            }
        }

        private func add(_ event: EventEntry, _ row: EventIndex.Row, to costs: inout PatientCosts) throws {
            let pence = Int128(try event.signedPence ?? lookup.ledger.signedPence(row, lookup.reader))
            costs.totalPence += pence
            if event.bits.isCredit { costs.creditsPence += pence }
            costs.eventCount += 1
            costs.bySettingPence[Int(event.bits.setting.rawValue)] += pence
            let month = (event.bits.serviceDate.components.month + 8) % 12
            costs.byMonth[month] += CostFigures.Cell(pence: pence, events: 1)
        }
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
