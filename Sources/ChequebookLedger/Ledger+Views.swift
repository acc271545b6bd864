public import ChequebookModel

/// An event as it stands.
public struct EventView: Sendable {
    public enum AttributionKind: Sendable { case stated, registered, unattributed }

    public let event: EventFact
    public let sequence: UInt64
    public let recordedAt: Instant
    /// Nil for a reversal and while unattributed.
    public let commissioner: OrganisationCode?
    /// Nil for a reversal.
    public let attribution: AttributionKind?
    /// Who pays: as stated, else by the card in use; nil for a reversal and while unattributed and not stated.
    public let funder: OrganisationCode?
    /// The id of the event, of the same source, that took it out.
    public let reversedBy: Identifier?
    /// Whether the service date is after the patient's death, and the commissioner the last one before it.
    public let isAfterDeath: Bool

    /// What was recorded.
    public var fact: Fact { event.fact }
}

/// A person and the statements about them.
public struct PatientView: Sendable {
    public struct Standing: Sendable {
        public let commissioner: OrganisationCode
        public let from: CalendarDate
        public let until: CalendarDate?
        public let group: PatientGroup
        public let practice: OrganisationCode?
        public let council: OrganisationCode?
    }

    /// Nil for a person of whom it was never said.
    public let born: CalendarDate?
    public let sex: Sex
    public let died: CalendarDate?
    /// The number that counts in place of this one.
    public let replacedBy: Patient?
    /// Of all numbers of the person, oldest first.
    public let statements: [Standing]
}

extension LedgerLookup {
    /// The event with this identity; nil if there is none.
    ///
    /// - Throws: what the reader throws.
    public func event(_ identity: EventIdentity) throws -> EventView? {
        guard let row = try ledger.find(identity, identity.fingerprint, reader)?.row else { return nil }
        let reversal = try ledger.events.reversal(of: row).map { try reader.fact(at: ledger.events.position($0)).fact }
        var view: EventView?
        var position: UInt64? = ledger.events.position(row)
        try reader.forEachEvent {
            defer { position = nil }
            return position
        } _: { stored in
            var funders = Ledger.FunderMemory()
            view = ledger.view(
                of: stored, deciding: ledger.decidingStatement(for: stored.event),
                reversedBy: reversal?.eventIdentity?.id, &funders)
        }
        return view
    }

    /// A person of whom anything but costs was ever said; nil for anybody else.
    public func patient(_ key: PatientKey) -> PatientView? {
        guard let row = ledger.people.row(of: key) else { return nil }
        let person = ledger.people.person(row)
        let details = ledger.people.details(row)
        let isSpokenOf = details?.isSpokenOf == true || ledger.people.numbers(of: row).count > 1
        guard person.born != nil || isSpokenOf else { return nil }
        let statements = person.statements.compactMap { standing in
            ledger.register.body(at: standing.commissioner).map { body in
                PatientView.Standing(
                    commissioner: body.code, from: standing.from, until: standing.until, group: standing.group,
                    practice: standing.practice, council: standing.council)
            }
        }
        return PatientView(
            born: person.born, sex: person.sex, died: person.died, replacedBy: details?.successor,
            statements: statements)
    }
}

extension Ledger {
    /// The event just booked under this stamp, without reading it back.
    public func event(booked event: EventFact, _ stamp: RecordStamp) -> EventView {
        var funders = FunderMemory()
        return view(
            of: StoredEvent(event: event, sequence: stamp.sequence, recordedAt: stamp.recordedAt),
            deciding: decidingStatement(for: event), reversedBy: nil, &funders)
    }

    func decidingStatement(for event: EventFact) -> Deciding? {
        guard case .costEvent(let event) = event else { return nil }
        return decidingStatement(for: event)
    }

    /// A cost event or a reversal as it stands.
    ///
    /// - Parameters:
    ///   - deciding: the statement that decides on its service date.
    ///   - funders: what was looked up for the event before, mostly the same for the events of a patient.
    func view(
        of stored: borrowing StoredEvent, deciding: Deciding?, reversedBy: Identifier?, _ funders: inout FunderMemory
    ) -> EventView {
        guard case .costEvent(let event) = stored.event else {
            return EventView(
                event: stored.event, sequence: stored.sequence, recordedAt: stored.recordedAt, commissioner: nil,
                attribution: nil, funder: nil, reversedBy: nil, isAfterDeath: false)
        }
        let attribution = attribution(of: event, deciding: deciding)
        let body = register.code(at: attribution.commissioner)
        let kind: EventView.AttributionKind =
            event.commissioner != nil ? .stated : body == nil ? .unattributed : .registered
        return EventView(
            event: stored.event, sequence: stored.sequence, recordedAt: stored.recordedAt, commissioner: body,
            attribution: kind, funder: event.funder ?? body.map { funder(of: event, attribution, $0, &funders) },
            reversedBy: reversedBy, isAfterDeath: event.commissioner == nil && deciding?.isAfterDeath ?? false)
    }

    /// The cards that were looked at last, with the days of their year.
    struct FunderMemory {
        fileprivate var cards: RateCards.Pair?
        fileprivate var firstDay = CalendarDate.max
        fileprivate var lastDay = CalendarDate.min
    }

    @inline(__always)
    private func funder(
        of event: CostEvent, _ attribution: Attribution, _ body: OrganisationCode, _ last: inout FunderMemory
    ) -> OrganisationCode {
        let isSame = event.serviceDate >= last.firstDay && event.serviceDate <= last.lastDay
        if !isSame || last.cards?.commissioner != attribution.commissioner {
            guard let year = FinancialYear(containing: event.serviceDate) else { return body }
            last.cards = cards.pair(attribution.commissioner, year)
            (last.firstDay, last.lastDay) = (year.firstDay, year.lastDay)
        }
        return Self.funder(last.cards?.funder(event.setting), body, council: attribution.council)
    }
}
