public import ChequebookModel

/// An event as it stands.
public struct EventView: Sendable {
    public enum AttributionKind: Sendable { case stated, registered, unattributed }

    /// A cost event or a reversal.
    public let fact: Fact
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
        var cards: RateCards.Pair?
        return try view(row, &cards)
    }

    /// The event in a row of the index.
    ///
    /// - Parameter cards: those that were looked at last, mostly the same for the events of a patient.
    func view(_ row: EventIndex.Row, _ cards: inout RateCards.Pair?) throws -> EventView {
        let stored = try reader.fact(at: ledger.events.position(row))
        let reversal = try ledger.events.reversal(of: row).map { try reader.fact(at: ledger.events.position($0)).fact }
        return ledger.view(
            of: stored.fact, sequence: stored.sequence, recordedAt: stored.recordedAt,
            reversedBy: reversal?.eventIdentity?.id, &cards)
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
    public func event(booked fact: Fact, _ stamp: RecordStamp) -> EventView {
        var cards: RateCards.Pair?
        return view(of: fact, sequence: stamp.sequence, recordedAt: stamp.recordedAt, reversedBy: nil, &cards)
    }

    /// A cost event or a reversal as it stands.
    fileprivate func view(
        of fact: Fact, sequence: UInt64, recordedAt: Instant, reversedBy: Identifier?, _ cards: inout RateCards.Pair?
    ) -> EventView {
        guard case .costEvent(let event) = fact else {
            return EventView(
                fact: fact, sequence: sequence, recordedAt: recordedAt, commissioner: nil, attribution: nil,
                funder: nil, reversedBy: nil, isAfterDeath: false)
        }
        let deciding = decidingStatement(for: event)
        let attribution = attribution(of: event, deciding: deciding)
        let body = register.code(at: attribution.commissioner)
        let kind: EventView.AttributionKind =
            event.commissioner != nil ? .stated : body == nil ? .unattributed : .registered
        return EventView(
            fact: fact, sequence: sequence, recordedAt: recordedAt, commissioner: body, attribution: kind,
            funder: event.funder ?? body.map { funder(of: event, attribution, $0, &cards) }, reversedBy: reversedBy,
            isAfterDeath: event.commissioner == nil && deciding?.isAfterDeath ?? false)
    }

    private func funder(
        of event: CostEvent, _ attribution: Attribution, _ body: OrganisationCode, _ last: inout RateCards.Pair?
    ) -> OrganisationCode {
        guard let year = FinancialYear(containing: event.serviceDate) else { return body }
        let cards: RateCards.Pair
        if let last, last.commissioner == attribution.commissioner, last.year == year {
            cards = last
        } else {
            cards = self.cards.pair(attribution.commissioner, year)
            last = cards
        }
        return Self.funder(cards, body, event.setting, council: attribution.council)
    }
}
