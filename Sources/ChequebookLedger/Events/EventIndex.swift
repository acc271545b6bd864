import ChequebookModel

/// Every event identity, each with the place of its record in the journal: fourteen bytes a row, and a slot in a table.
///
/// A row tells of its event what sums over many events need: setting, service date and amount. Everything else is read
/// back from the record.
struct EventIndex: ~Copyable {
    typealias Row = UInt32
    private static var none: UInt32 { EventEntry.none }
    private var table: OpenTable
    private var entries: Rows<EventEntry>
    private var bases = PositionBases()
    private var reversedBy: [Row: Row] = [:]

    init(in pool: ChunkPool) {
        table = OpenTable(in: pool)
        entries = Rows(in: pool)
    }

    var count: Int { entries.count }

    func find(_ fingerprint: UInt64, where isWanted: (Row) throws -> Bool) rethrows -> Row? {
        try table.find(fingerprint, where: isWanted)
    }

    /// Asks for the memory in which a fingerprint would be found.
    @inline(__always)
    func prefetch(_ fingerprint: UInt64) { table.prefetch(fingerprint) }

    /// Adds an event, or with nil a reversal.
    @inline(__always)
    mutating func add(_ fingerprint: UInt64, position: UInt64, _ event: EventOutline?) -> Row {
        let row = Row(entries.count)
        table.insert(fingerprint, row: row)
        append(event.map { EventBits($0) } ?? EventBits.ofReversal, position, event?.amountPence ?? 0, previous: nil)
        return row
    }

    /// All that a row tells.
    @inline(__always)
    func entry(_ row: Row) -> EventEntry { entries[row] }

    /// Asks for the memory of a row.
    @inline(__always)
    func prefetchEntry(_ row: Row) { entries.prefetch(row, byteCount: MemoryLayout<EventEntry>.size) }

    /// Adds an event, unless some identity may be its own already: then nil.
    ///
    /// - Parameter previous: the row of the patient's event before this one.
    @inline(__always)
    mutating func addIfNew(_ event: EventOutline, position: UInt64, previous: Row?) -> Row? {
        let row = Row(entries.count)
        guard table.insertIfAbsent(event.fingerprint, row: row) else { return nil }
        append(EventBits(event), position, event.amountPence, previous: previous)
        return row
    }

    @inline(__always)
    private mutating func append(_ bits: EventBits, _ position: UInt64, _ amountPence: Int64, previous: Row?) {
        var bits = bits
        bits.delta = bases.delta(of: position, newRow: Row(entries.count))
        entries.append(EventEntry(bits, previous: previous ?? Self.none, amountPence: amountPence))
    }

    func position(_ row: Row) -> UInt64 { bases.position(row, delta: entries[row].bits.delta) }

    func isReversal(_ row: Row) -> Bool { entries[row].bits.isReversal }

    func isReversed(_ row: Row) -> Bool { entries[row].bits.isReversed }

    func serviceDate(_ row: Row) -> CalendarDate { entries[row].bits.serviceDate }

    func setting(_ row: Row) -> CareSetting { entries[row].bits.setting }

    func isCredit(_ row: Row) -> Bool { entries[row].bits.isCredit }

    func isWithoutPatient(_ row: Row) -> Bool { entries[row].bits.isWithoutPatient }

    /// What the event adds to a cost; nil if only its record can tell.
    func signedPence(_ row: Row) -> Int64? { entries[row].signedPence }

    func reversal(of row: Row) -> Row? { reversedBy[row] }

    func previous(_ row: Row) -> Row? {
        entries[row].previousRow
    }

    @inline(__always)
    mutating func setPrevious(_ row: Row, _ previous: Row?) {
        entries[row].previous = previous ?? Self.none
    }

    /// A new version: another record, perhaps another service date, setting or amount.
    mutating func replace(_ row: Row, position: UInt64, _ event: EventOutline) {
        var bits = EventBits(event)
        bits.delta = bases.delta(of: position, row: row)
        entries[row] = EventEntry(bits, previous: entries[row].previous, amountPence: event.amountPence)
    }

    mutating func reverse(_ row: Row, by reversal: Row) {
        entries[row].bits.reverse()
        // A reversal is in no patient's chain, so the field is free to name what it takes out.
        entries[reversal].previous = row
        reversedBy[row] = reversal
    }

    func put(in image: LedgerImage) {
        table.put(in: image)
        entries.put(in: image)
        bases.put(in: image)
    }

    /// Reads the events of an image into an index that has none.
    mutating func read(from image: ImageReader) throws {
        try table.read(from: image)
        try entries.read(from: image)
        bases = try PositionBases(from: image)
        try image.expect(table.count == entries.count, "the number of events")
        try image.expect(entries.count == 0 || bases.isEmpty == false, "the places of records")
        for row in 0..<Row(entries.count) where entries[row].bits.isReversal { reversedBy[entries[row].previous] = row }
    }
}
