/// A patient as everything said of any of the patient's numbers describes them.
struct ReferencePerson: Sendable {
    struct Holding: Sendable {
        let commissioner: String
        let statement: ReferenceStatement
        /// The place among all that was said; of what was taken over, that of the statement that it goes on from.
        let received: Int
    }

    /// Days after that of death on which a cost still goes to whom the patient was with.
    static let daysAfterDeathMax = 60

    /// As the latest to say so has it, even if the statement has been withdrawn since; nil when nobody has.
    var born: Day?
    var sex: String?
    var died: Day?
    /// The statements that stand, oldest first, one for each `from`.
    var holdings: [Holding] = []

    /// The statement that decides on the day: the one with the latest `from` on or before it, unless it has ended.
    /// After the day of death there is none.
    func holding(on day: Day) -> Holding? {
        if let died, day > died { return nil }
        var latest: Int?
        for index in holdings.indices where holdings[index].statement.from <= day { latest = index }
        guard let latest else { return nil }
        if let until = holdings[latest].statement.until, until <= day { return nil }
        return holdings[latest]
    }

    /// The statement that decides about a service on the day: soon after death, that of the day of death.
    func holding(ofServiceOn day: Day) -> Holding? {
        guard let died, day > died else { return holding(on: day) }
        return day <= died + Self.daysAfterDeathMax ? holding(on: died) : nil
    }
}
