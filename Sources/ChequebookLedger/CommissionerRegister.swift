import ChequebookModel

/// A commissioner's row number; 0 stands for costs that belong to nobody yet.
typealias CommissionerIndex = UInt16

/// The registered bodies, each with a small number by which the other tables know it.
struct CommissionerRegister {
    static let unattributed: CommissionerIndex = 0

    private(set) var bodies: [Commissioner?] = [nil]
    private var indexByCode: [OrganisationCode: CommissionerIndex] = [:]

    func index(of code: OrganisationCode) -> CommissionerIndex? { indexByCode[code] }

    func body(at index: CommissionerIndex) -> Commissioner? { bodies[Int(index)] }

    /// Indices in the order of codes.
    var sortedIndices: [CommissionerIndex] {
        indexByCode.sorted { $0.key < $1.key }.map(\.value)
    }

    mutating func put(_ body: Commissioner) -> (outcome: Outcome, index: CommissionerIndex?) {
        if let index = indexByCode[body.code] {
            guard bodies[Int(index)] != body else { return (.unchanged, index) }
            bodies[Int(index)] = body
            return (.replaced, index)
        }
        guard indexByCode.count < Limits.commissionersMax else { return (.refused(.tooManyCommissioners), nil) }
        let index = CommissionerIndex(bodies.count)
        bodies.append(body)
        indexByCode[body.code] = index
        return (.created, index)
    }
}
