/// A commissioner takes over from merged ones on a day: their open registrations become its own, all in one step.
public struct Succession: Hashable, Sendable {
    /// The body that takes over.
    public let commissioner: OrganisationCode
    /// The merged bodies: 1 to `Limits.relationsMax`, each once, none of them `commissioner`.
    public let from: [OrganisationCode]
    /// The first day on which their registrations are the successor's.
    public let date: CalendarDate

    public init(commissioner: OrganisationCode, from: [OrganisationCode], date: CalendarDate) {
        (self.commissioner, self.from, self.date) = (commissioner, from, date)
    }
}
