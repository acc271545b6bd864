import ChequebookModel

/// Everybody the ledger has heard of, each in a dense row, with their statements as a list sorted by `from`.
struct People {
    typealias Row = UInt32
    private static let none = UInt32.max

    private struct Person {
        let key: PatientKey
        var born: CalendarDate?
        var sex: Sex = .unknown
        var statementCount: UInt16 = 0
        var firstStatement: UInt32 = People.none
        var lastEvent: UInt32 = People.none
    }

    /// A statement as the ledger keeps it; the patient is the list it stands in.
    struct Standing: Hashable {
        var from: CalendarDate
        var until: CalendarDate?
        var commissioner: CommissionerIndex
        var group: PatientGroup
        var practice: OrganisationCode?
        var council: OrganisationCode?
    }

    private struct Link {
        var standing: Standing
        var next: UInt32
    }

    private var table = OpenTable()
    private var persons: [Person] = []
    private var links: [Link] = []
    private var freeLinks: [UInt32] = []

    private static func fingerprint(_ key: PatientKey) -> UInt64 {
        Mixing.step(0x51_7cc1_b727_220a, key.high, key.low)
    }

    func row(of key: PatientKey) -> Row? {
        table.find(Self.fingerprint(key)) { persons[Int($0)].key == key }
    }

    /// The patient's row, made if there is none yet.
    mutating func rowMaking(_ key: PatientKey) -> Row {
        let fingerprint = Self.fingerprint(key)
        if let row = table.find(fingerprint, where: { persons[Int($0)].key == key }) { return row }
        let row = Row(persons.count)
        persons.append(Person(key: key))
        table.insert(fingerprint, row: row) { Self.fingerprint(persons[Int($0)].key) }
        return row
    }

    func born(_ row: Row) -> CalendarDate? { persons[Int(row)].born }

    func sex(_ row: Row) -> Sex { persons[Int(row)].sex }

    func statementCount(_ row: Row) -> Int { Int(persons[Int(row)].statementCount) }

    mutating func set(_ row: Row, born: CalendarDate, sex: Sex) {
        persons[Int(row)].born = born
        persons[Int(row)].sex = sex
    }

    /// The statements, oldest first.
    func statements(_ row: Row) -> [Standing] {
        var all: [Standing] = []
        var index = persons[Int(row)].firstStatement
        while index != Self.none {
            all.append(links[Int(index)].standing)
            index = links[Int(index)].next
        }
        return all
    }

    /// The statement that decides on a day: the one with the latest `from` on or before it, unless it has ended.
    func deciding(_ row: Row, on day: CalendarDate) -> Standing? {
        var found = Self.none
        var index = persons[Int(row)].firstStatement
        while index != Self.none, links[Int(index)].standing.from <= day {
            found = index
            index = links[Int(index)].next
        }
        guard found != Self.none else { return nil }
        let standing = links[Int(found)].standing
        if let until = standing.until, until <= day { return nil }
        return standing
    }

    /// Sets the statement with its `from`, in place of one that stands there.
    mutating func put(_ standing: Standing, _ row: Row) {
        let (before, at) = place(of: standing.from, row)
        if at != Self.none, links[Int(at)].standing.from == standing.from {
            links[Int(at)].standing = standing
            return
        }
        let link = Link(standing: standing, next: at)
        let index: UInt32
        if let free = freeLinks.popLast() {
            links[Int(free)] = link
            index = free
        } else {
            index = UInt32(links.count)
            links.append(link)
        }
        setNext(of: before, to: index, row)
        persons[Int(row)].statementCount += 1
    }

    /// Takes the statement with this `from` away, if there is one.
    mutating func remove(from day: CalendarDate, _ row: Row) {
        let (before, at) = place(of: day, row)
        guard at != Self.none, links[Int(at)].standing.from == day else { return }
        setNext(of: before, to: links[Int(at)].next, row)
        freeLinks.append(at)
        persons[Int(row)].statementCount -= 1
    }

    /// The link before the first whose `from` is on or after `day`, and that one.
    private func place(of day: CalendarDate, _ row: Row) -> (before: UInt32, at: UInt32) {
        var before = Self.none
        var at = persons[Int(row)].firstStatement
        while at != Self.none, links[Int(at)].standing.from < day {
            before = at
            at = links[Int(at)].next
        }
        return (before, at)
    }

    private mutating func setNext(of before: UInt32, to index: UInt32, _ row: Row) {
        if before == Self.none {
            persons[Int(row)].firstStatement = index
        } else {
            links[Int(before)].next = index
        }
    }

    /// The row of the patient's latest event in the event index; nil if there is none.
    func lastEvent(_ row: Row) -> UInt32? {
        let event = persons[Int(row)].lastEvent
        return event == Self.none ? nil : event
    }

    mutating func setLastEvent(_ row: Row, _ event: UInt32?) {
        persons[Int(row)].lastEvent = event ?? Self.none
    }
}
