import ChequebookModel

extension Ledger {
    /// Books a cost event or a reversal, or says why not.
    func book(_ fact: Fact, _ stamp: RecordStamp) throws -> Outcome {
        switch fact {
        case .costEvent(let event): try book(event, stamp)
        case .reversal(let reversal): try book(reversal, stamp)
        default: .unchanged
        }
    }

    private func book(_ event: CostEvent, _ stamp: RecordStamp) throws -> Outcome {
        guard isRightForm(event) else { return .refused(.wrongPatientForm) }
        guard codes.hasRoom(for: [event.provider, event.funder]) else { return .refused(.tooManyOrganisations) }
        let fingerprint = event.identity.fingerprint
        let found = try find(event.identity, fingerprint, reader)
        switch decide(event, existing: found?.existing, stamp) {
        case .duplicate: return .duplicate
        case .superseded: return .superseded
        case .refuse(let refusal): return .refused(refusal)
        case .post:
            guard hasRows() else { return .refused(.ledgerFull) }
            let row = events.add(fingerprint, position: stamp.position, EventOutline(event))
            link(row, to: event.subject.patient)
            return .posted(isUnattributed: post(event, stamp))
        case .replace:
            guard let (row, existing) = found, case .costEvent(let old) = existing.fact else { return .unchanged }
            post(old, attribution(of: old), times: -1, stamp)
            if old.subject.patient?.key != event.subject.patient?.key {
                unlink(row, from: old.subject.patient)
                link(row, to: event.subject.patient)
            }
            events.replace(row, position: stamp.position, EventOutline(event))
            return .reposted(isUnattributed: post(event, stamp))
        }
    }

    /// Posts an event where it belongs today, and tells whether that is nowhere.
    private func post(_ event: CostEvent, _ stamp: RecordStamp) -> Bool {
        let attribution = attribution(of: event)
        post(event, attribution, times: 1, stamp)
        return attribution.commissioner == CommissionerRegister.unattributed
    }

    private func book(_ reversal: Reversal, _ stamp: RecordStamp) throws -> Outcome {
        let fingerprint = reversal.identity.fingerprint
        let found = try find(reversal.identity, fingerprint, reader)
        let original = try find(reversal.original, reversal.original.fingerprint, reader)
        switch BookingDecision.decide(reversal, existing: found?.existing, original: original?.existing) {
        case .duplicate: return .duplicate
        case .refuse(let refusal): return .refused(refusal)
        case .post, .replace, .superseded: break
        }
        guard hasRows() else { return .refused(.ledgerFull) }
        guard let original, case .costEvent(let event) = original.existing.fact else { return .unchanged }
        let row = events.add(fingerprint, position: stamp.position, nil)
        events.reverse(original.row, by: row)
        post(event, attribution(of: event), times: -1, stamp)
        return .posted(isUnattributed: false)
    }

    private func isRightForm(_ event: CostEvent) -> Bool {
        event.subject.patient.map { $0.key.form == form } ?? true
    }

    private func decide(_ event: CostEvent, existing: ExistingEvent?, _ stamp: RecordStamp) -> BookingDecision {
        BookingDecision.decide(
            event, existing: existing, isKnown: { register.index(of: $0) != nil }, today: stamp.recordedOn)
    }

    /// The event with this identity, read back from the journal.
    func find(
        _ identity: EventIdentity, _ fingerprint: UInt64, _ reader: any RecordReader
    ) throws -> (row: EventIndex.Row, existing: ExistingEvent)? {
        var fact: Fact?
        let row = try events.find(fingerprint) { row in
            let stored = try reader.fact(at: events.position(row)).fact
            guard stored.eventIdentity == identity else { return false }
            fact = stored
            return true
        }
        guard let row, let fact else { return nil }
        return (row, ExistingEvent(fact: fact, isReversed: events.isReversed(row)))
    }

    /// Why each fact of a list would be refused if all before it in the list had been applied, without applying any.
    func tryOut(_ facts: [(fact: Fact, stamp: RecordStamp)]) throws -> [Refusal?] {
        var pending: [EventIdentity: ExistingEvent] = [:]
        var unknownCodes: Set<OrganisationCode> = []
        var newCount = 0
        func existing(_ identity: EventIdentity) throws -> ExistingEvent? {
            try pending[identity] ?? find(identity, identity.fingerprint, reader)?.existing
        }
        return try facts.map { fact, stamp in
            let decision: BookingDecision
            switch fact {
            case .costEvent(let event):
                guard isRightForm(event) else { return .wrongPatientForm }
                let named = codes.unknown([event.provider, event.funder]).subtracting(unknownCodes)
                guard codes.hasRoom(forUnknown: unknownCodes.count + named.count) else {
                    return .tooManyOrganisations
                }
                decision = decide(event, existing: try existing(event.identity), stamp)
                if decision == .post || decision == .replace {
                    unknownCodes.formUnion(named)
                    pending[event.identity] = ExistingEvent(fact: fact, isReversed: false)
                }
            case .reversal(let reversal):
                var original = try existing(reversal.original)
                decision = BookingDecision.decide(
                    reversal, existing: try existing(reversal.identity), original: original)
                if decision == .post {
                    original?.isReversed = true
                    pending[reversal.original] = original
                    pending[reversal.identity] = ExistingEvent(fact: fact, isReversed: false)
                }
            default: return nil
            }
            if case .refuse(let refusal) = decision { return refusal }
            if decision == .post { newCount += 1 }
            return hasRows(newCount) ? nil : .ledgerFull
        }
    }

    private func link(_ row: EventIndex.Row, to patient: Patient?) {
        guard let patient else { return }
        link(row, to: people.rowMaking(patient.key))
    }

    /// Puts an event at the head of a patient's chain.
    @inline(__always)
    func link(_ row: EventIndex.Row, to person: People.Row) {
        people.note(person)
        events.setPrevious(row, people.lastEvent(person))
        people.setLastEvent(person, row)
    }

    private func unlink(_ row: EventIndex.Row, from patient: Patient?) {
        guard let patient, let person = people.row(of: patient.key), let last = people.lastEvent(person) else { return }
        if last == row {
            people.setLastEvent(person, events.previous(row))
            return
        }
        var later = last
        while let previous = events.previous(later) {
            if previous == row {
                events.setPrevious(later, events.previous(row))
                return
            }
            later = previous
        }
    }
}
