import ChequebookModel

/// Every event identity, each with the place of its record in the journal: 20 bytes a row, a fingerprint, and a slot in
/// a table.
///
/// A row tells of its event what sums over many events need: setting, service date and amount. Everything else is read
/// back from the record.
struct EventIndex {
    typealias Row = UInt32
    private static let none = UInt32.max
    /// In place of an amount that does not fit 32 bits; the record has it.
    private static let largeAmount = UInt32.max

    private struct Entry {
        var position: UInt64
        /// The patient's event before this one.
        var previous: UInt32
        var bits: Bits
    }

    /// What a row tells of its event: the service date as days since 1900-01-01 in 17 bits, the setting in 4, and flags.
    private struct Bits {
        private static let credit: UInt32 = 1 << 21
        private static let withoutPatient: UInt32 = 1 << 22
        private static let reversed: UInt32 = 1 << 30
        private static let reversal: UInt32 = 1 << 31
        private var word: UInt32

        static let ofReversal = Bits(word: reversal)

        private init(word: UInt32) {
            self.word = word
        }

        init(_ event: CostEvent) {
            word = UInt32(event.serviceDate.dayNumber - CalendarDate.min.dayNumber)
            word |= UInt32(event.setting.rawValue) << 17
            if event.kind == .credit { word |= Self.credit }
            if event.subject.patient == nil { word |= Self.withoutPatient }
        }

        var serviceDate: CalendarDate { CalendarDate.min.adding(days: Int(word & 0x1ffff)) }
        var setting: CareSetting { CareSetting.allCases[Int(word >> 17 & 0xf)] }
        var isCredit: Bool { word & Self.credit != 0 }
        var isWithoutPatient: Bool { word & Self.withoutPatient != 0 }
        var isReversal: Bool { word & Self.reversal != 0 }
        var isReversed: Bool { word & Self.reversed != 0 }
        mutating func reverse() { word |= Self.reversed }
    }

    private var table = OpenTable()
    private var entries: [Entry] = []
    private var amounts: [UInt32] = []
    /// The table has half of each fingerprint; whole ones are kept so that it can grow without reading records.
    private var fingerprints: [UInt64] = []
    private var reversedBy: [Row: Row] = [:]

    var count: Int { entries.count }

    func find(_ fingerprint: UInt64, where isWanted: (Row) throws -> Bool) rethrows -> Row? {
        try table.find(fingerprint, where: isWanted)
    }

    /// Adds an event, or with nil a reversal.
    mutating func add(_ fingerprint: UInt64, position: UInt64, _ event: CostEvent?) -> Row {
        let row = Row(entries.count)
        let bits = event.map(Bits.init) ?? Bits.ofReversal
        entries.append(Entry(position: position, previous: Self.none, bits: bits))
        amounts.append(Self.amount(event))
        fingerprints.append(fingerprint)
        table.insert(fingerprint, row: row) { fingerprints[Int($0)] }
        return row
    }

    private static func amount(_ event: CostEvent?) -> UInt32 {
        UInt32(clamping: event?.amountPence ?? 0)
    }

    func position(_ row: Row) -> UInt64 { entries[Int(row)].position }

    func isReversal(_ row: Row) -> Bool { entries[Int(row)].bits.isReversal }

    func isReversed(_ row: Row) -> Bool { entries[Int(row)].bits.isReversed }

    func serviceDate(_ row: Row) -> CalendarDate { entries[Int(row)].bits.serviceDate }

    func setting(_ row: Row) -> CareSetting { entries[Int(row)].bits.setting }

    func isCredit(_ row: Row) -> Bool { entries[Int(row)].bits.isCredit }

    func isWithoutPatient(_ row: Row) -> Bool { entries[Int(row)].bits.isWithoutPatient }

    /// What the event adds to a cost; nil if only its record can tell.
    func signedPence(_ row: Row) -> Int64? {
        let amount = amounts[Int(row)]
        guard amount != Self.largeAmount else { return nil }
        return isCredit(row) ? -Int64(amount) : Int64(amount)
    }

    func reversal(of row: Row) -> Row? { reversedBy[row] }

    func previous(_ row: Row) -> Row? {
        let row = entries[Int(row)].previous
        return row == Self.none ? nil : row
    }

    mutating func setPrevious(_ row: Row, _ previous: Row?) {
        entries[Int(row)].previous = previous ?? Self.none
    }

    /// A new version: another record, perhaps another service date, setting or amount.
    mutating func replace(_ row: Row, position: UInt64, _ event: CostEvent) {
        entries[Int(row)].position = position
        entries[Int(row)].bits = Bits(event)
        amounts[Int(row)] = Self.amount(event)
    }

    mutating func reverse(_ row: Row, by reversal: Row) {
        entries[Int(row)].bits.reverse()
        reversedBy[row] = reversal
    }
}
