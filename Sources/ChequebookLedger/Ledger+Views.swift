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

    public let born: CalendarDate
    public let sex: Sex
    /// Oldest first.
    public let statements: [Standing]
}

extension Ledger {
    /// The event with this identity; nil if there is none.
    ///
    /// - Throws: what the reader throws.
    public func event(_ identity: EventIdentity) throws -> EventView? {
        guard let (row, existing) = try find(identity, identity.fingerprint) else { return nil }
        let stored = try reader.fact(at: events.position(row))
        guard case .costEvent(let event) = existing.fact else {
            return EventView(
                fact: existing.fact, sequence: stored.sequence, recordedAt: stored.recordedAt, commissioner: nil,
                attribution: nil, funder: nil, reversedBy: nil)
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
                attribution: nil, funder: nil, reversedBy: nil)
        }
        return view(of: event, sequence: stamp.sequence, recordedAt: stamp.recordedAt, reversedBy: nil)
    }

    /// A person about whom a statement was ever registered; nil for anybody else.
    public func patient(_ key: PatientKey) -> PatientView? {
        guard let row = people.row(of: key), let born = people.born(row) else { return nil }
        let statements = people.statements(row).compactMap { standing in
            register.body(at: standing.commissioner).map { body in
                PatientView.Standing(
                    commissioner: body.code, from: standing.from, until: standing.until, group: standing.group,
                    practice: standing.practice, council: standing.council)
            }
        }
        return PatientView(born: born, sex: people.sex(row), statements: statements)
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
            reversedBy: reversedBy)
    }

    /// The funder that the card in use names for the event's setting: a council is the registration's, and whoever is
    /// not named is the commissioner itself.
    private func funder(of event: CostEvent, _ attribution: Attribution, _ body: Commissioner) -> OrganisationCode {
        guard let year = FinancialYear(containing: event.serviceDate),
            let card = cards.inUse(attribution.commissioner, year, event.setting),
            let named = card.funders[Int(event.setting.rawValue)]
        else { return body.code }
        switch named {
        case .organisation(let code): return code
        case .council: return decidingStatement(for: event)?.council ?? body.code
        }
    }
}
