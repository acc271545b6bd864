/// What a workload asks for beyond registrations, events, cards and totals; each changes what its seeds say.
struct WorkloadFeatures: OptionSet, Hashable, Sendable {
    let rawValue: Int

    /// List sizes for some of the commissioners.
    static let listSizes = WorkloadFeatures(rawValue: 1 << 0)
    /// Questions about earlier days, some of them asked again later.
    static let asOf = WorkloadFeatures(rawValue: 1 << 1)
    /// Totals by funder, with more funders and councils named.
    static let funders = WorkloadFeatures(rawValue: 1 << 2)
    /// Totals by provider, with more providers named.
    static let providers = WorkloadFeatures(rawValue: 1 << 3)
    /// Patients' own costs, page by page.
    static let patientCosts = WorkloadFeatures(rawValue: 1 << 4)
    /// Deaths, and numbers that turn out to be one person's.
    static let patients = WorkloadFeatures(rawValue: 1 << 5)

    /// Registrations that go on as those of the body into which others merged.
    static let successions = WorkloadFeatures(rawValue: 1 << 6)
    /// Bodies with parents and successors, and totals that follow these.
    static let structure = WorkloadFeatures(rawValue: 1 << 7)
    /// What a body pays for, in all populations.
    static let payers = WorkloadFeatures(rawValue: 1 << 8)
    /// Lists of events that are all booked or none.
    static let atomicLists = WorkloadFeatures(rawValue: 1 << 9)

    static let all: WorkloadFeatures = [
        .listSizes, .asOf, .funders, .providers, .patientCosts, .patients, .successions, .structure, .payers,
        .atomicLists,
    ]
}
