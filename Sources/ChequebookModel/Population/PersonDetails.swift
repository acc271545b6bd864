/// What a message says of a value that stands already.
public enum Edit<Value: Hashable & Sendable>: Hashable, Sendable {
    /// Nothing.
    case keep
    /// It is taken back.
    case clear
    case set(Value)
}

/// What is said of a person beside any registration.
public struct PersonDetails: Hashable, Sendable {
    public let patient: Patient
    /// Nil leaves it as it is.
    public let born: CalendarDate?
    public let sex: Sex?
    /// The day of death, the last one that accrues.
    public let died: Edit<CalendarDate>
    /// Another number of the same person, which counts from now on.
    public let replacedBy: Edit<Patient>

    public init(
        patient: Patient, born: CalendarDate? = nil, sex: Sex? = nil, died: Edit<CalendarDate> = .keep,
        replacedBy: Edit<Patient> = .keep
    ) {
        self.patient = patient
        self.born = born
        self.sex = sex
        self.died = died
        self.replacedBy = replacedBy
    }
}
