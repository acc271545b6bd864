import ChequebookModel

/// What a row of the index tells of its event, in one word. From the lowest bit: service date as days since 1900-01-01
/// 17, setting 4, four flags, and 39 for the place of its record.
struct EventBits: BitwiseCopyable {
    private static var settingShift: UInt64 { 17 }
    private static var credit: UInt64 { 1 << 21 }
    private static var withoutPatient: UInt64 { 1 << 22 }
    private static var reversed: UInt64 { 1 << 23 }
    private static var reversal: UInt64 { 1 << 24 }
    private static var deltaShift: UInt64 { 25 }
    /// The largest place that fits.
    static var deltaMax: UInt64 { 1 << 39 - 1 }

    private var word: UInt64

    static let ofReversal = EventBits(word: reversal)

    private init(word: UInt64) { self.word = word }

    @inline(__always)
    init(_ event: EventOutline) {
        word = UInt64(event.serviceDate.dayNumber - CalendarDate.min.dayNumber)
        word |= UInt64(event.setting.rawValue) << Self.settingShift
        if event.isCredit { word |= Self.credit }
        if event.patient == nil { word |= Self.withoutPatient }
    }

    /// Where the record is, counted from the base of the row.
    @inline(__always)
    var delta: UInt64 {
        get { word >> Self.deltaShift }
        set { word = word & (1 << Self.deltaShift - 1) | newValue << Self.deltaShift }
    }

    var serviceDate: CalendarDate { CalendarDate.min.adding(days: Int(word & 0x1ffff)) }
    var setting: CareSetting { CareSetting.allCases[Int(word >> Self.settingShift & 0xf)] }
    var isCredit: Bool { word & Self.credit != 0 }
    var isWithoutPatient: Bool { word & Self.withoutPatient != 0 }
    var isReversal: Bool { word & Self.reversal != 0 }
    var isReversed: Bool { word & Self.reversed != 0 }
    mutating func reverse() { word |= Self.reversed }
}

/// The places of records in fewer bits: rows that come one after the other have records that lie behind each other, so
/// it is enough to keep one whole place for many rows, and of each row how far behind it is.
struct PositionBases {
    private static var rowsInBase: UInt32 { 1 << 14 }
    /// In a row whose place does not fit.
    private static var isFar: UInt64 { EventBits.deltaMax }

    private var bases: [UInt64] = []
    /// Places of rows that were replaced long after their neighbours came.
    private var far: [UInt32: UInt64] = [:]

    /// The delta of a row that is added, the rows before it all there.
    @inline(__always)
    mutating func delta(of position: UInt64, newRow row: UInt32) -> UInt64 {
        if row % Self.rowsInBase == 0 { bases.append(position) }
        return delta(of: position, row: row)
    }

    @inline(__always)
    mutating func delta(of position: UInt64, row: UInt32) -> UInt64 {
        let base = bases[Int(row / Self.rowsInBase)]
        if position >= base, position - base < Self.isFar { return position - base }
        far[row] = position
        return Self.isFar
    }

    func position(_ row: UInt32, delta: UInt64) -> UInt64 {
        if delta == Self.isFar, let position = far[row] { return position }
        return bases[Int(row / Self.rowsInBase)] + delta
    }
}
