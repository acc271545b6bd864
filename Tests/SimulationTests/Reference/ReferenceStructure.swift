/// Which bodies belong to which, as one register has it.
///
/// - Parameters:
///   - successionsThrough: the day of today's boundaries, with the successions that had begun by then; nil for the
///     boundaries as they were.
///   - hasChildren: whether bodies are seen below their parents.
struct ReferenceStructure {
    let register: [String: ReferenceCommissioner]
    var successionsThrough: Day?
    var hasChildren = false

    /// Under whose code a body counts: its own, or that of the last of its successors.
    func current(_ code: String) -> String {
        var followed = [code]
        while let next = successor(of: followed[followed.count - 1]) {
            // Whoever comes back has nowhere further to go.
            if followed.contains(next) { return next }
            followed.append(next)
        }
        return followed[followed.count - 1]
    }

    /// All bodies for whose answer this body counts on the day; the last of them counts it alone.
    func holders(of code: String, on day: Day) -> [String] {
        var holders = [current(code)]
        while let parent = parent(of: holders[holders.count - 1], on: day) { holders.append(parent) }
        return holders
    }

    /// The days of the year on which it may be with others than on the day before; the first of the year is one.
    func changes(in year: ReferenceYear) -> [Day] {
        let dates = register.values.flatMap(\.parents).flatMap { [$0.from, $0.until].compactMap(\.self) }
        return [year.first] + Set(dates).filter { year.first < $0 && $0 <= year.last }.sorted()
    }

    /// The body above, unless going up from there comes back.
    private func parent(of code: String, on day: Day) -> String? {
        guard hasChildren, let parent = namedParent(of: code, on: day) else { return nil }
        var passed: Set<String> = []
        var above: String? = parent
        while let body = above, passed.insert(body).inserted { above = namedParent(of: body, on: day) }
        return passed.contains(code) ? nil : parent
    }

    private func namedParent(of code: String, on day: Day) -> String? {
        // Two that have become one body are one parent.
        let named = Set((register[code]?.parents ?? []).filter { $0.holds(on: day) }.map { current($0.code) })
        guard named.count == 1, let parent = named.first, register[parent] != nil else { return nil }
        return parent
    }

    private func successor(of code: String) -> String? {
        guard let day = successionsThrough else { return nil }
        let named = Set((register[code]?.successors ?? []).filter { $0.from <= day }.map(\.code))
        guard named.count == 1, let successor = named.first, register[successor] != nil else { return nil }
        return successor
    }
}
