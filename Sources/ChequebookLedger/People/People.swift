import ChequebookModel

/// Everybody the ledger has heard of, each number in a dense row, with its statements as a list sorted by `from`.
///
/// A row is one number. A person may have several; `People+Person.swift` puts them together.
///
/// A number takes 48 bytes and some ten in the table, a statement takes 40. Both are plain integers in memory that never
/// moves, so finding the statement that decides on a day touches three places: slot, number, statement.
struct People: ~Copyable {
    typealias Row = UInt32
    /// In place of a row, a link or an event where there is none.
    static let none = UInt32.max

    private var table: OpenTable
    private var entries: Rows<Entry>
    private var links: Rows<Link>
    private var freeLinks: [UInt32] = []
    private var details: [Row: Details] = [:]

    init(in pool: ChunkPool) {
        table = OpenTable(in: pool)
        entries = Rows(in: pool)
        links = Rows(in: pool)
    }

    @inline(__always)
    private static func fingerprint(_ key: PatientKey) -> UInt64 {
        Mixing.step(0x51_7cc1_b727_220a, key.high, key.low)
    }

    @inline(__always)
    func row(of key: PatientKey) -> Row? {
        table.find(Self.fingerprint(key)) { entries[$0].has(key) }
    }

    /// The number's row, made if there is none yet.
    @inline(__always)
    mutating func rowMaking(_ key: PatientKey) -> Row { row(of: key) ?? add(key) }

    private mutating func add(_ key: PatientKey) -> Row {
        let row = Row(entries.count)
        entries.append(Entry(key))
        table.insert(Self.fingerprint(key), row: row)
        return row
    }

    func put(in image: LedgerImage) {
        table.put(in: image)
        entries.put(in: image)
        links.put(in: image)
        image.putCopy(ofList: freeLinks)
        image.put(details.count)
        for (row, details) in details.sorted(by: { $0.key < $1.key }) {
            image.put(Int(row))
            details.put(in: image)
        }
    }

    /// Reads the people of an image into a table that has none.
    mutating func read(from image: ImageReader) throws {
        try table.read(from: image)
        try entries.read(from: image)
        try links.read(from: image)
        freeLinks = Array(try image.list(of: UInt32.self))
        try image.expect(table.count == entries.count, "the number of patients")
        for _ in 0..<(try image.count(bytesEach: MemoryLayout<UInt64>.size, "the number of joined patients")) {
            let row = try image.int()
            try image.expect((0..<entries.count).contains(row), "the row of a joined patient")
            details[Row(row)] = try Details(from: image)
        }
    }

    /// All rows, in the order in which their numbers were first heard.
    var rows: Range<Row> { 0..<Row(entries.count) }

    func born(_ row: Row) -> Received<CalendarDate>? { entries[row].born }

    func sex(_ row: Row) -> Received<Sex>? { entries[row].sex }

    func statementCount(_ row: Row) -> Int { Int(entries[row].statementCount) }

    mutating func set(_ row: Row, born: CalendarDate, sequence: UInt64) {
        entries[row].born = Received(value: born, sequence: sequence)
    }

    mutating func set(_ row: Row, sex: Sex, sequence: UInt64) {
        entries[row].sex = Received(value: sex, sequence: sequence)
    }

    /// Whether anything was ever recorded under this number.
    func isKnown(_ row: Row) -> Bool { entries[row].isKnown }

    @inline(__always)
    mutating func note(_ row: Row) { entries[row].isKnown = true }

    /// Whether there is more to a number than its own statements.
    @inline(__always)
    func hasDetails(_ row: Row) -> Bool { entries[row].hasDetails }

    /// Whether neither a statement nor a cost nor anything of its person was ever recorded under the number, or all were
    /// taken back.
    func hasNothing(_ row: Row) -> Bool {
        let entry = entries[row]
        return entry.firstStatement == Self.none && entry.lastEvent == Self.none && !entry.hasDetails
    }

    /// What few numbers have; nil for the others.
    @inline(__always)
    func details(_ row: Row) -> Details? { hasDetails(row) ? details[row] : nil }

    mutating func changeDetails(_ row: Row, _ change: (inout Details) -> Void) {
        entries[row].hasDetails = true
        change(&details[row, default: Details()])
    }

    /// The row of the number's latest event in the event index; nil if there is none.
    @inline(__always)
    func lastEvent(_ row: Row) -> UInt32? {
        let event = entries[row].lastEvent
        return event == Self.none ? nil : event
    }

