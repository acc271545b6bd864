/// What booking needs of a cost event that was never seen before: plain words, no texts.
///
/// Most events are new, and most of what an event says is only ever read back from its record. Whoever finds that an
/// event is not as simple as that goes by the whole fact.
public struct EventOutline: Sendable {
    public let fingerprint: UInt64
    /// Nil without a patient.
    public let patient: PatientKey?
    /// Codes as packed words, 0 for none. They are not checked: only one that is known already may be trusted.
    public let commissionerPacked: UInt64
    public let providerPacked: UInt64
    public let funderPacked: UInt64
    /// 0 to 10^15.
    public let amountPence: Int64
    public let serviceDate: CalendarDate
    public let setting: CareSetting
    public let isCredit: Bool

    public init(
        fingerprint: UInt64, patient: PatientKey?, commissionerPacked: UInt64, providerPacked: UInt64,
        funderPacked: UInt64, amountPence: Int64, serviceDate: CalendarDate, setting: CareSetting, isCredit: Bool
    ) {
        self.fingerprint = fingerprint
        self.patient = patient
        self.commissionerPacked = commissionerPacked
        self.providerPacked = providerPacked
        self.funderPacked = funderPacked
        self.amountPence = amountPence
        self.serviceDate = serviceDate
        self.setting = setting
        self.isCredit = isCredit
    }

    public init(_ event: CostEvent) {
        self.init(
            fingerprint: event.identity.fingerprint, patient: event.subject.patient?.key,
            commissionerPacked: event.commissioner?.packed ?? 0, providerPacked: event.provider?.packed ?? 0,
            funderPacked: event.funder?.packed ?? 0, amountPence: event.amountPence, serviceDate: event.serviceDate,
            setting: event.setting, isCredit: event.kind == .credit)
    }

    /// What it adds to a cost: negative for a credit.
    public var signedPence: Int64 { isCredit ? -amountPence : amountPence }
}
