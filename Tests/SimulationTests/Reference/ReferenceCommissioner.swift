/// What a PUT says of a body; the next one takes the place of all of it.
struct ReferenceCommissioner: Hashable, Sendable {
    /// Above it from a day on, until the first day on which no longer.
    struct Parent: Hashable, Sendable {
        var code: String
        var from: Day
        var until: Day?

        func holds(on day: Day) -> Bool {
            from <= day && until.map { day < $0 } ?? true
        }
    }

    /// In its place from a day on.
    struct Successor: Hashable, Sendable {
        var code: String
        var from: Day
    }

    var name: String
    var parents: [Parent] = []
    var successors: [Successor] = []
}
