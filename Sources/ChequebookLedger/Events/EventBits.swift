import ChequebookModel

/// What a row of the index tells of its event, in seven bytes. From the lowest bit: service date as days since 1900-01-01
/// 17, setting 4, four flags, and 31 for the place of its record.
struct EventBits: BitwiseCopyable {
    /// Bits that are ever set.
    static var bitCount: UInt64 { 56 }
    private static var settingShift: UInt64 { 17 }
    private static var credit: UInt64 { 1 << 21 }
    private static var withoutPatient: UInt64 { 1 << 22 }
    private static var reversed: UInt64 { 1 << 23 }
    private static var reversal: UInt64 { 1 << 24 }
    private static var deltaShift: UInt64 { 25 }
    /// The largest place that fits.
    static var deltaMax: UInt64 { 1 << 31 - 1 }

    private(set) var word: UInt64

    static let ofReversal = EventBits(word: reversal)

    init(word: UInt64) { self.word = word }

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
    var setting: CareSetting { CareSetting(rawValue: UInt8(word >> Self.settingShift & 0xf)) ?? .primary }
    var isCredit: Bool { word & Self.credit != 0 }
    var isWithoutPatient: Bool { word & Self.withoutPatient != 0 }
    var isReversal: Bool { word & Self.reversal != 0 }
    var isReversed: Bool { word & Self.reversed != 0 }
    mutating func reverse() { word |= Self.reversed }
}
