import ChequebookModel

/// Every event identity, each with the place of its record in the journal: 16 bytes a row and a slot in a table.
///
/// Content is never held in memory. Whoever needs it reads the record back.
struct EventIndex {
    typealias Row = UInt32
    private static let none = UInt32.max

    private struct Entry {
        var position: UInt64
        /// The patient's event before this one.
        var previous: UInt32
        /// Bit 31 reversal, bit 30 reversed, low 17 bits the service date as days since 1900-01-01.
        var bits: UInt32
    }

    private static let reversalBit: UInt32 = 1 << 31
    private static let reversedBit: UInt32 = 1 << 30
    private static let dayMask: UInt32 = 1 << 17 - 1

    private var table = OpenTable()
    private var entries: [Entry] = []
    /// High bits of fingerprints are in the table; whole ones are kept so that it can grow without reading records.
    private var fingerprints: [UInt64] = []
    private var reversedBy: [Row: Row] = [:]

    var count: Int { entries.count }

    func find(_ fingerprint: UInt64, where isWanted: (Row) throws -> Bool) rethrows -> Row? {
        try table.find(fingerprint, where: isWanted)
    }

    mutating func add(
        _ fingerprint: UInt64, position: UInt64, serviceDate: CalendarDate?, isReversal: Bool
    ) -> Row {
        let row = Row(entries.count)
        let bits = Self.bits(serviceDate) | (isReversal ? Self.reversalBit : 0)
        entries.append(Entry(position: position, previous: Self.none, bits: bits))
        fingerprints.append(fingerprint)
        table.insert(fingerprint, row: row) { fingerprints[Int($0)] }
        return row
    }

    private static func bits(_ date: CalendarDate?) -> UInt32 {
        date.map { UInt32($0.dayNumber - CalendarDate.min.dayNumber) } ?? 0
    }

    func position(_ row: Row) -> UInt64 { entries[Int(row)].position }

    func isReversal(_ row: Row) -> Bool { entries[Int(row)].bits & Self.reversalBit != 0 }

    func isReversed(_ row: Row) -> Bool { entries[Int(row)].bits & Self.reversedBit != 0 }

    func serviceDate(_ row: Row) -> CalendarDate {
        CalendarDate.min.adding(days: Int(entries[Int(row)].bits & Self.dayMask))
    }

    func reversal(of row: Row) -> Row? { reversedBy[row] }

    func previous(_ row: Row) -> Row? {
        let row = entries[Int(row)].previous
        return row == Self.none ? nil : row
    }

    mutating func setPrevious(_ row: Row, _ previous: Row?) {
        entries[Int(row)].previous = previous ?? Self.none
    }

    /// A new version: another record, perhaps another service date.
    mutating func replace(_ row: Row, position: UInt64, serviceDate: CalendarDate) {
        entries[Int(row)].position = position
        entries[Int(row)].bits = entries[Int(row)].bits & ~Self.dayMask | Self.bits(serviceDate)
    }

    mutating func reverse(_ row: Row, by reversal: Row) {
        entries[Int(row)].bits |= Self.reversedBit
        reversedBy[row] = reversal
    }
}
