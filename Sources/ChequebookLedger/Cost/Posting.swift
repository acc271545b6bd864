import ChequebookModel

/// What an event adds to cost, and to which cell.
struct Posting {
    let date: CalendarDate
    let setting: CareSetting
    let group: PatientGroup?
    let isCredit: Bool
    let isWithoutPatient: Bool
    /// Negative for a credit.
    let signedPence: Int64
    /// Number of the provider's code; 0 for none.
    let provider: UInt32
    /// Number of the stated funder's code, else of the council of the registration; 0 for none.
    let payer: UInt32
    let payerIsStated: Bool
}
