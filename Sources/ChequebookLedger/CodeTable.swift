import ChequebookModel

/// The organisations that events and registrations name, each with a small number. 0 stands for none.
struct CodeTable {
    private var codes: [OrganisationCode?] = [nil]
    private var numbers: [OrganisationCode: UInt32] = [:]

    /// Whether these codes can all be named.
    func hasRoom(for named: [OrganisationCode?]) -> Bool {
        numbers.count + named.count <= Limits.organisationsNamedMax || hasRoom(forUnknown: unknown(named).count)
    }

    func hasRoom(forUnknown count: Int) -> Bool { numbers.count + count <= Limits.organisationsNamedMax }

    /// Those of these codes that have no number yet.
    func unknown(_ named: [OrganisationCode?]) -> Set<OrganisationCode> {
        Set(named.compactMap { $0 }.filter { numbers[$0] == nil })
    }

    /// The number of a code, given to it if it has none yet.
    mutating func number(_ code: OrganisationCode?) -> UInt32 {
        guard let code else { return 0 }
        if let number = numbers[code] { return number }
        let number = UInt32(codes.count)
        codes.append(code)
        numbers[code] = number
        return number
    }

    func code(_ number: UInt32) -> OrganisationCode? { codes[Int(number)] }
}
