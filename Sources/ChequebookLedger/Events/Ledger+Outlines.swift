public import ChequebookModel

// Booking waits for memory more than it reckons: identity, patient, statement and sum of an event are each somewhere in
// gigabytes. So a run of events goes through in steps, and each step asks for what the next one needs of all of them
// before any is waited for.

extension Ledger {
    /// Events that are looked ahead for: enough to keep the memory busy, few enough that all they need stays in the
    /// nearest cache.
    public static var outlinesInRunMax: Int { 64 }

    /// Books cost events of one commit that follow each other. What is not plainly a new event of a known patient goes
    /// the way of any fact.
    ///
    /// - Parameters:
    ///   - run: at most `outlinesInRunMax`.
    ///   - outcomes: gets what became of each, in order.
    ///   - fact: the whole fact of a record of the run.
    /// - Throws: what the reader throws, or `fact`.
    public func apply(
        _ run: UnsafeBufferPointer<OutlinedRecord>, recordedAt: Instant, recordedOn: CalendarDate,
        outcomes: inout ContiguousArray<Outcome>, fact: (Int) throws -> Fact
    ) throws {
        try withUnsafeTemporaryAllocation(of: OutlinePlace.self, capacity: run.count) { places in
            for index in run.indices { lookAhead(run[index].outline) }
            for index in run.indices {
                let candidate = run[index].outline.patient.flatMap { people.prefetchCandidate($0) }
                places.initializeElement(at: index, to: OutlinePlace(person: candidate))
            }
            for index in run.indices { findPerson(run[index].outline, &places[index].person) }
            for index in run.indices { attribute(run[index].outline, &places[index]) }
            for index in run.indices {
                let record = run[index]
                let stamp = RecordStamp(
                    sequence: record.sequence, recordedAt: recordedAt, recordedOn: recordedOn,
                    position: record.position)
                if bookPlainly(record.outline, places[index], stamp) {
                    lastSequence = stamp.sequence
                    let isUnattributed = places[index].commissioner == CommissionerRegister.unattributed
                    outcomes.append(.posted(isUnattributed: isUnattributed))
                } else {
                    outcomes.append(try apply(fact(index), stamp))
                }
            }
        }
    }

    @inline(__always)
    private func lookAhead(_ outline: EventOutline) {
        events.prefetch(outline.fingerprint)
        if let patient = outline.patient { people.prefetch(patient) }
    }

    /// Makes sure of the row that the patient may have.
    @inline(__always)
    private func findPerson(_ outline: EventOutline, _ row: inout People.Row?) {
        guard let patient = outline.patient, let candidate = row else { return }
        row = people.row(of: patient, candidate: candidate)
        if let row { people.prefetchStatements(row) }
    }

    /// Finds where the event belongs, as nothing that books events can change it; leaves alone what is not plain.
    @inline(__always)
    private func attribute(_ outline: EventOutline, _ place: inout OutlinePlace) {
        var isPlain = outline.patient == nil
        var councilPacked: UInt64 = 0
        if let person = place.person, !people.hasDetails(person) {
            isPlain = true
            if let deciding = people.plainDeciding(person, onDay: outline.serviceDate.dayNumber) {
                place.commissioner = deciding.commissioner
                place.group = deciding.group
                councilPacked = deciding.councilPacked
            }
        }
        if outline.commissionerPacked != 0 {
            let stated = register.index(ofPacked: outline.commissionerPacked)
            isPlain = isPlain && stated != nil
            place.commissioner = stated ?? CommissionerRegister.unattributed
        }
        guard isPlain, let provider = codes.number(packed: outline.providerPacked),
            let payer = codes.number(packed: outline.funderPacked == 0 ? councilPacked : outline.funderPacked)
        else { return }
        place.isPlain = true
        place.provider = provider
        place.payer = payer
        costs.prefetch(outline.serviceDate, outline.setting, place.group, place.commissioner)
    }

    /// Books an event if it is plainly a new one; false if it needs a closer look, and then nothing has changed.
    @inline(__always)
    private func bookPlainly(_ outline: EventOutline, _ place: OutlinePlace, _ stamp: RecordStamp) -> Bool {
        guard place.isPlain, outline.serviceDate <= stamp.recordedOn, outline.patient.map({ $0.form == form }) ?? true,
            hasRows(),
            let row = events.addIfNew(
                outline, position: stamp.position, previous: place.person.flatMap { people.lastEvent($0) })
        else { return false }
        if let person = place.person {
            people.note(person)
            people.setLastEvent(person, row)
        }
        let posting = Posting(
            date: outline.serviceDate, setting: outline.setting, group: place.group, isCredit: outline.isCredit,
            isWithoutPatient: outline.patient == nil, signedPence: outline.signedPence, provider: place.provider,
            payer: place.payer, payerIsStated: outline.funderPacked != 0)
        costs.post(posting, place.commissioner, times: 1, stamp: stamp)
        changed.insert(place.commissioner)
        return true
    }
}

/// Where an event of a run belongs.
private struct OutlinePlace: BitwiseCopyable {
    var person: People.Row?
    /// Whether all is known that booking it plainly needs.
    var isPlain = false
    var commissioner = CommissionerRegister.unattributed
    var group: PatientGroup?
    var payer: UInt32 = 0
    var provider: UInt32 = 0
}
