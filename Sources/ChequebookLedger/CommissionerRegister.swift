import ChequebookModel

/// A commissioner's row number; 0 stands for costs that belong to nobody yet.
typealias CommissionerIndex = UInt16

/// The registered bodies, each with a small number by which the other tables know it, and with what they were before.
struct CommissionerRegister {
    static let unattributed: CommissionerIndex = 0

    private var bodies: [Versions<Commissioner>] = [Versions()]
    private var indexByCode: [OrganisationCode: CommissionerIndex] = [:]

    func index(of code: OrganisationCode) -> CommissionerIndex? { indexByCode[code] }

    func body(at index: CommissionerIndex, _ moment: Moment = .now) -> Commissioner? {
        bodies[Int(index)].value(at: moment)
    }

    /// The day on which the body was first registered.
    func registeredOn(_ index: CommissionerIndex) -> CalendarDate? { bodies[Int(index)].firstDay }

    /// Indices in the order of codes.
    var sortedIndices: [CommissionerIndex] {
        indexByCode.sorted { $0.key < $1.key }.map(\.value)
    }

    mutating func put(
        _ body: Commissioner, recordedOn: CalendarDate
    ) -> (outcome: Outcome, index: CommissionerIndex?) {
        if let index = indexByCode[body.code] {
            guard bodies[Int(index)].current != body else { return (.unchanged, index) }
            bodies[Int(index)].set(body, recordedOn: recordedOn)
            return (.replaced, index)
        }
        guard indexByCode.count < Limits.commissionersMax else { return (.refused(.tooManyCommissioners), nil) }
        let index = CommissionerIndex(bodies.count)
        var versions = Versions<Commissioner>()
        versions.set(body, recordedOn: recordedOn)
        bodies.append(versions)
        indexByCode[body.code] = index
        return (.created, index)
    }
}
