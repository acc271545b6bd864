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

extension Ledger {
    /// The event with this identity; nil if there is none.
    ///
    /// - Throws: what the reader throws.
    public func event(_ identity: EventIdentity) throws -> EventView? {
        guard let row = try find(identity, identity.fingerprint)?.row else { return nil }
        return try view(row)
    }

    /// The event in a row of the index.
    func view(_ row: EventIndex.Row) throws -> EventView? {
        let stored = try reader.fact(at: events.position(row))
        guard case .costEvent(let event) = stored.fact else {
            return EventView(
                fact: stored.fact, sequence: stored.sequence, recordedAt: stored.recordedAt, commissioner: nil,
                attribution: nil, funder: nil, reversedBy: nil, isAfterDeath: false)
        }
        let reversal = try events.reversal(of: row).map { try reader.fact(at: events.position($0)).fact }
        return view(
            of: event, sequence: stored.sequence, recordedAt: stored.recordedAt,
            reversedBy: reversal?.eventIdentity?.id)
    }

    /// The event just booked under this stamp, without reading it back.
    public func event(booked fact: Fact, _ stamp: RecordStamp) -> EventView {
        guard case .costEvent(let event) = fact else {
            return EventView(
                fact: fact, sequence: stamp.sequence, recordedAt: stamp.recordedAt, commissioner: nil,
                attribution: nil, funder: nil, reversedBy: nil, isAfterDeath: false)
        }
        return view(of: event, sequence: stamp.sequence, recordedAt: stamp.recordedAt, reversedBy: nil)
    }

    /// A person of whom anything but costs was ever said; nil for anybody else.
    public func patient(_ key: PatientKey) -> PatientView? {
        guard let row = people.row(of: key) else { return nil }
        let person = people.person(row)
        let isSpokenOf = people.details(row)?.isSpokenOf == true || people.numbers(of: row).count > 1
        guard person.born != nil || isSpokenOf else { return nil }
        let statements = person.statements.compactMap { standing in
            register.body(at: standing.commissioner).map { body in
                PatientView.Standing(
                    commissioner: body.code, from: standing.from, until: standing.until, group: standing.group,
                    practice: standing.practice, council: standing.council)
            }
        }
        return PatientView(
            born: person.born, sex: person.sex, died: person.died, replacedBy: people.details(row)?.successor,
            statements: statements)
    }

    private func view(
        of event: CostEvent, sequence: UInt64, recordedAt: Instant, reversedBy: Identifier?
    ) -> EventView {
        let attribution = attribution(of: event)
        let body = register.body(at: attribution.commissioner)
        let kind: EventView.AttributionKind =
            event.commissioner != nil ? .stated : body == nil ? .unattributed : .registered
        return EventView(
            fact: .costEvent(event), sequence: sequence, recordedAt: recordedAt, commissioner: body?.code,
            attribution: kind, funder: event.funder ?? body.map { funder(of: event, attribution, $0) },
            reversedBy: reversedBy,
            isAfterDeath: event.commissioner == nil && decidingStatement(for: event)?.isAfterDeath ?? false)
    }

    private func funder(of event: CostEvent, _ attribution: Attribution, _ body: Commissioner) -> OrganisationCode {
        guard let year = FinancialYear(containing: event.serviceDate) else { return body.code }
        return cardFunder(
            attribution.commissioner, body.code, year, event.setting, council: attribution.council)
    }
}