    @inline(__always)
    mutating func setLastEvent(_ row: Row, _ event: UInt32?) { entries[row].lastEvent = event ?? Self.none }
}

extension People {
    /// The number's own statements, oldest first.
    func statements(_ row: Row) -> [Received<Standing>] {
        var all: [Received<Standing>] = []
        var index = entries[row].firstStatement
        while index != Self.none {
            all.append(links[index].received)
            index = links[index].next
        }
        return all
    }

    /// Whether one of these commissioners made a statement about this very number.
    func isStated(_ row: Row, by commissioners: Set<CommissionerIndex>) -> Bool {
        var index = entries[row].firstStatement
        while index != Self.none {
            if commissioners.contains(links[index].commissioner) { return true }
            index = links[index].next
        }
        return false
    }

    /// The number's own statement with the latest `from` on or before a day.
    func latestStatement(_ row: Row, on day: CalendarDate) -> Standing? {
        let link = latestLink(row, day.dayNumber)
        return link == Self.none ? nil : links[link].standing
    }

    /// What booking a cost asks of the statement that decides on a day, for a number without details; nil if none does.
    @inline(__always)
    func plainDeciding(_ row: Row, onDay day: Int32) -> PlainDeciding? {
        assert(!hasDetails(row), "more than its own statements decides")
        let link = latestLink(row, day)
        guard link != Self.none, day < links[link].until else { return nil }
        return PlainDeciding(
            commissioner: links[link].commissioner, group: links[link].group, councilPacked: links[link].council)
    }

    @inline(__always)
    private func latestLink(_ row: Row, _ day: Int32) -> UInt32 {
        var found = Self.none
        var index = entries[row].firstStatement
        while index != Self.none, links[index].from <= day {
            found = index
            index = links[index].next
        }
        return found
    }

    /// Sets the statement with its `from`, in place of one that stands there.
    mutating func put(_ standing: Standing, _ row: Row, sequence: UInt64) {
        let (before, at) = place(of: standing.from.dayNumber, row)
        if at != Self.none, links[at].from == standing.from.dayNumber {
            links[at] = Link(standing, sequence: sequence, next: links[at].next)
            return
        }
        setNext(of: before, to: add(Link(standing, sequence: sequence, next: at)), row)
        entries[row].statementCount += 1
    }

    private mutating func add(_ link: Link) -> UInt32 {
        if let free = freeLinks.popLast() {
            links[free] = link
            return free
        }
        links.append(link)
        return UInt32(links.count - 1)
    }

    /// Takes the statement with this `from` away, if there is one.
    mutating func remove(from day: CalendarDate, _ row: Row) {
        let (before, at) = place(of: day.dayNumber, row)
        guard at != Self.none, links[at].from == day.dayNumber else { return }
        setNext(of: before, to: links[at].next, row)
        freeLinks.append(at)
        entries[row].statementCount -= 1
    }

    /// The link before the first whose `from` is on or after `day`, and that one.
    private func place(of day: Int32, _ row: Row) -> (before: UInt32, at: UInt32) {
        var before = Self.none
        var at = entries[row].firstStatement
        while at != Self.none, links[at].from < day {
            before = at
            at = links[at].next
        }
        return (before, at)
    }

    private mutating func setNext(of before: UInt32, to index: UInt32, _ row: Row) {
        if before == Self.none {
            entries[row].firstStatement = index
        } else {
            links[before].next = index
        }
    }
}

/// Memory asked for ahead of its use: whoever works through a batch calls each for all of it before the next, since each
/// reads what the one before asked for.
extension People {
    /// Asks for the slot in which a number would be found.
    @inline(__always)
    func prefetch(_ key: PatientKey) { table.prefetch(Self.fingerprint(key)) }

    /// The row that a number has if it has one, its entry asked for.
    @inline(__always)
    func prefetchCandidate(_ key: PatientKey) -> Row? {
        guard let row = table.candidate(Self.fingerprint(key)) else { return nil }
        entries.prefetch(row, byteCount: Entry.bookedBytes)
        return row
    }

    /// The number's row, of which a candidate was found before.
    @inline(__always)
    func row(of key: PatientKey, candidate: Row) -> Row? {
        entries[candidate].has(key) ? candidate : row(of: key)
    }

    /// Asks for a number's oldest statement.
    @inline(__always)
    func prefetchStatements(_ row: Row) {
        let first = entries[row].firstStatement
        if first != Self.none { links.prefetch(first, byteCount: Link.bookedBytes) }
    }
}
