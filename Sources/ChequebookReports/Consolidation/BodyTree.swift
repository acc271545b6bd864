import ChequebookModel

/// Who follows whom and who is above whom, as the register says.
struct BodyTree {
    private let bodies: [OrganisationCode: Commissioner]
    private let boundaryDay: CalendarDate?

    /// - Parameter boundaryDay: successors from later days do not count yet; nil for boundaries as they were, when none
    ///   does.
    init(_ bodies: [Commissioner], boundaryDay: CalendarDate?) {
        self.bodies = Dictionary(uniqueKeysWithValues: bodies.map { ($0.code, $0) })
        self.boundaryDay = boundaryDay
    }

    /// The body at the end of a chain of successors; the body itself if it has none, or several.
    func current(_ code: OrganisationCode) -> OrganisationCode {
        guard let boundaryDay else { return code }
        let chain = Self.chain(code) { code in
            only(bodies[code]?.successors.filter { $0.from <= boundaryDay }.map(\.code))
        }
        return chain[chain.count - 1]
    }

    /// Where a body's figures count on a day: at its place in the chain of successors, then at those above, nearest
    /// first, each at its own place in such a chain.
    func withParents(_ code: OrganisationCode, on day: CalendarDate) -> [OrganisationCode] {
        Self.chain(current(code)) { code in
            let parents = bodies[code]?.parents.filter { $0.from <= day && $0.until.map { day < $0 } ?? true }
            return only(parents?.map { current($0.code) })
        }
    }

    /// The days on which anybody's parent may change, within a year, as days of it.
    func parentChanges(in year: FinancialYear) -> [Int] {
        let days = bodies.values.flatMap { body in
            body.parents.flatMap { [$0.from, $0.until].compactMap { $0 } }
        }
        return Set(days.filter { year.contains($0) }.map { Int($0.dayNumber - year.firstDay.dayNumber) }).sorted()
    }

    /// The one registered body among the codes; nil if there is none, or if they name several.
    private func only(_ codes: [OrganisationCode]?) -> OrganisationCode? {
        guard let first = codes?.first, codes?.allSatisfy({ $0 == first }) == true else { return nil }
        return bodies[first] == nil ? nil : first
    }

    /// A chain from its first link to its last. One that goes round in a circle ends where it enters the circle, so
    /// that whoever starts on the circle stays where it is.
    private static func chain(
        _ first: OrganisationCode, _ next: (OrganisationCode) -> OrganisationCode?
    ) -> [OrganisationCode] {
        var chain = [first]
        while let code = next(chain[chain.count - 1]) {
            if let entry = chain.firstIndex(of: code) { return Array(chain[...entry]) }
            chain.append(code)
        }
        return chain
    }
}
