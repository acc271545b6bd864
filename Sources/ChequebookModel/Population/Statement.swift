/// A commissioner's statement that a patient is its own from a day on.
public struct Statement: Hashable, Sendable {
    public let patient: Patient
    public let commissioner: OrganisationCode
    /// The first day.
    public let from: CalendarDate
    /// The first day on which it no longer holds; nil for no end.
    public let until: CalendarDate?
    public let born: CalendarDate
    public let sex: Sex
    public let group: PatientGroup
    public let practice: OrganisationCode?
    public let council: OrganisationCode?

    public init(
        patient: Patient, commissioner: OrganisationCode, from: CalendarDate, until: CalendarDate? = nil,
        born: CalendarDate, sex: Sex, group: PatientGroup = .generallyHealthy, practice: OrganisationCode? = nil,
        council: OrganisationCode? = nil
    ) {
        self.patient = patient
        self.commissioner = commissioner
        self.from = from
        self.until = until
        self.born = born
        self.sex = sex
        self.group = group
        self.practice = practice
        self.council = council
    }
}

/// Takes a commissioner's statement with this `from` away.
public struct Withdrawal: Hashable, Sendable {
    public let patient: Patient
    public let commissioner: OrganisationCode
    public let from: CalendarDate

    public init(patient: Patient, commissioner: OrganisationCode, from: CalendarDate) {
        (self.patient, self.commissioner, self.from) = (patient, commissioner, from)
    }
}
