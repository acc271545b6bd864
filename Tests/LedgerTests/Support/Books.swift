import ChequebookLedger
import ChequebookModel
import Testing

/// A ledger and its journal in memory, spoken to in the words of those who keep books.
///
/// Two commissioners are there from the start: 15E and 05L.
final class Books {
    let records: MemoryRecords
    let ledger: Ledger
    /// The instant of the next record.
    private(set) var now: Instant
    private(set) var sequence: UInt64 = 0

    init(
        today: CalendarDate, commissioners: [OrganisationCode] = ["15E", "05L"], patients: PatientForm = .nhsNumber,
        rowsMax: Int = Limits.rowsMax
    ) {
        records = MemoryRecords()
        ledger = Ledger(reader: records, rowsMax: rowsMax)
        now = Self.instant(today, hour: 12, minute: 0)
        apply(.ledgerCreated(patients))
        for code in commissioners { add(code) }
    }

    /// The same books after a restart: a ledger made from the image of another, and nothing else of it.
    init(restored other: Books) throws {
        records = other.records
        now = other.now
        sequence = other.sequence
        ledger = try Ledger(reader: records, image: ImageBytes(other.ledger.image()))
        try ledger.recall()
    }

    private static func instant(_ day: CalendarDate, hour: Int64, minute: Int64) -> Instant {
        Instant(microseconds: (Int64(day.dayNumber) * 86_400 + hour * 3_600 + minute * 60) * 1_000_000)
    }

    /// Sets the clock, in UTC.
    func clock(_ day: CalendarDate, hour: Int64 = 12, minute: Int64 = 0) {
        now = Self.instant(day, hour: hour, minute: minute)
    }

    func commit(_ fact: Fact) -> (fact: Fact, stamp: RecordStamp) {
        sequence += 1
        let position = records.append(fact, sequence: sequence, recordedAt: now)
        return (
            fact, RecordStamp(sequence: sequence, recordedAt: now, recordedOn: now.londonDay, position: position)
        )
    }

    /// Commits a fact and applies it.
    @discardableResult
    func apply(_ fact: Fact) -> Outcome {
        let (fact, stamp) = commit(fact)
        do {
            return try ledger.apply(fact, stamp)
        } catch {
            Issue.record(error)
            return .notBooked
        }
    }

    /// Commits a list that is all or nothing, its bracket first, and applies it.
    @discardableResult
    func atomically(_ facts: [Fact]) -> [Outcome] {
        apply(.atomicList(count: facts.count))
        do {
            return try ledger.applyAtomically(facts.map(commit))
        } catch {
            Issue.record(error)
            return []
        }
    }

    @discardableResult
    func add(_ code: OrganisationCode, name: String = "NHS Test CCG") -> Outcome {
        apply(.commissioner(Commissioner(code: code, name: name, kind: .ccg)))
    }

    /// Sets the national card, or one of a commissioner's own.
    @discardableResult
    func setRates(
        of code: OrganisationCode? = nil, year: FinancialYear = "2015-16", weight: Int64? = nil,
        weights: [CareSetting: Int64] = [:], funders: [CareSetting: Funder] = [:], _ rates: [CapitationRate]
    ) -> Outcome {
        let card = RateCard(
            year: year, weightMillionths: weight, settingWeightMillionths: weights, funders: funders, rates: rates)
        return apply(code.map { .ownRateCard($0, card) } ?? .nationalRateCard(card))
    }

    @discardableResult
    func register(
        _ patient: Patient, with code: OrganisationCode, from: CalendarDate, until: CalendarDate? = nil,
        born: CalendarDate = "1960-06-15", sex: Sex = .female, group: PatientGroup = .generallyHealthy,
        practice: OrganisationCode? = nil, council: OrganisationCode? = nil
    ) -> Outcome {
        apply(
            .statement(
                Statement(
                    patient: patient, commissioner: code, from: from, until: until, born: born, sex: sex,
                    group: group, practice: practice, council: council)))
    }

    @discardableResult
    func withdraw(_ patient: Patient, from: CalendarDate, by code: OrganisationCode) -> Outcome {
        apply(.withdrawal(Withdrawal(patient: patient, commissioner: code, from: from)))
    }

    @discardableResult
    func post(_ event: CostEvent) -> Outcome { apply(.costEvent(event)) }

    @discardableResult
    func reverse(_ original: Identifier, by id: Identifier, source: Identifier = "pas") -> Outcome {
        apply(.reversal(reversal(of: original, by: id, source: source)))
    }
}

/// A cost for a patient, or with nil a block contract.
func cost(
    _ id: Identifier, _ amountPence: Int64, for patient: Patient?, on day: CalendarDate, source: Identifier = "pas",
    version: Int32 = 1, setting: CareSetting = .secondary, commissioner: OrganisationCode? = nil,
    kind: EventKind = .cost, provider: OrganisationCode? = nil, service: Identifier? = nil,
    funder: OrganisationCode? = nil
) -> CostEvent {
    CostEvent(
        identity: EventIdentity(source: source, id: id), version: version,
        subject: patient.map { .patient($0) } ?? .without(.block), commissioner: commissioner, setting: setting,
        serviceDate: day, amountPence: amountPence, kind: kind, provider: provider, service: service, funder: funder)
}

func reversal(of original: Identifier, by id: Identifier, source: Identifier = "pas") -> Reversal {
    Reversal(identity: EventIdentity(source: source, id: id), reverses: original)
}
