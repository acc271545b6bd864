import ChequebookModel

/// Everybody the ledger has heard of, each number in a dense row, with its statements as a list sorted by `from`.
///
/// A row is one number. A person may have several; `People+Person.swift` puts them together.
struct People {
    typealias Row = UInt32
    private static let none = UInt32.max

    private struct Entry {
        let key: PatientKey
        var born: Received<CalendarDate>?
        var sex: Received<Sex>?
        var statementCount: UInt16 = 0
        /// Whether anything was ever recorded under this number.
        var isKnown = false
        /// Whether the number is joined to others or its death is known: then `details` has more.
        var hasDetails = false
        var firstStatement: UInt32 = People.none
        var lastEvent: UInt32 = People.none
    }

    /// A value and the sequence of the record that said it: of two the latest received wins.
    struct Received<Value: Equatable>: Equatable {
        let value: Value
        let sequence: UInt64

        static func latest(_ left: Received?, _ right: Received?) -> Received? {
            guard let left, let right else { return left ?? right }
            return left.sequence >= right.sequence ? left : right
        }
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
        var standing: Received<Standing>
        var next: UInt32
    }

    /// What few numbers have.
    struct Details {
        /// Whether details were ever sent under this number.
        var isSpokenOf = false
        /// The day of death, or that it was taken back.
        var died: Received<CalendarDate?>?
        /// The number that counts in place of this one, and how its sender wrote it.
        var replacedBy: Row?
        var successor: Patient?
        /// The numbers that this one counts in place of.
        var replaces: [Row] = []
    }

    private var table = OpenTable()
    private var entries: [Entry] = []
    private var links: [Link] = []
    private var freeLinks: [UInt32] = []
    private var details: [Row: Details] = [:]

    private static func fingerprint(_ key: PatientKey) -> UInt64 {
        Mixing.step(0x51_7cc1_b727_220a, key.high, key.low)
    }

    func row(of key: PatientKey) -> Row? {
        table.find(Self.fingerprint(key)) { entries[Int($0)].key == key }
    }

    /// The number's row, made if there is none yet.
    mutating func rowMaking(_ key: PatientKey) -> Row {
        let fingerprint = Self.fingerprint(key)
        if let row = table.find(fingerprint, where: { entries[Int($0)].key == key }) { return row }
        let row = Row(entries.count)
        entries.append(Entry(key: key))
        table.insert(fingerprint, row: row) { Self.fingerprint(entries[Int($0)].key) }
        return row
    }

    /// All rows, in the order in which their numbers were first heard.
    var rows: Range<Row> { 0..<Row(entries.count) }

    func born(_ row: Row) -> Received<CalendarDate>? { entries[Int(row)].born }

    func sex(_ row: Row) -> Received<Sex>? { entries[Int(row)].sex }

    func statementCount(_ row: Row) -> Int { Int(entries[Int(row)].statementCount) }

    mutating func set(_ row: Row, born: CalendarDate, sequence: UInt64) {
        entries[Int(row)].born = Received(value: born, sequence: sequence)
    }

    mutating func set(_ row: Row, sex: Sex, sequence: UInt64) {
        entries[Int(row)].sex = Received(value: sex, sequence: sequence)
    }

    /// Whether anything was ever recorded under this number.
    func isKnown(_ row: Row) -> Bool { entries[Int(row)].isKnown }

    mutating func note(_ row: Row) { entries[Int(row)].isKnown = true }

    /// What few numbers have; nil for the others.
    @inline(__always)
    func details(_ row: Row) -> Details? {
        entries[Int(row)].hasDetails ? details[row] : nil
    }

    mutating func changeDetails(_ row: Row, _ change: (inout Details) -> Void) {
        entries[Int(row)].hasDetails = true
        change(&details[row, default: Details()])
    }

    /// The number's own statements, oldest first.
    func statements(_ row: Row) -> [Received<Standing>] {
        var all: [Received<Standing>] = []
        var index = entries[Int(row)].firstStatement
        while index != Self.none {
            all.append(links[Int(index)].standing)
            index = links[Int(index)].next
        }
        return all
    }

    /// Whether one of these commissioners made a statement about this very number.
    func isStated(_ row: Row, by commissioners: Set<CommissionerIndex>) -> Bool {
        var index = entries[Int(row)].firstStatement
        while index != Self.none {
            if commissioners.contains(links[Int(index)].standing.value.commissioner) { return true }
            index = links[Int(index)].next
        }
        return false
    }

    /// The number's own statement with the latest `from` on or before a day.
    func latestStatement(_ row: Row, on day: CalendarDate) -> Standing? {
        var found = Self.none
        var index = entries[Int(row)].firstStatement
        while index != Self.none, links[Int(index)].standing.value.from <= day {
            found = index
            index = links[Int(index)].next
        }
        return found == Self.none ? nil : links[Int(found)].standing.value
    }

    /// Sets the statement with its `from`, in place of one that stands there.
    mutating func put(_ standing: Standing, _ row: Row, sequence: UInt64) {
        let received = Received(value: standing, sequence: sequence)
        let (before, at) = place(of: standing.from, row)
        if at != Self.none, links[Int(at)].standing.value.from == standing.from {
            links[Int(at)].standing = received
            return
        }
        let link = Link(standing: received, next: at)
        let index: UInt32
        if let free = freeLinks.popLast() {
            links[Int(free)] = link
            index = free
        } else {
            index = UInt32(links.count)
            links.append(link)
        }
        setNext(of: before, to: index, row)
        entries[Int(row)].statementCount += 1
    }

    /// Takes the statement with this `from` away, if there is one.
    mutating func remove(from day: CalendarDate, _ row: Row) {
        let (before, at) = place(of: day, row)
        guard at != Self.none, links[Int(at)].standing.value.from == day else { return }
        setNext(of: before, to: links[Int(at)].next, row)
        freeLinks.append(at)
        entries[Int(row)].statementCount -= 1
    }

    /// The link before the first whose `from` is on or after `day`, and that one.
    private func place(of day: CalendarDate, _ row: Row) -> (before: UInt32, at: UInt32) {
        var before = Self.none
        var at = entries[Int(row)].firstStatement
        while at != Self.none, links[Int(at)].standing.value.from < day {
            before = at
            at = links[Int(at)].next
        }
        return (before, at)
    }

    private mutating func setNext(of before: UInt32, to index: UInt32, _ row: Row) {
        if before == Self.none {
            entries[Int(row)].firstStatement = index
        } else {
            links[Int(before)].next = index
        }
    }

    /// The row of the number's latest event in the event index; nil if there is none.
    func lastEvent(_ row: Row) -> UInt32? {
        let event = entries[Int(row)].lastEvent
        return event == Self.none ? nil : event
    }

    mutating func setLastEvent(_ row: Row, _ event: UInt32?) {
        entries[Int(row)].lastEvent = event ?? Self.none
    }
}
