import ChequebookLedger
import ChequebookModel
import ChequebookReports
import Testing

/// A ledger to report on, of which no record is ever read back. Sequences start at 1, all at one instant.
final class Desk {
    private struct NoRecords: RecordReader {
        struct NotKept: Error {}

        func fact(at position: UInt64) throws -> StoredFact { throw NotKept() }
    }

    let ledger = Ledger(reader: NoRecords())
    /// 5 January 2026, 10:00 UTC.
    private let recordedAt = Instant(microseconds: 1_767_607_200_000_000)
    private var sequence: UInt64 = 0

    init() {
        apply(.ledgerCreated(.nhsNumber))
    }

    func apply(_ fact: Fact) {
        sequence += 1
        let stamp = RecordStamp(
            sequence: sequence, recordedAt: recordedAt, recordedOn: recordedAt.londonDay, position: sequence)
        do {
            let outcome = try ledger.apply(fact, stamp)
            #expect(outcome.refusal == nil)
        } catch {
            Issue.record(error)
        }
    }

    func add(_ code: OrganisationCode, name: String) {
        apply(.commissioner(Commissioner(code: code, name: name, kind: .ccg)))
    }

    func register(_ patient: Patient, with code: OrganisationCode, from: CalendarDate) {
        apply(.statement(Statement(patient: patient, commissioner: code, from: from, born: "1960-06-15", sex: .female)))
    }

    func post(
        _ id: Identifier, _ amountPence: Int64, for patient: Patient?, on day: CalendarDate, setting: CareSetting,
        commissioner: OrganisationCode? = nil, kind: EventKind = .cost, provider: OrganisationCode? = nil,
        funder: OrganisationCode? = nil
    ) {
        apply(
            .costEvent(
                CostEvent(
                    identity: EventIdentity(source: "pas", id: id),
                    subject: patient.map { .patient($0) } ?? .without(.block), commissioner: commissioner,
                    setting: setting, serviceDate: day, amountPence: amountPence, kind: kind, provider: provider,
                    funder: funder)))
    }
}

/// The text of a document.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
