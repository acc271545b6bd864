import ChequebookModel

/// A commissioner's row number; 0 stands for costs that belong to nobody yet.
typealias CommissionerIndex = UInt16

/// The registered bodies, each with a small number by which the other tables know it, and with what they were before.
struct CommissionerRegister {
    static var unattributed: CommissionerIndex { 0 }

    private var bodies: [Versions<Commissioner>] = [Versions()]
    /// The bodies' codes alone, which never change.
    private var codes: [OrganisationCode?] = [nil]
    private var numbers = CodeNumbers()

    func index(of code: OrganisationCode) -> CommissionerIndex? { index(ofPacked: code.packed) }

    @inline(__always)
    func index(ofPacked packed: UInt64) -> CommissionerIndex? { numbers[packed].map { CommissionerIndex($0) } }

    /// The code of a body; nil for nobody.
    func code(at index: CommissionerIndex) -> OrganisationCode? { codes[Int(index)] }

    func body(at index: CommissionerIndex, _ moment: Moment = .now) -> Commissioner? {
        bodies[Int(index)].value(at: moment)
    }

    /// The bodies registered after the first `count`, with the day on which each was.
    func bodies(after count: Int) -> [(code: OrganisationCode, index: CommissionerIndex, registeredOn: CalendarDate)] {
        guard count + 1 < bodies.count else { return [] }
        return (count + 1..<bodies.count).compactMap { index in
            guard let body = bodies[index].current, let day = bodies[index].firstDay else { return nil }
            return (body.code, CommissionerIndex(index), day)
        }
    }

    /// Indices in the order of codes.
    var sortedIndices: [CommissionerIndex] {
        bodies.indices.compactMap { index in bodies[index].current.map { (code: $0.code, index: index) } }
            .sorted { $0.code < $1.code }.map { CommissionerIndex($0.index) }
    }

    mutating func put(
        _ body: Commissioner, recordedOn: CalendarDate
    ) -> (outcome: Outcome, index: CommissionerIndex?) {
        if let index = index(of: body.code) {
            guard bodies[Int(index)].current != body else { return (.unchanged, index) }
            bodies[Int(index)].set(body, recordedOn: recordedOn)
            return (.replaced, index)
        }
        guard bodies.count <= Limits.commissionersMax else { return (.refused(.tooManyCommissioners), nil) }
        let index = CommissionerIndex(bodies.count)
        var versions = Versions<Commissioner>()
        versions.set(body, recordedOn: recordedOn)
        bodies.append(versions)
        codes.append(body.code)
        numbers.add(body.code.packed, UInt32(index))
        return (.created, index)
    }
}
